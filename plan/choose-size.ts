/** One way to build a part: so many units of a size. */
export interface Candidate {
  count: number;
  /** What one unit costs, relative to the other sizes; prices are not known here. */
  weight: number;
}

/** Up to a tenth more is worth fewer units to run. */
const WORTH = 1.1;

/** The cheapest candidate, or one nearly as cheap with fewer units; the first of equals. */
export function cheapest<C extends Candidate>(candidates: readonly C[]): C | undefined {
  const least = Math.min(...candidates.map((c) => c.count * c.weight));
  return candidates
    .filter((c) => c.count * c.weight <= least * WORTH)
    .reduce<C | undefined>((a, b) => (a && a.count <= b.count ? a : b), undefined);
}

/**
 * The cheapest of sizes whose count takes work to find. A size is skipped where even the fewest units it could do with cost too much.
 * @param count Infinity for a size that does not do
 */
export function cheapestOf<S extends Pick<Candidate, 'weight'>>(
  sizes: readonly S[],
  fewest: (size: S) => number,
  count: (size: S) => number,
): (S & Candidate) | undefined {
  let least = Infinity;
  const candidates: { size: S; count: number; weight: number }[] = [];
  for (const size of sizes) {
    if (fewest(size) * size.weight > least * WORTH) continue;
    const units = count(size);
    if (units === Infinity) continue;
    least = Math.min(least, units * size.weight);
    candidates.push({ size, count: units, weight: size.weight });
  }
  const chosen = cheapest(candidates);
  return chosen && { ...chosen.size, count: chosen.count };
}
