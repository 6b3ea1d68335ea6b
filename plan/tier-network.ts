import { type Needs, offeredTo } from './catalogue/offered';
import type { Flow } from './flow';
import { type PodPart, podsOf, runsAsPods } from './pods';
import type { Part } from './sizing';
import { TARGET } from './sizing/service';
import { needsOfTier } from './tiers';
import { busier, type Traffic, trafficOf } from './traffic';
import type { Rate } from './units';

/** What a service's pods find of their nodes' network; bytes per second in the busier direction. */
export interface PodNetwork {
  demand: Rate;
  /** What one pod may take. */
  perPod: number;
}

/** The least sustained network a node of a tier has for each vCPU, bytes per second. */
export const perVcpu = (needs: Needs): number => Math.min(...offeredTo(needs).map((t) => t.networkBitsPerSecond / t.vcpu)) / 8;

/** Bytes a second of a part's pods, in the busier direction. A job asks for none: it takes what is left, and longer where that is little. */
export const throughPods = (part: PodPart, traffic: Traffic, moment: keyof Rate): number =>
  part.kind === 'job' ? 0 : busier(traffic, moment);

/**
 * Shares out the network of each tier's nodes. The scheduler counts processors and memory and spreads a service's pods over the nodes, so a
 * tier has what the vCPUs bring that its pods ask for. While that is enough for all of them with a zone lost, each service may take of it in
 * proportion to its traffic; otherwise each pod gets what its own vCPUs bring, and services that need more get more pods.
 *
 * @param parts as sized without regard to their network
 * @returns by part id
 */
export function shareNetwork(parts: readonly Part[], flows: readonly Flow[], zones: number): ReadonlyMap<string, PodNetwork> {
  const trafficOn = trafficOf(flows);
  const tiers = new Map<string, PodPart[]>();
  for (const p of parts.filter(runsAsPods)) tiers.set(p.tier, [...(tiers.get(p.tier) ?? []), p]);
  const shared = new Map<string, PodNetwork>();
  for (const [tier, pods] of tiers) {
    const each = perVcpu(needsOfTier(tier, parts));
    const demandOf = (p: PodPart, moment: keyof Rate): number => throughPods(p, trafficOn(p.id), moment);
    const brought = pods.reduce((sum, p) => sum + podsOf(p).peak * p.vcpu * each, 0);
    const taken = pods.reduce((sum, p) => sum + demandOf(p, 'peak'), 0);
    const isEnough = taken <= brought * TARGET * (zones > 1 ? (zones - 1) / zones : 1);
    for (const p of pods) {
      const demand = { average: demandOf(p, 'average'), peak: demandOf(p, 'peak') };
      const proportional = isEnough && demand.peak > 0;
      shared.set(p.id, { demand, perPod: proportional ? (demand.peak / podsOf(p).peak) * (brought / taken) : p.vcpu * each });
    }
  }
  return shared;
}
