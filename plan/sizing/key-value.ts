import { utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed } from '../source';
import { bytes, KIB, short, times } from '../units';
import { type Billing, billingOf, type Units, unitsOf } from './capacity-units';

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
  billing: Billing;
  /** Of the table with its indexes. */
  writeUnits: Units;
  readUnits: Units;
}

/** The default quota of 40,000 is raised on request; this is where we stop asking and split. */
const RAISED_QUOTA = { value: 1_000_000, source: assumed('1M units/s are what a table of DynamoDB can be raised to') };
const TARGET = 0.8;

/** DynamoDB scales by itself; throughput is held against what a raised table quota can be. */
export function sizeKeyValue(id: string, spec: KeyValueSpec, { zones, load }: Surroundings): KeyValuePart {
  const indexes = spec.indexes?.length ?? 0;
  const writes = times(load.writes, Math.ceil(spec.itemBytes / KIB) * (1 + indexes));
  const reads = times(load.reads, Math.ceil(spec.itemBytes / (4 * KIB)) * (spec.strongReads ? 1 : 0.5));
  // Flows do not tell which reads go to an index, whose capacity is provisioned apart.
  const billing: Billing =
    indexes > 0
      ? {
          mode: 'on demand',
          reason: 'reads of the table and of its indexes are not told apart',
          source: assumed('indexes share the reads'),
        }
      : billingOf(writes, reads, spec.multiRegion ?? false);
  const dimension = (name: string, demand: number) => ({
    name,
    demand,
    perUnit: RAISED_QUOTA.value,
    unit: 'units/s',
    source: RAISED_QUOTA.source,
  });
  const spread = { zones: Math.max(zones, 2), target: TARGET, standIn: true };
  const fit = utilise(1, [dimension('write units', writes.peak), dimension('read units', reads.peak)], spread);
  return {
    id,
    kind: 'keyValue',
    technology: spec.multiRegion ? 'DynamoDB global table' : 'DynamoDB',
    size: billing.mode,
    reason:
      `${short(load.writes.peak)} writes/s and ${short(load.reads.peak)} reads/s of ${bytes(spec.itemBytes)} items. ` +
      `Billed ${billing.mode}: ${billing.reason}.`,
    load,
    cellsNeeded: Math.max(1, Math.ceil(fit.utilisation / TARGET)),
    spec,
    billing,
    writeUnits: unitsOf(writes, billing),
    readUnits: unitsOf(reads, billing),
    ...measured({ fit, target: TARGET }),
  };
}
