import { GRAVITON, type InstanceType } from './catalogue/ec2';
import { allocatable, maxPods, type NodeRoom, type PodSize, RESERVED } from './catalogue/node-room';
import { cheapestOf } from './choose-size';
import { InputError } from './input-error';
import type { Source } from './source';
import { bytes, GIB } from './units';

/** Pods of one service, at each moment. */
export interface PodSet extends PodSize {
  service: string;
  pods: { min: number; expected: number; peak: number };
}

/** Machines of one tier. */
export interface NodeGroup {
  tier: string;
  instanceType: string;
  vcpu: number;
  memoryBytes: number;
  /** Pods the node's network interfaces have addresses for. */
  maxPods: number;
  /**
   * Nodes scaled in, at the average load, at peak, and at most: room for every pod of the peak when one zone's nodes
   * are gone, or while the largest service is rolled out.
   */
  nodes: { min: number; expected: number; peak: number; max: number };
  services: string[];
  kernel: Record<string, string>;
  reason: string;
  source: Source;
}

/** Kubernetes' default for Deployments. */
export const SURGE_SHARE = 0.25;
type Moment = 'min' | 'expected' | 'peak';

/** First-fit decreasing over identical nodes, in whole batches of equal pods; null when a pod is larger than a node. */
function nodesFor(sets: readonly (PodSize & { count: number })[], type: InstanceType): number | null {
  const room = allocatable(type);
  const bins: (NodeRoom & { same: number })[] = [];
  const largestFirst = [...sets]
    .filter((s) => s.count > 0)
    .sort((a, b) => b.vcpu / room.vcpu + b.memoryBytes / room.memoryBytes - (a.vcpu / room.vcpu + a.memoryBytes / room.memoryBytes));
  for (const set of largestFirst) {
    let left = set.count;
    const holds = (free: NodeRoom): number =>
      Math.floor(Math.min(free.vcpu / set.vcpu, free.memoryBytes / set.memoryBytes, free.pods) + 1e-9);
    for (const bin of bins) {
      const each = Math.min(holds(bin), Math.floor(left / bin.same));
      if (each < 1) continue;
      bin.vcpu -= each * set.vcpu;
      bin.memoryBytes -= each * set.memoryBytes;
      bin.pods -= each;
      left -= each * bin.same;
    }
    if (left === 0) continue;
    const full = holds(room);
    if (full < 1) return null;
    const filled = (n: number, same: number) => ({
      vcpu: room.vcpu - n * set.vcpu,
      memoryBytes: room.memoryBytes - n * set.memoryBytes,
      pods: room.pods - n,
      same,
    });
    if (left >= full) bins.push(filled(full, Math.floor(left / full)));
    if (left % full) bins.push(filled(left % full, 1));
  }
  return bins.reduce((n, b) => n + b.same, 0);
}

/** A machine's price follows its vCPUs and, at about an eighth, its GiB. */
const weigh = (type: InstanceType) => ({ type, weight: type.vcpu + type.memoryBytes / GIB / 8 });
const STEADY = GRAVITON.map(weigh);

/** Nodes that the pods would fill if they could be cut to fit. */
function leastNodes(sets: readonly (PodSize & { count: number })[], type: InstanceType): number {
  const room = allocatable(type);
  let [vcpu, memoryBytes] = [0, 0];
  for (const set of sets) {
    vcpu += set.count * set.vcpu;
    memoryBytes += set.count * set.memoryBytes;
  }
  return Math.max(vcpu / room.vcpu, memoryBytes / room.memoryBytes);
}

/**
 * Packs a tier's pods onto the smallest-cost Graviton type. Pods are spread over the zones evenly, so each zone gets a
 * whole number of nodes; the largest service may surge by a quarter while it is rolled out.
 * @param offered types to choose from. @default steady ones
 * @throws {InputError} when none of them holds a pod
 */
export function packTier(
  tier: string,
  sets: readonly PodSet[],
  zones: number,
  kernel: Record<string, string>,
  offered?: readonly InstanceType[],
): NodeGroup {
  const zoneShare = (moment: Moment, over: number) =>
    sets.map(({ vcpu, memoryBytes, pods }) => ({ vcpu, memoryBytes, count: Math.ceil(pods[moment] / over) }));
  const surge = (moment: Moment, over: number) => {
    const [largest] = [...sets].sort((a, b) => b.pods[moment] * b.vcpu - a.pods[moment] * a.vcpu);
    return largest
      ? [{ vcpu: largest.vcpu, memoryBytes: largest.memoryBytes, count: Math.ceil((largest.pods[moment] * SURGE_SHARE) / over) }]
      : [];
  };
  const nodes = (type: InstanceType, pods: ReturnType<typeof zoneShare>): number => (nodesFor(pods, type) ?? Infinity) * zones;
  const expectedPods = zoneShare('expected', zones);
  const sizes = offered?.map(weigh) ?? STEADY;
  const chosen = cheapestOf(
    sizes,
    ({ type }) => leastNodes(expectedPods, type) * zones,
    ({ type }) => nodes(type, expectedPods),
  );
  if (!chosen)
    throw new InputError(`no instance type holds a pod of tier "${tier}"; the largest offers ${bytes(sizes.at(-1)!.type.memoryBytes)}`);
  const { type } = chosen;
  const peakPods = zoneShare('peak', zones);
  const [min, expected, peak] = [nodes(type, zoneShare('min', zones)), chosen.count, nodes(type, peakPods)];
  const zoneLost = nodes(type, zoneShare('peak', Math.max(zones - 1, 1)));
  const rollout = nodes(type, [...peakPods, ...surge('peak', zones)]);
  // A scheduler spreads where we pack tightly: one node a zone more leaves it room for that.
  const max = Math.max(peak, zoneLost, rollout) + zones;
  return {
    tier,
    instanceType: type.name,
    vcpu: type.vcpu,
    memoryBytes: type.memoryBytes,
    maxPods: maxPods(type),
    nodes: { min, expected: Math.max(min, expected), peak: Math.max(expected, peak), max },
    services: sets.map((s) => s.service),
    kernel,
    reason: `${sets.reduce((n, s) => n + s.pods.peak, 0)} pods at peak on ${peak} ${type.name} in ${zones} zone${zones > 1 ? 's' : ''}; up to ${max} so that all of them fit with one zone's nodes gone, or while a quarter is rolled out.`,
    source: RESERVED,
  };
}
