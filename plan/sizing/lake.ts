import { type Sized, type Surroundings, unsized } from '../part';
import { type Capacity, docs } from '../source';
import { bytes, GIB, short } from '../units';

/** Tables over the Parquet files of buckets, which SQL reads where they lie. */
export interface LakeSpec {
  holds: string;
  tables: readonly LakeTable[];
  /** How long a query takes, seconds. */
  querySeconds: Capacity;
  /** Most a query may scan before it is ended, bytes, from 10 MB. @default 1 TiB */
  cutoffBytes?: number;
}

/** A table without a crawler: where its partitions are follows from their dates. */
export interface LakeTable {
  /** Letters, digits and underscores. */
  name: string;
  /** Id of the object store that has its files, below `<name>/`; the lake reads it, by a flow. */
  store: string;
  /** Name and type of each column, such as `bigint`, `double` or `map<string,string>`. */
  columns: Readonly<Record<string, string>>;
  /** A folder a day, `dt=2026-11-22/`, or also one an hour, `hour=07/` in it. */
  partitions: 'daily' | 'hourly';
  /** The first year there are files of. */
  sinceYear: number;
}

export interface LakePart extends Sized<'lake'> {
  tables: readonly LakeTable[];
  cutoffBytes: number;
  /** Of a query. */
  querySeconds: number;
}

const COST_CONTROL = docs(
  'AWS docs, Athena: configure per-query and per-workgroup data usage controls',
  '2026-11-22',
  'https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html',
);
/** Least cutoff of a workgroup, bytes: CloudFormation schema of AWS::Athena::WorkGroup, BytesScannedCutoffPerQuery. */
const LEAST_CUTOFF = 10_000_000;

/**
 * Athena has no size to choose: a query takes what it takes, and more at once than a quota lets in wait.
 * @throws {Error} on names and cutoffs that it refuses: a defect of the system file
 */
export function sizeLake(id: string, spec: LakeSpec, { load }: Surroundings): LakePart {
  const { tables, querySeconds, cutoffBytes = 1024 * GIB } = spec;
  const wrong = (what: string) => new Error(`lake "${id}": ${what}`);
  const odd = [...tables.map(({ name }) => name), ...tables.flatMap(({ columns }) => Object.keys(columns))].find(
    (name) => !/^[a-z][a-z0-9_]*$/.test(name),
  );
  if (odd !== undefined) throw wrong(`"${odd}" is no name of a table or column; they take a-z, 0-9 and _`);
  if (cutoffBytes < LEAST_CUTOFF) throw wrong(`a cutoff of ${bytes(cutoffBytes)}; it takes ${bytes(LEAST_CUTOFF)} or more`);
  const perQuery = load.reads.average > 0 ? load.bytesScanned.average / load.reads.average : 0;
  return {
    id,
    kind: 'lake',
    technology: 'Athena over S3, Glue tables',
    size: 'on demand',
    reason: `${tables.length} tables; ${short(load.reads.peak)} queries/s of ${bytes(perQuery)} and ${short(querySeconds.value)} s, each ended at ${bytes(cutoffBytes)}.`,
    load,
    cellsNeeded: 1,
    tables,
    cutoffBytes,
    querySeconds: querySeconds.value,
    ...unsized(COST_CONTROL),
  };
}
