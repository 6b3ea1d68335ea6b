import { utilise } from '../fit';
import type { Load } from '../flow';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed } from '../source';
import { bytes, KIB, type Rate, short, sum, times } from '../units';
import { type Billing, billingOf, type Units, unitsOf } from './capacity-units';

/** A column of a wide-column table. */
export interface Column {
  name: string;
  type: 'text' | 'bigint' | 'int' | 'timestamp' | 'uuid' | 'timeuuid' | 'blob' | 'boolean';
}

/** A Cassandra table, partitioned by key and ordered inside a partition. */
export interface WideColumnTable {
  name: string;
  partitionKey: readonly Column[];
  clustering: readonly (Column & { order: 'ASC' | 'DESC' })[];
  columns: readonly Column[];
  /** Seconds after which a row disappears. @default rows stay */
  ttlSeconds?: number;
  rowBytes: number;
  /** Share of the part's writes and reads that go to this table; the shares of a part add up to one. */
  share: number;
}

export interface WideColumnSpec {
  holds: string;
  tables: readonly WideColumnTable[];
  /** Data at its largest, one copy; the service keeps three. */
  bytes: number;
  /** Replicate every write to the stage's other regions. @default false */
  multiRegion?: boolean;
}

/** A table with its share of the part's load and data. */
export interface SizedTable extends WideColumnTable {
  writeUnits: Units;
  readUnits: Units;
  /** Data at its largest, one copy; tables fill in proportion to the bytes written to them. */
  bytes: number;
}

export interface WideColumnPart extends Sized<'wideColumn'> {
  holds: string;
  tables: readonly SizedTable[];
  /** Data of all tables at its largest, one copy. */
  bytes: number;
  billing: Billing;
  multiRegion: boolean;
}

/** The default quota of 40,000 is raised on request; this is where we stop asking and split. */
const RAISED_QUOTA = { value: 2_000_000, source: assumed('2M units/s are what a table of Keyspaces can be raised to') };
const TARGET = 0.8;
/** Bytes of a row that a unit writes, and that one reads at LOCAL_QUORUM, which reads are assumed to ask for. */
const WRITE_UNIT = KIB;
const READ_UNIT = 4 * KIB;

/** Keyspaces scales by itself; the busiest table's units are held against what a raised quota can be. */
export function sizeWideColumn(id: string, spec: WideColumnSpec, { zones, load }: Surroundings): WideColumnPart {
  const multiRegion = spec.multiRegion ?? false;
  const writes = spec.tables.map((t) => writeUnits(t, load));
  const reads = spec.tables.map((t) => readUnits(t, load));
  const billing = billingOf(sum(writes), sum(reads), multiRegion);
  const written = spec.tables.reduce((all, t) => all + t.share * t.rowBytes, 0);
  const busiest = (name: 'write' | 'read', rates: readonly Rate[]) => ({
    name: `${name} units of the busiest table`,
    demand: Math.max(...rates.map(({ peak }) => peak)),
    perUnit: RAISED_QUOTA.value,
    unit: 'units/s',
    source: RAISED_QUOTA.source,
  });
  const spread = { zones: Math.max(zones, 2), target: TARGET, standIn: true };
  const fit = utilise(1, [busiest('write', writes), busiest('read', reads)], spread);
  return {
    id,
    kind: 'wideColumn',
    technology: 'Amazon Keyspaces (for Apache Cassandra)',
    size: billing.mode,
    reason:
      `${short(load.writes.peak)} writes/s, ${short(load.reads.peak)} reads/s and ${bytes(spec.bytes)}; ` +
      `three copies over zones are the service's own. Billed ${billing.mode}: ${billing.reason}.`,
    load,
    cellsNeeded: Math.max(1, Math.ceil(fit.utilisation / TARGET)),
    holds: spec.holds,
    tables: spec.tables.map((table, i) => ({
      ...table,
      writeUnits: unitsOf(writes[i]!, billing),
      readUnits: unitsOf(reads[i]!, billing),
      bytes: (spec.bytes * table.share * table.rowBytes) / written,
    })),
    bytes: spec.bytes,
    billing,
    multiRegion,
    ...measured({ fit, target: TARGET }),
  };
}

const writeUnits = ({ share, rowBytes }: WideColumnTable, { writes }: Load): Rate =>
  times(writes, share * Math.ceil(rowBytes / WRITE_UNIT));

/** A query may return a page of rows, which are counted together. */
function readUnits({ share, rowBytes }: WideColumnTable, { reads, bytesRead }: Load): Rate {
  const page = reads.average > 0 ? bytesRead.average / reads.average : 0;
  return times(reads, share * Math.ceil(Math.max(rowBytes, page) / READ_UNIT));
}
