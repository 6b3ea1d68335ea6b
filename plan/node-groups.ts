import type { InstanceType } from './catalogue/ec2';
import { offeredTo } from './catalogue/offered';
import { systemPods } from './cluster-system-pods';
import { isolatedTiers } from './isolation';
import { packBox } from './pack-box';
import { type NodeGroup, packTier, type PodSet } from './packing';
import type { Deployment } from './plan';
import { type PodPart, podsOf, runsAsPods } from './pods';
import { TARGET } from './sizing/service';
import { withSpot } from './spot';
import { throughPods } from './tier-network';
import { claims } from './volumes';
import { gpuTiers, interruptibleTiers, needsOfTier, reservedTiers } from './tiers';
import { busier, type Traffic, trafficOf } from './traffic';

/**
 * Machines for what runs as pods: one for all of k3s, or a group for each tier. What the cluster runs once is on the first tier that is not
 * reserved for its own pods.
 * @param offered types to choose from for a cluster, where pods need no GPU. @default steady ones
 * @throws {InputError} when no machine is large enough
 */
export function nodeGroupsFor(
  deployment: Pick<Deployment, 'parts' | 'flows' | 'platform' | 'zones'>,
  offered?: readonly InstanceType[],
): NodeGroup[] {
  const { parts, flows, platform, zones } = deployment;
  const trafficOn = trafficOf(flows);
  const sets = new Map<string, PodSet[]>();
  const kernel = new Map<string, Record<string, string>>();
  for (const p of parts.filter(runsAsPods)) {
    sets.set(p.tier, [...(sets.get(p.tier) ?? []), podSet(p, trafficOn(p.id), zones)]);
    if (p.kind !== 'job') kernel.set(p.tier, { ...kernel.get(p.tier), ...p.kernel });
  }
  const said = (group: NodeGroup, what: string): NodeGroup => ({ ...group, reason: `${group.reason} ${what}` });
  if (platform === 'k3s') {
    const box = packBox([...sets.values()].flat(), throughBox(deployment) / TARGET);
    return [parts.some((p) => p.kind === 'service' && p.isolated) ? said(box, 'Services that ask for isolation share its network.') : box];
  }
  const [isolated, interruptible, reserved] = [isolatedTiers(deployment), interruptibleTiers(deployment), reservedTiers(deployment)];
  const gpus = gpuTiers(parts);
  const open = [...sets.keys()].find((tier) => !reserved.has(tier));
  return [...sets].map(([tier, own]) => {
    const pods = tier === open ? [...own, ...systemPods(parts)] : own;
    const gpuModel = gpus.get(tier);
    const types = (!gpuModel && offered) || offeredTo(needsOfTier(tier, parts));
    const group = packTier(tier, pods, zones, kernel.get(tier) ?? {}, types, gpuModel);
    const whole = isolated.has(tier) ? said(group, 'No route to the internet.') : group;
    return interruptible.has(tier) ? withSpot(whole, zones) : whole;
  });
}

/** Its traffic is that of the pods which are left when a zone is lost, and may take the target's share of their nodes' network. */
function podSet(part: PodPart, traffic: Traffic, zones: number): PodSet {
  const pods = podsOf(part);
  const left = Math.max(zones > 1 ? pods.peak - Math.ceil(pods.peak / zones) : pods.peak, 1);
  const gpus = part.kind === 'stateful' ? undefined : part.gpu?.count;
  const bytesPerSecond = throughPods(part, traffic, 'peak') / (left * TARGET);
  return {
    service: part.id,
    vcpu: part.vcpu,
    memoryBytes: part.memoryBytes,
    bytesPerSecond,
    ...(gpus && { gpus }),
    ...(claims(part) && { volumes: 1 }),
    ...(part.kind !== 'stateful' && part.scratchBytes && { scratchBytes: part.scratchBytes }),
    pods,
  };
}

/** Bytes a second at peak, in the busier direction, between the one machine and what lies around it. */
function throughBox({ parts, flows }: Pick<Deployment, 'parts' | 'flows'>): number {
  const inside = new Set(parts.filter(runsAsPods).map(({ id }) => id));
  const box = 'box';
  const crossing = flows.flatMap((flow) => {
    const [from, to] = [inside.has(flow.from), inside.has(flow.to)];
    return from === to ? [] : { ...flow, ...(from ? { from: box } : { to: box }) };
  });
  return busier(trafficOf(crossing)(box), 'peak');
}
