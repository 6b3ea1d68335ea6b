import type { Load } from '../flow';
import { assumed } from '../source';
import { MIB } from '../units';
import type { PodSpec } from './pod';
import type { ServiceSpec } from './service';

/** Smallest pod of a quiet part. */
export const smallPod: PodSpec = { vcpu: 0.1, memoryBytes: 128 * MIB, source: assumed('a quiet service on a shared box') };

/**
 * The service with a pod as small as its load, in tenths of the pod it has on nodes of its own: on one machine all pods share what there is.
 * @param target highest utilisation of a pod, 0-1
 */
export function inSmallPod(spec: ServiceSpec, { requests, consumed }: Load, target: number): ServiceSpec {
  const { perPod, pod } = spec;
  const demands = { requestsPerSecond: requests.peak, messagesPerSecond: consumed.peak, connections: spec.connections ?? 0 };
  const asked = (Object.keys(perPod) as (keyof typeof demands)[]).map((name) => demands[name] / (perPod[name]!.value * target));
  const share = Math.max(Math.ceil(10 * Math.max(...asked)) / 10, smallPod.vcpu / pod.vcpu);
  if (share >= 1 || pod.gpu) return spec;
  const { scratchBytes } = pod;
  return {
    ...spec,
    perPod: Object.fromEntries(Object.entries(perPod).map(([name, { value, source }]) => [name, { value: share * value, source }])),
    pod: {
      vcpu: share * pod.vcpu,
      memoryBytes: Math.max(share * pod.memoryBytes, smallPod.memoryBytes),
      // Files are as large as elsewhere.
      ...(scratchBytes && { scratchBytes }),
      source: assumed('a process that does less needs less'),
    },
  };
}
