import { BURSTABLE, GRAVITON, type InstanceType } from './catalogue/ec2';
import { cheapest } from './choose-size';
import { InputError } from './input-error';
import { assumed, docs, type Source } from './source';
import { bytes, GIB, MIB } from './units';

/** Pods of one service at one moment. */
export interface PodSet {
  service: string;
  vcpu: number;
  memoryBytes: number;
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

/** What every node runs besides the pods it is there for: network, proxy, volumes, identity, logs. */
export const DAEMONS = {
  pods: 5,
  vcpu: 0.3,
  memoryBytes: 512 * MIB,
  source: assumed('requests of the EKS add-ons and a log shipper on one node'),
};
/** What each cluster runs once: DNS, metrics, autoscaler, load balancer controller. They live on the first tier. Requests are assumed. */
export const SYSTEM_PODS: readonly PodSet[] = [
  { service: 'coredns', vcpu: 0.1, memoryBytes: 128 * MIB, pods: { min: 2, expected: 2, peak: 2 } },
  { service: 'metrics-server', vcpu: 0.1, memoryBytes: 200 * MIB, pods: { min: 2, expected: 2, peak: 2 } },
  { service: 'cluster-autoscaler', vcpu: 0.1, memoryBytes: 600 * MIB, pods: { min: 1, expected: 1, peak: 1 } },
  { service: 'load-balancer-controller', vcpu: 0.1, memoryBytes: 200 * MIB, pods: { min: 2, expected: 2, peak: 2 } },
];
/** The kubelet reserves memory by the pods its interfaces have addresses for, whatever it is told to take, and a slice of each core. */
const RESERVED = docs(
  'EKS AMI, kubelet configuration: 255 MiB + 11 MiB a pod; 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest',
  '2026-11-22',
  'https://github.com/awslabs/amazon-eks-ami/blob/01375496231add8265f3fb1bc6e1e90d083b980b/nodeadm/internal/kubelet/config.go',
);
/** Memory the kubelet evicts pods to keep free; the same file. */
const EVICTION_BYTES = 100 * MIB;
/** Assumed: kernel and firmware keep a twentieth of the memory. */
const VISIBLE_MEMORY = 0.95;
/** Pods of machines below 30 vCPU, and above: https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html, 2026-11-22. */
const PODS_PER_NODE = (vcpu: number): number => (vcpu < 30 ? 110 : 250);
/** Kubernetes' default for Deployments. */
const SURGE_SHARE = 0.25;
/** A server with a workload; of the processors listed, the slowest. */
const K3S = {
  vcpu: 0.3,
  memoryBytes: 1596 * MIB,
  source: docs('K3s docs, Resource Profiling', '2026-11-22', 'https://docs.k3s.io/reference/resource-profiling'),
};

const rooms = new Map<string, ReturnType<typeof computeAllocatable>>();

/** What a node offers to pods after the system's share. */
export function allocatable(type: InstanceType): ReturnType<typeof computeAllocatable> {
  let room = rooms.get(type.name);
  if (!room) rooms.set(type.name, (room = computeAllocatable(type)));
  return room;
}

function computeAllocatable(type: InstanceType): { vcpu: number; memoryBytes: number; pods: number } {
  const maxPods = Math.min(type.maxPodsEni, PODS_PER_NODE(type.vcpu));
  const coreShares = [0.06, 0.01, 0.005, 0.005];
  const reservedVcpu = Array.from({ length: type.vcpu }, (_, i) => coreShares[i] ?? 0.0025).reduce((a, b) => a + b, 0);
  return {
    vcpu: type.vcpu - reservedVcpu - DAEMONS.vcpu,
    memoryBytes: type.memoryBytes * VISIBLE_MEMORY - (255 + 11 * type.maxPodsEni) * MIB - EVICTION_BYTES - DAEMONS.memoryBytes,
    pods: maxPods - DAEMONS.pods,
  };
}

type Moment = 'min' | 'expected' | 'peak';

/** First-fit decreasing over identical nodes, in whole batches of equal pods; null when a pod is larger than a node. */
function nodesFor(sets: readonly { vcpu: number; memoryBytes: number; count: number }[], type: InstanceType): number | null {
  const room = allocatable(type);
  const bins: { vcpu: number; memoryBytes: number; pods: number; same: number }[] = [];
  const largestFirst = [...sets]
    .filter((s) => s.count > 0)
    .sort((a, b) => b.vcpu / room.vcpu + b.memoryBytes / room.memoryBytes - (a.vcpu / room.vcpu + a.memoryBytes / room.memoryBytes));
  for (const set of largestFirst) {
    let left = set.count;
    const holds = (free: { vcpu: number; memoryBytes: number; pods: number }): number =>
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

/**
 * Packs a tier's pods onto the smallest-cost Graviton type. Pods are spread over the zones evenly, so each zone gets a
 * whole number of nodes; the largest service may surge by a quarter while it is rolled out.
 */
export function packTier(tier: string, sets: readonly PodSet[], zones: number, kernel: Record<string, string>): NodeGroup {
  const zoneShare = (moment: Moment, over: number) => sets.map((s) => ({ ...s, count: Math.ceil(s.pods[moment] / over) }));
  const surge = (moment: Moment, over: number) => {
    const [largest] = [...sets].sort((a, b) => b.pods[moment] * b.vcpu - a.pods[moment] * a.vcpu);
    return largest ? [{ ...largest, count: Math.ceil((largest.pods[moment] * SURGE_SHARE) / over) }] : [];
  };
  const nodes = (type: InstanceType, pods: ReturnType<typeof zoneShare>): number => (nodesFor(pods, type) ?? Infinity) * zones;
  const expectedPods = zoneShare('expected', zones);
  // A machine's price follows its vCPUs and, at about an eighth, its GiB.
  const possible = GRAVITON.map((type) => ({
    type,
    count: nodes(type, expectedPods),
    weight: type.vcpu + type.memoryBytes / GIB / 8,
  }));
  const chosen = cheapest(possible.filter((c) => c.count < Infinity));
  if (!chosen)
    throw new InputError(`no instance type holds a pod of tier "${tier}"; the largest offers ${bytes(GRAVITON.at(-1)!.memoryBytes)}`);
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
    maxPods: allocatable(type).pods + DAEMONS.pods,
    nodes: { min, expected: Math.max(min, expected), peak: Math.max(expected, peak), max },
    services: sets.map((s) => s.service),
    kernel,
    reason: `${sets.reduce((n, s) => n + s.pods.peak, 0)} pods at peak on ${peak} ${type.name} in ${zones} zone${zones > 1 ? 's' : ''}; up to ${max} so that all of them fit with one zone's nodes gone, or while a quarter is rolled out.`,
    source: RESERVED,
  };
}

/** The one machine of a launch stage: the smallest burstable that holds every pod next to k3s. */
export function packBox(sets: readonly PodSet[]): NodeGroup {
  const need = sets.reduce((n, s) => ({ vcpu: n.vcpu + s.vcpu * s.pods.peak, memoryBytes: n.memoryBytes + s.memoryBytes * s.pods.peak }), {
    vcpu: K3S.vcpu,
    memoryBytes: K3S.memoryBytes,
  });
  const type = [...BURSTABLE, ...GRAVITON].find((t) => t.vcpu >= need.vcpu && t.memoryBytes * VISIBLE_MEMORY >= need.memoryBytes);
  if (!type) throw new InputError(`no single machine holds ${need.vcpu} vCPU and ${bytes(need.memoryBytes)}; the stage needs a cluster`);
  return {
    tier: 'box',
    instanceType: type.name,
    vcpu: type.vcpu,
    memoryBytes: type.memoryBytes,
    // The kubelet's default.
    maxPods: 110,
    nodes: { min: 1, expected: 1, peak: 1, max: 1 },
    services: sets.map((s) => s.service),
    kernel: {},
    reason: `${need.vcpu.toFixed(1)} vCPU and ${bytes(need.memoryBytes)} of pods and k3s on one ${type.name}.`,
    source: K3S.source,
  };
}
