import type { Room } from './place';

/** What makes a stage a sandbox: whose it is, until when, and what it may cost. */
export interface SandboxOptions {
  /** `marketplace-launch-alice`: system and environment, as its stacks' names start. */
  readonly name: string;
  /** Letters, digits and dashes, such as `alice-3f9a0c12`. */
  readonly owner: string;
  /** From then on its stacks delete themselves. */
  readonly expires: Date;
  /** USD it may cost from first to last. */
  readonly budgetUsd: number;
  /** What its parts cost an hour without traffic, at list price. */
  readonly usdPerHour: number;
}

/** Tags on every stack and resource of a sandbox. */
export const TAGS = {
  sandbox: 'scaleprint:sandbox',
  owner: 'scaleprint:owner',
  expires: 'scaleprint:expires',
  system: 'scaleprint:system',
  stage: 'scaleprint:stage',
  room: 'scaleprint:room',
  /** On the stacks of a cell. */
  cell: 'scaleprint:cell',
  /** On the stacks that another engine than CloudFormation makes for single resources. */
  engine: 'scaleprint:engine',
} as const;

/** Outputs of the expiry stack. */
export const OUTPUTS = { expires: 'Expires', usdPerHour: 'UsdPerHour', budgetUsd: 'BudgetUsd', regions: 'Regions' } as const;

/** What may be deleted at the same time, first to last: each stands on those after it. */
export const DELETION_LEVELS: readonly (readonly Room[])[] = [
  ['cdn-access', 'edge', 'operations'],
  ['compute', 'copies'],
  ['data'],
  ['network'],
  ['expiry'],
];

/** From one level's first deletion to the next one's. Assumed: most of what a level holds is gone by then, and what is not is tried again. */
export const LEVEL_MINUTES = 10;
/** From a sandbox's end to the first try at its last stacks; by then all that costs is gone, or nearly. */
export const ENDING_MINUTES = LEVEL_MINUTES * (DELETION_LEVELS.length - 1);

/** Index of a room's level in {@link DELETION_LEVELS}; of a room it does not know, the first: what others need refuses to go before them. */
export const levelOf = (room: string): number =>
  Math.max(
    0,
    DELETION_LEVELS.findIndex((rooms) => (rooms as readonly string[]).includes(room)),
  );

/** Time as tags, outputs and schedules hold it: `2026-11-22T10:00:00Z`. */
export const timestamp = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');

/** The time that {@link timestamp} wrote; undefined where there is none, or something else. */
export function timeOf(text = ''): Date | undefined {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

export const sandboxTags = ({ name, owner, expires }: SandboxOptions, room: Room): Record<string, string> => ({
  [TAGS.sandbox]: name,
  [TAGS.owner]: owner,
  [TAGS.expires]: timestamp(expires),
  [TAGS.room]: room,
});
