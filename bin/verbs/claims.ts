import { type ClaimRow, hold } from '../../pipeline/claims';
import { plan } from '../../plan/plan';
import { short } from '../../plan/units';
import { allSystems, loadSystem } from '../../systems';
import { heading, print, printJson, printParagraph } from '../print';
import { performWithProgress } from '../progress';
import type { Verb } from '../run-verb';

/** Published figures beside ours, with the reason for the difference. */
export const claims: Verb = async ([id], { json }) => {
  const systems = id ? [loadSystem(id as string)] : allSystems();
  const plans = systems.flatMap((system) => [...new Set(system.claims.map((claim) => claim.stage))].map((stage) => plan(system, stage)));
  const bills = await performWithProgress(
    'price',
    plans.map((p) => [p]),
  );
  const rows = systems.flatMap((system) =>
    system.claims.map((claim) => {
      const i = plans.findIndex((p) => p.system === system.id && p.stage === claim.stage);
      return hold(claim, plans[i]!, bills[i]!);
    }),
  );
  if (json) {
    printJson({ claims: rows });
    return 0;
  }
  rows.forEach(printClaim);
  return 0;
};

function printClaim({ system, stage, what, claimed, estimated, unit, ratio, verdict, source, why }: ClaimRow): void {
  const published = [...new Set([claimed].flat())].map(short).join(' to ');
  heading(`${system} ${stage}: ${what}`);
  print(`  claimed ${published} ${unit}, ours ${short(estimated)}, ratio ${ratio.toPrecision(2)}: ${verdict}`);
  printParagraph(why, '  ');
  printParagraph(source, '  ');
}
