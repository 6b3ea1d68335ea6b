import { auroraBilling } from '../../../../plan/sizing/relational/aurora-billing';
import { classesFor } from '../../../../plan/sizing/relational/classes';
import { GIB, MONTH } from '../../../../plan/units';

const large = classesFor('aurora')[0]!;
/** A month of us-east-1, by hand: instances, storage, I/Os. */
const usd = {
  standard: (io: number, gib: number, instances: number) => instances * 0.2762 * 730 + gib * 0.1 + (io * MONTH * 0.2) / 1e6,
  'I/O-optimized': (_: number, gib: number, instances: number) => instances * 0.2762 * 1.3 * 730 + gib * 0.225,
};

test.each([
  [10, 100, 2],
  [1000, 100, 2],
  [250, 10, 2],
  [200, 10, 2],
  [600, 5000, 1],
  [2000, 5000, 3],
])('%f I/Os/s, %i GiB and %i instances are billed in the cheaper way', (io, gib, instances) => {
  const cheaper = usd.standard(io, gib, instances) > usd['I/O-optimized'](io, gib, instances) ? 'I/O-optimized' : 'standard';
  expect(auroraBilling(io, gib * GIB, large, instances).type).toBe(cheaper);
});

test('says what the I/Os are held against: two instances of two vCPU and 100 GiB, 4 x 151M + 62.5M', () => {
  const { reason, source } = auroraBilling(1000, 100 * GIB, large, 2);
  expect(reason).toBe('2.63B I/Os a month and shard cost more than the surcharge of I/O-optimized, which is worth 667M');
  expect(source.confidence).toBe('derived');
});
