import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  paginateListStackResources,
  type Tag,
  UpdateStackCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import type { Template } from './template';

const CHANGE_SET = 'test-deploy';
const Capabilities = ['CAPABILITY_IAM' as const, 'CAPABILITY_NAMED_IAM' as const];

/** A stack as it goes to CloudFormation. */
export interface Deployable {
  name: string;
  template: Template;
  parameters: Record<string, string>;
  tags: Record<string, string>;
}

/**
 * Creates a stack the way `cdk deploy` does: change set, wait, execute, wait. The template goes inline: the emulator was seen to take a megabyte.
 * @returns the outputs
 * @throws {Error} when any step fails or takes longer than 30 seconds
 */
export async function deploy(
  client: CloudFormationClient,
  { name, template, parameters, tags }: Deployable,
): Promise<Record<string, string>> {
  const StackName = name;
  const Parameters = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  const Tags = Object.entries(tags).map(([Key, Value]): Tag => ({ Key, Value }));
  const TemplateBody = JSON.stringify(template);
  const ChangeSetName = CHANGE_SET;
  const input = { StackName, ChangeSetName, TemplateBody, Parameters, Tags, Capabilities, ChangeSetType: 'CREATE' as const };
  await client.send(new CreateChangeSetCommand(input));
  await waitUntilChangeSetCreateComplete(waiting(client), { StackName, ChangeSetName });
  await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
  await waitUntilStackCreateComplete(waiting(client), { StackName });
  const expected = Object.keys(template.Outputs ?? {});
  if (expected.length > 0 && Object.keys(await outputsOf(client, name)).length === 0) {
    // The emulator (moto 5.2.5) computes outputs on UpdateStack only; an update that changes nothing but metadata brings them about.
    const Metadata = { ...template.Metadata, outputs: 'wanted' };
    await client.send(
      new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify({ ...template, Metadata }), Parameters, Capabilities }),
    );
  }
  const outputs = await outputsOf(client, name);
  const missing = expected.filter((key) => !(key in outputs));
  if (missing.length > 0) throw new Error(`stack ${name} is created but has no output ${missing.join(', ')}`);
  return outputs;
}

/** Deletes a stack and waits until it is gone. @throws {Error} when that fails or takes longer than 30 seconds */
export async function remove(client: CloudFormationClient, name: string): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName: name }));
  await waitUntilStackDeleteComplete(waiting(client), { StackName: name });
}

export async function exists(client: CloudFormationClient, name: string): Promise<boolean> {
  return client.send(new DescribeStacksCommand({ StackName: name })).then(
    ({ Stacks }) => (Stacks ?? []).some(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE'),
    (error: Error) => {
      if (/does not exist/.test(error.message)) return false;
      throw error;
    },
  );
}

/** Physical ids by logical id, of what CloudFormation says it created; empty where it gives none. */
export async function physicalIds(client: CloudFormationClient, name: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const page of paginateListStackResources({ client }, { StackName: name }))
    for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? [])
      if (LogicalResourceId && ResourceStatus === 'CREATE_COMPLETE') ids.set(LogicalResourceId, PhysicalResourceId ?? '');
  return ids;
}

async function outputsOf(client: CloudFormationClient, name: string): Promise<Record<string, string>> {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
  return Object.fromEntries(
    (Stacks?.[0]?.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) => (OutputValue ? [[OutputKey, OutputValue]] : [])),
  );
}

const waiting = (client: CloudFormationClient) => ({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 });
