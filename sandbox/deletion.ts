import {
  type CloudFormationClient,
  DeleteStackCommand,
  paginateDescribeStackEvents,
  paginateListStackResources,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeStacks, type TaggedStack } from './cloudformation';
import { isStackOf } from './own-stack';
import { type SandboxStack, TAGS } from './sandbox';
import { SandboxError } from './sandbox-error';

/** Why a stack is still there: what failed first, and not what failed because of that. */
export interface Obstacle {
  stack: SandboxStack;
  /** Logical id. @default the stack itself */
  resource?: string;
  type?: string;
  reason: string;
}

/** What CloudFormation says of a resource while its stack is deleted. */
export interface ResourceEvent {
  resource: string;
  type: string;
  physicalId: string;
  status: string;
  reason?: string;
}

/** Other operations have to end first; a creation ends when its stack is deleted. */
const BUSY = /^(?!CREATE_|DELETE_|REVIEW_).*_IN_PROGRESS$/;
const IN_PROGRESS = /_IN_PROGRESS$/;
/** How often a stack may look as if nobody had asked for its deletion: CloudFormation takes a moment. */
const PATIENCE = 10;

/**
 * Deletes one stack and waits until it is gone.
 * @param sandbox name that the stack's tag and name have to hold; another's stack is never touched
 * @param tell told of every event of its resources, in the order they happened
 * @param pollMs between two looks at the events
 * @returns why it is still there; undefined when it is gone
 */
export async function deleteStack(
  client: CloudFormationClient,
  sandbox: string,
  stack: SandboxStack,
  tell: (event: ResourceEvent) => void,
  pollMs: number,
): Promise<Obstacle | undefined> {
  const before = await settled(client, stack.id, pollMs);
  if (!before) return undefined;
  if (!isStackOf(sandbox, stack.region, before))
    throw new SandboxError(
      `the stack ${stack.name} in ${stack.region} is not tagged ${TAGS.sandbox}=${sandbox}, or not named so; it was left alone`,
    );
  const events = new NewEvents(client, stack.id);
  await events.next();
  const refusal = before.stack.StackStatus === 'DELETE_IN_PROGRESS' ? undefined : await requestDeletion(client, stack);
  if (refusal) return refusal;
  let first: StackEvent | undefined;
  for (let quiet = 0; quiet < PATIENCE;) {
    await sleep(pollMs);
    const [after] = await describeStacks(client, stack.id);
    const news = await events.next();
    const ofStack = (event: StackEvent) => event.PhysicalResourceId === stack.id;
    for (const event of news) if (!ofStack(event)) tell(resourceEventOf(event));
    if (!after || after.stack.StackStatus === 'DELETE_COMPLETE') return undefined;
    first ??= news.find((event) => !ofStack(event) && event.ResourceStatus === 'DELETE_FAILED' && !isConsequence(event));
    // Also what is as it was before, because another stack imports what it exports.
    const end = news.find((event) => ofStack(event) && !IN_PROGRESS.test(event.ResourceStatus ?? ''));
    if (end) return obstacleOf(stack, first, end.ResourceStatusReason ?? `it is ${end.ResourceStatus}`);
    quiet = IN_PROGRESS.test(after.stack.StackStatus ?? '') ? 0 : quiet + 1;
  }
  return obstacleOf(stack, first, 'CloudFormation does nothing about it');
}

/** Whatever waits for a resource that failed is given up. */
const isConsequence = ({ ResourceStatusReason = '' }: StackEvent): boolean => /cancelled/i.test(ResourceStatusReason);

/** Waits until nothing else is at work on a stack. @returns the stack, undefined when it is gone */
async function settled(client: CloudFormationClient, id: string, pollMs: number): Promise<TaggedStack | undefined> {
  for (;;) {
    const [found] = await describeStacks(client, id);
    const status = found?.stack.StackStatus ?? 'DELETE_COMPLETE';
    if (status === 'DELETE_COMPLETE') return undefined;
    if (!BUSY.test(status)) return found;
    await sleep(pollMs);
  }
}

/** CloudFormation refuses at once what is protected, or exports what another stack imports. */
async function requestDeletion(client: CloudFormationClient, stack: SandboxStack): Promise<Obstacle | undefined> {
  try {
    await client.send(new DeleteStackCommand({ StackName: stack.id }));
    return undefined;
  } catch (error) {
    if ((error as Error).name !== 'ValidationError') throw error;
    return { stack, reason: (error as Error).message };
  }
}

function obstacleOf(stack: SandboxStack, event: StackEvent | undefined, otherwise: string): Obstacle {
  if (!event) return { stack, reason: otherwise };
  return { stack, resource: event.LogicalResourceId, type: event.ResourceType, reason: event.ResourceStatusReason ?? otherwise };
}

const resourceEventOf = (event: StackEvent): ResourceEvent => ({
  resource: event.LogicalResourceId!,
  type: event.ResourceType!,
  physicalId: event.PhysicalResourceId ?? '',
  status: event.ResourceStatus!,
  reason: event.ResourceStatusReason,
});

/** Logical ids of what a stack still holds. */
export async function resourcesOf(client: CloudFormationClient, stack: SandboxStack): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stack.id }))
    for (const { LogicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? [])
      if (ResourceStatus !== 'DELETE_COMPLETE') ids.push(LogicalResourceId!);
  return ids;
}

/** A stack's events, each once, oldest first. CloudFormation lists them newest first, and not always in order. */
class NewEvents {
  private readonly seen = new Set<string>();

  constructor(
    private readonly client: CloudFormationClient,
    private readonly stackId: string,
  ) {}

  async next(): Promise<StackEvent[]> {
    const news: StackEvent[] = [];
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client: this.client }, { StackName: this.stackId })) {
      const unseen = StackEvents.filter(({ EventId }) => !this.seen.has(EventId!));
      news.push(...unseen);
      if (unseen.length < StackEvents.length) break;
    }
    news.forEach(({ EventId }) => this.seen.add(EventId!));
    return news.sort((a, b) => a.Timestamp!.getTime() - b.Timestamp!.getTime());
  }
}
