import { hold } from '../../pipeline/claims';
import { plan } from '../../plan/plan';
import { short } from '../../plan/units';
import { allSystems, loadSystem } from '../../systems';
import { heading, print, printJson } from '../print';
import type { Verb } from '../run-verb';
import { biller } from './cost';

/** Published figures beside ours, with the reason for the difference. */
export const claims: Verb = async ([id], { json }) => {
  const bill = await biller();
  const rows = (id ? [loadSystem(id as string)] : allSystems()).flatMap((system) => {
    const stages = new Map([...new Set(system.claims.map((c) => c.stage))].map((name) => [name, plan(system, name)]));
    const bills = new Map([...stages].map(([name, p]) => [name, bill(p)]));
    return system.claims.map((claim) => hold(claim, stages.get(claim.stage)!, bills.get(claim.stage)!));
  });
  if (json) {
    printJson({ claims: rows });
    return 0;
  }
  for (const r of rows) {
    const claimed = typeof r.claimed === 'number' ? short(r.claimed) : r.claimed.map(short).join(' to ');
    heading(`${r.system} ${r.stage}: ${r.what}`);
    print(`  claimed ${claimed}, ours ${short(r.estimated)} ${r.unit}; ratio ${r.ratio.toPrecision(2)}: ${r.verdict} (${r.source})`);
    print(`  ${r.why}`);
  }
  return 0;
};
