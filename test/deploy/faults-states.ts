import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { join } from 'node:path';
import type { Step } from '../../sandbox/engine';
import { findSandboxes } from '../../sandbox/find';
import { clientsOf } from './clients';
import { deployAll, failsSaying, type Prepared, prepareSandbox } from './faults-sandbox';
import { type Gateway, startGateway } from './gateway';
import { HOME, type Surroundings } from './surroundings';

/** Stacks in states that an earlier run, or somebody else, left them in. */
export async function stackStates(surroundings: Surroundings): Promise<void> {
  const { checks, emulator } = surroundings;
  const offer = await prepareSandbox(surroundings);
  const tagsOf = new Map(new CloudAssembly(join(offer.folder, 'cdk.out')).stacks.map(({ stackName, tags }) => [stackName, tags]));
  const stack = (room: string) => `${offer.name}-${HOME}-${room}`;
  const { cloudformation: client } = clientsOf(emulator.endpoint, HOME);
  const waiter = { client, maxWaitTime: 30, minDelay: 1 };
  const ours = (StackName: string) => ({ StackName, Tags: Object.entries(tagsOf.get(StackName)!).map(([Key, Value]) => ({ Key, Value })) });

  const requireStatus = async (StackName: string, wanted: string) => {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    checks.check(Stacks?.[0]?.StackStatus === wanted, `${StackName} is in ${Stacks?.[0]?.StackStatus}, not in ${wanted}`);
  };

  // What the emulator gets into by itself: a stack that failed and was rolled back, and one of which there is a change set only.
  const refused = {
    Resources: { Route: { Type: 'AWS::Route53::RecordSet', Properties: { HostedZoneId: 'NONE', Name: 'a.b', Type: 'A' } } },
  };
  await client.send(new CreateStackCommand({ ...ours(stack('network')), TemplateBody: JSON.stringify(refused) }));
  // The waiter throws where the state says that it will not be.
  await waitUntilStackCreateComplete(waiter, { StackName: stack('network') }).catch(() => {});
  await requireStatus(stack('network'), 'ROLLBACK_COMPLETE');
  const topic = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  const changeSet = { ChangeSetName: 'left-over', ChangeSetType: 'CREATE' as const, TemplateBody: topic };
  await client.send(new CreateChangeSetCommand({ ...ours(stack('data')), ...changeSet }));
  await waitUntilChangeSetCreateComplete(waiter, { StackName: stack('data'), ChangeSetName: 'left-over' });
  await requireStatus(stack('data'), 'REVIEW_IN_PROGRESS');
  const stacks = Object.keys(await deployAll(offer));
  checks.check(
    stacks.length === offer.stacks,
    `over ROLLBACK_COMPLETE and REVIEW_IN_PROGRESS ${stacks.length} of ${offer.stacks} stacks came up`,
  );

  // What it does not get into: told by the gateway, until the stack is deleted or has been looked at a few times.
  for (const status of ['UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED'])
    await pretending(surroundings, stack('data'), status, Infinity, async () => {
      await failsSaying(surroundings, status, () => deployAll(offer), [
        new RegExp(`-data is in state ${status}`),
        /scaleprint sandbox down/,
      ]);
    });
  await pretending(surroundings, stack('data'), 'UPDATE_IN_PROGRESS', 3, async () => {
    const steps: Step[] = [];
    await deployAll(offer, (step) => steps.push(step));
    const waits = steps.filter(
      ({ stack: of, reason }) => of === stack('data') && reason?.includes('still at work on it (UPDATE_IN_PROGRESS)'),
    );
    checks.check(waits.length === 1, `of waiting for another run it says ${waits.length} lines`);
  });
  await pretending(surroundings, stack('operations'), 'ROLLBACK_FAILED', Infinity, async (gateway) => {
    const { length } = Object.keys(await deployAll(offer));
    const deletions = gateway.counts.get('cloudformation DeleteStack') ?? 0;
    checks.check(
      length === offer.stacks && deletions === 1,
      `over ROLLBACK_FAILED ${length} stacks came up, ${deletions} were deleted first`,
    );
  });
  await requireUp(surroundings, offer);
}

/** Has a stack seem to be in a state: at its first looks, or until it is deleted. */
async function pretending(
  { emulator }: Surroundings,
  stack: string,
  status: string,
  looks: number,
  run: (gateway: Gateway) => Promise<void>,
): Promise<void> {
  let left = looks;
  const gateway = await startGateway({
    emulator,
    rewrite: (call, answer) => {
      const asked = new URLSearchParams(call.body.toString()).get('StackName') ?? '';
      if (!asked.includes(stack)) return answer;
      if (call.action === 'DeleteStack') left = 0;
      if (call.action !== 'DescribeStacks' || left-- <= 0) return answer;
      const body = Buffer.from(answer.body.toString().replace(/(<StackStatus>)\w+/g, `$1${status}`));
      return { ...answer, headers: { ...answer.headers, 'content-length': String(body.length) }, body };
    },
  });
  const before = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = gateway.endpoint;
  try {
    await run(gateway);
  } finally {
    process.env.AWS_ENDPOINT_URL = before;
    await gateway.stop();
  }
}

async function requireUp({ checks, account }: Surroundings, { name, stacks }: Prepared): Promise<void> {
  const [sandbox] = (await findSandboxes(account)).filter((one) => one.name === name);
  const complete = sandbox?.stacks.filter(({ status }) => /^(CREATE|UPDATE)_COMPLETE$/.test(status)) ?? [];
  checks.check(complete.length === stacks, `${complete.length} of ${stacks} stacks are complete in the end`);
}
