import {
  CloudFormationClient,
  DescribeChangeSetCommand,
  ListChangeSetsCommand,
  paginateDescribeStacks,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { Account } from './account';

/** CloudFormation of a region; whoever asked for it keeps it until the process ends. */
export type CloudFormationIn = (region: string) => CloudFormationClient;

/** Clients of an account, one a region. Deleting polls several stacks at once, which AWS throttles: it is patient. */
export function cloudFormationOf({ credentials }: Account): CloudFormationIn {
  const clients = new Map<string, CloudFormationClient>();
  return (region) => {
    const client = clients.get(region) ?? new CloudFormationClient({ region, credentials, maxAttempts: 8, retryMode: 'adaptive' });
    clients.set(region, client);
    return client;
  };
}

/** A stack, and its tags by key. */
export interface TaggedStack {
  stack: Stack;
  tags: Readonly<Record<string, string>>;
}

/**
 * All stacks of a region, or the one named, if it exists.
 * @param name name or ARN; of a deleted stack the ARN
 */
export async function describeStacks(client: CloudFormationClient, name?: string): Promise<TaggedStack[]> {
  const stacks: TaggedStack[] = [];
  try {
    for await (const page of paginateDescribeStacks({ client }, { StackName: name }))
      for (const stack of page.Stacks ?? []) stacks.push({ stack, tags: await tagsOf(client, stack) });
  } catch (error) {
    if (name && (error as Error).name === 'ValidationError' && /does not exist/.test((error as Error).message)) return [];
    throw error;
  }
  return stacks;
}

/** A stack gets its tags when its first change set is executed; until then the change set has them. */
async function tagsOf(client: CloudFormationClient, { Tags = [], StackStatus, StackId }: Stack): Promise<TaggedStack['tags']> {
  if (Tags.length > 0 || StackStatus !== 'REVIEW_IN_PROGRESS') return Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  try {
    const { Summaries = [] } = await client.send(new ListChangeSetsCommand({ StackName: StackId }));
    const [first] = Summaries;
    if (!first) return {};
    const changeSet = await client.send(new DescribeChangeSetCommand({ StackName: StackId, ChangeSetName: first.ChangeSetId }));
    return Object.fromEntries((changeSet.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  } catch (error) {
    // Executed or deleted since it was listed.
    if (/ChangeSetNotFound|does not exist/.test(`${(error as Error).name} ${(error as Error).message}`)) return {};
    throw error;
  }
}
