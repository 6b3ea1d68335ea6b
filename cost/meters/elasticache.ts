import { grouped, hourly, monthly, perMillion, withoutZeros } from '../charges';
import { HOURS_PER_MONTH, Unpriceable } from '../meter';
import type { Meter, PriceKey } from '../meter';
import { listAt, numberAt, property, textAt } from '../property';
import type { Resource } from '../template';

const ENGINES: Record<string, string> = { redis: 'Redis', valkey: 'Valkey', memcached: 'Memcached' };

/** GB a serverless cache is billed for even when it holds less: the note on the price rows. */
const SERVERLESS_FLOOR_GB: Record<string, number> = { Redis: 1, Memcached: 1, Valkey: 0.1 };

const elastiCache = (dimension: string, spec?: string): PriceKey => ({ service: 'ElastiCache', dimension, spec });

/** Amazon ElastiCache clusters of nodes: every primary and replica by the hour, and snapshots beyond the free one. */
const replicationGroup: Meter<'AWS::ElastiCache::ReplicationGroup'> = {
  type: 'AWS::ElastiCache::ReplicationGroup',
  needs: [],
  charges(group, { backupGbBeyondFree = 0 }) {
    const type = textAt(group, 'CacheNodeType');
    const { nodes, counted } = nodesOf(group);
    return [
      hourly(`cache node ${type}`, nodes, counted, elastiCache('node', `${engineOf(group)} ${type}`)),
      ...withoutZeros([
        monthly(
          'backup storage',
          backupGbBeyondFree,
          `${grouped(backupGbBeyondFree)} GB beyond one snapshot`,
          elastiCache('backup storage'),
        ),
      ]),
    ];
  },
};

/**
 * Amazon ElastiCache Serverless: GB-hours held and ElastiCache processing units, neither below what the cache reserves.
 * https://aws.amazon.com/elasticache/pricing/
 */
const serverlessCache: Meter = {
  type: 'AWS::ElastiCache::ServerlessCache',
  needs: ['storedGb', 'ecpusPerMonth'],
  charges(cache, { storedGb = 0, ecpusPerMonth = 0 }) {
    const engine = engineOf(cache);
    const floorGb = Math.max(SERVERLESS_FLOOR_GB[engine] ?? 0, numberAt(cache, 'CacheUsageLimits.DataStorage.Minimum', 0));
    const reservedEcpus = numberAt(cache, 'CacheUsageLimits.ECPUPerSecond.Minimum', 0) * 3600 * HOURS_PER_MONTH;
    const gb = Math.max(storedGb, floorGb);
    const ecpus = Math.max(ecpusPerMonth, reservedEcpus);
    const why = gb > storedGb ? ` (the least billed; holds ${grouped(storedGb)} GB)` : '';
    return [
      hourly('serverless data storage', gb, `${grouped(gb)} GB${why}`, elastiCache('serverless data storage', engine), 'GB-hour'),
      perMillion(
        'serverless ECPU',
        ecpus,
        ecpus > ecpusPerMonth ? 'ECPU reserved' : 'ECPU',
        elastiCache('serverless ECPU', engine),
        '1M ECPU',
      ),
    ];
  },
};

/** Amazon ElastiCache clusters without replication: Memcached, or one node of Redis. */
const cacheCluster: Meter = {
  type: 'AWS::ElastiCache::CacheCluster',
  needs: [],
  charges(cluster) {
    const type = textAt(cluster, 'CacheNodeType');
    const nodes = numberAt(cluster, 'NumCacheNodes');
    return [hourly(`cache node ${type}`, nodes, `${nodes} nodes`, elastiCache('node', `${engineOf(cluster)} ${type}`))];
  },
};

export const elasticacheMeters: Meter[] = [replicationGroup, cacheCluster, serverlessCache];

function engineOf(cache: Resource): string {
  const engine = textAt(cache, 'Engine', 'redis');
  const name = ENGINES[engine.toLowerCase()];
  if (!name) throw new Unpriceable(`Engine is ${engine}; ${Object.keys(ENGINES).join(', ')} can be priced`);
  return name;
}

/** A group states its nodes in one of three ways: all together, shard by shard, or shards times replicas. */
function nodesOf(group: Resource): { nodes: number; counted: string } {
  if (property(group, 'NumCacheClusters') !== undefined) {
    const nodes = numberAt(group, 'NumCacheClusters');
    return { nodes, counted: `${nodes} nodes` };
  }
  const replicas = numberAt(group, 'ReplicasPerNodeGroup', 0);
  const listed = listAt(group, 'NodeGroupConfiguration').map((_, shard) =>
    numberAt(group, `NodeGroupConfiguration.${shard}.ReplicaCount`, replicas),
  );
  if (listed.length > 0) {
    const nodes = listed.reduce((sum, count) => sum + 1 + count, 0);
    return { nodes, counted: `(${listed.length} primaries + ${listed.join(' + ')} replicas)` };
  }
  const shards = numberAt(group, 'NumNodeGroups', 1);
  return { nodes: shards * (replicas + 1), counted: `${shards} shards x (1 primary + ${replicas} replicas)` };
}
