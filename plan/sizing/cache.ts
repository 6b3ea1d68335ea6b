import { cheapest } from '../choose-size';
import { type Dimension, unitsFor, utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed, type Capacity, docs } from '../source';
import { bytes, GIB, short } from '../units';
import { sizeMemcached } from './cache/memcached';
import { networkOf } from './node-network';

/** An in-memory store that speaks the Redis protocol, or Memcached's. */
export interface CacheSpec {
  /** What is kept there: `carts, login state`. */
  holds: string;
  /** Data at its largest, without replicas. */
  bytes: number;
  /**
   * `memcached`: nodes that share the keys, without copies, snapshots or credentials; what a lost node held is missed until it is read again.
   *
   * @default 'valkey'
   */
  engine?: 'valkey' | 'memcached';
  /**
   * Commands per second. Of Valkey what one primary answers, on a node of any size: the engine runs them one after the other on one core. Of
   * Memcached what a node of two vCPUs answers; it has a thread on each, so larger ones answer more in proportion.
   */
  opsPerNode: Capacity;
  /**
   * `cluster`: shards; `failover`: one primary and a stand-in; `single`: one node, down with its zone.
   * @default 'failover' over several zones, else 'single'; 'cluster' for Memcached
   */
  topology?: 'single' | 'failover' | 'cluster';
  /** What happens when memory is full. Primary copies of data must not be evicted. */
  eviction: 'allkeys-lru' | 'volatile-ttl' | 'noeviction';
  /** Daily snapshots, for data that is not only a copy. @default false */
  snapshots?: boolean;
}

export interface CachePart extends Sized<'cache'> {
  holds: string;
  /** @default Valkey */
  engine?: 'memcached';
  nodeType: string;
  shards: number;
  replicasPerShard: number;
  /** Data at its largest, of all shards, without replicas. */
  bytes: number;
  topology: 'single' | 'failover' | 'cluster';
  eviction: CacheSpec['eviction'];
  snapshots: boolean;
}

const ELASTICACHE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest';
const NODE_SIZES = docs(
  'AWS docs, Engine specific parameters: Valkey node-type specific parameters',
  '2026-11-22',
  `${ELASTICACHE}/dg/ParameterGroups.Engine.html`,
);
/**
 * GiB of `maxmemory`. More vCPUs help to read and write sockets, not to run commands, and only from `xlarge` (4 vCPU) on is this done
 * on other cores: "Enhanced I/O" and "Enhanced I/O multiplexing" are N for `large` and Y from `xlarge` on (AWS docs, Supported node
 * types, dg/CacheNodes.SupportedTypes.html, 2026-11-22). How much it gains is not stated there, so no size counts for more.
 */
const NODES: readonly { type: string; maxmemoryGib: number; burstable?: boolean }[] = [
  { type: 'cache.t4g.micro', maxmemoryGib: 0.5, burstable: true },
  { type: 'cache.t4g.small', maxmemoryGib: 1.37, burstable: true },
  { type: 'cache.t4g.medium', maxmemoryGib: 3.09, burstable: true },
  { type: 'cache.m7g.large', maxmemoryGib: 6.38 },
  { type: 'cache.r7g.large', maxmemoryGib: 13.07 },
  { type: 'cache.r7g.xlarge', maxmemoryGib: 26.32 },
  { type: 'cache.r7g.2xlarge', maxmemoryGib: 52.82 },
  { type: 'cache.r7g.4xlarge', maxmemoryGib: 105.81 },
];
/** For snapshots and failover: AWS docs, Managing reserved memory for Valkey and Redis OSS (redis-memory-management.html), 2026-11-22. */
const RESERVED_SHARE = 0.25;
const BURSTABLE_OPS_SHARE = { share: 0.05, source: assumed('a burstable node sustains a twentieth of the commands of a steady one') };
/**
 * Nodes of a cluster, replicas included, after a quota increase; the default is 90. AWS docs, CreateReplicationGroup
 * (APIReference/API_CreateReplicationGroup.html), 2026-11-22.
 */
const MAX_NODES = 500;
/** Highest share of memory or commands in use, so that a failover and its resync still fit. */
const TARGET = 0.75;

/** Shards from commands, memory and network; the smallest node that holds a shard's data. */
export function sizeCache(id: string, spec: CacheSpec, around: Surroundings): CachePart {
  if (spec.engine === 'memcached') return sizeMemcached(id, spec, around);
  const { zones, load } = around;
  const { topology = zones > 1 ? 'failover' : 'single' } = spec;
  const ops = load.reads.peak + load.writes.peak;
  const replicas = topology === 'single' ? 0 : 1;
  const plans = NODES.filter((node) => !(node.burstable && topology === 'cluster')).map((node) => {
    const dimensions: Dimension[] = [
      {
        name: 'commands',
        demand: ops,
        perUnit: spec.opsPerNode.value * (node.burstable ? BURSTABLE_OPS_SHARE.share : 1),
        unit: 'ops/s',
        source: node.burstable ? BURSTABLE_OPS_SHARE.source : spec.opsPerNode.source,
      },
      { name: 'memory', demand: spec.bytes, perUnit: node.maxmemoryGib * GIB * (1 - RESERVED_SHARE), unit: 'bytes', source: NODE_SIZES },
      networkOf(node.type, { in: load.bytesIn.peak, out: load.bytesOut.peak + load.bytesWritten.peak * replicas }),
    ];
    const spread = { zones: replicas ? zones : 1, target: TARGET, standIn: replicas > 0, minimum: topology === 'cluster' ? 3 : 1 };
    return { node, dimensions, spread, count: unitsFor(dimensions, spread), weight: node.maxmemoryGib };
  });
  // Memory x shards is what the bill follows. Past the most shards the largest node is split into cells.
  const mostShards = topology === 'cluster' ? Math.floor(MAX_NODES / (1 + replicas)) : 1;
  const { node, dimensions, spread, count } = cheapest(plans.filter((p) => p.count <= mostShards)) ?? plans.at(-1)!;
  const shards = topology === 'cluster' ? count : 1;
  const used = measured({ fit: utilise(shards, dimensions, spread), target: TARGET });
  return {
    id,
    kind: 'cache',
    technology: topology === 'cluster' ? 'ElastiCache for Valkey, cluster mode' : 'ElastiCache for Valkey',
    size: node.type,
    reason: `${short(ops)} commands/s and ${bytes(spec.bytes)} on ${shards} shard${shards > 1 ? 's' : ''} of ${node.type}, limited by ${used.binding}.`,
    load,
    cellsNeeded: Math.ceil(count / mostShards),
    holds: spec.holds,
    nodeType: node.type,
    shards,
    replicasPerShard: replicas,
    bytes: spec.bytes,
    topology,
    eviction: spec.eviction,
    snapshots: spec.snapshots ?? false,
    ...used,
    count: shards * (1 + replicas),
  };
}
