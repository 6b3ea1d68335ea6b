import { join } from 'node:path';
import type { Plan } from '../../plan/plan';
import { short } from '../../plan/units';
import { note, print, printJson, printTable, usd } from '../print';
import { printBill } from '../print-bill';
import { performWithProgress } from '../progress';
import type { Verb } from '../run-verb';
import { plansOf } from '../stages';
import { INCOMPLETE } from './cost';

/** Plans, synthesizes and prices every stage of every system. */
export const all: Verb = async (_, { out, json }) => {
  const plans = plansOf(undefined, { all: true });
  const folderOf = ({ system, stage }: Plan) => join(out!, system, stage);
  const estimates = await performWithProgress(
    'writeWithBill',
    plans.map((plan) => [plan, folderOf(plan)]),
  );
  const rows = plans.map((plan, i) => ({
    system: plan.system,
    stage: plan.stage,
    ...plan.headline,
    parts: countParts(plan),
    nodes: countNodes(plan),
    resources: estimates[i]!.coverage.resources,
    estimate: estimates[i]!,
    folder: folderOf(plan),
  }));
  const incomplete = rows.filter((r) => r.estimate.unpriced.length > 0);
  if (json) printJson({ stages: rows.map(({ estimate, ...row }) => ({ ...row, monthly: estimate.monthly, coverage: estimate.coverage })) });
  else {
    printTable(
      ['system', 'stage', 'users', 'peak/s', 'parts', 'nodes', 'resources', 'AWS/month', 'others/month', 'USD/user'],
      rows.map((r) => [
        r.system,
        r.stage,
        r.users ? short(r.users) : '',
        short(r.peak),
        r.parts,
        r.nodes,
        r.resources,
        usd(r.estimate.monthly.onDemand),
        usd(r.estimate.monthly.thirdParty),
        r.users ? (r.estimate.monthly.total / r.users).toPrecision(2) : '',
      ]),
      ['users', 'peak/s', 'parts', 'nodes', 'resources', 'AWS/month', 'others/month', 'USD/user'],
    );
    print(`\n${rows.length} stages in ${out}: cdk.out (CloudFormation), k8s (manifests), plan.json and bill.json in a folder a stage`);
    for (const r of incomplete) printBill(`${r.system} ${r.stage}`, r.estimate);
  }
  if (incomplete.length) note(`the bills of ${incomplete.length} stages are incomplete`);
  return incomplete.length ? INCOMPLETE : 0;
};

const countParts = (p: Plan): number => p.deployments.reduce((n, d) => n + d.cells * d.parts.length, 0);

const countNodes = (p: Plan): number =>
  p.deployments.reduce((n, d) => n + d.cells * d.nodeGroups.reduce((m, g) => m + g.nodes.expected, 0), 0);
