import { createHash } from 'node:crypto';
import { InputError } from '../plan/input-error';
import type { Account } from './account';
import { type Sandbox, TAGS } from './sandbox';
import { SandboxError } from './sandbox-error';

/** Leaves room for the stage in the names of clusters (plan/environment.ts). */
const MOST_CHARACTERS = 16;

/** Callers that many people and machines share: two of them would take each other's sandboxes for their own. */
const SHARED = /^(root$|githubactions|github-actions|botocore-session|aws-sdk|aws-cli|session$|i-[0-9a-f]{8,}$)/;

/** Hexadecimal digits of an owner's mark: two who share a name have the same one once in four billion. */
const MARK = 8;

/**
 * The short word in a sandbox's names that tells whose it is.
 * @param given by the user. @default name of the IAM user or of the role's session, without what follows an @
 * @throws {InputError} when it is no such word, or the caller's name makes none: it is too long, or one that many share
 */
export function ownerOf({ caller }: Account, given?: string): string {
  const owner = given ?? wordOf(caller);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(owner) || owner.length > MOST_CHARACTERS)
    throw new InputError(
      `${given === undefined ? `no owner can be made of the caller's name "${caller}"; give one with --owner, which` : `--owner is "${given}"; it`} takes lower-case letters, digits and single dashes, at most ${MOST_CHARACTERS}, such as alice`,
    );
  return owner;
}

/** Nothing is cut off: what two people share would be left. */
function wordOf(caller: string): string {
  const word = caller
    .split('@')[0]!
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return SHARED.test(word) ? '' : word;
}

/**
 * Whose a sandbox is, as its tags say: the word and a mark of who asks, `alice-3f9a0c12`. An IAM user alice, alice@one.com and alice@two.com of a
 * role, and another role's alice are four. A word that is not the caller's own name is shared by whoever has the same role: sessions of a
 * pipeline are named differently each time.
 */
export function ownerTag({ principalArn, caller }: Account, owner: string): string {
  const who = owner === wordOf(caller) ? `${principalArn} ${caller}` : principalArn;
  return `${owner}-${createHash('sha256').update(who).digest('hex').slice(0, MARK)}`;
}

/**
 * Whether a sandbox is the caller's: whether the mark in its tag is what the caller would put behind the same word.
 * @param tag of its stacks
 */
export const isOwnerOf = (account: Account, tag: string): boolean => tag === ownerTag(account, tag.slice(0, -(MARK + 1)));

/** @throws {SandboxError} when its stacks' tags say that they are not all one owner's */
export function requireOneOwner({ name, owner, stacks }: Sandbox): void {
  const others = stacks
    .filter((stack) => stack.owner !== owner)
    .map((stack) => `${stack.name} in ${stack.region} to ${stack.owner || 'nobody'}`);
  if (others.length > 0)
    throw new SandboxError(
      `${name} belongs to ${owner || 'nobody'}, but ${others.join(', ')}, as their tags ${TAGS.owner} say; find out whose they are, and correct those tags or delete the stacks by hand`,
    );
}

/** What a sandbox is called, and its stacks' names start with. */
export const sandboxName = (system: string, stage: string, owner: string): string => `${system}-${stage}-${owner}`;
