import { distance } from 'fastest-levenshtein';

/** A mistake of the user: printed as one line, exit code 2, no stack trace. */
export class InputError extends Error {
  override name = 'InputError';
}

/** So many values are named beside a guess. */
const FEW = 12;

/**
 * Says which valid value was likely meant and, when they are few or nothing is alike, all of them.
 * @param also other names of valid values, each with the value. @default none
 */
export function nearest(given: string, valid: readonly string[], also: ReadonlyMap<string, string> = new Map()): string {
  if (valid.length === 0) return 'there are none';
  const all = `${valid.length > 1 ? 'there are' : 'there is only'} ${valid.join(', ')}`;
  const alike = likeliest(given, [...valid, ...also.keys()]);
  if (alike === undefined) return all;
  const guess = `did you mean "${also.get(alike) ?? alike}"?`;
  return valid.length > 1 && valid.length <= FEW ? `${guess} (one of ${valid.join(', ')})` : guess;
}

/**
 * The most similar name, if a typing error can be what tells them apart: at most a third of the letters, at least one. That is what rustc and
 * cargo allow (rust-lang/rust, compiler/rustc_span/src/edit_distance.rs, 2026-11-22); more of them make any short word of any other.
 */
function likeliest(given: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(given.length / 3));
  const edits = names.map((name) => ({ name, n: distance(given.toLowerCase(), name.toLowerCase()) }));
  return edits.filter(({ n }) => n <= most).sort((a, b) => a.n - b.n)[0]?.name;
}
