import { join } from 'node:path';
import type { Plan } from '../../plan/plan';
import { overviewOf, overviewTable } from '../overview';
import { keptBill } from '../../pipeline/kept';
import { note, print, printJson } from '../print';
import { printBill } from '../print-bill';
import { performWithProgress } from '../progress';
import type { Verb } from '../run-verb';
import { plansOf } from '../stages';
import { INCOMPLETE } from './cost';

/** Plans, synthesizes and prices every stage of every system; what lies there unchanged is left as it is. */
export const all: Verb = async (_, { out, json }) => {
  const plans = plansOf(undefined, { all: true });
  const folderOf = ({ system, stage }: Plan) => join(out!, system, stage);
  const kept = new Map(plans.map((plan) => [plan, keptBill(plan, folderOf(plan))]));
  const toMake = plans.filter((plan) => !kept.get(plan));
  const made = await performWithProgress(
    'writeWithBill',
    toMake.map((plan) => [plan, folderOf(plan)]),
  );
  const estimates = new Map([...kept, ...toMake.map((plan, i) => [plan, made[i]] as const)]);
  const rows = plans.map((plan) => ({ ...overviewOf(plan, estimates.get(plan)!), folder: folderOf(plan) }));
  const incomplete = rows.filter((r) => r.estimate.unpriced.length > 0);
  if (json) printJson({ stages: rows.map(({ estimate, ...row }) => ({ ...row, monthly: estimate.monthly, coverage: estimate.coverage })) });
  else {
    print(overviewTable(rows));
    const unchanged = plans.length - toMake.length;
    print(
      `\n${rows.length} stages in ${out}${unchanged ? `, ${unchanged} of them unchanged` : ''}: cdk.out (CloudFormation), k8s (manifests), plan.json and bill.json in a folder a stage`,
    );
    for (const r of incomplete) printBill(`${r.system} ${r.stage}`, r.estimate);
  }
  if (incomplete.length) note(`the bills of ${incomplete.length} stages are incomplete`);
  return incomplete.length ? INCOMPLETE : 0;
};
