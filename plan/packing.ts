import { GRAVITON, type InstanceType } from './catalogue/ec2';
import { type GpuModel, GPU_WEIGHT } from './catalogue/gpu';
import { maxPods, type PodSize, RESERVED } from './catalogue/node-room';
import { cheapestOf } from './choose-size';
import { type Batch, holds, leastNodes, nodesFor, roomFor } from './first-fit';
import { InputError } from './input-error';
import type { Source } from './source';
import { nodesToSpread } from './spread';
import { bytes, GIB } from './units';

/** Pods of one service, at each moment. */
export interface PodSet extends PodSize {
  service: string;
  /** What one of them has to find of its node's network, in the busier direction. @default 0 */
  bytesPerSecond?: number;
  /** GPUs that one of them holds alone. @default 0 */
  gpus?: number;
  /** Volumes that one of them claims. @default 0 */
  volumes?: number;
  /** Bytes of the node's disk that one of them takes. @default 0 */
  scratchBytes?: number;
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
  /** Of `nodes`, those that AWS may take back, of any of these types. @default all are on demand */
  spot?: { instanceTypes: string[]; nodes: NodeGroup['nodes'] };
  /** @default the nodes have no GPU */
  gpuModel?: GpuModel;
  /** GiB of a node's disk that files of its pods take, besides images and logs. @default 0 */
  scratchGib?: number;
  services: string[];
  kernel: Record<string, string>;
  reason: string;
  source: Source;
}

/** Kubernetes' default for Deployments. */
export const SURGE_SHARE = 0.25;
type Moment = 'min' | 'expected' | 'peak';

/** A machine's price follows its vCPUs and, at about an eighth, its GiB; GPUs come on top. */
const weigh = (type: InstanceType, gpuModel?: GpuModel) => ({
  type,
  weight: type.vcpu + type.memoryBytes / GIB / 8 + (gpuModel ? type.gpus! * GPU_WEIGHT[gpuModel] : 0),
});
const STEADY = GRAVITON.map((type) => weigh(type));

/**
 * Packs a tier's pods onto the smallest-cost type. Pods are spread over the zones evenly, so each zone gets a
 * whole number of nodes; the largest service may surge by a quarter while it is rolled out.
 * @param offered types to choose from; with GPUs, those of one model. @default steady ones
 * @throws {InputError} when none of them holds a pod
 */
export function packTier(
  tier: string,
  sets: readonly PodSet[],
  zones: number,
  kernel: Record<string, string>,
  offered?: readonly InstanceType[],
  gpuModel?: GpuModel,
): NodeGroup {
  const batch = ({ vcpu, memoryBytes, bytesPerSecond = 0, gpus = 0, volumes = 0 }: PodSet, count: number): Batch => ({
    vcpu,
    memoryBytes,
    bytesPerSecond,
    gpus,
    volumes,
    count: Math.ceil(count),
  });
  const zoneShare = (moment: Moment, over: number) => sets.map((set) => batch(set, set.pods[moment] / over));
  const surge = (moment: Moment, over: number) => {
    const [largest] = [...sets].sort((a, b) => b.pods[moment] * b.vcpu - a.pods[moment] * a.vcpu);
    return largest ? [batch(largest, (largest.pods[moment] * SURGE_SHARE) / over)] : [];
  };
  const nodes = (type: InstanceType, pods: readonly Batch[]): number => (nodesFor(pods, type) ?? Infinity) * zones;
  const expectedPods = zoneShare('expected', zones);
  const sizes = offered?.map((type) => weigh(type, gpuModel)) ?? STEADY;
  const chosen = cheapestOf(
    sizes,
    ({ type }) => leastNodes(expectedPods, type) * zones,
    ({ type }) => nodes(type, expectedPods),
  );
  if (!chosen) throw new InputError(`no instance type holds a pod of tier "${tier}"; the largest offers ${offers(sizes.at(-1)!.type)}`);
  const { type } = chosen;
  const peakPods = zoneShare('peak', zones);
  const [min, expected, peak] = [nodes(type, zoneShare('min', zones)), chosen.count, nodes(type, peakPods)];
  const spread = (pods: readonly Batch[]): number => (nodesToSpread(pods, type) ?? Infinity) * zones;
  const zoneLost = spread(zoneShare('peak', Math.max(zones - 1, 1)));
  const rollout = spread([...peakPods, ...surge('peak', zones)]);
  const scratchGib = Math.ceil(sets.reduce((sum, set) => sum + scratchOnNode(set, batch(set, set.pods.peak), type), 0) / GIB);
  // Zones get whole numbers of pods, and those of the cluster where they like: one node a zone more leaves room for that.
  const max = Math.max(peak, zoneLost, rollout) + zones;
  return {
    tier,
    instanceType: type.name,
    vcpu: type.vcpu,
    memoryBytes: type.memoryBytes,
    maxPods: maxPods(type),
    nodes: { min, expected: Math.max(min, expected), peak: Math.max(expected, peak), max },
    ...(gpuModel && { gpuModel }),
    ...(scratchGib > 0 && { scratchGib }),
    services: sets.map((s) => s.service),
    kernel,
    reason: `${sets.reduce((n, s) => n + s.pods.peak, 0)} pods at peak on ${peak} ${type.name} in ${zones} zone${zones > 1 ? 's' : ''}; up to ${max} so that all of them fit with one zone's nodes gone, or while a quarter is rolled out.`,
    source: RESERVED,
  };
}

/** Bytes that files of a service's pods take at most of one node: what else is on it leaves them less room. */
const scratchOnNode = ({ scratchBytes = 0 }: PodSet, pods: Batch, type: InstanceType): number =>
  scratchBytes > 0 ? scratchBytes * Math.min(pods.count, holds(roomFor([pods], type), pods)) : 0;

const offers = ({ memoryBytes, networkBitsPerSecond }: InstanceType): string =>
  `${bytes(memoryBytes)} and ${networkBitsPerSecond / 1e9} Gbit/s`;
