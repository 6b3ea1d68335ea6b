import { Lake } from '../../constructs/lake';
import type { ManagedService } from '../../constructs/managed-service';
import type { LakePart } from '../../plan/sizing/lake';
import { lakeUsage, RESULT_DAYS } from '../usage/lake';
import { type Around, builtStore, standard } from './around';

/** Where the files of a table lie in its bucket. */
export const prefixOf = (table: string): string => `${table}/`;

export const lake = (part: LakePart, around: Around): ManagedService =>
  new Lake(around.stack, part.id, {
    ...standard(around),
    tables: part.tables.map(({ store, ...table }) => ({ ...table, prefix: prefixOf(table.name), store: builtStore(store, around) })),
    cutoffBytes: part.cutoffBytes,
    resultDays: RESULT_DAYS,
    usage: lakeUsage(part, around.deployment.flows),
  });
