import { cheapest } from '../choose-size';
import { together, unitsFor, utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import type { Capacity } from '../source';
import { bytes, short } from '../units';
import { classesFor } from './relational/classes';
import { primaryDimensions, TARGET, workOf } from './relational/dimensions';
import { Readers } from './relational/readers';
import { type ShardStorage, storageOf } from './relational/storage';
import { placed, type WholeSpec } from './relational/worldwide';

/** A relational database: one instance, a pair, Aurora with readers, or shards of it. */
export interface RelationalSpec {
  holds: string;
  engine: 'mysql' | 'postgres';
  /**
   * `single`: one instance, down with its zone; `multi-az`: RDS with a synchronous standby;
   * `aurora`: shared storage over three zones, readers that take over.
   * @default 'multi-az' over several zones, else 'single'
   */
  topology?: 'single' | 'multi-az' | 'aurora';
  /** Data with its indexes, without replicas. */
  bytes: number;
  /** Queries per second of one vCPU at 100 %. */
  queriesPerVcpu: Capacity;
  /** `by hash`: more shards when one primary is not enough; `never`: one primary only. @default 'never' */
  sharding?: 'never' | 'by hash';
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
  topology: 'single' | 'multi-az' | 'aurora';
  instanceClass: string;
  shards: number;
  /** Readers of each shard besides the primary and the RDS standby. */
  readersPerShard: number;
  /** Of each shard. */
  storage: ShardStorage;
  pitrDays: number;
  multiRegion: boolean;
  /** Region whose primaries this one copies; absent where the primaries are its own. */
  copyOf?: string;
}

/** Shards of one cell; each is about eight of the 500 resources CloudFormation takes in a template. More of them are another cell. */
const MAX_SHARDS = 40;

/**
 * Writes and data pick the shards, reads beyond them add readers; the cheapest class that needs no more shards carries both.
 *
 * In several regions each holds the data of all. The home region's primaries take every region's writes. A copy has as many shards
 * and no smaller instances, so that it can take over; the reads of its own region decide its readers, and it has no standby.
 *
 * @throws {Error} where a copy would have to take writes and cannot
 */
export function sizeRelational(id: string, given: RelationalSpec, around: Surroundings): RelationalPart {
  const { spec, load, home, copyOf } = placed(id, given, around);
  const classes = classesFor(spec.topology, spec.maxVcpu, home?.instanceClass);
  const work = workOf(spec, load, classes.at(-1)!);
  const readersOf = new Readers(work, around.zones);
  const survives = spec.topology !== 'single';
  const spread = { zones: survives ? Math.max(around.zones, 2) : 1, target: TARGET, standIn: survives };

  const primaries = classes.map((c) => {
    // One shard would have the most readers to feed and the least memory for its data; what carries it carries several.
    const dimensions = primaryDimensions(c, work, { count: 1, readers: readersOf.mostOf(c) });
    return { c, needed: Math.max(unitsFor(dimensions, spread), readersOf.shardsNeeded(c)) };
  });
  const fewest = Math.min(...primaries.map(({ needed }) => needed));
  const most = home?.shards ?? (spec.sharding === 'by hash' ? MAX_SHARDS : 1);
  const shards = home?.shards ?? (spec.sharding === 'by hash' ? fewest : 1);
  const standby = spec.topology === 'multi-az' ? 1 : 0;
  const candidates = primaries
    .filter(({ needed }) => needed <= Math.max(fewest, shards))
    .map(({ c }) => ({ c, readers: readersOf.count(c, shards) }))
    // Memory is what the bill follows, in burstable classes too.
    .map(({ c, readers }) => ({ c, readers, count: 1 + standby + readers, weight: c.memoryBytes }));
  const { c, readers, count } = cheapest(candidates)!;

  const storage = storageOf(c, work, { count: shards, readers }, home?.storage);
  const primaryFit = utilise(shards, primaryDimensions(c, work, { count: shards, readers }), spread);
  const readerFit = readersOf.fit(c, shards);
  const used = measured({ fit: readerFit ? together(primaryFit, readerFit) : primaryFit, target: TARGET });
  const instances = copyOf ? `cop${shards > 1 ? 'ies' : 'y'} of ${copyOf}'s` : `primar${shards > 1 ? 'ies' : 'y'}`;
  return {
    id,
    kind: 'relational',
    technology: technology(spec, shards, copyOf),
    size: c.name,
    reason:
      `${short(load.writes.peak)} writes/s, ${short(load.reads.peak)} reads/s and ${bytes(spec.bytes)} on ${shards} ${instances} ${c.name} ` +
      `with ${readers} reader${readers === 1 ? '' : 's'} each, limited by ${used.binding}. Storage is ${storage.type}: ${storage.reason}.`,
    load,
    cellsNeeded: Math.ceil(fewest / most),
    holds: spec.holds,
    engine: spec.engine,
    topology: spec.topology,
    instanceClass: c.name,
    shards,
    readersPerShard: readers,
    storage,
    // Read replicas of RDS keep no backups; the home region does.
    pitrDays: copyOf && spec.topology !== 'aurora' ? 0 : (spec.pitrDays ?? 7),
    multiRegion: spec.multiRegion ?? false,
    ...(copyOf && { copyOf }),
    ...used,
    count: shards * count,
  };
}

/** As the field calls it: `Aurora MySQL, global database, 4 shards`. */
export function technology(
  { engine, topology, multiRegion }: Pick<WholeSpec, 'engine' | 'topology' | 'multiRegion'>,
  shards: number,
  copyOf: string | undefined,
): string {
  const name = engine === 'mysql' ? 'MySQL' : 'PostgreSQL';
  const built = {
    single: `RDS for ${name}, ${copyOf ? `copy of ${copyOf}` : 'one zone'}`,
    'multi-az': `RDS for ${name}, Multi-AZ`,
    aurora: `Aurora ${name}${copyOf ? `, copy of ${copyOf}` : multiRegion ? ', global database' : ''}`,
  }[topology];
  return shards > 1 ? `${built}, ${shards} shards` : built;
}
