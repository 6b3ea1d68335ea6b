import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteStackCommand, DescribeStacksCommand, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { GetScheduleCommand, type GetScheduleCommandOutput, paginateListSchedules } from '@aws-sdk/client-scheduler';
import type { Checks } from './checks';
import type { Clients } from './clients';
import { ACCOUNT } from './emulator';
import type { Inspected } from './inspection';
import { refusal } from './role';

/** What a universal target of EventBridge Scheduler calls. */
const DELETE_STACK = 'arn:aws:scheduler:::aws-sdk:cloudformation:deleteStack';
const MINUTE = 60_000;
/** Firings of the clock after which a sandbox has to be gone: one for each level of its stacks, and as many to try again. */
const MOST_FIRINGS = 12;

/**
 * Plays EventBridge Scheduler, which the emulator keeps but does not fire: goes through time from the first schedule's start in steps of its
 * rate, and makes each call that is due as its target says, if its role may.
 * @returns minutes from the first firing until no stack was left
 */
export async function playSchedules(stacks: readonly Inspected[], checks: Checks): Promise<number> {
  const clients = [...new Set(stacks.map((stack) => stack.clients))];
  const told = new Map((await Promise.all(stacks.map(toldBy))).flat());
  const startOf = ({ Name }: GetScheduleCommandOutput) => told.get(Name!)!.start;
  const all = (await Promise.all(clients.map(schedulesOf))).flat();
  checks.check(all.length === stacks.length, `${stacks.length} stacks have ${all.length} schedules`);
  for (const { Name, Target, ScheduleExpression, State } of all) {
    checks.check(Target?.Arn === DELETE_STACK, `schedule ${Name} calls ${Target?.Arn}`);
    checks.check(ScheduleExpression === 'rate(10 minutes)', `schedule ${Name} fires at ${ScheduleExpression}`);
    checks.check(State === 'ENABLED', `schedule ${Name} is ${State}`);
    const { refused } = told.get(Name!)!;
    checks.check(refused === undefined, `schedule ${Name} may not do what it is for: ${refused}`);
  }
  const first = Math.min(...all.map(startOf));
  for (let firing = 0; firing < MOST_FIRINGS; firing++) {
    const now = first + firing * 10 * MINUTE;
    for (const one of clients) {
      // What went with the expiry stack fires no more.
      const due = (await schedulesOf(one)).filter((schedule) => startOf(schedule) <= now);
      for (const { Name, Target } of due)
        if (!told.get(Name!)!.refused) await call(one, JSON.parse(Target!.Input!) as { StackName: string });
    }
    await settled(clients);
    if ((await stacksOf(clients)).length === 0) return firing * 10;
  }
  throw new Error(`stacks are left after ${MOST_FIRINGS} firings: ${(await stacksOf(clients)).join(', ')}`);
}

/** Refusals are the next firing's business, as in AWS. */
async function call({ cloudformation }: Clients, input: { StackName: string }): Promise<void> {
  await cloudformation.send(new DeleteStackCommand(input)).catch((error: Error) => {
    if (error.name !== 'ValidationError') throw error;
  });
}

async function schedulesOf({ scheduler: client }: Clients): Promise<GetScheduleCommandOutput[]> {
  const found: GetScheduleCommandOutput[] = [];
  for await (const { Schedules = [] } of paginateListSchedules({ client }, {}))
    for (const { Name, GroupName } of Schedules) found.push(await client.send(new GetScheduleCommand({ Name, GroupName })));
  return found;
}

/** What a template tells of a schedule. */
interface Told {
  /** When it first fires, which the emulator forgets. */
  start: number;
  /** Why its role may not delete its stack. */
  refused: string | undefined;
}

/** By the schedules' names. */
async function toldBy({ known, clients: { cloudformation } }: Inspected): Promise<[string, Told][]> {
  const { region, template } = known;
  const schedules = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
  return Promise.all(
    schedules.map(async ({ Properties = {} }): Promise<[string, Told]> => {
      const { RoleArn, Input } = Properties.Target as { RoleArn: { 'Fn::GetAtt': [string, string] }; Input: string };
      const { StackName } = JSON.parse(Input) as { StackName: string };
      const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
      const group = known.ids.get((Properties.GroupName as { Ref: string }).Ref);
      const request = {
        service: 'scheduler.amazonaws.com',
        context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': `arn:aws:scheduler:${region}:${ACCOUNT}:schedule-group/${group}` },
        action: 'cloudformation:DeleteStack',
        resource: Stacks[0]!.StackId!,
      };
      const refused = refusal(RoleArn['Fn::GetAtt'][0], request, known);
      return [String(Properties.Name), { start: Date.parse(String(Properties.StartDate)), refused }];
    }),
  );
}

/** Stacks other than the CDK's own, with their status. */
async function stacksOf(clients: readonly Clients[]): Promise<string[]> {
  const stacks: string[] = [];
  for (const { cloudformation: client } of clients)
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}))
      stacks.push(...Stacks.filter((s) => s.StackName !== 'CDKToolkit').map((s) => `${s.StackName} ${s.StackStatus}`));
  return stacks;
}

async function settled(clients: readonly Clients[]): Promise<void> {
  while ((await stacksOf(clients)).some((stack) => stack.endsWith('_IN_PROGRESS'))) await sleep(50);
}
