import type { Search } from '../sandbox/find';
import { note } from './print';

/** Stacks with the tags of a sandbox and another name than it gives: each is told once on stderr, and left alone. */
export function tellStrangers(): NonNullable<Search['stranger']> {
  const told = new Set<string>();
  return ({ name, region, sandbox }) => {
    const stack = `${name} in ${region}`;
    if (told.has(stack)) return;
    told.add(stack);
    note(`the stack ${stack} is tagged as one of ${sandbox}, but not named so; it does not count and is left alone`);
  };
}
