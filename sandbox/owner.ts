import { InputError } from '../plan/input-error';
import type { Account } from './account';

/** Leaves room for the stage in the names of clusters (plan/environment.ts). */
const MOST_CHARACTERS = 16;

/**
 * Whose a sandbox is, as its names and tags say: a short word.
 * @param given by the user. @default name of the IAM user or of the role's session, without what follows an @
 * @throws {InputError} when it is no such word, or none can be made of the caller's name
 */
export function ownerOf({ caller }: Account, given?: string): string {
  const owner = given ?? shortName(caller);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(owner) || owner.length > MOST_CHARACTERS)
    throw new InputError(
      `${given === undefined ? `no owner can be made of the caller's name "${caller}"; give one with --owner, which` : `--owner is "${given}"; it`} takes lower-case letters, digits and single dashes, at most ${MOST_CHARACTERS}, such as alice`,
    );
  return owner;
}

const shortName = (caller: string): string =>
  caller
    .split('@')[0]!
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_CHARACTERS)
    .replace(/^-|-$/g, '');

/** What a sandbox is called, and its stacks' names start with. */
export const sandboxName = (system: string, stage: string, owner: string): string => `${system}-${stage}-${owner}`;
