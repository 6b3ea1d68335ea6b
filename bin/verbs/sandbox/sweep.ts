import { InputError } from '../../../plan/input-error';
import { HOME_REGION } from '../../../plan/regions';
import { resolveAccount } from '../../../sandbox/account';
import { deleteSandboxes, expired } from '../../../sandbox/sweep';
import { canAsk, confirm } from '../../confirm';
import { engineOf, keeperOf } from '../../engines';
import { count, note, print, printJson } from '../../print';
import type { Verb } from '../../run-verb';
import { shown } from '../../show-steps';
import { tellStrangers } from '../../strangers';
import { unseenRegions } from '../../unseen';
import { deletionWithoutUs } from '../../without-us';

/** Deletes what is past its expiry, and what would never come to one. Exit code 1 when some of it may be left. */
export const sweep: Verb = async (_, options) => {
  const { region, profile, yes, json } = options;
  const account = await resolveAccount(region ?? HOME_REGION, profile);
  const { unseen, tell } = unseenRegions();
  const keeper = await keeperOf(options, account, { unseen: tell, stranger: tellStrangers() });
  const ended = expired(await keeper.find(), new Date());
  const old = ended.filter(({ engine }) => engine === engineOf(options));
  const left = ended.filter((one) => !old.includes(one)).map(({ name }) => name);
  for (const name of left)
    note(`${name} of Pulumi is past its end too; \`scaleprint sandbox sweep --engine pulumi\` deletes it, where its state is`);
  if (old.length > 0 && !yes) {
    if (!canAsk())
      throw new InputError(`nobody is at this terminal to be asked about ${old.map(({ name }) => name).join(', ')}; give --yes`);
    old.forEach(({ name, owner, expires }) =>
      note(`${name} of ${owner}, ${expires ? `which ended ${expires.toISOString()}` : 'whose end is unknown'}`),
    );
    if (!(await confirm(`Delete ${count(old.length, 'sandbox')}?`))) return 1;
  }
  const deleted = await shown(
    (watch) => deleteSandboxes(old, keeper, watch),
    deletionWithoutUs('sweep', 'what is left stays and costs', engineOf(options), profile),
  );
  const names = deleted.map(({ name }) => name);
  if (json) printJson({ deleted: names, left, unseen });
  else print(names.length ? `gone: ${names.join(', ')}` : `nothing to sweep in account ${account.id}`);
  return left.length + unseen.length > 0 ? 1 : 0;
};
