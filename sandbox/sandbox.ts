import type { EngineName } from './engine';

export { TAGS } from '../stacks/sandbox';

/** A short-lived copy of a stage, as the tags and outputs of its stacks tell of it. */
export interface Sandbox {
  /** `marketplace-launch-alice`: system, stage and owner; its stacks' names start with it. */
  name: string;
  system: string;
  stage: string;
  /** Word and mark of whose it is (sandbox/owner.ts). */
  owner: string;
  /** What brought it up. */
  engine: EngineName;
  /** Home region, and every region it has stacks in, the home first. */
  regions: string[];
  /** When its first stack was made. */
  created: Date;
  /** @default unknown, as neither outputs nor tags tell */
  expires?: Date;
  /** What its parts cost an hour without traffic, at list price. @default unknown, as no expiry stack tells */
  usdPerHour?: number;
  /** USD it may cost from first to last. @default unknown, as no expiry stack tells */
  budgetUsd?: number;
  /** Of one that Pulumi brought up, as CloudFormation sees it, the stacks of single resources (docs/decisions/0018). */
  stacks: SandboxStack[];
}

/** One of its stacks, as CloudFormation lists it. */
export interface SandboxStack {
  name: string;
  /** ARN, which no later stack of the same name has. */
  id: string;
  region: string;
  /** What it holds: `network`, `data`, `expiry` ... (stacks/place.ts) */
  room: string;
  /** As its own tag says; all of a sandbox should say the same. */
  owner: string;
  /** CloudFormation's status: `CREATE_COMPLETE`, `DELETE_FAILED` ... */
  status: string;
}
