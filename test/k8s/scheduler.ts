import { BURSTABLE, GRAVITON } from '../../plan/catalogue/ec2';
import { GPUS } from '../../plan/catalogue/gpu';
import { DAEMON_ROOM, DEVICE_PLUGIN } from '../../plan/catalogue/node-room';
import { systemPods } from '../../plan/cluster-system-pods';
import type { NodeGroup } from '../../plan/packing';
import type { Deployment } from '../../plan/plan';
import { GIB, MIB } from '../../plan/units';
import type { Json, KubernetesObject } from './read-manifests';

/** A pod as the scheduler sees it, read from a manifest. */
export interface Pod {
  owner: string;
  tier: string | undefined;
  milliCpu: number;
  bytes: number;
  gpus: number;
  /** Of the node's disk. */
  diskBytes: number;
  /** Pods of one owner may differ by this many between zones; undefined where zones do not bind. */
  maxSkew: number | undefined;
}

export interface Node {
  tier: string;
  zone: number;
  milliCpu: number;
  bytes: number;
  gpus: number;
  diskBytes: number;
  pods: number;
  owners: Map<string, number>;
}

const milliCpu = (quantity: string): number => (quantity.endsWith('m') ? Number(quantity.slice(0, -1)) : Number(quantity) * 1000);
function bytes(quantity: string): number {
  const [, count, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity)!;
  return Number(count) * (unit === 'Gi' ? GIB : MIB);
}

/** Every pod the manifests may ask for at once: autoscalers at their maximum, each job running. */
export function podsAtPeak(objects: readonly KubernetesObject[]): Pod[] {
  return objects.flatMap((o) => {
    if (!['Deployment', 'StatefulSet', 'CronJob'].includes(o.kind)) return [];
    const { spec } = o.kind === 'CronJob' ? o.spec.jobTemplate.spec.template : o.spec.template;
    const scaling = objects.find((a) => a.spec?.scaleTargetRef?.name === o.metadata.name)?.spec;
    const count: number = o.kind === 'CronJob' ? 1 : (scaling?.maxReplicas ?? scaling?.maxReplicaCount ?? o.spec.replicas);
    const { requests, limits } = spec.containers[0].resources;
    const zones = spec.topologySpreadConstraints?.find(
      (c: Json) => c.topologyKey === 'topology.kubernetes.io/zone' && c.whenUnsatisfiable === 'DoNotSchedule',
    );
    const pod: Pod = {
      owner: o.metadata.name,
      tier: spec.nodeSelector?.['scaleprint.dev/tier'],
      milliCpu: milliCpu(requests.cpu),
      bytes: bytes(requests.memory),
      gpus: Number(limits['nvidia.com/gpu'] ?? 0),
      diskBytes: bytes(requests['ephemeral-storage'] ?? '0Mi'),
      maxSkew: zones?.maxSkew,
    };
    return Array<Pod>(count).fill(pod);
  });
}

/** DNS, metrics and controllers, which come with the cluster and not with the manifests. */
export const podsOfCluster = ({ parts, nodeGroups }: Deployment): Pod[] =>
  systemPods(parts).flatMap(({ service, vcpu, memoryBytes, pods }) => {
    const { tier } = nodeGroups.find((group) => group.services.includes(service))!;
    return Array<Pod>(pods.peak).fill({
      owner: service,
      tier,
      milliCpu: vcpu * 1000,
      bytes: memoryBytes,
      gpus: 0,
      diskBytes: 0,
      maxSkew: undefined,
    });
  });

/**
 * Nodes of a group as the kubelet offers them: the AMI's kube-reserved and eviction threshold, and what the daemons
 * request, are taken off. AL2023 sees about a twentieth less memory than the instance type is sold with.
 */
export function nodesOf(group: NodeGroup, perZone: number, zones: number): Node[] {
  const coreShares: number[] = Array.from({ length: group.vcpu }, (_, i) => (i === 0 ? 60 : i === 1 ? 10 : i < 4 ? 5 : 2.5));
  const reserved = coreShares.reduce((a, b) => a + b);
  const types = [...BURSTABLE, ...GRAVITON, ...Object.values(GPUS).flat()];
  const { maxPodsEni: addresses, gpus = 0 } = types.find((t) => t.name === group.instanceType)!;
  // A daemon more, where there are GPUs to list.
  const plugin =
    gpus > 0 ? { milliCpu: DEVICE_PLUGIN.vcpu * 1000, bytes: DEVICE_PLUGIN.memoryBytes, pods: 1 } : { milliCpu: 0, bytes: 0, pods: 0 };
  const offered = (): Omit<Node, 'zone'> => ({
    tier: group.tier,
    milliCpu: group.vcpu * 1000 - reserved - DAEMON_ROOM.vcpu * 1000 - plugin.milliCpu,
    bytes: group.memoryBytes * 0.95 - (255 + 11 * addresses + 100) * MIB - DAEMON_ROOM.memoryBytes - plugin.bytes,
    gpus,
    diskBytes: (group.scratchGib ?? 0) * GIB,
    pods: group.maxPods - DAEMON_ROOM.pods - plugin.pods,
    owners: new Map(),
  });
  return Array.from({ length: zones * perZone }, (_, i) => ({ ...offered(), zone: i % zones }));
}

/** The one machine of a launch stage, with k3s, its own pods and the log agent taken off. */
export const boxOf = (group: NodeGroup): Node[] => [
  {
    tier: group.tier,
    zone: 0,
    milliCpu: group.vcpu * 1000 - 300,
    bytes: group.memoryBytes * 0.95 - (1596 + 128) * MIB,
    gpus: 0,
    diskBytes: (group.scratchGib ?? 0) * GIB,
    pods: group.maxPods,
    owners: new Map(),
  },
];

/**
 * Places pods one after the other as kube-scheduler does by default: nodes without room, or in a zone that would be skewed,
 * are filtered out; of the others the one with the fewest pods of the same owner wins, then the emptiest.
 * @returns the pods that stay pending
 */
export function schedule(pods: readonly Pod[], nodes: readonly Node[]): Pod[] {
  const placed = new Map<string, Map<number, number>>();
  const zones = [...new Set(nodes.map((n) => n.zone))];
  return runsOf(pods).flatMap((run) => {
    const [pod] = run;
    const inZone = placed.get(pod!.owner) ?? new Map(zones.map((zone) => [zone, 0]));
    placed.set(pod!.owner, inZone);
    return run.slice(placeRun(pod!, run.length, nodes, inZone));
  });
}

/** Pods that follow each other and are the same. */
function runsOf(pods: readonly Pod[]): Pod[][] {
  const runs: Pod[][] = [];
  for (const pod of pods)
    if (runs.at(-1)?.[0] === pod) runs.at(-1)!.push(pod);
    else runs.push([pod]);
  return runs;
}

/**
 * Places equal pods. Each zone's nodes wait in line, the best first; whoever took a pod steps back, mostly to the end, so that no pod looks
 * at every node.
 * @param inZone pods of the owner in each zone, which it counts on @returns how many found a place
 */
function placeRun(pod: Pod, count: number, nodes: readonly Node[], inZone: Map<number, number>): number {
  const order = new Map(nodes.map((node, i) => [node, i]));
  const own = (n: Node): number => n.owners.get(pod.owner) ?? 0;
  const compare = (a: Node, b: Node): number => own(a) - own(b) || b.milliCpu - a.milliCpu || order.get(a)! - order.get(b)!;
  const fits = (n: Node): boolean =>
    n.milliCpu >= pod.milliCpu && n.bytes >= pod.bytes && n.gpus >= pod.gpus && n.diskBytes >= pod.diskBytes && n.pods >= 1;
  const candidates = nodes.filter((n) => (pod.tier === undefined || n.tier === pod.tier) && fits(n)).sort(compare);
  const lines = new Map([...inZone.keys()].map((zone) => [zone, candidates.filter((n) => n.zone === zone)]));
  for (let n = 0; n < count; n++) {
    const most = Math.min(...inZone.values()) + (pod.maxSkew ?? Infinity);
    const open = [...lines].flatMap(([zone, line]) => (line.length > 0 && inZone.get(zone)! < most ? [line] : []));
    if (open.length === 0) return n;
    const line = open.reduce((a, b) => (compare(b[0]!, a[0]!) < 0 ? b : a));
    const node = line.shift()!;
    node.milliCpu -= pod.milliCpu;
    node.bytes -= pod.bytes;
    node.gpus -= pod.gpus;
    node.diskBytes -= pod.diskBytes;
    node.pods -= 1;
    node.owners.set(pod.owner, own(node) + 1);
    inZone.set(node.zone, inZone.get(node.zone)! + 1);
    if (fits(node)) line.splice(line.findLastIndex((other) => compare(other, node) < 0) + 1, 0, node);
  }
  return count;
}
