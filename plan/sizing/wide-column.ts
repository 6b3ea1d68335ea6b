import { utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed } from '../source';
import { bytes, KIB, short } from '../units';

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

export interface WideColumnPart extends Sized<'wideColumn'> {
  holds: string;
  tables: WideColumnSpec['tables'];
  bytes: number;
  multiRegion: boolean;
}

/** The default quota of 40,000 is raised on request; this is where we stop asking and split. */
const RAISED_QUOTA = { value: 2_000_000, source: assumed('2M units/s are what a table of Keyspaces can be raised to') };
const TARGET = 0.8;
/** Bytes of a row. */
const WRITE_UNIT = KIB;

/** Keyspaces scales by itself; the busiest table's write units are held against what a raised quota can be. */
export function sizeWideColumn(id: string, spec: WideColumnSpec, { zones, load }: Surroundings): WideColumnPart {
  const units = Math.max(...spec.tables.map((t) => load.writes.peak * t.share * Math.ceil(t.rowBytes / WRITE_UNIT)));
  const fit = utilise(
    1,
    [
      {
        name: 'write units of the busiest table',
        demand: units,
        perUnit: RAISED_QUOTA.value,
        unit: 'units/s',
        source: RAISED_QUOTA.source,
      },
    ],
    {
      zones: Math.max(zones, 2),
      target: TARGET,
      standIn: true,
    },
  );
  return {
    id,
    kind: 'wideColumn',
    technology: 'Amazon Keyspaces (for Apache Cassandra), on demand',
    size: 'on demand',
    reason: `${short(load.writes.peak)} writes/s, ${short(load.reads.peak)} reads/s and ${bytes(spec.bytes)}; three copies over zones are the service's own.`,
    load,
    cellsNeeded: Math.max(1, Math.ceil(fit.utilisation / TARGET)),
    holds: spec.holds,
    tables: spec.tables,
    bytes: spec.bytes,
    multiRegion: spec.multiRegion ?? false,
    ...measured({ fit, target: TARGET }),
  };
}
