import { type ServiceSpec, sizeService } from '../../../plan/sizing/service';
import { GIB } from '../../../plan/units';
import { BENCHMARK, carries, loadOf } from './load';

const spec: ServiceSpec = {
  does: 'answers',
  protocol: 'http',
  tier: 'web',
  perPod: { requestsPerSecond: carries(500) },
  pod: { vcpu: 1, memoryBytes: 2 * GIB, source: BENCHMARK },
};
const size = (more: Partial<ServiceSpec>, peaks: Parameters<typeof loadOf>[0], zones = 3, fleets?: number) =>
  sizeService('api', { ...spec, ...more }, { zones, load: loadOf(peaks), fleets });

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
