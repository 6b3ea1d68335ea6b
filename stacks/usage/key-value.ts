import type { UsageByType } from '../../cost/usage';
import type { KeyValuePart } from '../../plan/sizing/key-value';
import { gib, perMonth } from './monthly';

/**
 * Each index holds a copy of every item.
 * @param world how many times this region's load all regions together have; the stack that declares a global table tells all of it
 */
export const keyValueUsage = (part: KeyValuePart, world = 1): UsageByType['AWS::DynamoDB::GlobalTable'] => ({
  writeUnitsPerMonth: perMonth(part.writeUnits.load) * world,
  readUnitsPerMonth: perMonth(part.readUnits.load) * world,
  storedGb: gib(part.spec.bytes) * (1 + (part.spec.indexes?.length ?? 0)) * world,
});
