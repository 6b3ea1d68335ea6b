import type { InstanceType } from './catalogue/ec2';
import { allocatable, type NodeRoom, type PodNeeds, type PodSize } from './catalogue/node-room';

/** Equal pods. */
export type Batch = PodNeeds & { count: number };

/** By what the scheduler counts. */
export const share = (of: PodSize, room: PodSize): number => of.vcpu / room.vcpu + of.memoryBytes / room.memoryBytes;

export const roomFor = (sets: readonly Batch[], type: InstanceType): NodeRoom =>
  allocatable(
    type,
    sets.some(({ volumes }) => volumes > 0),
  );

/** Pods of a batch that a node has room for. */
export function holds(free: NodeRoom, { vcpu, memoryBytes, bytesPerSecond, gpus, volumes }: Batch): number {
  const network = bytesPerSecond > 0 ? free.bytesPerSecond / bytesPerSecond : Infinity;
  const byGpu = gpus > 0 ? free.gpus / gpus : Infinity;
  const byVolume = volumes > 0 ? free.volumes / volumes : Infinity;
  return Math.floor(Math.min(free.vcpu / vcpu, free.memoryBytes / memoryBytes, network, byGpu, byVolume, free.pods) + 1e-9);
}

/** What a node has left with so many pods of a batch on it. */
export const fill = <T extends NodeRoom>(free: T, set: Batch, pods: number): T => ({
  ...free,
  vcpu: free.vcpu - pods * set.vcpu,
  memoryBytes: free.memoryBytes - pods * set.memoryBytes,
  bytesPerSecond: free.bytesPerSecond - pods * set.bytesPerSecond,
  gpus: free.gpus - pods * set.gpus,
  volumes: free.volumes - pods * set.volumes,
  pods: free.pods - pods,
});

/** First-fit decreasing over identical nodes, in whole batches of equal pods; null when a pod is larger than a node. */
export function nodesFor(sets: readonly Batch[], type: InstanceType): number | null {
  const room = roomFor(sets, type);
  const bins: (NodeRoom & { same: number })[] = [];
  const largestFirst = sets.filter((s) => s.count > 0).sort((a, b) => share(b, room) - share(a, room));
  for (const set of largestFirst) {
    let left = set.count;
    for (const [i, bin] of bins.entries()) {
      const each = Math.min(holds(bin, set), Math.floor(left / bin.same));
      if (each < 1) continue;
      bins[i] = fill(bin, set, each);
      left -= each * bin.same;
    }
    if (left === 0) continue;
    const full = holds(room, set);
    if (full < 1) return null;
    if (left >= full) bins.push({ ...fill(room, set, full), same: Math.floor(left / full) });
    if (left % full) bins.push({ ...fill(room, set, left % full), same: 1 });
  }
  return bins.reduce((n, b) => n + b.same, 0);
}

/** Nodes that the pods would fill if they could be cut to fit. */
export function leastNodes(sets: readonly Batch[], type: InstanceType): number {
  const room = roomFor(sets, type);
  let [vcpu, memoryBytes, bytesPerSecond, gpus, volumes] = [0, 0, 0, 0, 0];
  for (const set of sets) {
    vcpu += set.count * set.vcpu;
    memoryBytes += set.count * set.memoryBytes;
    bytesPerSecond += set.count * set.bytesPerSecond;
    gpus += set.count * set.gpus;
    volumes += set.count * set.volumes;
  }
  const byGpu = gpus > 0 ? gpus / room.gpus : 0;
  const byVolume = volumes > 0 ? volumes / room.volumes : 0;
  return Math.max(vcpu / room.vcpu, memoryBytes / room.memoryBytes, bytesPerSecond / room.bytesPerSecond, byGpu, byVolume);
}
