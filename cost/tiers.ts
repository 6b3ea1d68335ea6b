/** One step of a graduated price. Bounds count the price's own unit per month; `to` of an open last tier is Infinity. */
export interface Tier {
  from: number;
  to: number;
  /** Price of one unit inside the tier, USD. */
  usd: number;
}

/**
 * USD for a month's quantity, each tier's share at the tier's own price. Below the first tier is free. What passes a
 * bounded last tier, or falls into a gap, is billed at the tier before it: prices fall with volume, so that is an upper bound.
 */
export function tieredCost(tiers: readonly Tier[], quantity: number): number {
  return tiers.reduce((usd, tier, index) => {
    const to = tiers[index + 1]?.from ?? Infinity;
    return usd + Math.max(0, Math.min(quantity, to) - tier.from) * tier.usd;
  }, 0);
}
