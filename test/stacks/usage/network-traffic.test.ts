import { networkTraffic } from '../../../stacks/usage/network-traffic';
import { tinyPlan } from '../tiny-shop';
import { twoRegionsPlan } from '../two-regions';

const MONTH = 730 * 3600;
const GIB = 1024 ** 3;
const of = (stage: string) => tinyPlan(stage).deployments[0]!;

test('two thirds of what pods exchange with parts of three zones crosses, that with caches billed at one end', () => {
  // 250 requests/s: shop to stock 500 + 500, shop to cache 100 + 900, chat to cache 200 + 500; idle calls stock once a second, 200 + 500.
  const bytes = 250 * 1000 + (250 * 1000 + 250 * 700) / 2 + 700;
  expect(networkTraffic(of('zones'), 1).crossZoneGbPerMonth).toBeCloseTo(((bytes * 2) / 3) * (MONTH / GIB));
});

test('in one zone nothing crosses', () => {
  expect(networkTraffic(of('one-zone'), 1).crossZoneGbPerMonth).toBe(0);
});

test('answers that pass no edge go to the internet, and calls to other companies', () => {
  // 250 connections/s answer 500 bytes through the layer 4 balancer; one call/s to the bank sends 2000.
  expect(networkTraffic(of('zones'), 1).internetOutGbPerMonth).toBeCloseTo((250 * 500 + 2000) * (MONTH / GIB));
});

test('only what is replicated goes to other regions', () => {
  const deployment = of('zones');
  expect(networkTraffic(deployment, 3).interRegionOutGbPerMonth).toBe(0);
  const load = { ...deployment.parts[0]!.load, writes: { average: 10, peak: 20 } };
  const table = { kind: 'keyValue', id: 'carts', load, spec: { multiRegion: true, itemBytes: 1000 } } as never;
  expect(networkTraffic({ ...deployment, parts: [...deployment.parts, table] }, 3).interRegionOutGbPerMonth).toBeCloseTo(
    10 * 1000 * 2 * (MONTH / GIB),
  );
});

test('a home region sends every write to each copy, and a copy its own writes to the home region', () => {
  const [home, copy] = twoRegionsPlan().deployments;
  const only = (deployment: typeof home) => ({ ...deployment!, parts: deployment!.parts.filter((p) => ['stock', 'shop'].includes(p.id)) });
  const sent = (deployment: typeof home) => {
    const { parts, flows, ...rest } = only(deployment);
    const own = flows.filter((f) => parts.some((p) => p.id === f.to));
    return networkTraffic({ ...rest, parts, flows: own }, 2).interRegionOutGbPerMonth;
  };
  expect(sent(home)).toBeCloseTo(250 * 1000 * (MONTH / GIB));
  expect(sent(copy)).toBeCloseTo(62.5 * 1000 * (MONTH / GIB));
});
