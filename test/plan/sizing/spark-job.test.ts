import { sizeSparkJob, type SparkJobSpec } from '../../../plan/sizing/spark-job';
import { GIB } from '../../../plan/units';
import { BENCHMARK, carries, loadOf } from './load';

const spec: SparkJobSpec = {
  does: 'ranks pages',
  schedule: '0 2 * * *',
  program: 'graph',
  executors: 1000,
  executor: { vcpu: 4, memoryBytes: 16 * GIB, source: BENCHMARK },
  hours: carries(4),
};
const size = (more: Partial<SparkJobSpec>) => sizeSparkJob('rank', { ...spec, ...more }, { zones: 3, load: loadOf({}) });

test('a thousand executors and a driver for four hours a night: 1001 x 4 h x 30.4 nights', () => {
  const workerHours = 1001 * 4 * (730 / 24);
  const part = size({});
  expect(part.count).toBe(1001);
  expect(part.vcpuHours).toBeCloseTo(workerHours * 4, 3);
  expect(part.gibHours).toBeCloseTo(workerHours * 16, 3);
});

test('once a week is a seventh of it', () => {
  expect(size({ schedule: '0 2 * * 0' }).vcpuHours).toBeCloseTo(size({}).vcpuHours / 7, 6);
});

test('a run is given up after half as long again, unless said otherwise', () => {
  expect([size({}), size({ timeoutHours: 5 })].map((p) => p.timeoutHours)).toEqual([6, 5]);
});

test.each([
  [3, 8],
  [4, 7],
  [4, 31],
])('%i vCPU with %i GiB is no worker', (vcpu, gib) => {
  expect(() => size({ executor: { vcpu, memoryBytes: gib * GIB, source: BENCHMARK } })).toThrow(
    `${vcpu} vCPU with ${gib} GiB; workers have`,
  );
});
