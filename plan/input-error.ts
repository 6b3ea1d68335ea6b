import { closest } from 'fastest-levenshtein';

/** A mistake of the user: printed as one line, exit code 2, no stack trace. */
export class InputError extends Error {
  override name = 'InputError';
}

/** Names the most similar valid value and, when they are few, all of them. */
export function nearest(given: string, valid: readonly string[]): string {
  const guess = valid.length ? `did you mean "${closest(given, valid)}"?` : 'there are none';
  return valid.length > 1 && valid.length <= 12 ? `${guess} (one of ${valid.join(', ')})` : guess;
}
