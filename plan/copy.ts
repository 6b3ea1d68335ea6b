import type { RelationalPart } from './sizing/relational';

/** A database that follows another region's, and is deployed after it. */
export const isCopy = (part: { kind: string }): part is RelationalPart & { copyOf: string } =>
  part.kind === 'relational' && (part as RelationalPart).copyOf !== undefined;
