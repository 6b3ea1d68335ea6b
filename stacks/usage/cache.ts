import type { UsageByType } from '../../cost/usage';
import type { CachePart } from '../../plan/sizing/cache';
import { gib } from './monthly';

/** Snapshots of all days but one, which is free, each as large as the data. */
export const cacheUsage = (part: CachePart, snapshotDays: number): UsageByType['AWS::ElastiCache::ReplicationGroup'] => ({
  backupGbBeyondFree: Math.max(0, snapshotDays - 1) * gib(part.bytes),
});
