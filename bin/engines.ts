import { InputError, nearest } from '../plan/input-error';
import type { Account } from '../sandbox/account';
import { deleteSandbox } from '../sandbox/delete';
import type { Engine, EngineName, Keeper } from '../sandbox/engine';
import { findSandboxes, type Search } from '../sandbox/find';
import type { Options } from './run-verb';

/** What deploys sandboxes; loaded when it is chosen, as each weighs more than all the rest. */
export const ENGINES = {
  cloudformation: async (): Promise<Engine> => (await import('../sandbox/engines/cloudformation')).cloudFormationEngine,
  pulumi: async () => (await import('../sandbox/engines/pulumi')).pulumiEngine,
} as const;

/** @throws {InputError} when there is no such engine, or it needs or has no use for `--no-expiry` */
export function engineOf({ engine, expiry }: Options): EngineName {
  if (engine !== 'cloudformation' && engine !== 'pulumi')
    throw new InputError(`unknown engine "${engine}"; ${nearest(engine ?? '', Object.keys(ENGINES))}`);
  if (engine === 'pulumi' && expiry)
    throw new InputError(
      'with --engine pulumi nothing in the account ends a sandbox, as there are no stacks that a schedule could delete; agree to end it yourself with --no-expiry, or take --engine cloudformation',
    );
  if (engine === 'cloudformation' && expiry === false)
    throw new InputError('--no-expiry goes with --engine pulumi only; end a sandbox early with `sandbox down`');
  return engine;
}

/**
 * What looks after the sandboxes of the engine that is asked for. That of CloudFormation finds those of Pulumi too, and leaves them alone.
 * @param search told of regions that nobody may look into, and of strangers
 */
export async function keeperOf(options: Options, account: Account, search: Pick<Search, 'unseen' | 'stranger'>): Promise<Keeper> {
  const { region } = options;
  if (engineOf(options) === 'cloudformation')
    return {
      find: () => findSandboxes(account, { regions: region ? [region] : undefined, ...search }),
      end: (sandbox, watch) => deleteSandbox(sandbox, account, watch),
    };
  const engine = await ENGINES.pulumi();
  return {
    find: async () => (await engine.list(account)).filter(({ regions }) => !region || regions.includes(region)),
    end: async ({ name }, watch) => void (await engine.down(name, account, watch)),
  };
}
