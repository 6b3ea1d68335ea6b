import type { Part } from './sizing';
import type { StatefulPart } from './sizing/stateful';

/** A part whose pods claim volumes of their own, which the cluster makes. */
export const claims = (part: Part): part is StatefulPart => part.kind === 'stateful' && part.volume?.kept === true;

/** Tiers whose nodes have to attach volumes. */
export const claimingTiers = (parts: readonly Part[]): ReadonlySet<string> => new Set(parts.filter(claims).map(({ tier }) => tier));

/** GiB that the pods of a cell claim together. */
export const claimedGib = (parts: readonly Part[]): number =>
  parts.filter(claims).reduce((gib, { count, volume }) => gib + count * volume!.gib, 0);
