import { InputError, nearest } from '../plan/input-error';
import type { Engine } from '../sandbox/engine';
import type { Options } from './run-verb';

/** What deploys sandboxes; loaded when it is chosen, as each weighs more than all the rest. */
export const ENGINES = {
  cloudformation: async (): Promise<Engine> => (await import('../sandbox/engines/cloudformation')).cloudFormationEngine,
  pulumi: async () => (await import('../sandbox/engines/pulumi')).pulumiEngine,
} as const;

/** @throws {InputError} when there is no such engine, or it needs or has no use for `--no-expiry` */
export function engineOf({ engine, expiry }: Options): keyof typeof ENGINES {
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
