import { AGREEMENTS } from '../../../plan/availability/agreements';
import { machinesUp, promiseOf, worldwidePromiseOf } from '../../../plan/availability/figures';
import { type Kind, SIZING, type Specs } from '../../../plan/sizing';
import { pod } from '../../../plan/sizing/service';
import { BENCHMARK, carries, loadOf } from '../sizing/load';

const sized = <K extends Kind>(kind: K, spec: Specs[K], zones: number) =>
  SIZING[kind]('part', spec, { zones, load: loadOf({ reads: 10, writes: 10 }) });
const promised = <K extends Kind>(kind: K, spec: Specs[K], zones = 3) => promiseOf(sized(kind, spec, zones))?.value;

const cache = { holds: 'pages', bytes: 1e9, opsPerNode: carries(1e5), eviction: 'allkeys-lru' } as const;
const database = { holds: 'orders', engine: 'mysql', bytes: 1e9, queriesPerVcpu: carries(100), sharding: 'never' } as const;
const table = { holds: 'carts', partitionKey: 'id', bytes: 1e9, itemBytes: 100 } as const;

test('three zones that are each up 99.5 % of the time: 0.995^3 + 3 x 0.995^2 x 0.005 = 0.99992525', () => {
  expect(machinesUp(3).value).toBeCloseTo(0.99992525, 10);
  expect(machinesUp(3).source.confidence).toBe('derived');
});

test('one zone is as available as an instance, and any further ones more', () => {
  expect(machinesUp(1)).toBe(AGREEMENTS.ec2Instance);
  for (const zones of [2, 3, 4, 5]) expect(machinesUp(zones).value).toBeGreaterThan(machinesUp(1).value);
});

test('a cache that survives a zone promises more than one that is down with it', () => {
  const topologies = ['single', 'failover', 'cluster'] as const;
  expect(topologies.map((topology) => promised('cache', { ...cache, topology }))).toEqual([0.995, 0.9999, 0.9999]);
  expect(topologies.map((topology) => promised('cache', { ...cache, topology }, 1))).toEqual([0.995, 0.995, 0.995]);
});

test('a database promises what its topology does, and Aurora more with a reader that takes over', () => {
  const topologies = ['single', 'multi-az', 'aurora'] as const;
  expect(topologies.map((topology) => promised('relational', { ...database, topology }))).toEqual([0.995, 0.9995, 0.9999]);
  const alone = { ...sized('relational', { ...database, topology: 'aurora' }, 1), readersPerShard: 0 };
  expect(promiseOf(alone)?.value).toBe(0.999);
});

test('a single broker and a single search node are no better than an instance', () => {
  const queues = { queues: [], messagesPerBroker: carries(1e3) };
  const index = { holds: 'products', bytes: 1e9, queriesPerNode: carries(1e3) };
  expect([1, 3].map((zones) => promised('rabbitmq', queues, zones))).toEqual([0.995, 0.999]);
  expect([1, 3].map((zones) => promised('search', index, zones))).toEqual([0.995, 0.999]);
});

test('a firewall is one more thing that every request passes', () => {
  const edge = { serves: 'images', ttlSeconds: 60, hitRatio: 0.9 };
  expect(promised('edge', edge)).toBe(0.999);
  expect(promised('edge', { ...edge, firewall: true })).toBeCloseTo(0.999 * 0.9995, 12);
});

test('only a table that several regions write has a promise for all of them', () => {
  expect(worldwidePromiseOf(sized('keyValue', table, 3))).toBeUndefined();
  expect(worldwidePromiseOf(sized('keyValue', { ...table, multiRegion: true }, 3))?.value).toBe(0.99999);
});

test('own pods and other companies have no promise of their own', () => {
  const service = { does: 'answers', protocol: 'http', tier: 'web', perPod: { requestsPerSecond: carries(10) }, pod: pod(1, 1) } as const;
  expect(promised('service', service)).toBeUndefined();
  expect(promised('external', { does: 'takes cards', host: 'example.com', source: BENCHMARK })).toBeUndefined();
});
