import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { TAGS } from '../../../stacks/sandbox';
import { describeStacks, type TaggedStack } from '../../cloudformation';
import type { Step } from '../../engine';
import { SandboxError } from '../../sandbox-error';

/** A stack that is about to be made or updated. */
export interface Intended {
  stackName: string;
  region: string;
  tags: Readonly<Record<string, string>>;
}

/** States that CloudFormation leaves by deletion only. */
const LOST = ['DELETE_FAILED', 'UPDATE_ROLLBACK_FAILED'];

/**
 * Waits until what an earlier run began with a stack has ended, so that this one can go on with it.
 * @param pollMilliseconds how long to wait between looks
 * @throws {SandboxError} when the stack is somebody else's, or can only be deleted
 */
export async function settle(
  client: CloudFormationClient,
  intended: Intended,
  watch: (step: Omit<Step, 'done' | 'total'>) => void,
  pollMilliseconds: number,
): Promise<void> {
  const { stackName: stack, tags } = intended;
  for (let waited = false; ; waited = true) {
    const [found] = await describeStacks(client, stack);
    if (!found) return;
    requireOurs(found, intended);
    const { StackStatus: status = '', StackStatusReason: reason = 'no reason given' } = found.stack;
    if (LOST.includes(status))
      throw new SandboxError(
        `${stack} is in state ${status} (${reason}), which it leaves by deletion only; run \`scaleprint sandbox down ${tags[TAGS.sandbox]}\`, then the same command again`,
      );
    // REVIEW_IN_PROGRESS is a stack of which there is no more than a change set; the next one takes its place.
    if (!status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS') return;
    if (!waited) watch({ stack, status: 'started', reason: `waiting: an earlier run is still at work on it (${status})` });
    await sleep(pollMilliseconds);
  }
}

function requireOurs({ tags }: TaggedStack, { stackName: stack, tags: ours }: Intended): void {
  const [name, owner] = [tags[TAGS.sandbox], tags[TAGS.owner]];
  const taken = name === undefined ? 'a stack that is no sandbox' : `the sandbox ${name} of ${owner ?? 'nobody'}`;
  if (name !== ours[TAGS.sandbox] || owner !== ours[TAGS.owner])
    throw new SandboxError(`the name ${stack} is taken by ${taken}; give this sandbox another name with --owner`);
}
