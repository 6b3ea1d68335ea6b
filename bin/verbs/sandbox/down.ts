import { InputError, nearest } from '../../../plan/input-error';
import { HOME_REGION } from '../../../plan/regions';
import { type Account, resolveAccount } from '../../../sandbox/account';
import { deleteSandbox } from '../../../sandbox/delete';
import { findSandboxes } from '../../../sandbox/find';
import type { Sandbox } from '../../../sandbox/sandbox';
import { SandboxError } from '../../../sandbox/sandbox-error';
import { isOwnerOf, ownerOf, sandboxName } from '../../../sandbox/owner';
import { PAUSE_MS, POLL_MS } from '../../../sandbox/polling';
import { loadSystem, systemIds } from '../../../systems';
import { engineOf, ENGINES } from '../../engines';
import { note, print, printJson } from '../../print';
import type { Options, Verb } from '../../run-verb';
import { shown } from '../../show-steps';

/** Back to nothing. What is gone already is fine. */
export const down: Verb = async ([given], options) => {
  const { region, profile, json } = options;
  const account = await resolveAccount(region ?? HOME_REGION, profile);
  const name = nameOf(given as string | undefined, options, account);
  if (engineOf(options) === 'pulumi') {
    const engine = await ENGINES.pulumi();
    await shown((watch) => engine.down(name, account, watch));
    if (json) printJson({ name });
    else print(`${name} is gone`);
    return 0;
  }
  const sandboxes = await findSandboxes(account, region);
  const sandbox = sandboxes.find((one) => one.name === name);
  if (sandbox) requireOwn(sandbox, options, account);
  if (sandbox) await shown((watch) => deleteSandbox(sandbox, account, watch, { pollMs: POLL_MS, pauseMs: PAUSE_MS }));
  else if (sandboxes.length > 0)
    note(
      `there are others: ${nearest(
        name,
        sandboxes.map((one) => one.name),
      )}`,
    );
  if (json) printJson({ name, stacks: sandbox?.stacks.length ?? 0 });
  else print(sandbox ? `${name} is gone: ${sandbox.stacks.length} stacks deleted` : `no sandbox ${name} in account ${account.id}`);
  return 0;
};

/** A name may be somebody else's: two of them can even read the same, such as seed-001 of ch1-bob and seed-001-ch1 of bob. */
function requireOwn({ name, stage, owner }: Sandbox, given: Options, account: Account): void {
  if (given.yes) return;
  const isOwn = given.owner ? owner === given.owner : isOwnerOf(account, owner);
  if (!isOwn || stage !== (given.stage ?? stage))
    throw new SandboxError(`${name} is of stage ${stage} and belongs to ${owner}; give --yes to delete it all the same`);
}

/** Of a sandbox by its own name, or by what it was made of. */
function nameOf(given: string | undefined, { stage, owner }: Options, account: Account): string {
  if (!given) throw new InputError('which sandbox? its name, as `scaleprint sandbox list` tells, or its system with --stage');
  if (stage) return sandboxName(loadSystem(given).id, stage, ownerOf(account, owner));
  if (systemIds().includes(given))
    throw new InputError(`which sandbox of ${given}? add --stage, or give a name of \`scaleprint sandbox list\``);
  if (owner) throw new InputError('--owner goes with a system and --stage; the name of a sandbox says it already');
  return given;
}
