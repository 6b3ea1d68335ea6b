import { sizeStreamJob, type StreamJobSpec } from '../../../plan/sizing/stream-job';
import { GIB } from '../../../plan/units';
import { carries, loadOf } from './load';

const spec: StreamJobSpec = {
  does: 'counts',
  program: 'programs',
  perKpu: { messagesPerSecond: carries(2000) },
  stateBytes: GIB,
};
const size = (consumed: number, more: Partial<StreamJobSpec> = {}, zones = 3) =>
  sizeStreamJob('counts', { ...spec, ...more }, { zones, load: loadOf({ consumed }) });

test('KPUs from messages: ten thousand a second on seven tenths of two thousand each are eight', () => {
  const part = size(10_000);
  expect([part.kpus, part.applications, part.binding]).toEqual([8, 1, 'messages']);
});

test('or from state: a terabyte on seven tenths of 50 GB each', () => {
  const part = size(10_000, { stateBytes: 1e12 });
  expect([part.kpus, part.binding]).toEqual([Math.ceil(1e12 / (50e9 * 0.7)), 'state']);
});

test('a million messages a second are more than an application takes: equal ones share the partitions', () => {
  const part = size(1e6);
  expect([part.applications, part.kpus, part.count]).toEqual([3, 239, 717]);
  expect(part.cellsNeeded).toBe(1);
});

test('a lost zone takes no capacity with it, and a stage in one zone is not down with it', () => {
  expect([size(10_000).utilisationZoneLost, size(10_000, {}, 1).utilisationZoneLost]).toEqual([10_000 / 16_000, 10_000 / 16_000]);
});

test('keeps a snapshot for each of five releases, or as many as it is told', () => {
  expect([size(1).snapshotBytes, size(1, { snapshots: 2 }).snapshotBytes]).toEqual([5 * GIB, 2 * GIB]);
});

test('refuses checkpoints further apart than an hour', () => {
  expect(() => size(1, { checkpointSeconds: 3601 })).toThrow('stream job "counts": checkpoints every 3601 s; it takes 1 to 3600');
});
