import { HOURS_PER_MONTH } from '../cost/meter';
import { PriceBook } from '../cost/price-book';
import { bill } from '../pipeline/bill';
import { inWords } from './lifetime';
import { SandboxError } from './sandbox-error';

/** What it costs to let a sandbox stand, without traffic, at list price. */
export interface SandboxPrice {
  usdPerHour: number;
  /** What costs most first; what rounds to nothing is left out. */
  lines: PriceLine[];
  /** Resources that are not in it, as the price book does not know them. */
  unpriced: string[];
}

/** One resource's share. */
export interface PriceLine {
  resource: string;
  type: string;
  /** What is billed: `db.t4g.micro`, `public IPv4 address`. */
  dimension: string;
  usdPerHour: number;
}

/** Seconds. */
const HOUR = 3600;

/**
 * Prices a sandbox that has been written. Fleets count at their largest, so it costs no more.
 * @param folder what `synthesize` filled
 */
export function priceSandbox(folder: string): SandboxPrice {
  const { lineItems, monthly, unpriced } = bill(folder, PriceBook.open());
  return {
    usdPerHour: monthly.max / HOURS_PER_MONTH,
    lines: lineItems
      .map(({ resource, type, dimension, monthlyMax }) => ({ resource, type, dimension, usdPerHour: monthlyMax / HOURS_PER_MONTH }))
      .filter(({ usdPerHour }) => usdPerHour >= 0.00005)
      .sort((a, b) => b.usdPerHour - a.usdPerHour),
    unpriced: unpriced.map(({ resource, why }) => `${resource}: ${why}`),
  };
}

/**
 * Refuses a sandbox that would cost more than its budget until it expires. This, with the expiry, is what keeps the budget: what AWS itself
 * counts comes up to a day late.
 * @param hours from its creation to its expiry, a begun one whole
 * @throws {SandboxError} with the time and the budget that would do
 */
export function requireBudget(usdPerHour: number, hours: number, budgetUsd: number): void {
  const usd = usdPerHour * hours;
  if (usd <= budgetUsd) return;
  throw new SandboxError(
    `${usdPerHour.toFixed(2)} USD an hour for ${inWords(hours * HOUR)} is ${usd.toFixed(2)} USD, above the budget of ${budgetUsd} USD, ` +
      `which lasts ${inWords(Math.floor(budgetUsd / usdPerHour) * HOUR)}; take a shorter --ttl, or --budget ${Math.ceil(usd)}`,
  );
}
