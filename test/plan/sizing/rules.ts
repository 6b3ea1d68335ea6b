import { type Part, SIZING } from '../../../plan/sizing';
import type { RelationalSpec } from '../../../plan/sizing/relational';
import { GIB, HOUR, MIB, steady } from '../../../plan/units';
import { MATCHES } from '../tiny-arena';
import { BENCHMARK, carries, loadOf } from './load';

/** A sizing rule with the demands it answers to, each over a range from trivial to far past the hard limits. */
export interface Rule {
  name: string;
  /** Lowest and highest value tried, by name. */
  demands: Record<string, readonly [number, number]>;
  size: (demand: Record<string, number>, zones: number) => Part;
  /** True when the part lives in one zone however many the stage has. */
  oneZone: boolean;
  /** What must not shrink as demand grows. @default what the fleet costs */
  bought?: (part: Part) => number;
}

const rule = <D extends string>(
  name: string,
  demands: Record<D, readonly [number, number]>,
  size: (demand: Record<D, number>, zones: number) => Part,
  more: Partial<Pick<Rule, 'oneZone' | 'bought'>> = {},
): Rule => ({ name, demands, size: size as Rule['size'], oneZone: false, ...more });

const perUnit = (part: Part, dimension: string): number => part.dimensions.find((d) => d.name === dimension)!.perUnit;

/** Memory is what a cache costs. */
const cacheMemory = (part: Part): number => (part.kind === 'cache' ? part.cellsNeeded * part.shards * perUnit(part, 'memory') : 0);

/** Fewer shards come first; three small ones may replace two that were half empty. */
const shards = (part: Part): number => (part.kind === 'relational' ? part.cellsNeeded * part.shards : 0);

const SEARCH_GIB: Record<string, number> = { 't3.small': 2, 'r7g.large': 16, 'r7g.xlarge': 32, 'r7g.2xlarge': 64 };
/** Memory of the nodes that hold the index; three that keep the cluster's state may come on top. */
const searchMemory = (part: Part): number =>
  part.kind === 'search' ? part.cellsNeeded * part.dataNodes * SEARCH_GIB[part.instanceType.replace('.search', '')]! : 0;

const caches = (['single', 'failover', 'cluster'] as const).map((topology) =>
  rule(
    `cache, ${topology}`,
    { ops: [1, 1e8], bytes: [MIB, 1e14], bytesOut: [1, 1e11] },
    ({ ops, bytes, bytesOut }, zones) =>
      SIZING.cache(
        'cache',
        { holds: 'sessions', bytes, opsPerNode: carries(100e3), topology, eviction: 'noeviction' },
        { zones, load: loadOf({ reads: ops, bytesOut }) },
      ),
    { oneZone: topology === 'single', bought: cacheMemory },
  ),
);

const memcached = (['single', 'cluster'] as const).map((topology) =>
  rule(
    `cache of Memcached, ${topology}`,
    { ops: [1, 1e8], bytes: [MIB, 1e14], bytesOut: [1, 1e11] },
    ({ ops, bytes, bytesOut }, zones) =>
      SIZING.cache(
        'cache',
        { holds: 'pages', engine: 'memcached', bytes, opsPerNode: carries(100e3), topology, eviction: 'allkeys-lru' },
        { zones, load: loadOf({ reads: ops, bytesOut }) },
      ),
    { oneZone: topology === 'single', bought: cacheMemory },
  ),
);

const databases = (
  [
    ['single', 'never'],
    ['multi-az', 'never'],
    ['multi-az', 'by hash'],
    ['aurora', 'never'],
    ['aurora', 'by hash'],
  ] as [RelationalSpec['topology'], RelationalSpec['sharding']][]
).map(([topology, sharding]) =>
  rule(
    `relational, ${topology}, sharded ${sharding}`,
    { writes: [0.1, 1e6], reads: [0.1, 1e6], bytes: [MIB, 1e15], rows: [1, 1e11], bytesWritten: [1, 1e10], bytesRead: [1, 1e10] },
    ({ writes, reads, bytes, rows, bytesWritten, bytesRead }, zones) =>
      SIZING.relational(
        'orders',
        {
          holds: 'orders',
          engine: 'mysql',
          topology,
          sharding,
          bytes,
          queriesPerVcpu: carries(400),
          largestTable: { rows, limit: carries(1e9) },
        },
        { zones, load: loadOf({ writes, reads, bytesWritten, bytesIn: bytesWritten, bytesRead, bytesOut: bytesRead }) },
      ),
    { oneZone: topology === 'single', ...(sharding === 'by hash' && { bought: shards }) },
  ),
);

const services = [
  rule('service', { requests: [1, 1e7], messages: [1, 1e7], connections: [1, 1e9] }, ({ requests, messages, connections }, zones) =>
    SIZING.service(
      'api',
      {
        does: 'answers',
        protocol: 'http',
        tier: 'web',
        perPod: { requestsPerSecond: carries(500), messagesPerSecond: carries(1000), connections: carries(20e3) },
        pod: { vcpu: 1, memoryBytes: 2 * GIB, source: BENCHMARK },
        connections,
      },
      { zones, load: loadOf({ requests, consumed: messages }) },
    ),
  ),
];

const balancers = ([4, 7] as const).map((layer) =>
  rule(`load balancer, layer ${layer}`, { requests: [1, 1e7], targets: [1, 1e5] }, ({ requests, targets }, zones) =>
    SIZING.loadBalancer('web', { layer }, { zones, load: loadOf({ requests }), podsBehind: targets }),
  ),
);

/** Every rule that has something to size. */
export const rules: readonly Rule[] = [
  ...caches,
  ...memcached,
  ...databases,
  ...services,
  ...balancers,
  rule('edge', { requests: [1, 1e9], bytesOut: [1, 1e13] }, ({ requests, bytesOut }, zones) =>
    SIZING.edge('cdn', { serves: 'images', ttlSeconds: HOUR, hitRatio: 0.9 }, { zones, load: loadOf({ requests, bytesOut }) }),
  ),
  rule(
    'kafka',
    { messages: [1, 1e8], bytesWritten: [1, 1e12], bytesOut: [1, 1e12], retention: [HOUR, 1e8], partitions: [1, 1e6] },
    ({ messages, bytesWritten, bytesOut, retention, partitions }, zones) =>
      SIZING.kafka(
        'events',
        {
          topics: [{ name: 'events', partitions: Math.ceil(partitions), retentionSeconds: retention }],
          retentionSeconds: retention,
          messagesPerBroker: carries(100e3),
        },
        { zones, load: loadOf({ writes: messages, bytesWritten, bytesIn: bytesWritten, bytesOut }) },
      ),
  ),
  rule('rabbitmq', { messages: [1, 1e6], backlog: [MIB, 1e12] }, ({ messages, backlog }, zones) =>
    SIZING.rabbitmq(
      'tasks',
      { queues: [{ name: 'tasks', deadLetter: true, maxRetry: 3 }], messagesPerBroker: carries(20e3), backlogBytes: backlog },
      { zones, load: loadOf({ writes: messages }) },
    ),
  ),
  rule('queue', { writes: [1, 1e7], consumed: [1, 1e7] }, ({ writes, consumed }, zones) =>
    SIZING.queue('tasks', { holds: 'tasks', maxReceives: 5 }, { zones, load: loadOf({ writes, consumed }) }),
  ),
  rule('host fleet', { sessions: [1, 1e5], bytesOut: [1, 1e11] }, ({ sessions, bytesOut }, zones) =>
    SIZING.hostFleet('matches', { ...MATCHES, sessions: steady(sessions) }, { zones, load: loadOf({ bytesOut }) }),
  ),
  rule('function', { consumed: [0.1, 1e5], seconds: [0.1, 200] }, ({ consumed, seconds }, zones) =>
    SIZING.function('run', { does: 'works', memoryBytes: GIB, seconds: carries(seconds) }, { zones, load: loadOf({ consumed }) }),
  ),
  rule('stream job', { consumed: [0.1, 1e7], stateBytes: [1, 1e14] }, ({ consumed, stateBytes }, zones) =>
    SIZING.streamJob(
      'counts',
      { does: 'counts', program: 'programs', perKpu: { messagesPerSecond: carries(5000) }, stateBytes },
      { zones, load: loadOf({ consumed }) },
    ),
  ),
  rule('key-value', { reads: [1, 1e8], writes: [1, 1e8], itemBytes: [1, 4e5] }, ({ reads, writes, itemBytes }, zones) =>
    SIZING.keyValue('links', { holds: 'links', partitionKey: 'id', bytes: 1e9, itemBytes }, { zones, load: loadOf({ reads, writes }) }),
  ),
  rule('wide-column', { writes: [1, 1e8], reads: [1, 1e8], rowBytes: [1, 1e6] }, ({ writes, reads, rowBytes }, zones) =>
    SIZING.wideColumn(
      'messages',
      { holds: 'messages', bytes: 1e12, tables: [{ name: 'by_room', partitionKey: [], clustering: [], columns: [], rowBytes, share: 1 }] },
      { zones, load: loadOf({ writes, reads }) },
    ),
  ),
  rule('object store', { reads: [1, 1e7], writes: [1, 1e7] }, ({ reads, writes }, zones) =>
    SIZING.objectStore('images', { holds: 'images', bytes: 1e12, objectBytes: 1e5 }, { zones, load: loadOf({ reads, writes }) }),
  ),
  rule(
    'search',
    { queries: [1, 1e6], bytes: [MIB, 1e15] },
    ({ queries, bytes }, zones) =>
      SIZING.search('index', { holds: 'products', bytes, queriesPerNode: carries(1000) }, { zones, load: loadOf({ reads: queries }) }),
    { bought: searchMemory },
  ),
];
