import { type ServiceSpec, sizeService } from '../../../plan/sizing/service';
import type { PodNetwork } from '../../../plan/tier-network';
import { GIB, rate } from '../../../plan/units';
import { BENCHMARK, carries, loadOf } from './load';

const spec: ServiceSpec = {
  does: 'answers',
  protocol: 'http',
  tier: 'web',
  perPod: { requestsPerSecond: carries(500) },
  pod: { vcpu: 1, memoryBytes: 2 * GIB, source: BENCHMARK },
};
const size = (more: Partial<ServiceSpec>, peaks: Parameters<typeof loadOf>[0], zones = 3, fleets?: number, network?: PodNetwork) =>
  sizeService('api', { ...spec, ...more }, { zones, load: loadOf(peaks), fleets, network });

test('12K requests/s: 12000 / (500 x 0.8) = 30 pods in one zone', () => {
  expect(size({}, { requests: 12_000 }, 1).pods.peak).toBe(30);
});

test('in three zones 30 have to be left when a third is lost: 45', () => {
  const { pods, utilisation, utilisationZoneLost } = size({}, { requests: 12_000 });
  expect(pods.peak).toBe(45);
  expect(utilisation).toBeCloseTo(12_000 / (45 * 500));
  expect(utilisationZoneLost).toBeCloseTo(0.8);
});

test('the average, a third of the peak, needs 15; the night, half of that, 8', () => {
  // 4000 / 400 = 10 left of 15; 2000 / 400 = 5 left of 8, whose fullest zone has 3.
  expect(size({}, { requests: 12_000 }).pods).toEqual({ min: 8, expected: 15, peak: 45 });
});

test('one pod a zone, whatever the load, unless the system asks for more', () => {
  expect(size({}, { requests: 1 }).pods).toEqual({ min: 3, expected: 3, peak: 3 });
  expect(size({ podsAtLeast: 10 }, { requests: 1 }).pods.min).toBe(10);
});

test('connections bind where they need more pods than requests', () => {
  const part = size({ perPod: { requestsPerSecond: carries(500), connections: carries(20e3) }, connections: 1.6e6 }, { requests: 400 }, 1);
  expect([part.binding, part.count]).toEqual(['connections', 100]);
});

test('a worker is sized by the messages it takes', () => {
  expect(size({ protocol: 'worker', perPod: { messagesPerSecond: carries(100) } }, { consumed: 800 }, 1).count).toBe(10);
});

test('past 3000 pods a service comes in fleets', () => {
  const parts = [1.2e6, 1.21e6].map((requests) => size({}, { requests }, 1));
  expect(parts.map((p) => [p.fleets, p.pods.peak, p.cellsNeeded])).toEqual([
    [1, 3000, 1],
    // 1.21M / 400 = 3025 and one more to be even.
    [2, 3026, 1],
  ]);
});

test('fleets are alike in every zone: 45 pods in four fleets of three zones are 48, the night has 12', () => {
  expect(size({}, { requests: 12_000 }, 3, 4)).toMatchObject({ fleets: 4, pods: { min: 12, expected: 24, peak: 48 } });
  expect(size({}, { requests: 1 }, 3, 4).pods).toEqual({ min: 12, expected: 12, peak: 12 });
});

test('consumers past the partitions of their topic need another cell: 60 pods of 24', () => {
  const workers = { perPod: { messagesPerSecond: carries(100) }, podsAtMost: carries(24) };
  expect([1920, 1921, 4800].map((consumed) => size(workers, { consumed }, 1).cellsNeeded)).toEqual([1, 2, 3]);
});

test('the autoscaler keeps what still fits with a zone lost: 80 % x 2/3 = 53 % of CPU', () => {
  expect(size({}, { requests: 1e4 }).scaleTarget).toBe(0.53);
  expect(size({}, { requests: 1e4 }, 1).scaleTarget).toBe(0.8);
});

test('an autoscaler on connections keeps 53 % of a pod: 10,666 of 20K', () => {
  expect(size({ scaleOn: 'connections', perPod: { connections: carries(20e3) }, connections: 1e6 }, {}).scaleTarget).toBe(10_666);
});

test('the network binds where it asks for more pods: 400 MB/s at 10 MB/s and 80 % are 50, with a third lost 75', () => {
  const network = { demand: rate(100e6, 400e6), perPod: 10e6 };
  const part = size({}, { requests: 12_000 }, 3, undefined, network);
  expect([part.binding, part.count, part.pods.expected]).toEqual(['network', 75, Math.ceil((Math.ceil(100 / 8) * 3) / 2)]);
  expect(part.reason).toBe('400M bytes/s at 10M a pod, 75 pods at peak with one zone lost.');
  // 12,000 requests are 32 % of 75 pods when the network is at 53 %.
  expect(part.scaleTarget).toBe(0.32);
});

test('where few pods are enough for both, what they work on limits', () => {
  const part = size({}, { requests: 0.1 }, 3, undefined, { demand: rate(1, 5), perPod: 10 });
  expect([part.binding, part.count, part.scaleTarget]).toEqual(['requests', 3, 0.53]);
  expect(part.dimensions.map((d) => d.name)).toEqual(['requests', 'network']);
});

test('connections are fewer a pod where the network binds', () => {
  const sockets: Partial<ServiceSpec> = { scaleOn: 'connections', perPod: { connections: carries(20e3) }, connections: 1e6 };
  const part = size(sockets, {}, 1, undefined, { demand: rate(1e9, 2e9), perPod: 10e6 });
  expect([part.binding, part.count, part.scaleTarget]).toEqual(['network', 250, 4000]);
});

test('GPUs are part of its size', () => {
  const part = size({ pod: { ...spec.pod, gpu: 2, gpuModel: 'a10g' } }, { requests: 1 });
  expect([part.size, part.gpu]).toEqual(['1 vCPU / 2 GiB / 2 A10G', { count: 2, model: 'a10g' }]);
  expect(size({ pod: { ...spec.pod, gpu: 1 } }, { requests: 1 }).gpu).toEqual({ count: 1, model: 't4' });
  expect(size({}, { requests: 1 })).not.toHaveProperty('gpu');
});
