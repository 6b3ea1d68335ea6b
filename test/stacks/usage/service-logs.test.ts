import { loadOn } from '../../../plan/flow';
import { SIZING } from '../../../plan/sizing';
import { assumed, capacity } from '../../../plan/source';
import { GIB, KIB, MONTH, rate } from '../../../plan/units';
import { brokerLogUsage, slowLogUsage } from '../../../stacks/usage/service-logs';

const load = { ...loadOn('nobody', []), reads: rate(900, 2000), writes: rate(100, 300) };
const cache = SIZING.cache(
  'cache',
  { holds: 'x', bytes: GIB, opsPerNode: capacity(1e5, assumed('test')), topology: 'failover', eviction: 'noeviction' },
  { zones: 3, load },
);

test('one operation of ten thousand is logged in a KiB, spread over its groups; 15 % of it is kept', () => {
  const ingested = (1000 * MONTH * 1e-4 * KIB) / GIB;
  expect(slowLogUsage(cache).ingestedGbPerMonth).toBeCloseTo(ingested, 9);
  expect(slowLogUsage(cache, 4).ingestedGbPerMonth).toBeCloseTo(ingested / 4, 9);
  expect(slowLogUsage(cache).storedGb).toBeCloseTo(0.15 * ingested, 9);
});

test('a broker logs a GiB a month', () => {
  expect(brokerLogUsage({ ...cache, count: 3 }).ingestedGbPerMonth).toBe(3);
});
