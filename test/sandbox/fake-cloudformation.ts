import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListChangeSetsCommand,
  ListStackResourcesCommand,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { Account } from '../../sandbox/account';
import { TAGS } from '../../stacks/sandbox';

export const account: Account = {
  id: '123456789012',
  region: 'us-east-1',
  principalArn: 'arn:aws:iam::123456789012:user/alice',
  caller: 'alice',
  credentials: () => Promise.resolve({ accessKeyId: 'test', secretAccessKey: 'test' }),
};

/** A stack as a test describes it. */
export interface Given {
  name: string;
  region?: string;
  /** @default CREATE_COMPLETE */
  status?: string;
  tags?: Record<string, string>;
  outputs?: Record<string, string>;
  /** Logical ids. @default one */
  resources?: string[];
  exports?: string;
  imports?: string;
  /** Why each of the first deletions fails, of its first resource. @default none fails */
  fails?: string[];
  /** Resources that their deletion policy keeps. */
  keeps?: string[];
  /** Tags are those of its change set, as before the first deployment. */
  review?: boolean;
}

interface Held extends Given {
  region: string;
  stack: Stack;
  events: StackEvent[];
  /** Looks until the deletion that runs is over. */
  looks: number;
}

const CREATED = new Date('2026-11-22T10:00:00Z');
/** How often a deletion is looked at before it is over, so that two of them overlap. */
const LOOKS = 3;

/** CloudFormation of all regions, as far as sandboxes need it; it keeps a journal of what it was asked to delete and what went. */
export class FakeCloudFormation {
  readonly journal: string[] = [];
  /** What a region's calls fail with. */
  readonly off = new Map<string, Error>();
  private readonly held: Held[] = [];
  private clock = CREATED.getTime();

  constructor(stacks: readonly Given[]) {
    for (const given of stacks) {
      const { name, region = 'us-east-1', status = 'CREATE_COMPLETE', tags = {}, outputs = {} } = given;
      const stack: Stack = {
        StackName: name,
        StackId: `arn:aws:cloudformation:${region}:123456789012:stack/${name}/1`,
        StackStatus: (given.review ? 'REVIEW_IN_PROGRESS' : status) as never,
        CreationTime: CREATED,
        Tags: given.review ? [] : tagList(tags),
        Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
      };
      this.held.push({ ...given, region, stack, events: [], looks: LOOKS });
    }
  }

  /** Names of what is still there. */
  get names(): string[] {
    return this.held.filter(({ stack }) => stack.StackStatus !== 'DELETE_COMPLETE').map(({ name }) => name);
  }

  /** Something else than deletion happens to a stack. */
  become(name: string, status: string): void {
    this.held.find((held) => held.name === name)!.stack.StackStatus = status as never;
  }

  in = (region: string): CloudFormationClient => {
    const client = new CloudFormationClient({ region, credentials: account.credentials });
    client.send = ((command: { input: { StackName?: string; NextToken?: string } }) => {
      const off = this.off.get(region);
      return off ? Promise.reject(off) : Promise.resolve().then(() => this.answer(region, command));
    }) as never;
    return client;
  };

  private answer(region: string, command: { input: { StackName?: string; NextToken?: string } }): object {
    const name = command.input.StackName;
    const here = this.held.filter((held) => held.region === region);
    const found = here.find(({ stack }) => name !== undefined && [stack.StackId, stack.StackName].includes(name));
    if (command instanceof DescribeStacksCommand) {
      if (name) return { Stacks: [this.look(found!)] };
      // One a page, so that whoever forgets to turn pages is found out.
      const alive = here.filter(({ stack }) => stack.StackStatus !== 'DELETE_COMPLETE');
      const page = Number(command.input.NextToken ?? 0);
      return {
        Stacks: alive.slice(page, page + 1).map(({ stack }) => stack),
        NextToken: page + 1 < alive.length ? String(page + 1) : undefined,
      };
    }
    if (command instanceof DescribeStackEventsCommand) return { StackEvents: [...found!.events].reverse() };
    if (command instanceof ListStackResourcesCommand)
      return { StackResourceSummaries: resourcesOf(found!).map((LogicalResourceId) => ({ LogicalResourceId })) };
    if (command instanceof ListChangeSetsCommand) return { Summaries: [{ ChangeSetId: 'first' }] };
    if (command instanceof DescribeChangeSetCommand) return { Tags: tagList(found!.tags ?? {}) };
    if (command instanceof DeleteStackCommand) return this.delete(found!);
    throw new Error(`not expected: ${command.constructor.name}`);
  }

  private delete(held: Held): object {
    const { name, stack } = held;
    this.journal.push(`delete ${name}`);
    if (stack.EnableTerminationProtection)
      throw named('ValidationError', `Stack [${name}] cannot be deleted while TerminationProtection is enabled`);
    const importer = held.exports && this.held.find((other) => other.imports === held.exports && this.names.includes(other.name));
    if (importer) {
      // As AWS does: the stack stays as it was, and says why.
      this.event(held, stack.StackStatus!, undefined, `Export ${held.exports} cannot be deleted as it is in use by ${importer.name}`);
      return {};
    }
    stack.StackStatus = 'DELETE_IN_PROGRESS';
    held.looks = LOOKS;
    this.event(held, 'DELETE_IN_PROGRESS');
    return {};
  }

  /** Each look at a stack brings its deletion a step further. */
  private look(held: Held): Stack {
    const { stack, name, fails = [], keeps = [] } = held;
    if (stack.StackStatus !== 'DELETE_IN_PROGRESS' || --held.looks > 0) return stack;
    const [first, ...others] = resourcesOf(held);
    const reason = fails.shift();
    if (reason) {
      this.event(held, 'DELETE_FAILED', others[0] ?? first, 'Resource deletion cancelled');
      this.event(held, 'DELETE_FAILED', first, reason);
      stack.StackStatus = 'DELETE_FAILED';
      this.event(held, 'DELETE_FAILED', undefined, `The following resource(s) failed to delete: [${first}].`);
    } else {
      for (const resource of [first!, ...others])
        this.event(held, keeps.includes(resource) ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE', resource);
      stack.StackStatus = 'DELETE_COMPLETE';
      this.event(held, 'DELETE_COMPLETE');
      this.journal.push(`gone ${name}`);
    }
    return stack;
  }

  private event({ stack, events }: Held, ResourceStatus: string, resource?: string, ResourceStatusReason?: string): void {
    events.push({
      StackId: stack.StackId,
      StackName: stack.StackName,
      EventId: String(events.length),
      Timestamp: new Date((this.clock += 1000)),
      LogicalResourceId: resource ?? stack.StackName,
      PhysicalResourceId: resource ? `physical-${resource}` : stack.StackId,
      ResourceType: resource ? 'AWS::Some::Thing' : 'AWS::CloudFormation::Stack',
      ResourceStatus: ResourceStatus as never,
      ResourceStatusReason,
    });
  }
}

const resourcesOf = ({ resources = ['Thing'] }: Given): string[] => resources;

const tagList = (tags: Record<string, string>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const named = (name: string, message = name): Error => Object.assign(new Error(message), { name });

/** A stack of a sandbox. */
export function given(
  room: string,
  { sandbox = 'shop-launch-alice', region = 'us-east-1', ...more }: Partial<Given> & { sandbox?: string } = {},
): Given {
  const exported = `${sandbox}-expiry`;
  return {
    name: `${sandbox}-${region}-${room}`,
    region,
    tags: {
      [TAGS.sandbox]: sandbox,
      [TAGS.owner]: 'alice',
      [TAGS.system]: 'shop',
      [TAGS.stage]: 'launch',
      [TAGS.expires]: '2026-11-22T14:00:00Z',
      [TAGS.room]: room,
    },
    ...(room === 'expiry' ? { exports: exported } : { imports: exported }),
    ...more,
  };
}
