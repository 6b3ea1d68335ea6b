import { createHash } from 'node:crypto';

const HASH_LENGTH = 6;

/** A name cut to a length. What is cut off goes into a hash at its end, so that no two names become one. */
export function fittingName(name: string, length: number): string {
  if (name.length <= length) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, length - HASH_LENGTH - 1).replace(/-$/, '')}-${hash}`;
}
