import { networkOf } from '../../../plan/sizing/node-network';

test('each direction has all of the bandwidth, 0.937 Gbit/s of a large; the busier one counts', () => {
  const large = { name: 'network', perUnit: 0.937e9 / 8, source: { confidence: 'derived' } };
  expect(networkOf('cache.m7g.large', { in: 10, out: 20 })).toMatchObject({ ...large, demand: 20 });
  expect(networkOf('cache.m7g.large', { in: 30, out: 20 })).toMatchObject({ ...large, demand: 30 });
});
