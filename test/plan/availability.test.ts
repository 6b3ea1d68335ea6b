import type { Availability } from '../../plan/availability';
import type { Blueprint, Region } from '../../plan/blueprint';
import { otherwise } from '../../plan/decision';
import type { PartRef } from '../../plan/part-ref';
import { plan } from '../../plan/plan';
import { oneRegion } from '../../plan/regions';
import { smallPod } from '../../plan/sizing/small-pod';
import { capacity, docs } from '../../plan/source';
import { stage, system } from '../../plan/system';
import { steady } from '../../plan/units';
import { figure, Workload } from '../../plan/workload';
import { seeded } from './random';

const source = docs('a case study', '2026-01-01');
const once = steady(1);
const twoRegions = ['us-east-1', 'eu-west-1'].map((name): Region => ({ name, share: 0.5, role: 'active' }));

/** The availability of a stage that is nothing but these parts and flows. */
function availabilityOf(blueprint: (b: Blueprint) => void, promised = 0.9995, regions = oneRegion): Availability {
  const built = system('built', {
    title: 'Built',
    summary: 'A few parts.',
    sources: [],
    workload: Workload.of({
      availability: figure('ratio', 'share of time it answers', promised, source),
      peak: figure('per second', 'requests', 1, source),
    }),
    headline: { peak: 'peak' },
    stages: { only: stage('the only one', source, {}) },
    regions: () => [otherwise('as given', 'asked for', () => regions)],
    blueprint: (_, b) => blueprint(b),
    claims: [],
  });
  return plan(built, 'only').availability;
}

const service = (b: Blueprint, id: string): PartRef =>
  b.service(id, { does: id, protocol: 'http', tier: 'web', perPod: { requestsPerSecond: capacity(100, source) }, pod: smallPod });
const cache = (b: Blueprint, id: string, eviction: 'allkeys-lru' | 'noeviction' = 'allkeys-lru'): PartRef =>
  b.cache(id, { holds: id, bytes: 1e9, opsPerNode: capacity(1e5, source), topology: b.place.zones > 1 ? 'failover' : 'single', eviction });
const database = (b: Blueprint, id: string, more: { multiRegion?: boolean; topology?: 'multi-az' | 'aurora' } = {}): PartRef =>
  b.relational(id, {
    holds: id,
    engine: 'postgres',
    topology: 'multi-az',
    bytes: 1e9,
    queriesPerVcpu: capacity(100, source),
    sharding: 'never',
    ...more,
  });
const queue = (b: Blueprint, id: string): PartRef => b.queue(id, { holds: id, maxReceives: 5 });
/** Clients reach a service through a balancer. */
function front(b: Blueprint, to: PartRef): void {
  const balancer = b.loadBalancer('front', { layer: 7 });
  b.clients.routesTo(balancer, once);
  balancer.routesTo(to, once);
}

describe('worked by hand', () => {
  const shop = (b: Blueprint): void => {
    const web = service(b, 'web');
    front(b, web);
    const orders = queue(b, 'orders');
    const cards = b.external('cards', { does: 'takes cards', host: 'example.com', source });
    const worker = service(b, 'worker');
    web.reads(cache(b, 'pages'), once).writes(database(b, 'store'), once).publishes(orders, once).calls(cards, once);
    worker.consumes(orders, once).writes(b.search('index', { holds: 'orders', bytes: 1e9, queriesPerNode: capacity(100, source) }), once);
  };

  test('three zones: 0.9999 x 0.99992525 x 0.9999 x 0.9995 x 0.999 = 0.998226', () => {
    const { estimated, promised, entries, notCounted } = availabilityOf(shop);
    expect(estimated).toBeCloseTo(0.998226, 6);
    expect(promised).toBe(0.9995);
    expect(entries.map(({ entry, weakest }) => [entry, weakest])).toEqual([['front', 'orders']]);
    expect(entries[0]!.path.map(({ part, availability }) => [part, Number(availability.toFixed(8))])).toEqual([
      ['front', 0.9999],
      ['machines', 0.99992525],
      ['pages', 0.9999],
      ['store', 0.9995],
      ['orders', 0.999],
    ]);
    expect(notCounted).toEqual([{ part: 'cards', why: expect.stringMatching(/company/) }]);
  });

  test('one machine with a database: 0.995 x 0.9995 = 0.9945025, however many services it runs', () => {
    const { estimated, entries } = availabilityOf((b) => {
      b.platform = 'k3s';
      const [web, cart] = [service(b, 'web'), service(b, 'cart')];
      b.clients.routesTo(web, once);
      web.calls(cart, once);
      cart.reads(database(b, 'store'), once);
    }, 0.99);
    expect(estimated).toBeCloseTo(0.9945025, 9);
    expect(entries[0]).toMatchObject({ entry: 'web', weakest: 'machines', path: [{ services: ['web', 'cart'] }, { part: 'store' }] });
  });
});

test('the least available entry is the estimate, and comes first', () => {
  const { estimated, entries } = availabilityOf((b) => {
    front(b, service(b, 'web'));
    const cdn = b.edge('cdn', { serves: 'images', ttlSeconds: 60, hitRatio: 0.9 });
    b.clients.routesTo(cdn, once);
    cdn.reads(b.objectStore('images', { holds: 'images', bytes: 1e9, objectBytes: 1e5 }), once);
  });
  expect(entries.map(({ entry }) => entry)).toEqual(['cdn', 'front']);
  expect(estimated).toBe(entries[0]!.estimated);
  expect(estimated).toBeCloseTo(0.999 * 0.999, 9);
});

describe('a soft dependency', () => {
  const withPages = (soft: boolean, alsoHard = false) =>
    availabilityOf((b) => {
      const web = service(b, 'web');
      front(b, web);
      const pages = cache(b, 'pages');
      web.reads(pages, once, { soft });
      if (alsoHard) web.writes(pages, once);
    });

  test('is no term; the plan says that callers answer without it', () => {
    expect(withPages(true).estimated).toBeCloseTo(withPages(false).estimated / 0.9999, 9);
    expect(withPages(true).notCounted).toEqual([{ part: 'pages', why: expect.stringMatching(/without/) }]);
  });
  test('is hard by default, and when another flow is', () => {
    expect(withPages(false).notCounted).toEqual([]);
    expect(withPages(true, true)).toEqual(withPages(false, true));
  });
  test('of one entry that another one cannot do without is counted', () => {
    const { entries, notCounted } = availabilityOf((b) => {
      const [web, api] = [service(b, 'web'), service(b, 'api')];
      front(b, web);
      const second = b.loadBalancer('second', { layer: 7 });
      b.clients.routesTo(second, once);
      second.routesTo(api, once);
      const pages = cache(b, 'pages');
      web.reads(pages, once, { soft: true });
      api.reads(pages, once);
    });
    expect(entries.map(({ entry, path }) => [entry, path.some((t) => t.part === 'pages')])).toEqual([
      ['second', true],
      ['front', false],
    ]);
    expect(notCounted).toEqual([]);
  });
  test('of clients is an entrance that the promise does not cover', () => {
    const { entries } = availabilityOf((b) => {
      front(b, service(b, 'web'));
      const admin = b.loadBalancer('admin', { layer: 7 });
      b.clients.routesTo(admin, once, { soft: true });
      admin.routesTo(service(b, 'console'), once);
    });
    expect(entries.map(({ entry }) => entry)).toEqual(['front']);
  });
});

/** Services that call each other and read stores, by chance; the last flow can be left out or made soft. */
function byChance(seed: number, last: 'hard' | 'soft' | 'none'): (b: Blueprint) => void {
  return (b) => {
    const random = seeded(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const services = ['s-1', 's-2', 's-3', 's-4'].map((id) => service(b, id));
    const stores = [cache(b, 'cache', 'noeviction'), database(b, 'store'), queue(b, 'jobs'), cache(b, 'pages')];
    front(b, services[0]!);
    const anyFlow = (payload = {}) => {
      const from = pick(services);
      if (random() < 0.4) from.calls(pick(services), once, payload);
      else from.writes(pick(stores), once, payload);
    };
    for (let i = 0; i < 8; i++) anyFlow();
    if (last !== 'none') anyFlow({ soft: last === 'soft' });
  };
}

const SEEDS = Array.from({ length: 60 }, (_, i) => i);
const estimates = (last: 'hard' | 'soft' | 'none', promised = 0.9995, regions = oneRegion) =>
  SEEDS.map((seed) => availabilityOf(byChance(seed, last), promised, regions).estimated);

describe('by chance', () => {
  const without = estimates('none');

  test('one more hard dependency never raises the estimate, and often lowers it', () => {
    const more = estimates('hard');
    SEEDS.forEach((i) => expect(more[i]).toBeLessThanOrEqual(without[i]!));
    expect(more).not.toEqual(without);
  });
  test('one more soft dependency changes nothing', () => {
    expect(estimates('soft')).toEqual(without);
  });
  test('two more zones never lower it', () => {
    const oneZone = estimates('none', 0.995);
    SEEDS.forEach((i) => expect(without[i]).toBeGreaterThanOrEqual(oneZone[i]!));
    expect(without).not.toEqual(oneZone);
  });
  test('one more region never lowers it, whether or not it can stand in', () => {
    const two = estimates('none', 0.9995, twoRegions);
    SEEDS.forEach((i) => expect(two[i]).toBeGreaterThanOrEqual(without[i]!));
    expect(two).not.toEqual(without);
  });
});

describe('active regions', () => {
  const answering = (from: (b: Blueprint) => PartRef, verb: 'reads' | 'writes') => (b: Blueprint) => {
    const web = service(b, 'web');
    front(b, web);
    web[verb](from(b), once);
  };
  const both = (build: (b: Blueprint) => void) => [availabilityOf(build), availabilityOf(build, 0.9995, twoRegions)] as const;
  const inOne = 0.9999 * 0.99992525;
  const inEither = (local: number) => 1 - (1 - local) ** 2;

  test('stand in for each other where nothing but copies is asked', () => {
    const [, two] = both(answering((b) => cache(b, 'pages'), 'reads'));
    expect(two.estimated).toBeCloseTo(inEither(inOne * 0.9999), 9);
    expect(two.entries[0]!.path.map(({ part, region }) => [part, region])).toEqual(
      twoRegions.flatMap(({ name }) => ['front', 'machines', 'pages'].map((part) => [part, name])),
    );
  });

  test.each([
    ['a database of its own', (b: Blueprint) => database(b, 'store')],
    ['a cache that keeps the only copy', (b: Blueprint) => cache(b, 'carts', 'noeviction')],
    ['a bucket of its own', (b: Blueprint) => b.objectStore('images', { holds: 'images', bytes: 1e9, objectBytes: 1e5 })],
  ])('do not where each has %s', (_, from) => {
    const [one, two] = both(answering(from, 'reads'));
    expect(two.estimated).toBeCloseTo(one.estimated, 12);
    expect(new Set(two.entries[0]!.path.map((t) => t.region)).size).toBe(1);
  });

  const shared = (b: Blueprint) => database(b, 'store', { multiRegion: true, topology: 'aurora' });

  test('read copies of a shared database each by itself', () => {
    const [, two] = both(answering(shared, 'reads'));
    expect(two.estimated).toBeCloseTo(inEither(inOne * 0.9999), 9);
  });

  test('share its one writer, which counts once, besides the copy that forwards to it', () => {
    const [, two] = both(answering(shared, 'writes'));
    expect(two.estimated).toBeCloseTo(0.9999 * (1 - (1 - inOne) * (1 - inOne * 0.9999)), 9);
    expect(two.entries[0]!.weakest).toBe('store');
    expect(two.entries[0]!.path.filter((t) => t.part === 'store').map((t) => t.region)).toEqual([undefined, 'eu-west-1']);
  });

  test('share a global table, whose agreement counts all regions', () => {
    const table = (b: Blueprint) =>
      b.keyValue('carts', { holds: 'carts', partitionKey: 'id', bytes: 1e9, itemBytes: 100, multiRegion: true });
    const [one, two] = both(answering(table, 'writes'));
    expect(one.estimated).toBeCloseTo(inOne * 0.9999, 9);
    expect(two.estimated).toBeCloseTo(0.99999 * inEither(inOne), 9);
  });

  test('share the edge', () => {
    const [, two] = both((b) => {
      const cdn = b.edge('cdn', { serves: 'pages', ttlSeconds: 60, hitRatio: 0 });
      b.clients.routesTo(cdn, once);
      const balancer = b.loadBalancer('front', { layer: 7 });
      cdn.routesTo(balancer, once);
      balancer.routesTo(service(b, 'web'), once);
    });
    expect(two.estimated).toBeCloseTo(0.999 * inEither(inOne), 9);
    expect(two.entries[0]!.weakest).toBe('cdn');
  });
});

test('a recovery region is not counted: somebody has to switch to it', () => {
  const build = (b: Blueprint) => front(b, service(b, 'web'));
  const recovery: Region = { name: 'eu-west-1', share: 1, role: 'recovery' };
  expect(availabilityOf(build, 0.9995, [...oneRegion, recovery])).toEqual(availabilityOf(build));
});
