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
import { tellStrangers } from '../../strangers';
import { unseenRegions } from '../../unseen';
import { deletionWithoutUs } from '../../without-us';

/** Back to nothing. What is gone already is fine. */
export const down: Verb = async ([given], options) => {
  const { region, profile, json } = options;
  const account = await resolveAccount(region ?? HOME_REGION, profile);
  const name = nameOf(given as string | undefined, options, account);
  const withoutUs = (rest: string) => deletionWithoutUs(`down ${name}`, `the rest of ${name} ${rest}`, engineOf(options), profile);
  if (engineOf(options) === 'pulumi') {
    const engine = await ENGINES.pulumi();
    const known = (await engine.list(account)).find((one) => one.name === name);
    if (known) requireOwn(known, options, account);
    const wasThere = await shown((watch) => engine.down(name, account, watch), withoutUs('stays and costs until you end it'));
    if (json) printJson({ name });
    else print(wasThere ? `${name} is gone` : `no sandbox ${name} of Pulumi in account ${account.id}`);
    return 0;
  }
  const { unseen, tell } = unseenRegions();
  const sandboxes = await findSandboxes(account, { regions: region ? [region] : undefined, unseen: tell, stranger: tellStrangers() });
  const sandbox = sandboxes.find((one) => one.name === name);
  if (sandbox) requireOwn(sandbox, options, account);
  if (sandbox)
    await shown(
      (watch) => deleteSandbox(sandbox, account, watch, { pollMs: POLL_MS, pauseMs: PAUSE_MS }),
      withoutUs(sandbox.expires ? `goes by itself from ${sandbox.expires.toISOString()} on` : 'has no end that is known'),
    );
  else if (sandboxes.length > 0)
    note(
      nearest(
        name,
        sandboxes.map((one) => one.name),
      ),
    );
  if (json) printJson({ name, stacks: sandbox?.stacks.length ?? 0, unseen });
  else print(sandbox ? `${name} is gone: ${sandbox.stacks.length} stacks deleted` : `no sandbox ${name} in account ${account.id}`);
  // What is gone has been looked for in all its regions.
  return !sandbox && unseen.length > 0 ? 1 : 0;
};

/** A name may be somebody else's: two of them can even read the same, such as seed-001 of ch1-bob and seed-001-ch1 of bob. */
function requireOwn({ name, stage, owner }: Sandbox, given: Options, account: Account): void {
  if (given.yes) return;
  if (!isOwnerOf(account, owner) || stage !== (given.stage ?? stage))
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
