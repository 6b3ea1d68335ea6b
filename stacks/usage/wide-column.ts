import type { UsageByType } from '../../cost/usage';
import type { SizedTable } from '../../plan/sizing/wide-column';
import { gib, perMonth } from './monthly';

/**
 * Rows with a time to live are all deleted by it, at last.
 * @param world how many times this region's load all regions together have; the stack that declares a keyspace of several tells all of it
 */
export function wideColumnUsage(table: SizedTable, world = 1): UsageByType['AWS::Cassandra::Table'] {
  const writeUnitsPerMonth = perMonth(table.writeUnits.load) * world;
  return {
    writeUnitsPerMonth,
    readUnitsPerMonth: perMonth(table.readUnits.load) * world,
    storedGb: gib(table.bytes) * world,
    ttlDeletesPerMonth: table.ttlSeconds ? writeUnitsPerMonth : 0,
  };
}
