import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type Stack,
  type Tag,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';

export const STACK = 'AWS::CloudFormation::Stack';
const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
const POLL_MILLISECONDS = 20;
/** What the gateway puts in place of what the emulator cannot do. */
const PLACEHOLDER = /:::placeholder-/;

/** What a stack's one resource answers. */
export interface Answers {
  /** `Ref`; of a stack its id. */
  id: string;
  /** By name. */
  attributes: ReadonlyMap<string, unknown>;
}

/** Stacks of one resource in the emulator, through its gateway, which takes out what the emulator cannot do. A stack is itself. */
export class OneStacks {
  constructor(private readonly cloudformation: CloudFormationClient) {}

  nameOf(type: string, desired: Record<string, unknown>, token: string): string {
    return type === STACK ? String(desired.StackName) : `cc-${token}`;
  }

  /** @param failed told what is left of a resource that failed, if anything */
  async create(
    StackName: string,
    type: string,
    desired: Record<string, unknown>,
    attributes: readonly string[],
    failed: (id: string) => void,
  ): Promise<Answers> {
    const DisableRollback = true;
    await this.cloudformation.send(
      new CreateStackCommand({
        ...{ StackName, Capabilities, DisableRollback },
        TemplateBody: bodyOf(type, desired, attributes),
        Tags: tagsOf(type, desired),
      }),
    );
    try {
      return answersOf(type, await this.settled(StackName));
    } catch (error) {
      if (type !== STACK) {
        await this.delete(StackName);
        throw error;
      }
      failed((await this.describe(StackName))!.StackId!);
      // All that a stack's handler says of what is in it.
      throw new Error('The following resource(s) failed to create: [Resource].');
    }
  }

  async update(StackName: string, type: string, desired: Record<string, unknown>, attributes: readonly string[]): Promise<Answers> {
    try {
      await this.cloudformation.send(
        new UpdateStackCommand({
          ...{ StackName, Capabilities },
          TemplateBody: bodyOf(type, desired, attributes),
          Tags: tagsOf(type, desired),
        }),
      );
    } catch (error) {
      if (!/No updates/.test((error as Error).message)) throw error;
    }
    return answersOf(type, await this.settled(StackName));
  }

  async delete(StackName: string): Promise<void> {
    await this.cloudformation.send(new DeleteStackCommand({ StackName }));
    for (;;) {
      const stack = await this.describe(StackName);
      if (!stack || stack.StackStatus === 'DELETE_COMPLETE') return;
      if (stack.StackStatus === 'DELETE_FAILED') throw new Error(await this.reasonOf(stack));
      await sleep(POLL_MILLISECONDS);
    }
  }

  async physicalId(StackName: string): Promise<string | undefined> {
    const { StackResources = [] } = await this.cloudformation.send(new DescribeStackResourcesCommand({ StackName }));
    return StackResources[0]?.PhysicalResourceId;
  }

  private async settled(name: string): Promise<Stack> {
    for (;;) {
      const stack = (await this.describe(name))!;
      if (/^(CREATE|UPDATE)_COMPLETE$/.test(stack.StackStatus!)) return stack;
      if (!stack.StackStatus!.endsWith('_IN_PROGRESS')) throw new Error(await this.reasonOf(stack));
      await sleep(POLL_MILLISECONDS);
    }
  }

  private async describe(StackName: string): Promise<Stack | undefined> {
    return this.cloudformation.send(new DescribeStacksCommand({ StackName })).then(
      ({ Stacks }) => Stacks?.[0],
      (error: Error) => {
        if (!/does not exist/.test(error.message)) throw error;
        return undefined;
      },
    );
  }

  private async reasonOf({ StackName, StackStatus, StackId }: Stack): Promise<string> {
    const { StackEvents = [] } = await this.cloudformation.send(new DescribeStackEventsCommand({ StackName }));
    const failed = StackEvents.filter((event) => event.ResourceStatus?.endsWith('_FAILED') && event.PhysicalResourceId !== StackId);
    return failed.at(-1)?.ResourceStatusReason ?? StackStatus!;
  }
}

/** A resource in a stack of the double's has its own in its properties. */
const tagsOf = (type: string, { Tags }: Record<string, unknown>): Tag[] | undefined => (type === STACK ? (Tags as Tag[]) : undefined);

/** The template of a stack of one resource. */
function bodyOf(type: string, desired: Record<string, unknown>, attributes: readonly string[]): string {
  if (type === STACK) return String(desired.TemplateBody);
  const outputs = attributes
    .filter((name) => !(name in desired))
    .map((name, i) => [`A${i}`, { Description: name, Value: { 'Fn::GetAtt': ['R', ...name.split('.', 1), ...name.split('.').slice(1)] } }]);
  const Outputs = { Ref: { Value: { Ref: 'R' } }, ...Object.fromEntries(outputs) };
  return JSON.stringify({ Resources: { R: { Type: type, Properties: desired } }, Outputs });
}

function answersOf(type: string, { StackName, StackId, Outputs = [] }: Stack): Answers {
  if (type === STACK) return { id: StackId!, attributes: new Map([['Outputs', Outputs]]) };
  const ref = Outputs.find(({ OutputKey }) => OutputKey === 'Ref')!.OutputValue!;
  // What is not there still needs an identifier of its own.
  const own = (value: string) => (PLACEHOLDER.test(value) ? `${value}-${StackName}` : value);
  const others = Outputs.flatMap(({ Description, OutputValue }) => (Description ? [[Description, own(OutputValue!)] as const] : []));
  return { id: own(ref), attributes: new Map(others) };
}
