/** A short-lived copy of a stage, as the tags and outputs of its stacks tell of it. */
export interface Sandbox {
  /** `marketplace-launch-alice`: system, stage and owner; its stacks' names start with it. */
  name: string;
  system: string;
  stage: string;
  owner: string;
  /** Home region, and every region it has stacks in, the home first. */
  regions: string[];
  created: Date;
  expires: Date;
  /** What its parts cost an hour without traffic, at list price. */
  usdPerHour: number;
  stacks: SandboxStack[];
}

/** One of its stacks, as CloudFormation lists it. */
export interface SandboxStack {
  name: string;
  region: string;
  /** What it holds: `network`, `data`, `expiry` ... (stacks/place.ts) */
  room: string;
  /** CloudFormation's status: `CREATE_COMPLETE`, `DELETE_FAILED` ... */
  status: string;
}

/** Tags on every stack and resource of a sandbox. */
export const TAGS = {
  sandbox: 'scaleprint:sandbox',
  owner: 'scaleprint:owner',
  expires: 'scaleprint:expires',
  system: 'scaleprint:system',
  stage: 'scaleprint:stage',
  room: 'scaleprint:room',
} as const;
