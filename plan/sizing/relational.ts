import { cheapest } from '../choose-size';
import type { Load } from '../flow';
import { type Dimension, together, unitsFor, utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed, type Capacity, derived, docs } from '../source';
import { bytes, GIB, short, sum, times } from '../units';

/** A relational database: one instance, a pair, Aurora with readers, or shards of it. */
export interface RelationalSpec {
  holds: string;
  engine: 'mysql' | 'postgres';
  /**
   * `single`: one instance, down with its zone; `multi-az`: RDS with a synchronous standby;
   * `aurora`: shared storage over three zones, readers that take over.
   */
  topology: 'single' | 'multi-az' | 'aurora';
  /** Data with its indexes, without replicas. */
  bytes: number;
  /** Queries per second of one vCPU at 100 %. */
  queriesPerVcpu: Capacity;
  /** `by hash`: more shards when one primary is not enough; `never`: one primary only. */
  sharding: 'never' | 'by hash';
  /** Rows of the largest table. @default not a dimension */
  largestTable?: { rows: number; limit: Capacity };
  /** Largest primary the source accepts, in vCPU. @default 32 */
  maxVcpu?: number;
  /** Data one primary may hold. @default 64 TiB for RDS, 128 TiB for Aurora */
  bytesPerPrimary?: Capacity;
  /** Readers kept whatever the load, such as one for reports. @default 0 */
  readersAtLeast?: number;
  /** Reads go to the primary, because they must see the last commit; readers serve reports only. @default false */
  strongReads?: boolean;
  /** Bytes that have to stay in memory, such as the newest partition. @default a twentieth of `bytes` */
  hotBytes?: Capacity;
  /** Days of point-in-time recovery. @default 7 */
  pitrDays?: number;
  /**
   * One writer in the home region, which takes every region's writes; copies of it in the others (Aurora Global Database, or RDS
   * read replicas). Aurora's copies forward writes to it; those of RDS refuse them until they take over. @default false
   */
  multiRegion?: boolean;
}

export interface RelationalPart extends Sized<'relational'> {
  holds: string;
  engine: 'mysql' | 'postgres';
  topology: RelationalSpec['topology'];
  instanceClass: string;
  shards: number;
  /** Readers of each shard besides the primary and the RDS standby. */
  readersPerShard: number;
  storageGibPerShard: number;
  pitrDays: number;
  multiRegion: boolean;
  /** Region whose primaries this one copies; absent where the primaries are its own. */
  copyOf?: string;
  writesPerSecondPerShard: { average: number; peak: number };
  readsPerSecond: { average: number; peak: number };
}

interface DbClass {
  name: string;
  vcpu: number;
  memoryGib: number;
  /** Share of each vCPU that a burstable class may use all day. @default 1 */
  baseline?: number;
}

/** vCPU and memory of the EC2 types of the same names: karpenter-provider-aws, instance types, 2026-08-06. */
const RDS_CLASSES: readonly DbClass[] = [
  { name: 'db.t4g.micro', vcpu: 2, memoryGib: 1, baseline: 0.1 },
  { name: 'db.t4g.small', vcpu: 2, memoryGib: 2, baseline: 0.2 },
  { name: 'db.t4g.medium', vcpu: 2, memoryGib: 4, baseline: 0.2 },
  { name: 'db.m7g.large', vcpu: 2, memoryGib: 8 },
  { name: 'db.m7g.xlarge', vcpu: 4, memoryGib: 16 },
  { name: 'db.m7g.2xlarge', vcpu: 8, memoryGib: 32 },
  { name: 'db.m7g.4xlarge', vcpu: 16, memoryGib: 64 },
  { name: 'db.m7g.8xlarge', vcpu: 32, memoryGib: 128 },
];
const AURORA_CLASSES: readonly DbClass[] = [
  { name: 'db.r7g.large', vcpu: 2, memoryGib: 16 },
  { name: 'db.r7g.xlarge', vcpu: 4, memoryGib: 32 },
  { name: 'db.r7g.2xlarge', vcpu: 8, memoryGib: 64 },
  { name: 'db.r7g.4xlarge', vcpu: 16, memoryGib: 128 },
  { name: 'db.r7g.8xlarge', vcpu: 32, memoryGib: 256 },
];
const BASELINE = docs(
  'AWS docs, Supported node types (ElastiCache): baseline performance of t4g per vCPU',
  '2026-11-22',
  'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html',
);
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
/** Of a primary: AWS docs, Quotas and constraints for Amazon RDS (AmazonRDS/latest/UserGuide/CHAP_Limits.html), 2026-11-22. */
const MAX_READERS = 15;
/** Shards of one cell; each is about eight of the 500 resources CloudFormation takes in a template. More of them are another cell. */
const MAX_SHARDS = 40;
/** Assumed: an RDS volume is allocated this far ahead of its data. */
const STORAGE_HEADROOM = 1.3;
/** Smallest gp3 volume, from the page of {@link STORAGE_LIMIT}. */
const MIN_STORAGE_GIB = 20;
/** A primary at half its capacity absorbs a failover's cold cache. */
const TARGET = 0.7;

/**
 * Writes and data pick the shards, reads beyond them add readers; the cheapest class that needs no more shards carries both.
 *
 * In several regions each holds the data of all. The home region's primaries take every region's writes. A copy has as many shards
 * and no smaller instances, so that it can take over; the reads of its own region decide its readers, and it has no standby.
 */
export function sizeRelational(id: string, given: RelationalSpec, around: Surroundings): RelationalPart {
  const { zones } = around;
  const copyOf = given.multiRegion ? around.home?.region : undefined;
  const home = copyOf ? (around.home!.part as RelationalPart) : undefined;
  const spec = given.multiRegion ? worldwide(given, around.world ?? 1, home) : given;
  const load = given.multiRegion ? everyWrite(around.load, around.world ?? 1, home) : around.load;
  if (home && spec.topology !== 'aurora' && around.load.writes.average > 0)
    throw new Error(`${id}: writes of a second active region need topology aurora, whose copies forward them; RDS copies refuse them`);
  const offered = (spec.topology === 'aurora' ? AURORA_CLASSES : RDS_CLASSES).filter((c) => c.vcpu <= (spec.maxVcpu ?? 32));
  const classes = offered.slice(
    Math.max(
      0,
      offered.findIndex((c) => c.name === home?.instanceClass),
    ),
  );
  const storage = spec.bytesPerPrimary ?? (spec.topology === 'aurora' ? STORAGE_LIMIT.aurora : STORAGE_LIMIT.rds);
  const writes = load.writes.peak;
  const reads = load.reads.peak;
  const perVcpu = derived(spec.queriesPerVcpu.source, `${short(spec.queriesPerVcpu.value)}/s a vCPU`);
  const queries = (c: DbClass): Capacity => ({ value: spec.queriesPerVcpu.value * c.vcpu, source: perVcpu });
  const separateReaders =
    !spec.strongReads &&
    (spec.topology === 'aurora' || (spec.readersAtLeast ?? 0) > 0 || reads + writes > queries(classes.at(-1)!).value * TARGET);
  const hot = spec.hotBytes ?? { value: spec.bytes * HOT_SHARE.share, source: HOT_SHARE.source };
  const onPrimary = separateReaders ? load.writes : sum([load.writes, load.reads]);
  const dimensionsOf = (c: DbClass): Dimension[] => [
    {
      name: separateReaders ? 'writes' : 'queries',
      demand: onPrimary.peak,
      perUnit: queries(c).value,
      unit: 'queries/s',
      source: queries(c).source,
    },
    // CPU credits carry a burstable class through its peaks; its baseline has to carry the average.
    ...(c.baseline
      ? [
          {
            name: 'average queries',
            demand: onPrimary.average,
            perUnit: queries(c).value * c.baseline,
            unit: 'queries/s',
            source: BASELINE,
          },
        ]
      : []),
    { name: 'storage', demand: spec.bytes, perUnit: storage.value, unit: 'bytes', source: storage.source },
    { name: 'memory', demand: hot.value, perUnit: c.memoryGib * GIB, unit: 'bytes', source: hot.source },
    ...(spec.largestTable
      ? [
          {
            name: 'rows',
            demand: spec.largestTable.rows,
            perUnit: spec.largestTable.limit.value / TARGET,
            unit: 'rows',
            source: spec.largestTable.limit.source,
          },
        ]
      : []),
  ];
  const standIn = spec.topology !== 'single';
  const spread = { zones: standIn ? Math.max(zones, 2) : 1, target: TARGET, standIn };
  const readerSpread = { zones: standIn ? zones : 1, target: TARGET };
  const readDimensionsOf = (c: DbClass, shards: number): Dimension[] => [
    { name: 'reads', demand: reads / shards, perUnit: queries(c).value, unit: 'queries/s', source: queries(c).source },
    ...(c.baseline
      ? [
          {
            name: 'average reads',
            demand: load.reads.average / shards,
            perUnit: queries(c).value * c.baseline,
            unit: 'queries/s',
            source: BASELINE,
          },
        ]
      : []),
  ];
  const needsReaders = separateReaders && reads > 0;
  const shardsForReads = (c: DbClass): number => {
    const { utilisation, utilisationZoneLost } = utilise(MAX_READERS, readDimensionsOf(c, 1), readerSpread);
    return Math.ceil((utilisationZoneLost ?? utilisation) / TARGET - 1e-9);
  };
  const primaries = classes.map((c) => {
    const dimensions = dimensionsOf(c);
    return { c, dimensions, needed: Math.max(unitsFor(dimensions, spread), needsReaders ? shardsForReads(c) : 1) };
  });
  const fewest = Math.min(...primaries.map(({ needed }) => needed));
  const shards = home?.shards ?? (spec.sharding === 'by hash' ? fewest : 1);
  const standby = spec.topology === 'multi-az' ? 1 : 0;
  const failoverReader = spec.topology === 'aurora' && zones > 1 ? 1 : 0;
  const candidates = primaries
    .filter(({ needed }) => needed <= Math.max(fewest, shards))
    .map(({ c, dimensions }) => {
      const reading = needsReaders ? readDimensionsOf(c, shards) : [];
      const readers = Math.max(needsReaders ? unitsFor(reading, readerSpread) : 0, spec.readersAtLeast ?? 0, failoverReader);
      return { c, dimensions, reading, readers, count: 1 + standby + readers, weight: c.memoryGib };
    });
  // Memory is what the bill follows, in burstable classes too.
  const { c, dimensions, reading, readers } = cheapest(candidates)!;
  const primaryFit = utilise(shards, dimensions, spread);
  const whole = needsReaders ? together(primaryFit, utilise(readers, reading, readerSpread)) : primaryFit;
  const used = measured({ fit: whole, target: TARGET });
  const technology = {
    single: `RDS for ${engineName(spec.engine)}, ${copyOf ? `copy of ${copyOf}` : 'one zone'}`,
    'multi-az': `RDS for ${engineName(spec.engine)}, Multi-AZ`,
    aurora: `Aurora ${engineName(spec.engine)}${copyOf ? `, copy of ${copyOf}` : spec.multiRegion ? ', global database' : ''}`,
  }[spec.topology];
  const instances = copyOf ? `cop${shards > 1 ? 'ies' : 'y'} of ${copyOf}'s` : `primar${shards > 1 ? 'ies' : 'y'}`;
  return {
    id,
    kind: 'relational',
    technology: shards > 1 ? `${technology}, ${shards} shards` : technology,
    size: c.name,
    reason: `${short(writes)} writes/s, ${short(reads)} reads/s and ${bytes(spec.bytes)} on ${shards} ${instances} ${c.name} with ${readers} reader${readers === 1 ? '' : 's'} each, limited by ${used.binding}.`,
    load,
    cellsNeeded: Math.ceil(fewest / (home?.shards ?? (spec.sharding === 'by hash' ? MAX_SHARDS : 1))),
    holds: spec.holds,
    engine: spec.engine,
    topology: spec.topology,
    instanceClass: c.name,
    shards,
    readersPerShard: readers,
    storageGibPerShard: home?.storageGibPerShard ?? Math.max(MIN_STORAGE_GIB, Math.ceil((spec.bytes / shards / GIB) * STORAGE_HEADROOM)),
    // Read replicas of RDS keep no backups; the home region does.
    pitrDays: copyOf && spec.topology !== 'aurora' ? 0 : (spec.pitrDays ?? 7),
    multiRegion: spec.multiRegion ?? false,
    ...(copyOf && { copyOf }),
    writesPerSecondPerShard: { average: load.writes.average / shards, peak: writes / shards },
    readsPerSecond: load.reads,
    ...used,
    count: shards * (1 + standby + readers),
  };
}

/** The spec of a database that holds the data of all regions. Copies are built like their home, without a standby. */
function worldwide(spec: RelationalSpec, world: number, home: RelationalPart | undefined): RelationalSpec {
  return {
    ...spec,
    ...(home && { topology: home.topology === 'aurora' ? 'aurora' : 'single' }),
    bytes: spec.bytes * world,
    ...(spec.hotBytes && { hotBytes: { ...spec.hotBytes, value: spec.hotBytes.value * world } }),
    ...(spec.largestTable && { largestTable: { ...spec.largestTable, rows: spec.largestTable.rows * world } }),
  };
}

/** Writes of every region, and reads of this one. What reaches the home region by replication it passes on to the copies. */
const everyWrite = (own: Load, world: number, home: RelationalPart | undefined): Load => ({
  ...own,
  writes: home?.load.writes ?? times(own.writes, world),
  bytesIn: home?.load.bytesIn ?? times(own.bytesIn, world),
});

const engineName = (engine: RelationalSpec['engine']): string => (engine === 'mysql' ? 'MySQL' : 'PostgreSQL');
