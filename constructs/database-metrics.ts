import type { Metrics } from './managed-service';
import { highest, largest, mathOverSets, metric, MILLISECONDS, PERCENT, smallest } from './metric-math';

/** Instances of one shard, by identifier. */
export interface RdsInstances {
  /** The first of the replicas, where the shard is a copy. */
  readonly primary: string;
  readonly replicas: readonly string[];
}

/** What RDS reports of each instance, the worst of all shards. */
export function rdsMetrics(shards: readonly RdsInstances[], storageGib: number): Metrics {
  const of = (name: string, statistic: string, instances: readonly string[]) =>
    instances.map((DBInstanceIdentifier) => metric('AWS/RDS', name, statistic, { DBInstanceIdentifier }));
  const primaries = shards.map(({ primary }) => primary);
  const replicas = shards.flatMap((shard) => shard.replicas);
  const bytes = storageGib * 1024 ** 3;
  return {
    cpu: highest(of('CPUUtilization', 'Maximum', [...new Set([...primaries, ...replicas])]), 'CPU', PERCENT),
    'storage used': mathOverSets(
      of('FreeStorageSpace', 'Minimum', primaries).map((m) => [m]),
      'storage used',
      (free) => `1 - ${smallest(free!)} / ${bytes}`,
    ),
    connections: highest(of('DatabaseConnections', 'Maximum', primaries), 'connections'),
    ...(replicas.length && { 'replication lag': highest(of('ReplicaLag', 'Maximum', replicas), 'replication lag') }),
  };
}

/** Largest cluster volume: AWS docs, Aurora quotas, 2026-11-22. */
const MAX_VOLUME_BYTES = 128 * 1024 ** 4;

/**
 * Of a cluster Aurora reports the fullest or slowest member; the worst of all shards.
 * @param lag metric of the lag that matters: behind the own writer, or behind another region's
 */
export function auroraMetrics(
  clusters: readonly string[],
  lag: 'AuroraReplicaLagMaximum' | 'AuroraGlobalDBProgressLag' = 'AuroraReplicaLagMaximum',
): Metrics {
  const of = (name: string, statistic: string) =>
    clusters.map((DBClusterIdentifier) => metric('AWS/RDS', name, statistic, { DBClusterIdentifier }));
  return {
    cpu: highest(of('CPUUtilization', 'Maximum'), 'CPU', PERCENT),
    'storage used': mathOverSets(
      of('VolumeBytesUsed', 'Maximum').map((m) => [m]),
      'storage used',
      (used) => `${largest(used!)} / ${MAX_VOLUME_BYTES}`,
    ),
    'hit ratio': mathOverSets(
      of('BufferCacheHitRatio', 'Minimum').map((m) => [m]),
      'hit ratio',
      (ratios) => `${smallest(ratios!)} * ${PERCENT}`,
    ),
    connections: highest(of('DatabaseConnections', 'Maximum'), 'connections'),
    'replication lag': highest(of(lag, 'Maximum'), 'replication lag', MILLISECONDS),
  };
}
