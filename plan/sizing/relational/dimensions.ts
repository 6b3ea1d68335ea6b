import { EBS_BASELINE, EBS_BEHIND } from '../../catalogue/ebs';
import { typeBehind } from '../../catalogue/ec2';
import type { Dimension } from '../../fit';
import type { Load } from '../../flow';
import { assumed, type Capacity, derived, docs, type Source } from '../../source';
import { GIB, type Rate, short, sum } from '../../units';
import { networkOf } from '../node-network';
import type { WholeSpec } from './worldwide';
import { BASELINE, type DbClass } from './classes';
import { IO_DEMAND, ioOf } from './io';

/** Highest share in use: a primary below it absorbs a failover's cold cache. */
export const TARGET = 0.7;

const STORAGE_LIMIT = {
  rds: {
    value: 64 * 1024 * GIB,
    source: docs(
      'AWS docs, CreateDBInstanceRequest: allocatedStorage of gp3',
      '2026-11-22',
      'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/allocated-storage.html',
    ),
  },
  aurora: {
    value: 128 * 1024 * GIB,
    source: docs(
      'AWS re:Post, size of an Aurora cluster volume',
      '2026-11-22',
      'https://repost.aws/knowledge-center/view-storage-aurora-cluster',
    ),
  },
};
/** Indexes and the hottest pages have to fit in memory. */
const HOT_SHARE = { share: 0.05, source: assumed('the hot twentieth of the data and its indexes stays in memory') };
/**
 * Copies of every write that a primary sends besides those to its readers: one to a standby, six to Aurora's storage. That the
 * network of the instance carries Aurora's is assumed.
 */
const LOG_COPIES = { single: 0, 'multi-az': 1, aurora: 6 };

/** What the instances of a database have to do, all shards together. */
export interface Work {
  spec: WholeSpec;
  load: Load;
  /** Queries per second of a vCPU at 100 %. */
  perVcpu: Capacity;
  /** Whether readers answer the reads. */
  readersApart: boolean;
}

/** Readers answer the reads wherever there are any, or where one primary, the largest, is not enough for all queries. */
export function workOf(spec: WholeSpec, load: Load, largest: DbClass): Work {
  const { value, source } = spec.queriesPerVcpu;
  const work: Work = { spec, load, perVcpu: { value, source: derived(source, `${short(value)}/s a vCPU`) }, readersApart: false };
  const isTooMuch = () => loadDimensions(largest, work, { count: 1, readers: 0 }).some((d) => d.demand > d.perUnit * TARGET);
  return { ...work, readersApart: !spec.strongReads && (spec.topology === 'aurora' || (spec.readersAtLeast ?? 0) > 0 || isTooMuch()) };
}

/** Queries at their peak and, as CPU credits carry a burstable class through that alone, on average. */
function queryDimensions(name: string, { average, peak }: Rate, { value, source }: Capacity, c: DbClass): Dimension[] {
  const perUnit = value * c.vcpu;
  const unit = 'queries/s';
  const atPeak = { name, demand: peak, perUnit, unit, source };
  if (!c.baseline) return [atPeak];
  return [atPeak, { name: `average ${name}`, demand: average, perUnit: perUnit * c.baseline, unit, source: BASELINE }];
}

/** Shards alike, with so many readers each. */
export interface Shards {
  count: number;
  readers: number;
}

/** What the primaries can run out of. */
export const primaryDimensions = (c: DbClass, work: Work, shards: Shards): Dimension[] => [
  ...loadDimensions(c, work, shards),
  ...dataDimensions(c, work),
];

/** What queries use up. Aurora's storage has no limit of I/Os to size. */
function loadDimensions(c: DbClass, { spec, load, perVcpu, readersApart }: Work, shards: Shards): Dimension[] {
  const copies = LOG_COPIES[spec.topology] + shards.readers;
  const io = ioOf(load, spec.bytes / shards.count, c, 1);
  const answers = load.bytesOut.peak - (readersApart ? load.bytesRead.peak : 0);
  return [
    ...(readersApart
      ? queryDimensions('writes', load.writes, perVcpu, c)
      : queryDimensions('queries', sum([load.writes, load.reads]), perVcpu, c)),
    networkOf(c.name, {
      in: readersApart ? load.bytesWritten.peak : load.bytesIn.peak,
      out: answers + load.bytesWritten.peak * copies,
    }),
    ...(spec.topology === 'aurora' ? [] : [iopsDimension('IOPS', c, io.writes.peak + (readersApart ? 0 : io.reads.peak))]),
  ];
}

function dataDimensions(c: DbClass, { spec }: Work): Dimension[] {
  const storage = spec.bytesPerPrimary ?? STORAGE_LIMIT[spec.topology === 'aurora' ? 'aurora' : 'rds'];
  const hot = spec.hotBytes ?? { value: spec.bytes * HOT_SHARE.share, source: HOT_SHARE.source };
  const { largestTable } = spec;
  return [
    { name: 'storage', demand: spec.bytes, perUnit: storage.value, unit: 'bytes', source: storage.source },
    { name: 'memory', demand: hot.value, perUnit: c.memoryBytes, unit: 'bytes', source: hot.source },
    ...(largestTable
      ? [
          {
            name: 'rows',
            demand: largestTable.rows,
            perUnit: largestTable.limit.value / TARGET,
            unit: 'rows',
            source: largestTable.limit.source,
          },
        ]
      : []),
  ];
}

const IOPS_SOURCE: Source = { ...EBS_BEHIND, title: `${EBS_BEHIND.title}; ${IO_DEMAND.title}`, confidence: IO_DEMAND.confidence };
/** I/Os of an instance's volume, against what the instance sustains; pages of 16 KiB do not use up its bytes per second first. */
const iopsDimension = (name: string, c: DbClass, demand: number, share = 1): Dimension => ({
  name,
  demand,
  perUnit: EBS_BASELINE[typeBehind(c.name).name]!.iops * share,
  unit: 'I/Os/s',
  source: IOPS_SOURCE,
});

/**
 * What the readers of one shard can run out of. Each replays all writes, which its primary, of the same class, has room for; of
 * the IOPS reads get what writes may not take.
 */
export function readerDimensions(c: DbClass, { spec, load, perVcpu }: Work, shards: number): Dimension[] {
  const share = (rate: Rate): Rate => ({ average: rate.average / shards, peak: rate.peak / shards });
  const io = ioOf(load, spec.bytes / shards, c, shards);
  return [
    ...queryDimensions('reads', share(load.reads), perVcpu, c),
    { ...networkOf(c.name, { in: share(load.bytesIn).peak, out: share(load.bytesRead).peak }), name: 'network of readers' },
    ...(spec.topology === 'aurora' ? [] : [iopsDimension('IOPS of readers', c, io.reads.peak, 1 - TARGET)]),
  ];
}
