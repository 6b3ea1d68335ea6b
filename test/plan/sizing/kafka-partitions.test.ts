import { partitionsFor } from '../../../plan/sizing/kafka-partitions';
import { steady } from '../../../plan/units';

test.each([
  [0, 12],
  [6 * 500, 24],
  [6 * 500 + 1, 36],
  [80e3, 336],
])('%s messages a second at 500 a consumer have %s partitions', (peak, partitions) => {
  expect(partitionsFor(steady(peak), 500)).toBe(partitions);
});
