import type { UsageByType } from '../../cost/usage';
import { isCopy } from '../../plan/copy';
import type { RelationalPart } from '../../plan/sizing/relational';
import { DAY } from '../../plan/units';
import { gib, perMonth } from './monthly';

/** Bytes of backups a shard keeps: the data once, and what every day of the recovery window changes. */
const backupBytes = ({ storage, load, shards, pitrDays }: RelationalPart): number =>
  storage.bytes + (load.bytesWritten.average / shards) * DAY * pitrDays;

/** Of one shard's primary. RDS keeps backups up to the size of the volume for nothing; copies have none. */
export const rdsUsage = (part: RelationalPart): UsageByType['AWS::RDS::DBInstance'] => ({
  backupGbBeyondFree: part.storage.type === 'gp3' ? Math.max(0, gib(backupBytes(part)) - part.storage.gib) : 0,
});

/** Of one shard's global cluster: what its primary writes is written again in every region that copies it. */
export const globalUsage = ({ storage }: RelationalPart, secondaries: number): UsageByType['AWS::RDS::GlobalCluster'] => ({
  replicatedWriteIosPerMonth: perMonth(storage.io.writes) * secondaries,
});

/** Of one shard. Aurora keeps backups up to the size of the data for nothing. Writes of a copy are billed as replicated ones. */
export const auroraUsage = (part: RelationalPart): UsageByType['AWS::RDS::DBCluster'] => ({
  storedGb: gib(part.storage.bytes),
  ioRequestsPerMonth: perMonth(part.storage.io.reads) + (isCopy(part) ? 0 : perMonth(part.storage.io.writes)),
  backupGbBeyondFree: gib(backupBytes(part) - part.storage.bytes),
});
