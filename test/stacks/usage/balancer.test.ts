import { loadOn } from '../../../plan/flow';
import { sizeLoadBalancer } from '../../../plan/sizing/load-balancer';
import { GIB, MONTH, rate } from '../../../plan/units';
import { balancerUsage } from '../../../stacks/usage/balancer';

const load = { ...loadOn('nobody', []), requests: rate(600, 1200), bytesIn: rate(100e3, 1e6), bytesOut: rate(900e3, 9e6) };

test('a layer-7 balancer: ten requests a connection, kept a minute; bytes both ways', () => {
  const usage = balancerUsage(sizeLoadBalancer('web', { layer: 7 }, { zones: 3, load }), []);
  // 600 requests/s / 10 = 60 new connections/s, open for 60 s = 3600; 1 MB/s x 730 h.
  expect(usage).toEqual({ newConnectionsPerSecond: 60, activeConnections: 3600, processedGbPerMonth: (1e6 * MONTH) / GIB });
});

test('connections that stay are open all the time, half of the peak on average', () => {
  const usage = balancerUsage(sizeLoadBalancer('sockets', { layer: 4, connections: 5e6 }, { zones: 3, load }), []);
  expect(usage.activeConnections).toBe(2.5e6);
});

test('of several balancers each takes its share', () => {
  const [one, three] = [100, 2000].map((podsBehind) => sizeLoadBalancer('web', { layer: 7 }, { zones: 3, load, podsBehind }));
  const third = Object.fromEntries(
    Object.entries(balancerUsage(one!, [])).map(([figure, value]) => [figure, expect.closeTo(value! / 3, 6)]),
  );
  expect(three!.count).toBe(3);
  expect(balancerUsage(three!, [])).toEqual(third);
});

describe('of a balancer with ports of its own', () => {
  const flow = (port: number, protocol: 'tcp' | 'udp', average: number) => ({
    from: 'mail',
    to: 'mta',
    verb: 'routes' as const,
    rate: rate(average, average),
    sentBytes: 1,
    returnedBytes: 1,
    listener: { port, protocol },
  });
  const balancer = sizeLoadBalancer('mail', { layer: 4, newConnectionsPerSecond: 70 }, { zones: 3, load });

  test('by several protocols each takes its share of what comes in', () => {
    const usage = balancerUsage(balancer, [flow(25, 'tcp', 30), flow(26, 'tcp', 30), flow(5000, 'udp', 20)]);
    expect(usage).toMatchObject({ newConnectionsPerSecond: 70, 'shareOf:TCP': 0.75, 'shareOf:UDP': 0.25 });
  });

  test('by one there is nothing to share', () => {
    expect(Object.keys(balancerUsage(balancer, [flow(25, 'tcp', 30)])).filter((figure) => figure.startsWith('share'))).toEqual([]);
  });

  test('nothing comes in, nothing is shared out', () => {
    expect(balancerUsage(balancer, [flow(25, 'tcp', 0), flow(5000, 'udp', 0)])).toMatchObject({ 'shareOf:TCP': 0, 'shareOf:UDP': 0 });
  });
});
