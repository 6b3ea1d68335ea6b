import type { Estimate } from '../cost/estimate';
import type { Claim, Evidence } from '../plan/claim';
import type { Plan } from '../plan/plan';
import type { Part } from '../plan/sizing';

/** A published figure beside ours. */
export interface ClaimRow {
  id: string;
  system: string;
  stage: string;
  what: string;
  unit: string;
  claimed: number | readonly [number, number];
  estimated: number;
  /** Ours divided by the claim, or by the nearer end of its range; 1 inside the range. */
  ratio: number;
  verdict: 'agrees' | 'claim is low' | 'claim is high';
  why: string;
  source: string;
}

/** Estimates of list prices and published round numbers agree when they are this close. */
const CLOSE = 1.25;

/** Holds a claim against the plan and bill of its stage. */
export function hold(claim: Claim, plan: Plan, estimate: Estimate): ClaimRow {
  const estimated = claim.estimated(evidenceOf(plan, estimate));
  const [low, high] = typeof claim.claimed === 'number' ? [claim.claimed, claim.claimed] : claim.claimed;
  const ratio = estimated < low ? estimated / low : estimated > high ? estimated / high : 1;
  const { id, stage, what, unit, claimed, why } = claim;
  const verdict = ratio > CLOSE ? 'claim is low' : ratio < 1 / CLOSE ? 'claim is high' : 'agrees';
  return { id, system: plan.system, stage, what, unit, claimed, estimated, ratio, verdict, why, source: claim.source.title };
}

function evidenceOf(plan: Plan, estimate: Estimate): Evidence {
  const { deployments } = plan;
  const parts = (id: string) =>
    deployments.flatMap((d) => Array.from({ length: d.cells }, () => d.parts.filter((p) => p.id === id)).flat());
  const sumOver = (id: string, of: (part: Part) => number) => parts(id).reduce((n, part) => n + of(part), 0);
  return {
    figure: (name) => {
      const value = plan.workload[name];
      if (value === undefined) throw new Error(`a claim of ${plan.system} asks for the figure "${name}", which its workload does not have`);
      return value;
    },
    parts,
    count: (id) => sumOver(id, (part) => part.count),
    shards: (id) => sumOver(id, (part) => ('shards' in part ? part.shards : 0)),
    vcpu: (id, moment) => sumOver(id, (part) => (part.kind === 'service' ? part.vcpu * part.pods[moment] : 0)),
    nodes: (tier) =>
      deployments.reduce(
        (n, d) => n + d.cells * d.nodeGroups.filter((g) => !tier || g.tier === tier).reduce((m, g) => m + g.nodes.peak, 0),
        0,
      ),
    monthly: ({ section, matching } = {}) =>
      estimate.lineItems
        .filter((line) => !section || line.section === section)
        .filter((line) => !matching || matching.test(`${line.resource} ${line.type} ${line.dimension}`))
        .reduce((sum, line) => sum + line.monthly, 0),
  };
}
