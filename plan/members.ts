import { numbersTo } from './fleets';
import type { StatefulPart } from './sizing/stateful';

/** Name below which the members of a set are found, ready or not. */
export const membersName = (set: string): string => `${set}-members`;

/** Names of the members of one set, by their numbers: `leases-0.leases-members`. */
export const membersOf = (set: string, { replicas }: Pick<StatefulPart, 'replicas'>): string[] =>
  numbersTo(replicas).map((number) => `${set}-${number - 1}.${membersName(set)}`);

/** Names of all members in the namespace. They stay with a member wherever it runs. */
export const memberNames = (part: Pick<StatefulPart, 'sets' | 'replicas'>): string[] => part.sets.flatMap((set) => membersOf(set, part));
