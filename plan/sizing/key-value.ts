import { utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed } from '../source';
import { bytes, KIB, short } from '../units';

/** A key-value table. */
export interface KeyValueSpec {
  holds: string;
  partitionKey: string;
  /** @default no sort key */
  sortKey?: string;
  /** Secondary indexes; each doubles the writes of the items it holds. @default none */
  indexes?: readonly { name: string; partitionKey: string; sortKey?: string }[];
  /** Attribute that holds an expiry time. @default items stay */
  ttlAttribute?: string;
  bytes: number;
  itemBytes: number;
  /** @default eventually consistent reads */
  strongReads?: boolean;
  /** Replicate to the stage's other regions. @default false */
  multiRegion?: boolean;
}

export interface KeyValuePart extends Sized<'keyValue'> {
  spec: KeyValueSpec;
  /** Units a write and a read of one item take. */
  writeUnits: number;
  readUnits: number;
}

/** The default quota of 40,000 is raised on request; this is where we stop asking and split. */
const RAISED_QUOTA = { value: 1_000_000, source: assumed('1M units/s are what a table of DynamoDB can be raised to') };
const TARGET = 0.8;

/** DynamoDB on demand scales by itself; throughput is held against what a raised table quota can be. */
export function sizeKeyValue(id: string, spec: KeyValueSpec, { zones, load }: Surroundings): KeyValuePart {
  const writeUnits = Math.ceil(spec.itemBytes / KIB) * (1 + (spec.indexes?.length ?? 0));
  const readUnits = Math.ceil(spec.itemBytes / (4 * KIB)) * (spec.strongReads ? 1 : 0.5);
  const dimension = (name: string, demand: number) => ({
    name,
    demand,
    perUnit: RAISED_QUOTA.value,
    unit: 'units/s',
    source: RAISED_QUOTA.source,
  });
  const fit = utilise(1, [dimension('write units', load.writes.peak * writeUnits), dimension('read units', load.reads.peak * readUnits)], {
    zones: Math.max(zones, 2),
    target: TARGET,
    standIn: true,
  });
  return {
    id,
    kind: 'keyValue',
    technology: spec.multiRegion ? 'DynamoDB global table, on demand' : 'DynamoDB, on demand',
    size: 'on demand',
    reason: `${short(load.writes.peak)} writes/s and ${short(load.reads.peak)} reads/s of ${bytes(spec.itemBytes)} items; billed per request.`,
    load,
    cellsNeeded: Math.max(1, Math.ceil(fit.utilisation / TARGET)),
    spec,
    writeUnits,
    readUnits,
    ...measured({ fit, target: TARGET }),
  };
}
