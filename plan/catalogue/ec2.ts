import { derived, docs } from '../source';
import { GIB } from '../units';

/** Size of an EC2 instance type. */
export interface InstanceType {
  name: string;
  vcpu: number;
  memoryBytes: number;
  /** Pods the VPC CNI can give an address: ENIs x (IPv4 per ENI - 1) + 2, without prefix delegation. */
  maxPodsEni: number;
  /** Sustained network, bits per second, in each direction. */
  networkBitsPerSecond: number;
  /** NVIDIA GPUs. @default none */
  gpus?: number;
}

/** Sizes and limits of EC2 types. */
export const SIZES = docs(
  'karpenter-provider-aws, EC2 instance types, ENI limits and network baseline',
  '2026-08-06',
  'https://github.com/aws/karpenter-provider-aws/blob/main/pkg/providers/instancetype/zz_generated.bandwidth.go',
);
/** Of the network of {@link typeBehind}. */
export const NETWORK_BEHIND = derived(SIZES, 'the EC2 type of the same name');

export const type = (name: string, vcpu: number, gib: number, maxPodsEni: number, gbps: number): InstanceType => ({
  name,
  vcpu,
  memoryBytes: gib * GIB,
  maxPodsEni,
  networkBitsPerSecond: gbps * 1e9,
});

/** Burstable types for a single box, smallest first. */
export const BURSTABLE: readonly InstanceType[] = [
  type('t4g.small', 2, 2, 11, 0.128),
  type('t4g.medium', 2, 4, 17, 0.256),
  type('t4g.large', 2, 8, 35, 0.512),
  type('t4g.xlarge', 4, 16, 58, 1.024),
  type('t4g.2xlarge', 8, 32, 58, 2.048),
];
/** Too small for a box of pods, but not for a database or a cache. */
const MICRO = type('t4g.micro', 2, 1, 4, 0.064);

/** Steady types for node groups: compute, general and memory families. */
export const GRAVITON: readonly InstanceType[] = [
  type('c7g.large', 2, 4, 29, 0.937),
  type('m7g.large', 2, 8, 29, 0.937),
  type('r7g.large', 2, 16, 29, 0.937),
  type('c7g.xlarge', 4, 8, 58, 1.876),
  type('m7g.xlarge', 4, 16, 58, 1.876),
  type('r7g.xlarge', 4, 32, 58, 1.876),
  type('c7g.2xlarge', 8, 16, 58, 3.75),
  type('m7g.2xlarge', 8, 32, 58, 3.75),
  type('r7g.2xlarge', 8, 64, 58, 3.75),
  type('c7g.4xlarge', 16, 32, 234, 7.5),
  type('m7g.4xlarge', 16, 64, 234, 7.5),
  type('r7g.4xlarge', 16, 128, 234, 7.5),
  type('c7g.8xlarge', 32, 64, 234, 15),
  type('m7g.8xlarge', 32, 128, 234, 15),
  type('r7g.8xlarge', 32, 256, 234, 15),
];

/** Steady types of the compute family for programs built for x86, smallest first. */
export const COMPUTE_X86: readonly InstanceType[] = [
  type('c7i.large', 2, 4, 29, 0.781),
  type('c7i.xlarge', 4, 8, 58, 1.562),
  type('c7i.2xlarge', 8, 16, 58, 3.125),
  type('c7i.4xlarge', 16, 32, 234, 6.25),
  type('c7i.8xlarge', 32, 64, 234, 12.5),
];

const BY_NAME: ReadonlyMap<string, InstanceType> = new Map([MICRO, ...BURSTABLE, ...GRAVITON].map((t) => [t.name, t]));

/**
 * The EC2 type behind a managed service's node: `m7g.large` behind `db.m7g.large`.
 * @throws {Error} on a type that is not listed here
 */
export function typeBehind(nodeType: string): InstanceType {
  const name = nodeType.slice(nodeType.indexOf('.') + 1);
  const found = BY_NAME.get(name);
  if (!found) throw new Error(`no EC2 type ${name} is known, which ${nodeType} is named after`);
  return found;
}
