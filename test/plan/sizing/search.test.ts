import { sizeSearch } from '../../../plan/sizing/search';
import { GIB } from '../../../plan/units';
import { carries, loadOf } from './load';

const size = (queries: number, bytes: number, zones = 3) =>
  sizeSearch('index', { holds: 'products', bytes, queriesPerNode: carries(1000) }, { zones, load: loadOf({ reads: queries }) });

test('400 queries/s: two of three 32 GiB nodes are left, 500 x 0.7 each; six of 16 GiB would cost the same and be more to run', () => {
  expect(size(400, GIB)).toMatchObject({ dataNodes: 3, instanceType: 'r7g.xlarge.search', binding: 'queries' });
});

test('nodes are spread evenly over the zones', () => {
  for (const queries of [1, 500, 1000, 5000, 10e3]) expect(size(queries, GIB).dataNodes % 3).toBe(0);
});

test('an index is stored 1.45 times, and twice where a zone may be lost', () => {
  const stored = (zones: number) => size(1, 100 * GIB, zones).dimensions.find((d) => d.name === 'storage')!.demand / GIB;
  expect(stored(1)).toBeCloseTo(145);
  expect(stored(3)).toBeCloseTo(290);
});

test('disks hold the index at 70 %', () => {
  const { storageGibPerNode, dataNodes } = size(1, 1000 * GIB);
  expect(storageGibPerNode * dataNodes * 0.7).toBeGreaterThanOrEqual(2900);
  expect(storageGibPerNode).toBeLessThanOrEqual(3072);
});

test('more nodes than zones are led by three of their own', () => {
  expect([1, 1500].map((queries) => size(queries, GIB)).map((p) => [p.count - p.dataNodes, p.masterNodes])).toEqual([
    [0, 0],
    [3, 3],
  ]);
});

test('a small index of one zone lives on a burstable node', () => {
  expect(size(5, GIB, 1)).toMatchObject({ count: 1, size: 't3.small.search' });
});

test('past 80 nodes of the largest type another cell is needed: 78 of them have 52 left, 36.4K queries/s', () => {
  expect([36.4e3, 36.5e3].map((queries) => size(queries, GIB).cellsNeeded)).toEqual([1, 2]);
});
