import { loadOn } from '../../../plan/flow';
import { sizeLoadBalancer } from '../../../plan/sizing/load-balancer';
import { GIB, MONTH, rate } from '../../../plan/units';
import { balancerUsage } from '../../../stacks/usage/balancer';

const load = { ...loadOn('nobody', []), requests: rate(600, 1200), bytesIn: rate(100e3, 1e6), bytesOut: rate(900e3, 9e6) };

test('a layer-7 balancer: ten requests a connection, kept a minute; bytes both ways', () => {
  const usage = balancerUsage(sizeLoadBalancer('web', { layer: 7 }, { zones: 3, load }));
  // 600 requests/s / 10 = 60 new connections/s, open for 60 s = 3600; 1 MB/s x 730 h.
  expect(usage).toEqual({ newConnectionsPerSecond: 60, activeConnections: 3600, processedGbPerMonth: (1e6 * MONTH) / GIB });
});

test('connections that stay are open all the time, half of the peak on average', () => {
  const usage = balancerUsage(sizeLoadBalancer('sockets', { layer: 4, connections: 5e6 }, { zones: 3, load }));
  expect(usage.activeConnections).toBe(2.5e6);
});

test('of several balancers each takes its share', () => {
  const [one, three] = [100, 2000].map((podsBehind) => sizeLoadBalancer('web', { layer: 7 }, { zones: 3, load, podsBehind }));
  const third = Object.fromEntries(Object.entries(balancerUsage(one!)).map(([figure, value]) => [figure, expect.closeTo(value! / 3, 6)]));
  expect(three!.count).toBe(3);
  expect(balancerUsage(three!)).toEqual(third);
});
