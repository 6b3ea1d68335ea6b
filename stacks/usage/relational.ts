import type { UsageByType } from '../../cost/usage';
import { isCopy } from '../../plan/copy';
import type { RelationalPart } from '../../plan/sizing/relational';
import { DAY, MONTH } from '../../plan/units';
import { gib } from './monthly';

/** Assumed: nine queries of ten find their pages in memory, and a miss reads one page. */
const IOS_PER_READ = 0.1;
/** Assumed: a write sends one log record of up to 4 KiB for its row and one for its indexes. */
const IOS_PER_WRITE = 2;

const dataBytes = (part: RelationalPart): number => part.dimensions.find((d) => d.name === 'storage')!.demand / part.shards;

/** Bytes of backups a shard keeps: the data once, and what every day of the recovery window changes. */
const backupBytes = (part: RelationalPart): number => dataBytes(part) + (part.load.bytesIn.average / part.shards) * DAY * part.pitrDays;

/** Of one shard's primary. RDS keeps backups up to the size of the volume for nothing; copies have none. */
export const rdsUsage = (part: RelationalPart): UsageByType['AWS::RDS::DBInstance'] => ({
  backupGbBeyondFree: Math.max(0, gib(backupBytes(part)) - part.storageGibPerShard),
});

const readIos = ({ load, shards }: RelationalPart): number => ((load.reads.average * IOS_PER_READ) / shards) * MONTH;
const writeIos = ({ load, shards }: RelationalPart): number => ((load.writes.average * IOS_PER_WRITE) / shards) * MONTH;

/** Of one shard's global cluster: what its primary writes is written again in every region that copies it. */
export const globalUsage = (part: RelationalPart, secondaries: number): UsageByType['AWS::RDS::GlobalCluster'] => ({
  replicatedWriteIosPerMonth: writeIos(part) * secondaries,
});

/** Of one shard. Aurora keeps backups up to the size of the data for nothing. Writes of a copy are billed as replicated ones. */
export const auroraUsage = (part: RelationalPart): UsageByType['AWS::RDS::DBCluster'] => ({
  storedGb: gib(dataBytes(part)),
  ioRequestsPerMonth: readIos(part) + (isCopy(part) ? 0 : writeIos(part)),
  backupGbBeyondFree: gib(backupBytes(part) - dataBytes(part)),
});

/**
 * I/Os a month that cost as much as I/O-Optimized adds, from the prices of us-east-1 on 2026-11-22: 30 % of $0.138 an hour and vCPU of
 * r7g, and $0.125 a GB of storage, at $0.20 a million.
 */
const BREAK_EVEN = { perVcpu: 150e6, perGb: 0.625e6 };

/** Whether one shard is cheaper without a charge per I/O. */
export function paysIoOptimized(part: RelationalPart): boolean {
  const { ioRequestsPerMonth, storedGb } = auroraUsage(part);
  return ioRequestsPerMonth > vcpus(part.instanceClass) * (1 + part.readersPerShard) * BREAK_EVEN.perVcpu + storedGb * BREAK_EVEN.perGb;
}

/** `large` has two, `xlarge` four, `8xlarge` eight times four. */
function vcpus(instanceClass: string): number {
  const [, factor = '1'] = /(\d+)?xlarge$/.exec(instanceClass) ?? [];
  return instanceClass.endsWith('xlarge') ? 4 * Number(factor) : 2;
}
