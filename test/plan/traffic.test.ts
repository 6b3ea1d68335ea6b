import type { Flow } from '../../plan/flow';
import { busier, trafficOf } from '../../plan/traffic';
import { rate } from '../../plan/units';

const flow = (from: string, to: string, verb: Flow['verb'], sentBytes: number, returnedBytes: number): Flow => ({
  ...{ from, to, verb, sentBytes, returnedBytes },
  rate: rate(1, 10),
});
const traffic = trafficOf([
  flow('clients', 'api', 'routes', 100, 5000),
  flow('api', 'store', 'writes', 3000, 7),
  flow('worker', 'queue', 'consumes', 20, 400),
]);

test('a part sends what it calls with and answers, and gets what it is called with and answered', () => {
  // Out 5000 + 3000, in 100 + 7, ten times a second at peak.
  expect(traffic('api')).toEqual({ in: rate(107, 1070), out: rate(8000, 80_000) });
  expect(traffic('store')).toEqual({ in: rate(3000, 30_000), out: rate(7, 70) });
  expect(traffic('worker')).toEqual({ in: rate(400, 4000), out: rate(20, 200) });
});

test('the busier direction limits', () => {
  expect([busier(traffic('api'), 'peak'), busier(traffic('worker'), 'average')]).toEqual([80_000, 400]);
  expect(busier(traffic('nobody'), 'peak')).toBe(0);
});
