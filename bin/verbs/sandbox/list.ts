import { HOME_REGION } from '../../../plan/regions';
import { resolveAccount } from '../../../sandbox/account';
import { inWords } from '../../../sandbox/lifetime';
import type { Sandbox } from '../../../sandbox/sandbox';
import { keeperOf } from '../../engines';
import { print, printJson, printTable } from '../../print';
import { usdPerHour } from '../../print-offer';
import type { Verb } from '../../run-verb';
import { tellStrangers } from '../../strangers';
import { unseenRegions } from '../../unseen';

const HOUR = 3600_000;

/** What is alive, how old it is and what it has cost. Exit code 1 when that may not be all. */
export const list: Verb = async (_, options) => {
  const { region, profile, json } = options;
  const account = await resolveAccount(region ?? HOME_REGION, profile);
  const now = new Date();
  const { unseen, tell } = unseenRegions();
  const keeper = await keeperOf(options, account, { unseen: tell, stranger: tellStrangers() });
  const rows = (await keeper.find()).map((sandbox) => rowOf(sandbox, now));
  if (json) printJson(rows);
  else if (rows.length === 0) print(`no sandbox in account ${account.id}${region ? `, ${region}` : ''}`);
  else
    printTable(
      ['sandbox', 'regions', 'age', 'ends', 'USD/h at most', 'USD so far at most', 'state'],
      rows.map((row) => [
        row.name,
        row.regions.join(', '),
        inWords(row.ageSeconds),
        endOf(row.secondsLeft),
        row.usdPerHour === null ? 'unknown' : usdPerHour(row.usdPerHour),
        row.usdSoFar === null ? 'unknown' : `$${row.usdSoFar.toFixed(2)}`,
        row.engine === 'pulumi' ? `${row.state}, by Pulumi` : row.state,
      ]),
      ['USD/h at most', 'USD so far at most'],
    );
  return unseen.length > 0 ? 1 : 0;
};

function endOf(secondsLeft: number | null): string {
  if (secondsLeft === null) return 'unknown';
  return secondsLeft > 0 ? `in ${inWords(secondsLeft)}` : `${inWords(-secondsLeft)} ago`;
}

/** Costs count from the first stack on, as if everything had been there since. */
export function rowOf(sandbox: Sandbox, now: Date) {
  const { name, system, stage, owner, engine, regions, created, expires, stacks } = sandbox;
  const perHour = sandbox.usdPerHour ?? null;
  const age = Math.max(0, now.getTime() - created.getTime());
  return {
    ...{ name, system, stage, owner, engine, regions },
    created: created.toISOString(),
    expires: expires?.toISOString() ?? null,
    ageSeconds: age / 1000,
    secondsLeft: expires ? (expires.getTime() - now.getTime()) / 1000 : null,
    usdPerHour: perHour,
    usdSoFar: perHour === null ? null : (perHour * age) / HOUR,
    state: stateOf(stacks.map(({ status }) => status)),
    stacks,
  };
}

/** The state that most needs looking at. */
function stateOf(statuses: readonly string[]): string {
  const some = (pattern: RegExp) => statuses.find((status) => pattern.test(status));
  return some(/FAILED$/) ?? some(/^DELETE_IN_PROGRESS$/) ?? some(/_IN_PROGRESS$/) ?? some(/ROLLBACK/) ?? 'up';
}
