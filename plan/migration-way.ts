import type { PartByKind } from './sizing';
import { docs, type Source } from './source';

/** A part that holds data. */
export type Holder = PartByKind[
  'relational' | 'keyValue' | 'wideColumn' | 'search' | 'cache' | 'kafka' | 'rabbitmq' | 'queue' | 'objectStore' | 'hsm'];

/**
 * When a step is its turn among those of everything that moves. `data`, `compute`, `manifests` and `edge` are deployments that all have in
 * common; their steps say what comes of them.
 */
export const PHASES = [
  'prepare', // nothing is down yet
  'drain', // publishers stop, consumers go on
  'stop',
  'data',
  'copy',
  'switch', // writers stop until the last change has arrived
  'compute',
  'manifests',
  'edge',
  'after',
  'remove',
] as const;

export type Phase = (typeof PHASES)[number];

/** One thing to do, or of a deployment what comes of it. */
export interface Step {
  phase: Phase;
  what: string;
}

/** How something is moved. */
export interface Way {
  /** Why AWS does not do it in place. */
  because: string;
  /** In order, that of their phases. */
  steps: Step[];
  /** What does not work meanwhile, from when to when. */
  down: string;
  source: Source;
}

const READ = '2026-11-22';
const GUIDE = 'https://docs.aws.amazon.com';

/** A page of AWS's guides, as it was read. */
export const guide = (title: string, page: string): Source => docs(title, READ, `${GUIDE}/${page}`);

export const DRAINING = guide(
  'AWS docs, Migrating to Amazon MQ without service interruption',
  'amazon-mq/latest/migration-guide/interruption-scenarios.html',
);
export const UPDATES = guide(
  'CloudFormation docs, Understand update behaviors of stack resources',
  'AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html',
);
export const DATA_MIGRATIONS = guide(
  'AWS DMS docs, Homogeneous data migrations: full load and change data capture',
  'dms/latest/userguide/data-migrations.html',
);

export const step = (phase: Phase, what: string): Step => ({ phase, what });
export const comesBeside = (to: string, id: string) =>
  step('data', `${to} comes beside the old ${id}, which stays with its data outside the stacks`);
export const FOUND = step('manifests', 'pods find the new one');
export const removeOld = (what: string) => step('remove', `when nothing is missed, delete ${what} by hand: it is billed until then`);
