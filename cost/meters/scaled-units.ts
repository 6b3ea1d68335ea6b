import { HOURS_PER_MONTH } from '../meter';
import type { Band } from '../meter';

const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;

/** Capacity units, and how they came about. */
export interface CountedUnits {
  units: number | Band;
  counted: string;
}

/** Units that scale with the load: expected is what the average of it takes at the scaling target. @param targetPercent 1 to 100 */
export function scaledUnits(min: number, max: number, targetPercent: number, unitsPerMonth: number): CountedUnits {
  const wanted = Math.ceil(unitsPerMonth / SECONDS_PER_MONTH / (targetPercent / 100));
  const expected = Math.min(max, Math.max(min, wanted));
  return { units: { min, expected, max }, counted: `${expected} units (average load at ${targetPercent} %, within ${min} to ${max})` };
}
