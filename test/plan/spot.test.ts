import { SPOT_SHARE, withSpot } from '../../plan/spot';
import { packTier } from '../../plan/packing';
import { GIB } from '../../plan/units';

const group = (peak: number, zones: number) =>
  packTier(
    'batch',
    [{ service: 'a', vcpu: 1, memoryBytes: 2 * GIB, pods: { min: Math.ceil(peak / 6), expected: Math.ceil(peak / 3), peak } }],
    zones,
    {},
  );
const cases = [1, 3].flatMap((zones) => [1, 3, 10, 100, 1000, 3000].map((peak) => [peak, zones] as const));

test.each(cases)('%s pods in %s zones: Spot is never more than its share, whatever the load', (peak, zones) => {
  const { nodes, spot } = withSpot(group(peak, zones), zones);
  const moments = ['min', 'expected', 'peak', 'max'] as const;
  const steady = new Set(moments.map((m) => nodes[m] - spot!.nodes[m]));
  expect(steady.size).toBe(1);
  for (const m of moments) expect(spot!.nodes[m]).toBeLessThanOrEqual(SPOT_SHARE.value * nodes[m]);
  for (const n of [...steady, ...Object.values(spot!.nodes)]) expect(n % zones).toBe(0);
  expect(spot!.nodes.max).toBeGreaterThan(0);
});

test.each(cases)('%s pods in %s zones: there is room for as many as before', (peak, zones) => {
  const before = group(peak, zones);
  const after = withSpot(before, zones);
  expect(after.nodes.max).toBe(before.nodes.max);
  for (const m of ['min', 'expected', 'peak'] as const) expect(after.nodes[m]).toBeGreaterThanOrEqual(before.nodes[m]);
});

test('a large tier is mostly Spot at the average load', () => {
  const { nodes, spot, reason } = withSpot(group(3000, 3), 3);
  expect(spot!.nodes.expected / nodes.expected).toBeGreaterThan(0.5);
  expect(reason).toContain(spot!.instanceTypes.join(', '));
});
