import { type CacheSpec, sizeCache } from '../../../../plan/sizing/cache';
import { GIB, MIB } from '../../../../plan/units';
import { carries, loadOf } from '../load';

const spec: CacheSpec = { holds: 'posts', engine: 'memcached', bytes: GIB, opsPerNode: carries(100e3), eviction: 'allkeys-lru' };
const size = (more: Partial<CacheSpec>, peaks: Parameters<typeof loadOf>[0] = { reads: 1000 }, zones = 3) =>
  sizeCache('posts', { ...spec, ...more }, { zones, load: loadOf(peaks) });

test('nodes in every zone, none of which stands in for another', () => {
  expect(size({})).toMatchObject({
    technology: 'ElastiCache for Memcached',
    engine: 'memcached',
    count: 3,
    shards: 3,
    replicasPerShard: 0,
    nodeType: 'cache.m7g.large',
    snapshots: false,
  });
});

test('what is left after a zone answers for all: two nodes of four vCPUs, 200K/s each, at 75 %', () => {
  const part = size({}, { reads: 300e3 });
  expect([part.count, part.nodeType, part.binding]).toEqual([3, 'cache.m7g.xlarge', 'commands']);
  expect(part.utilisationZoneLost).toBeCloseTo(0.75, 10);
});

test('but holds no more than it did: 100 MiB of a node are for connections, 0.75 of the rest is used', () => {
  const perNode = (6537 - 100) * MIB * 0.75;
  expect(
    [3 * perNode, 3 * perNode * 1.001].map((bytes) => size({ bytes }, { reads: 1 }).dimensions.find((d) => d.name === 'memory')!),
  ).toEqual([
    expect.objectContaining({ atPeak: expect.closeTo(0.75, 6), zoneLost: expect.closeTo(0.75, 6) }),
    expect.objectContaining({ atPeak: expect.any(Number) }),
  ]);
  expect(size({ bytes: 3 * perNode * 1.001 }, { reads: 1 })).not.toMatchObject({ count: 3, nodeType: 'cache.m7g.large' });
});

test('a thread a vCPU: a node of four answers twice as much as one of two', () => {
  const perUnit = (bytes: number) =>
    size({ bytes, topology: 'single' }, { reads: 1e3 }).dimensions.find((d) => d.name === 'commands')!.perUnit;
  expect([4 * GIB, 15 * GIB].map(perUnit)).toEqual([100e3, 200e3]);
});

test('a zone alone may be burstable, and is down with it', () => {
  expect(size({ bytes: 100 * MIB }, { reads: 10 }, 1)).toMatchObject({ nodeType: 'cache.t4g.micro', count: 1, utilisationZoneLost: null });
});

test('past 300 nodes of the largest size another cell is needed', () => {
  const held = 300 * (108_347 - 100) * MIB * 0.75;
  expect([held, held * 1.01].map((bytes) => size({ bytes }, { reads: 1 }).cellsNeeded)).toEqual([1, 2]);
});

test.each([[{ eviction: 'noeviction' }], [{ snapshots: true }], [{ topology: 'failover' }]] as Partial<CacheSpec>[][])(
  'refuses %j',
  (more) => {
    expect(() => size(more!)).toThrow('cache "posts": memcached evicts what was not used for longest');
  },
);
