import type { ServiceSpec } from '../../../plan/sizing/service';
import { inSmallPod, smallPod } from '../../../plan/sizing/small-pod';
import { GIB, MIB } from '../../../plan/units';
import { BENCHMARK, carries, loadOf } from './load';

const spec: ServiceSpec = {
  does: 'answers',
  tier: 'web',
  perPod: { requestsPerSecond: carries(500), connections: carries(10e3) },
  pod: { vcpu: 2, memoryBytes: 2 * GIB, source: BENCHMARK },
};
const small = (more: Partial<ServiceSpec>, requests: number) => inSmallPod({ ...spec, ...more }, loadOf({ requests }), 0.8);

test('100 requests/s are 100 / (500 x 0.8) = 25 % of a pod, so it has three tenths of everything', () => {
  const { pod, perPod } = small({}, 100);
  expect([pod.vcpu, pod.memoryBytes]).toEqual([expect.closeTo(0.6), expect.closeTo(0.6 * GIB)]);
  expect([perPod.requestsPerSecond!.value, perPod.connections!.value]).toEqual([expect.closeTo(150), expect.closeTo(3000)]);
});

test('the dimension that asks for most decides', () => {
  expect(small({ connections: 4000 }, 100).pod.vcpu).toBeCloseTo(1);
});

test('without load it is the smallest there is, and keeps the memory of a process', () => {
  expect(small({}, 0).pod).toMatchObject({ vcpu: expect.closeTo(smallPod.vcpu) as number, memoryBytes: 128 * MIB });
});

test('what fills a pod, has a GPU or is as small already stays as it is', () => {
  expect(small({}, 400)).toMatchObject({ pod: { vcpu: 2 } });
  expect(small({ pod: { ...spec.pod, gpu: 1 } }, 1).pod.vcpu).toBe(2);
  expect(small({ pod: smallPod }, 1).pod).toBe(smallPod);
});
