import type { ScaledCapacity } from '../../constructs/scaled-capacity';
import type { Units } from '../../plan/sizing/capacity-units';

/** What the plan provisions for a table; undefined where it is billed on demand. */
export const capacityOf = ({ writeUnits: { provisioned: write }, readUnits: { provisioned: read } }: Table): ScaledCapacity | undefined =>
  write && read && { write, read };

interface Table {
  writeUnits: Units;
  readUnits: Units;
}
