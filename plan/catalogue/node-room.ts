import { assumed, docs } from '../source';
import { MIB } from '../units';
import type { InstanceType } from './ec2';

/** Processor and memory that a pod is counted with, in vCPU and bytes. */
export interface PodSize {
  vcpu: number;
  memoryBytes: number;
}

const size = (vcpu: number, mib: number): PodSize => ({ vcpu, memoryBytes: mib * MIB });

/**
 * What every node runs besides the pods it is there for: network, proxy, identity, logs and metrics. The last two are told to
 * request this; the first three request their share of the processor and no memory.
 */
export const DAEMONS = {
  'aws-node': size(0.05, 112),
  'kube-proxy': size(0.1, 60),
  'eks-pod-identity-agent': size(0, 40),
  'fluent-bit': size(0.05, 100),
  'cloudwatch-agent': size(0.1, 200),
} as const;
/** Of {@link DAEMONS}. */
export const DAEMONS_SOURCE = assumed('processor as the add-ons request it by default, of the metrics agent less; memory as they use it');

const daemons = Object.values(DAEMONS);
/** What the daemons take of a node together. */
export const DAEMON_ROOM = {
  pods: daemons.length,
  vcpu: daemons.reduce((sum, d) => sum + d.vcpu, 0),
  memoryBytes: daemons.reduce((sum, d) => sum + d.memoryBytes, 0),
};

/** What nodes with GPUs run besides: it tells the kubelet of them, and requests this. */
export const DEVICE_PLUGIN = size(0.05, 100);
/** Of {@link DEVICE_PLUGIN}. */
export const DEVICE_PLUGIN_SOURCE = assumed('a daemon that lists the GPUs of its node and waits');

/**
 * What makes the volumes that pods claim, twice in a cluster, and what attaches them, on each node of a tier that claims any: containers, each
 * with the requests of the chart.
 */
export const VOLUME_DRIVER = {
  controller: size(6 * 0.01, 6 * 40),
  node: size(3 * 0.01, 3 * 40),
  source: docs(
    'kubernetes-sigs/aws-ebs-csi-driver, chart: 10m and 40Mi a container',
    '2026-11-22',
    'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/charts/aws-ebs-csi-driver/values.yaml',
  ),
};

/** Volumes a Graviton node takes besides its own: it attaches 28 things, of which up to eight are network interfaces and one is its root volume. */
export const VOLUMES_PER_NODE = {
  value: 28 - 8 - 1,
  source: docs(
    'AWS docs, Amazon EBS volume limits for Amazon EC2 instances: shared limit',
    '2026-11-22',
    'https://docs.aws.amazon.com/ebs/latest/userguide/volume_limits.html',
  ),
};

/** The kubelet reserves memory by the pods its interfaces have addresses for, whatever it is told to take, and a slice of each core. */
export const RESERVED = docs(
  'EKS AMI, kubelet configuration: 255 MiB + 11 MiB a pod; 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest',
  '2026-11-22',
  'https://github.com/awslabs/amazon-eks-ami/blob/01375496231add8265f3fb1bc6e1e90d083b980b/nodeadm/internal/kubelet/config.go',
);
/** Memory the kubelet evicts pods to keep free; the same file. */
const EVICTION_BYTES = 100 * MIB;
/** Assumed: kernel and firmware keep a twentieth of the memory. */
export const VISIBLE_MEMORY = 0.95;
/** Pods of machines below 30 vCPU, and above: https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html, 2026-11-22. */
const PODS_PER_NODE = (vcpu: number): number => (vcpu < 30 ? 110 : 250);

/** What a pod takes of a node, besides its place. */
export interface PodNeeds extends PodSize {
  /** In the busier direction. */
  bytesPerSecond: number;
  gpus: number;
  /** Of its own. */
  volumes: number;
}

/** What a node offers to pods. */
export interface NodeRoom extends PodNeeds {
  pods: number;
}

const rooms = new Map<InstanceType, NodeRoom>();
const attaching = new Map<InstanceType, NodeRoom>();

/**
 * What a node offers to pods after the system's share.
 * @param attachesVolumes whether pods of its tier claim volumes
 */
export function allocatable(type: InstanceType, attachesVolumes = false): NodeRoom {
  const known = attachesVolumes ? attaching : rooms;
  let room = known.get(type);
  if (!room) known.set(type, (room = computeAllocatable(type, attachesVolumes)));
  return room;
}

/** Pods the kubelet of a node takes. */
export const maxPods = (type: InstanceType): number => Math.min(type.maxPodsEni, PODS_PER_NODE(type.vcpu));

function computeAllocatable(type: InstanceType, attachesVolumes: boolean): NodeRoom {
  const coreShares = [0.06, 0.01, 0.005, 0.005];
  const reservedVcpu = Array.from({ length: type.vcpu }, (_, i) => coreShares[i] ?? 0.0025).reduce((a, b) => a + b, 0);
  const gpus = type.gpus ?? 0;
  const plugin = gpus > 0 ? { ...DEVICE_PLUGIN, pods: 1 } : { vcpu: 0, memoryBytes: 0, pods: 0 };
  const driver = attachesVolumes
    ? { ...VOLUME_DRIVER.node, pods: 1, volumes: VOLUMES_PER_NODE.value }
    : { vcpu: 0, memoryBytes: 0, pods: 0, volumes: 0 };
  const forPods = type.memoryBytes * VISIBLE_MEMORY - (255 + 11 * type.maxPodsEni) * MIB - EVICTION_BYTES;
  return {
    vcpu: type.vcpu - reservedVcpu - DAEMON_ROOM.vcpu - plugin.vcpu - driver.vcpu,
    memoryBytes: forPods - DAEMON_ROOM.memoryBytes - plugin.memoryBytes - driver.memoryBytes,
    pods: maxPods(type) - DAEMON_ROOM.pods - plugin.pods - driver.pods,
    bytesPerSecond: type.networkBitsPerSecond / 8,
    gpus,
    volumes: driver.volumes,
  };
}
