import { InputError } from '../../../plan/input-error';
import { HOME_REGION } from '../../../plan/regions';
import { resolveAccount } from '../../../sandbox/account';
import { findSandboxes } from '../../../sandbox/find';
import { PAUSE_MS, POLL_MS } from '../../../sandbox/polling';
import { deleteSandboxes, expired } from '../../../sandbox/sweep';
import { canAsk, confirm } from '../../confirm';
import { count, note, print, printJson } from '../../print';
import type { Verb } from '../../run-verb';
import { shown } from '../../show-steps';

/** Deletes what is past its expiry, and what would never come to one. */
export const sweep: Verb = async (_, { region, profile, yes, json }) => {
  const account = await resolveAccount(region ?? HOME_REGION, profile);
  const old = expired(await findSandboxes(account, region), new Date());
  if (old.length > 0 && !yes) {
    if (!canAsk())
      throw new InputError(`nobody is at this terminal to be asked about ${old.map(({ name }) => name).join(', ')}; give --yes`);
    old.forEach(({ name, owner, expires }) => note(`${name} of ${owner}, which ended ${expires.toISOString()}`));
    if (!(await confirm(`Delete ${count(old.length, 'sandbox')}?`))) return 1;
  }
  const deleted = await shown((watch) => deleteSandboxes(old, account, watch, { pollMs: POLL_MS, pauseMs: PAUSE_MS }));
  const names = deleted.map(({ name }) => name);
  if (json) printJson({ deleted: names });
  else print(names.length ? `gone: ${names.join(', ')}` : `nothing to sweep in account ${account.id}`);
  return 0;
};
