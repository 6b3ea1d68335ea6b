import type { UsageByType } from '../../cost/usage';
import type { Flow } from '../../plan/flow';
import type { WideColumnPart, WideColumnTable } from '../../plan/sizing/wide-column';
import { KIB } from '../../plan/units';
import { bytesPerRead, gib, perMonth } from './monthly';

/** Reads are assumed to ask for LOCAL_QUORUM, one unit for 4 KiB. Rows with a time to live are all deleted by it, at last. */
export function wideColumnUsage(
  part: WideColumnPart,
  table: WideColumnTable,
  flows: readonly Flow[],
  world = 1,
): UsageByType['AWS::Cassandra::Table'] {
  const writeUnits = perMonth(part.load.writes) * table.share * world * Math.ceil(table.rowBytes / KIB);
  // A query may return a page of rows, which are counted together.
  const readBytes = Math.max(table.rowBytes, bytesPerRead(part.id, flows));
  return {
    writeUnitsPerMonth: writeUnits,
    readUnitsPerMonth: perMonth(part.load.reads) * table.share * world * Math.ceil(readBytes / (4 * KIB)),
    storedGb: gib(part.bytes) * shareOfBytes(part, table) * world,
    ttlDeletesPerMonth: table.ttlSeconds ? writeUnits : 0,
  };
}

/** Tables fill in proportion to the bytes written to them. */
function shareOfBytes({ tables }: WideColumnPart, table: WideColumnTable): number {
  const written = (t: WideColumnTable) => t.share * t.rowBytes;
  return written(table) / tables.reduce((sum, t) => sum + written(t), 0);
}
