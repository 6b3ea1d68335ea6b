import { Memcached } from '../../constructs/memcached';
import { Redis } from '../../constructs/redis';
import type { ManagedService } from '../../constructs/managed-service';
import type { CachePart } from '../../plan/sizing/cache';
import { cacheUsage } from '../usage/cache';
import { secretUsage } from '../usage/callers';
import { slowLogUsage } from '../usage/service-logs';
import { type Around, inNetwork } from './around';

/** Days daily snapshots are kept, where the data is worth them. Assumed: a week, like databases. */
const SNAPSHOT_DAYS = 7;

export function cache(part: CachePart, around: Around): ManagedService {
  if (part.engine === 'memcached') return memcached(part, around);
  const snapshotDays = part.snapshots ? SNAPSHOT_DAYS : 0;
  return new Redis(around.stack, part.id, {
    ...inNetwork(around, part.id),
    nodeType: part.nodeType,
    topology: part.topology,
    ...(part.topology !== 'single' && { shards: part.shards, replicasPerShard: part.replicasPerShard }),
    eviction: part.eviction,
    snapshotDays,
    usage: {
      'AWS::ElastiCache::ReplicationGroup': cacheUsage(part, snapshotDays),
      'AWS::SecretsManager::Secret': secretUsage(part.id, around.deployment),
      'AWS::Logs::LogGroup': slowLogUsage(part),
    },
  });
}

function memcached(part: CachePart, around: Around): ManagedService {
  const { vpc, subnets, securityGroup } = inNetwork(around, part.id);
  const { nodeType, count: nodes } = part;
  const crossZone = around.deployment.zones > 1 && nodes > 1;
  return new Memcached(around.stack, part.id, { vpc, subnets, securityGroup, nodeType, nodes, crossZone });
}
