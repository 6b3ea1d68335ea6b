import type { Deployment } from '../plan';
import type { Kind, PartByKind } from '../sizing';
import type { Source } from '../source';

/** A default quota of a new account, and what a deployment takes of it. */
export interface Limit {
  service: string;
  name: string;
  /** Code in Service Quotas. @default AWS gives none, or we are not sure of it */
  code?: string;
  /** By region where regions differ. */
  default: number | ((region: string) => number);
  source: Source;
  /** Taken by one region with all of its cells, in the unit of the name; 0 where the stage has nothing of the kind. */
  needed: (d: Deployment) => number;
}

function reduceKind<K extends Kind>(d: Deployment, kind: K, add: (sum: number, part: PartByKind[K]) => number): number {
  let sum = 0;
  for (const part of d.parts) if (part.kind === kind) sum = add(sum, part as PartByKind[K]);
  return sum;
}

/** The most that one part of a kind takes. */
export const most = <K extends Kind>(d: Deployment, kind: K, taken: (part: PartByKind[K]) => number): number =>
  reduceKind(d, kind, (most, part) => Math.max(most, taken(part)));

/** What all parts of a kind take together, in all cells. */
export const together = <K extends Kind>(d: Deployment, kind: K, taken: (part: PartByKind[K]) => number): number =>
  d.cells * reduceKind(d, kind, (sum, part) => sum + taken(part));
