import type { Source } from '../source';

/** A factor of an estimate. */
export interface Term {
  /** Part id, or `machines`. */
  part: string;
  /** Share of time it is up, 0-1. */
  availability: number;
  source: Source;
  /** Region it fails with; any of the path's regions will do. @default every region needs it, or there is only one */
  region?: string;
  /** Services that fail with these machines. @default the term is no machines */
  services?: string[];
}

/** Regions of a path, in order. */
export const regionsOf = (path: readonly Term[]): string[] => [...new Set(path.flatMap((t) => t.region ?? []))];

/**
 * Terms without a region in series with any one of the regions; failures are taken to be independent.
 * @param perfect a part that is taken never to fail
 */
export function estimateOf(path: readonly Term[], perfect?: string): number {
  let everywhere = 1;
  const regions = new Map<string, number>();
  for (const { part, availability, region } of path) {
    const factor = part === perfect ? 1 : availability;
    if (region === undefined) everywhere *= factor;
    else regions.set(region, (regions.get(region) ?? 1) * factor);
  }
  if (regions.size === 0) return everywhere;
  let allDown = 1;
  for (const up of regions.values()) allDown *= 1 - up;
  return everywhere * (1 - allDown);
}

/** The part whose perfection would raise the estimate most, the first of equals. */
export function weakestOf(path: readonly Term[]): string {
  let weakest = { part: '', estimated: 0 };
  for (const { part } of path) {
    const estimated = estimateOf(path, part);
    if (estimated > weakest.estimated) weakest = { part, estimated };
  }
  return weakest.part;
}
