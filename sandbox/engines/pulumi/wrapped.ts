import { createHash } from 'node:crypto';
import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import * as pulumi from '@pulumi/pulumi';
import { TAGS } from '../../../stacks/sandbox';
import type { Account } from '../../account';
import type { BridgedStack, Resource } from './assembly';

/** Of a stack's name: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html (2026-11-22). */
const MOST_CHARACTERS = 128;
/** Its logical id there. */
const RESOURCE = 'Resource';

/**
 * A resource in a stack of its own, for the types of WRAPPED. Should it fail, the stack is not rolled back, because a stack that has been
 * cannot be updated. It is tagged, so that whoever looks for sandboxes without Pulumi's state finds this one.
 * @param asked what others ask of it: `Ref`, or names of attributes
 */
export function wrapped(
  name: string,
  { tags }: BridgedStack,
  { Type }: Resource,
  properties: pulumi.Input<unknown>,
  asked: ReadonlySet<string>,
) {
  const outputs = [...asked].map((what) => [
    keyOf(what),
    { Value: what === 'Ref' ? { Ref: RESOURCE } : { 'Fn::GetAtt': [RESOURCE, what] } },
  ]);
  const resource = { Type, Properties: properties, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' };
  const TemplateBody = pulumi.jsonStringify({ Resources: { [RESOURCE]: resource }, Outputs: Object.fromEntries(outputs) });
  const Tags = Object.entries({ ...tags, [TAGS.engine]: 'pulumi' }).map(([Key, Value]) => ({ Key, Value }));
  return {
    type: 'AWS::CloudFormation::Stack',
    properties: {
      StackName: stackNameOf(name),
      TemplateBody,
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      DisableRollback: true,
      Tags,
    },
    createOnly: ['StackName'],
    writeOnly: [],
  };
}

/** What a resource in a stack of its own answers. */
export function wrappedAttribute(stack: Record<string, unknown>, what: string): unknown {
  const outputs = (stack.Outputs ?? []) as { OutputKey: string; OutputValue: string }[];
  return outputs.find(({ OutputKey }) => OutputKey === keyOf(what))?.OutputValue;
}

/** What the resource in a stack of its own failed with; undefined where its stack does not tell. */
export async function reasonOf(name: string, region: string, { credentials }: Account): Promise<string | undefined> {
  const client = new CloudFormationClient({ region, credentials });
  try {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stackNameOf(name) }));
    const failed = StackEvents.filter((event) => event.LogicalResourceId === RESOURCE && event.ResourceStatus?.endsWith('_FAILED'));
    return failed[0]?.ResourceStatusReason;
  } catch {
    // It has told enough: this stack was not even begun.
    return undefined;
  } finally {
    client.destroy();
  }
}

/** Keys of outputs are letters and digits. */
const keyOf = (what: string): string => what.replace(/\W/g, '');

function stackNameOf(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9-]/g, '-');
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return plain.length <= MOST_CHARACTERS ? plain : `${plain.slice(0, MOST_CHARACTERS - hash.length - 1)}-${hash}`;
}
