import { App, aws_ec2 as ec2, aws_iam as iam, aws_kms as kms, Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import type { Access } from '../../constructs/access';
import type { ManagedService } from '../../constructs/managed-service';
import { USAGE_KEY } from '../../cost/usage';

/** A stack with an existing network and a key, as any app would hand them to a construct. */
export function surroundings() {
  const stack = new Stack(new App(), 'Test', { env: { account: '111111111111', region: 'us-east-1' } });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    isolatedSubnetIds: ['subnet-a', 'subnet-b', 'subnet-c'],
  });
  const encryptionKey = new kms.Key(stack, 'Key');
  const network = {
    vpc,
    subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-1'),
  };
  return { stack, encryptionKey, network };
}

/** Gives a role of its own one access, to be read back by {@link statements}. */
export function caller(service: ManagedService, id: string, access: Access): void {
  const role = new iam.Role(Stack.of(service), id, { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });
  service.grant(role, access);
}

interface Statement {
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

/** Everything a role may do. */
export function statements(template: Template, role: string): Statement[] {
  const [policy] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith(`${role}DefaultPolicy`));
  return policy![1].Properties.PolicyDocument.Statement;
}

export const actions = (template: Template, role: string): string[] => statements(template, role).flatMap((s) => s.Action);

/** The one resource of a type whose logical id starts like this. */
export function resource(
  template: Template,
  type: string,
  startsWith: string,
): { Properties: any; Metadata?: any; DeletionPolicy?: string } {
  const found = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(startsWith));
  if (found.length !== 1) throw new Error(`${found.length} resources of ${type} start with ${startsWith}`);
  return found[0]![1] as never;
}

export const usageOf = (template: Template, type: string, startsWith: string): unknown =>
  resource(template, type, startsWith).Metadata?.[USAGE_KEY];

/** Resources of the template that may not be there: code that would run in the account. */
export const customCode = (template: Template): string[] =>
  Object.values(template.toJSON().Resources as Record<string, { Type: string }>)
    .map(({ Type }) => Type)
    .filter((type) => type.startsWith('Custom::') || type === 'AWS::Lambda::Function' || type === 'AWS::CloudFormation::CustomResource');

/** A reference to the test's key. */
export const KEY_ARN = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };

/** Use of the key through one service. */
export const viaService = (service: string, action: string | string[]) => ({
  Action: action,
  Effect: 'Allow',
  Resource: KEY_ARN,
  Condition: { StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` } },
});
