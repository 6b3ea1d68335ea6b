import { Blueprint } from '../../plan/blueprint';
import { nameOfOne, unmatchedFleets } from '../../plan/fleets';
import { HOME_REGION, oneRegion } from '../../plan/regions';
import { capacity, docs } from '../../plan/source';
import { steady } from '../../plan/units';

const source = docs('a case study', '2026-01-01');
const blueprint = () => new Blueprint({ zones: 3, region: { name: HOME_REGION, share: 1, role: 'active' }, regions: oneRegion });
const service = (b: Blueprint, id: string) =>
  b.service(id, {
    does: 'answers',
    protocol: 'http',
    tier: 'web',
    perPod: { requestsPerSecond: capacity(100, source) },
    pod: { vcpu: 1, memoryBytes: 1e9, source },
  });
/** Balancers and fleets by part id. */
const fleetsOf = (b: Blueprint) =>
  Object.fromEntries(
    b.size().flatMap((p) => (p.kind === 'loadBalancer' ? [[p.id, p.count]] : p.kind === 'service' ? [[p.id, p.fleets]] : [])),
  );

test('a name of its own for each of several, the id for the only one', () => {
  expect([nameOfOne('web', 1, 1), nameOfOne('web', 2, 3)]).toEqual(['web', 'web-2']);
});

test('balancers and the service behind them come in the same number: 2250 pods at 800 a balancer', () => {
  const b = blueprint();
  b.loadBalancer('front', { layer: 7 }).routesTo(service(b, 'shop'), steady(120e3));
  expect(fleetsOf(b)).toEqual({ front: 3, shop: 3 });
});

test('a route that was declared for several kinds of requests counts its pods once', () => {
  const b = blueprint();
  const shop = service(b, 'shop');
  const front = b.loadBalancer('front', { layer: 7 });
  for (const requests of [20e3, 20e3, 2e3]) front.routesTo(shop, steady(requests));
  // 42K / 80 = 525 left of 788.
  expect(fleetsOf(b)).toEqual({ front: 1, shop: 1 });
});

test('what hangs together by routes comes in one number, and nothing else does', () => {
  const b = blueprint();
  const [shop, admin, stock] = [service(b, 'shop'), service(b, 'admin'), service(b, 'stock')];
  const quiet = service(b, 'quiet');
  b.loadBalancer('front', { layer: 7 }).routesTo(shop, steady(127.5e3)).routesTo(admin, steady(1));
  b.loadBalancer('inside', { layer: 7 }).routesTo(admin, steady(1));
  b.loadBalancer('other', { layer: 7 }).routesTo(quiet, steady(1));
  shop.calls(stock, steady(1));
  const fleets = fleetsOf(b);
  // 2391 pods fit three balancers by themselves, but not as fleets of 798 beside the three that each of them brings of admin.
  expect(fleets).toEqual({ shop: 4, admin: 4, stock: 1, quiet: 1, front: 4, inside: 4, other: 1 });
});

test('no balancer is above its target once fleets are even', () => {
  for (const requests of [40e3, 43e3, 128e3, 300e3, 400e3]) {
    const b = blueprint();
    const front = b.loadBalancer('front', { layer: 7 });
    for (const id of ['one', 'two', 'three']) front.routesTo(service(b, id), steady(requests));
    const parts = b.size();
    const balancer = parts.find((p) => p.id === 'front')!;
    expect(balancer.utilisation).toBeLessThanOrEqual(balancer.target);
    for (const p of parts) if (p.kind === 'service' && p.fleets > 1) expect(p.pods.peak % (3 * p.fleets)).toBe(0);
    expect(unmatchedFleets(new Map(parts.map((p) => [p.id, p])), b.flows)).toBeUndefined();
  }
});

test('pods that no balancer asks to be split are split past 3000', () => {
  const b = blueprint();
  b.clients.routesTo(service(b, 'shop'), steady(300e3));
  // 300K / 80 = 3750 left of 5625.
  expect(fleetsOf(b)).toEqual({ shop: 2 });
});
