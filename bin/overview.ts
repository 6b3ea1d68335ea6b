import type { Estimate } from '../cost/estimate';
import type { Plan } from '../plan/plan';
import { short } from '../plan/units';
import { tableOf, usd } from './print';

/** A stage in one line: how large it is, what it takes, what it costs. */
export interface Overview {
  system: string;
  stage: string;
  users?: number;
  /** Per second. */
  peak: number;
  parts: number;
  /** At the average load. */
  nodes: number;
  resources: number;
  estimate: Estimate;
}

export const overviewOf = (plan: Plan, estimate: Estimate): Overview => ({
  system: plan.system,
  stage: plan.stage,
  ...plan.headline,
  parts: plan.deployments.reduce((n, d) => n + d.cells * d.parts.length, 0),
  nodes: plan.deployments.reduce((n, d) => n + d.cells * d.nodeGroups.reduce((m, g) => m + g.nodes.expected, 0), 0),
  resources: estimate.coverage.resources,
  estimate,
});

const NUMBERS = ['users', 'peak/s', 'parts', 'nodes', 'resources', 'AWS/month', 'others/month', 'USD/user'];

/** The table that `npm start` ends with. */
export const overviewTable = (stages: readonly Overview[]): string =>
  tableOf(
    ['system', 'stage', ...NUMBERS],
    stages.map(({ system, stage, users, peak, parts, nodes, resources, estimate: { monthly } }) => [
      system,
      stage,
      users ? short(users) : '',
      short(peak),
      parts,
      nodes,
      resources,
      usd(monthly.onDemand),
      usd(monthly.thirdParty),
      users ? (monthly.total / users).toPrecision(2) : '',
    ]),
    NUMBERS,
  );
