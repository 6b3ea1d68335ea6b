import { type CacheSpec, sizeCache } from '../../../plan/sizing/cache';
import { GIB } from '../../../plan/units';
import { carries, loadOf } from './load';

const spec: CacheSpec = { holds: 'sessions', bytes: GIB, opsPerNode: carries(100e3), topology: 'cluster', eviction: 'noeviction' };
const size = (more: Partial<CacheSpec>, ops = 1000, zones = 3) =>
  sizeCache('cache', { ...spec, ...more }, { zones, load: loadOf({ reads: ops / 2, writes: ops / 2 }) });

test('reads and writes are commands: 600K/s over 100K x 0.75 are 8 shards, doubled by replicas', () => {
  const part = size({}, 600e3);
  expect([part.binding, part.shards, part.replicasPerShard, part.count]).toEqual(['commands', 8, 1, 16]);
});

test('a quarter of memory is reserved: a node of 52.82 GiB holds 52.82 x 0.75 x 0.75 = 29.7', () => {
  const types = [29, 30].map((gib) => size({ topology: 'failover', bytes: gib * GIB }).nodeType);
  expect(types).toEqual(['cache.r7g.2xlarge', 'cache.r7g.4xlarge']);
});

test('a cluster has three shards at least and no burstable nodes', () => {
  const part = size({ bytes: 1 });
  expect([part.shards, part.nodeType]).toEqual([3, 'cache.m7g.large']);
});

test('a quiet single node is burstable, and alone', () => {
  const part = size({ topology: 'single', bytes: 0.2 * GIB }, 100);
  expect([part.nodeType, part.count, part.utilisationZoneLost]).toEqual(['cache.t4g.micro', 1, null]);
});

test('a burstable node sustains a twentieth of the commands: 3750/s of 100K x 0.05 x 0.75', () => {
  expect([3750, 3751].map((ops) => size({ topology: 'single', bytes: 0.2 * GIB }, ops).nodeType)).toEqual([
    'cache.t4g.micro',
    'cache.m7g.large',
  ]);
});

test('without shards a copy too large for the largest node needs cells: 150 GiB over 105.81 x 0.5625 = 59.5', () => {
  expect([59, 60, 150].map((gib) => size({ topology: 'failover', bytes: gib * GIB }).cellsNeeded)).toEqual([1, 2, 3]);
});

test('past 500 nodes, 250 shards with their replicas, a cluster needs another cell: 18.75M commands/s', () => {
  expect([18.75e6, 18.8e6].map((ops) => size({}, ops).cellsNeeded)).toEqual([1, 2]);
});

test('a cluster that fits 250 larger shards is not split into cells: 10,000 GiB over 59.5 are 169', () => {
  expect(size({ bytes: 10_000 * GIB })).toMatchObject({ cellsNeeded: 1, shards: 169 });
});

describe('large answers', () => {
  const answering = (bytesOut: number, topology: CacheSpec['topology'], bytesWritten = 0) =>
    sizeCache('cache', { ...spec, topology }, { zones: 3, load: loadOf({ reads: 1, bytesOut, bytesWritten, bytesIn: bytesWritten }) });
  const ofLarge = (0.937e9 / 8) * 0.75;

  test('need more shards of a cluster: 0.937 Gbit/s x 0.75 are 88 MB/s a primary', () => {
    expect(answering(4 * ofLarge, 'cluster')).toMatchObject({ shards: 4, nodeType: 'cache.m7g.large', binding: 'network' });
    expect(answering(4.01 * ofLarge, 'cluster').shards).toBe(5);
  });
  test('need a larger node where there are no shards', () => {
    const types = [ofLarge, 1.01 * ofLarge, 3 * ofLarge].map((out) => answering(out, 'failover').nodeType);
    expect(types).toEqual(['cache.m7g.large', 'cache.r7g.xlarge', 'cache.r7g.2xlarge']);
  });
  test('leave room for what is written, which goes to the replica too', () => {
    const demand = (topology: CacheSpec['topology']) => answering(100, topology, 50).dimensions.find((d) => d.name === 'network')!.demand;
    expect([demand('single'), demand('failover'), demand('cluster')]).toEqual([100, 150, 150]);
  });
});
