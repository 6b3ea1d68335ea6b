import { BURSTABLE, GRAVITON } from './catalogue/ec2';
import { VISIBLE_MEMORY } from './catalogue/node-room';
import { InputError } from './input-error';
import type { NodeGroup, PodSet } from './packing';
import { assumed, docs } from './source';
import { bytes, GIB, MIB } from './units';

/** A server with a workload; of the processors listed, the slowest. */
const K3S = {
  vcpu: 0.3,
  memoryBytes: 1596 * MIB,
  source: docs('K3s docs, Resource Profiling', '2026-11-22', 'https://docs.k3s.io/reference/resource-profiling'),
};
/** What ships the pods' logs. */
const LOG_AGENT = {
  memoryBytes: 128 * MIB,
  source: assumed('the CloudWatch agent, which others measured at 113 MiB with two logs to follow'),
};

/** What the machine holds besides pods. */
export const BOX_OVERHEAD = { vcpu: K3S.vcpu, memoryBytes: K3S.memoryBytes + LOG_AGENT.memoryBytes };

/**
 * The one machine of a launch stage: the smallest burstable that holds every pod next to k3s. Pods count with their whole requests
 * at peak, whatever they use, because the scheduler places no pod whose request does not fit.
 *
 * @param bytesPerSecond what the machine's network has to carry, in the busier direction
 * @throws {InputError} when no machine is large enough
 */
export function packBox(sets: readonly PodSet[], bytesPerSecond = 0): NodeGroup {
  const need = sets.reduce(
    (n, s) => ({ vcpu: n.vcpu + s.vcpu * s.pods.peak, memoryBytes: n.memoryBytes + s.memoryBytes * s.pods.peak }),
    BOX_OVERHEAD,
  );
  const holding = [...BURSTABLE, ...GRAVITON].filter((t) => t.vcpu >= need.vcpu && t.memoryBytes * VISIBLE_MEMORY >= need.memoryBytes);
  const type = holding.find((t) => t.networkBitsPerSecond >= bytesPerSecond * 8);
  if (!type)
    throw new InputError(
      `no single machine holds ${need.vcpu} vCPU, ${bytes(need.memoryBytes)} and ${bytes(bytesPerSecond)} a second; the stage needs a cluster`,
    );
  const scratchGib = Math.ceil(sets.reduce((sum, { scratchBytes = 0, pods }) => sum + scratchBytes * pods.peak, 0) / GIB);
  const forNetwork = type === holding[0] ? '' : ` It is as large for its network: ${bytes(bytesPerSecond)} a second.`;
  return {
    tier: 'box',
    instanceType: type.name,
    vcpu: type.vcpu,
    memoryBytes: type.memoryBytes,
    // The kubelet's default.
    maxPods: 110,
    nodes: { min: 1, expected: 1, peak: 1, max: 1 },
    ...(scratchGib > 0 && { scratchGib }),
    services: sets.map((s) => s.service),
    kernel: {},
    reason: `${need.vcpu.toFixed(1)} vCPU and ${bytes(need.memoryBytes)} requested by pods, k3s and the log agent on one ${type.name}.${forNetwork}`,
    source: K3S.source,
  };
}
