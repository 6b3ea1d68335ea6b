import { aws_iam as iam, Stack } from 'aws-cdk-lib';

/** Where the interfaces of a service are. */
export interface StreamNetwork {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

/**
 * Lets a role make, use and remove the network interfaces of an application, in its own subnets and with its own security group alone
 * (https://docs.aws.amazon.com/managed-flink/latest/java/vpc-permissions.html, 2026-11-22, where all are allowed everywhere).
 */
export function attachToNetwork(role: iam.Role, { vpcId, subnetIds, securityGroupId }: StreamNetwork): void {
  const arn = (resource: string, resourceName: string) => Stack.of(role).formatArn({ service: 'ec2', resource, resourceName });
  const interfaces = arn('network-interface', '*');
  const allow = (statement: iam.PolicyStatementProps) => role.addToPolicy(new iam.PolicyStatement(statement));
  allow({
    actions: ['Vpcs', 'Subnets', 'SecurityGroups', 'DhcpOptions', 'NetworkInterfaces'].map((what) => `ec2:Describe${what}`),
    resources: ['*'],
  });
  allow({
    actions: ['ec2:CreateNetworkInterface'],
    resources: [interfaces, ...subnetIds.map((id) => arn('subnet', id)), arn('security-group', securityGroupId)],
  });
  allow({
    actions: ['ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface'],
    resources: [interfaces],
    conditions: { ArnEquals: { 'ec2:Vpc': arn('vpc', vpcId) } },
  });
}
