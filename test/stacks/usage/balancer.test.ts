import { sizeLoadBalancer } from '../../../plan/sizing/load-balancer';
import { GIB, MONTH, rate, steady } from '../../../plan/units';
import { balancerUsage } from '../../../stacks/usage/balancer';

const none = steady(0);
const load = {
  requests: rate(600, 1200),
  reads: none,
  writes: none,
  consumed: none,
  bytesIn: rate(100e3, 1e6),
  bytesOut: rate(900e3, 9e6),
};

test('a layer-7 balancer: ten requests a connection, kept a minute; bytes both ways', () => {
  const usage = balancerUsage(sizeLoadBalancer('web', { layer: 7 }, { zones: 3, load }));
  // 600 requests/s / 10 = 60 new connections/s, open for 60 s = 3600; 1 MB/s x 730 h.
  expect(usage).toEqual({ newConnectionsPerSecond: 60, activeConnections: 3600, processedGbPerMonth: (1e6 * MONTH) / GIB });
});

test('connections that stay are open all the time, half of the peak on average', () => {
  const usage = balancerUsage(sizeLoadBalancer('sockets', { layer: 4, connections: 5e6 }, { zones: 3, load }));
  expect(usage.activeConnections).toBe(2.5e6);
});
