import type { InstanceType } from './catalogue/ec2';
import { allocatable, type NodeRoom, type PodNeeds, type PodSize } from './catalogue/node-room';

/** Equal pods. */
export type Batch = PodNeeds & { count: number };

/** By what the scheduler counts. */
const share = (of: PodSize, room: PodSize): number => of.vcpu / room.vcpu + of.memoryBytes / room.memoryBytes;

const roomFor = (sets: readonly Batch[], type: InstanceType): NodeRoom =>
  allocatable(
    type,
    sets.some(({ volumes }) => volumes > 0),
  );

/** First-fit decreasing over identical nodes, in whole batches of equal pods; null when a pod is larger than a node. */
export function nodesFor(sets: readonly Batch[], type: InstanceType): number | null {
  const room = roomFor(sets, type);
  const bins: (NodeRoom & { same: number })[] = [];
  const largestFirst = sets.filter((s) => s.count > 0).sort((a, b) => share(b, room) - share(a, room));
  for (const set of largestFirst) {
    let left = set.count;
    const holds = (free: NodeRoom): number => {
      const network = set.bytesPerSecond > 0 ? free.bytesPerSecond / set.bytesPerSecond : Infinity;
      const gpus = set.gpus > 0 ? free.gpus / set.gpus : Infinity;
      const volumes = set.volumes > 0 ? free.volumes / set.volumes : Infinity;
      return Math.floor(Math.min(free.vcpu / set.vcpu, free.memoryBytes / set.memoryBytes, network, gpus, volumes, free.pods) + 1e-9);
    };
    for (const bin of bins) {
      const each = Math.min(holds(bin), Math.floor(left / bin.same));
      if (each < 1) continue;
      bin.vcpu -= each * set.vcpu;
      bin.memoryBytes -= each * set.memoryBytes;
      bin.bytesPerSecond -= each * set.bytesPerSecond;
      bin.gpus -= each * set.gpus;
      bin.volumes -= each * set.volumes;
      bin.pods -= each;
      left -= each * bin.same;
    }
    if (left === 0) continue;
    const full = holds(room);
    if (full < 1) return null;
    const filled = (n: number, same: number) => ({
      vcpu: room.vcpu - n * set.vcpu,
      memoryBytes: room.memoryBytes - n * set.memoryBytes,
      bytesPerSecond: room.bytesPerSecond - n * set.bytesPerSecond,
      gpus: room.gpus - n * set.gpus,
      volumes: room.volumes - n * set.volumes,
      pods: room.pods - n,
      same,
    });
    if (left >= full) bins.push(filled(full, Math.floor(left / full)));
    if (left % full) bins.push(filled(left % full, 1));
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
