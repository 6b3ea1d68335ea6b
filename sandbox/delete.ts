import { setTimeout as sleep } from 'node:timers/promises';
import { DELETION_LEVELS, levelOf } from '../stacks/sandbox';
import type { Account } from './account';
import { type CloudFormationIn, cloudFormationOf } from './cloudformation';
import { deleteStack, type Obstacle, type ResourceEvent, resourcesOf } from './deletion';
import type { Step } from './engine';
import { explained } from './failure';
import { findSandboxes } from './find';
import { requireOneOwner } from './owner';
import { PAUSE_MS, POLL_MS } from './polling';
import type { Sandbox, SandboxStack } from './sandbox';
import { SandboxError } from './sandbox-error';

export interface DeletionOptions {
  /** @default AWS, as the account's credentials reach it */
  cloudFormation?: CloudFormationIn;
  /** Milliseconds between two looks at a stack. @default {@link POLL_MS} */
  pollMs?: number;
  /** Milliseconds before a failed deletion is tried again: interfaces of a deleted service stay for minutes. @default {@link PAUSE_MS} */
  pauseMs?: number;
}

/** How often a stack's deletion is tried; CloudFormation itself tries each resource several times. */
const TRIES = 4;

/**
 * Deletes a sandbox's stacks level by level, all of a level at once, and makes sure that nothing is left. What is gone already is fine, so it
 * goes on where an earlier run stopped. Its expiry goes last: until then it would end what a failure leaves behind.
 * @param sandbox that CloudFormation brought up
 * @param watch told of every resource
 * @throws {SandboxError} before anything is deleted, when its stacks are of several owners or one of its regions cannot be looked into; naming the first resource that could not
 * be deleted and why, or what a stack left behind
 */
export async function deleteSandbox(
  sandbox: Sandbox,
  account: Account,
  watch: (step: Step) => void = () => {},
  { cloudFormation = cloudFormationOf(account), pollMs = POLL_MS, pauseMs = PAUSE_MS }: DeletionOptions = {},
): Promise<void> {
  if (sandbox.engine !== 'cloudformation')
    throw new SandboxError(
      `${sandbox.name} was brought up with --engine ${sandbox.engine}; end it with \`scaleprint sandbox down ${sandbox.name} --engine ${sandbox.engine}\`, where that keeps its state`,
    );
  requireOneOwner(sandbox);
  const asked = { profile: account.profile };
  const progress = new Progress(watch);
  const left: string[] = [];
  const deleteOne = async (stack: SandboxStack): Promise<Obstacle | undefined> => {
    const client = cloudFormation(stack.region);
    progress.stack(stack, 'started');
    const tell = (event: ResourceEvent) => {
      progress.resource(stack, event);
      if (event.status === 'DELETE_SKIPPED') left.push(`${event.type} ${event.physicalId} in ${stack.region}`);
    };
    const obstacle = await explained(() => deleteStack(client, sandbox.name, stack, tell, pollMs), { ...asked, region: stack.region });
    progress.stack(stack, obstacle ? 'failed' : 'done', obstacle?.reason);
    return obstacle;
  };
  await findSandboxes(account, { regions: sandbox.regions, cloudFormation });
  await explained(
    () => Promise.all(sandbox.stacks.map(async (stack) => progress.expect(stack, await resourcesOf(cloudFormation(stack.region), stack)))),
    asked,
  );
  for (const level of DELETION_LEVELS.keys()) {
    let stacks = sandbox.stacks.filter(({ room }) => levelOf(room) === level);
    for (let tries = 1; stacks.length > 0; tries++) {
      const obstacles = (await Promise.all(stacks.map(deleteOne))).filter((obstacle) => obstacle !== undefined);
      if (obstacles.length > 0 && tries === TRIES) throw new SandboxError(sayWhy(obstacles[0]!, sandbox));
      if (obstacles.length > 0) await sleep(pauseMs);
      stacks = obstacles.map(({ stack }) => stack);
    }
  }
  await requireGone(sandbox, account, cloudFormation);
  if (left.length > 0)
    throw new SandboxError(`the stacks of ${sandbox.name} are gone, but they left ${left.join(', ')}; delete that by hand`);
}

/** Somebody may have gone on with it meanwhile. */
async function requireGone({ name, engine, regions }: Sandbox, account: Account, cloudFormation: CloudFormationIn): Promise<void> {
  const found = await findSandboxes(account, { regions, cloudFormation });
  const stacks = found.find((sandbox) => sandbox.name === name && sandbox.engine === engine)?.stacks ?? [];
  if (stacks.length === 0) return;
  const names = stacks.map(({ name: stack, status }) => `${stack} (${status})`).join(', ');
  throw new SandboxError(
    `${name} has stacks again: ${names}; somebody brings it up at the same time, run \`scaleprint sandbox down ${name}\` after that`,
  );
}

function sayWhy({ stack, resource, type, reason }: Obstacle, { name, expires }: Sandbox): string {
  const what = resource ? `${type} ${resource} of the stack ${stack.name}` : `the stack ${stack.name}`;
  const otherwise =
    stack.room === 'expiry' || !expires ? '' : `; what is left goes by itself from ${expires.toISOString()} on, when that has an end`;
  return `${what} in ${stack.region} could not be deleted: ${reason}; see to that and run \`scaleprint sandbox down ${name}\` again${otherwise}`;
}

/** Counts resources, as each is told of several times. */
class Progress {
  private readonly expected = new Set<string>();
  private readonly gone = new Set<string>();

  constructor(private readonly watch: (step: Step) => void) {}

  expect({ id }: SandboxStack, resources: readonly string[]): void {
    resources.forEach((resource) => this.expected.add(`${id} ${resource}`));
  }

  stack({ name, id }: SandboxStack, status: Step['status'], reason?: string): void {
    // Of what somebody else began to delete not every event is ours to see.
    if (status === 'done') this.expected.forEach((resource) => resource.startsWith(`${id} `) && this.gone.add(resource));
    this.tell({ stack: name, status, reason });
  }

  resource({ name, id }: SandboxStack, { resource, type, status, reason }: ResourceEvent): void {
    const now = STEP_STATUS[status];
    if (!now) return;
    if (now === 'done') this.gone.add(`${id} ${resource}`);
    this.tell({ stack: name, resource, type, status: now, reason });
  }

  private tell(step: Omit<Step, 'done' | 'total'>): void {
    const done = [...this.gone].filter((resource) => this.expected.has(resource)).length;
    this.watch({ ...step, done, total: this.expected.size });
  }
}

const STEP_STATUS: Readonly<Record<string, Step['status']>> = {
  DELETE_IN_PROGRESS: 'started',
  DELETE_COMPLETE: 'done',
  DELETE_FAILED: 'failed',
  DELETE_SKIPPED: 'failed',
};
