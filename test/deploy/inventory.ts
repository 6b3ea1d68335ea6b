import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { ListWorkGroupsCommand } from '@aws-sdk/client-athena';
import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { ListCachePoliciesCommand, ListDistributionsCommand, ListOriginAccessControlsCommand } from '@aws-sdk/client-cloudfront';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeResourcePoliciesCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeLaunchTemplatesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { ListClustersCommand } from '@aws-sdk/client-eks';
import {
  DescribeCacheParameterGroupsCommand,
  DescribeCacheSubnetGroupsCommand,
  DescribeReplicationGroupsCommand,
  DescribeSnapshotsCommand,
} from '@aws-sdk/client-elasticache';
import { DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetDatabasesCommand } from '@aws-sdk/client-glue';
import { ListInstanceProfilesCommand, paginateListRoles } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, paginateListKeys } from '@aws-sdk/client-kms';
import { ListEventSourceMappingsCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListDomainNamesCommand } from '@aws-sdk/client-opensearch';
import {
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
} from '@aws-sdk/client-rds';
import { ListResourceRecordSetsCommand, paginateListHostedZones } from '@aws-sdk/client-route-53';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListScheduleGroupsCommand, ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { ListConfigurationSetsCommand } from '@aws-sdk/client-sesv2';
import { ListSubscriptionsCommand, ListTopicsCommand } from '@aws-sdk/client-sns';
import { ListWebACLsCommand } from '@aws-sdk/client-wafv2';
import type { Clients } from './clients';

type Lister = (clients: Clients) => Promise<(string | undefined)[]>;

const collected = async <T>(pages: AsyncIterable<T>, itemsOf: (page: T) => (string | undefined)[]) => {
  const items: (string | undefined)[] = [];
  for await (const page of pages) items.push(...itemsOf(page));
  return items;
};

/** What services hold in a region, by their own lists. Pages matter only where a stack has hundreds of a kind. */
const LISTERS: Readonly<Record<string, Lister>> = {
  address: async ({ ec2 }) => (await ec2.send(new DescribeAddressesCommand({}))).Addresses?.map((x) => x.AllocationId) ?? [],
  alarm: async ({ cloudwatch }) => (await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms?.map((x) => x.AlarmName) ?? [],
  balancer: async ({ elb }) => (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers?.map((x) => x.LoadBalancerArn) ?? [],
  bucket: async ({ s3 }) => (await s3.send(new ListBucketsCommand({}))).Buckets?.map((x) => x.Name) ?? [],
  'cache group': async (c) =>
    (await c.elasticache.send(new DescribeReplicationGroupsCommand({}))).ReplicationGroups?.map((x) => x.ReplicationGroupId) ?? [],
  'cache parameters': async (c) =>
    (await c.elasticache.send(new DescribeCacheParameterGroupsCommand({}))).CacheParameterGroups?.map((x) => x.CacheParameterGroupName) ??
    [],
  'cache policy': async ({ cloudfront }) =>
    (await cloudfront.send(new ListCachePoliciesCommand({ Type: 'custom' }))).CachePolicyList?.Items?.map((x) => x.CachePolicy?.Id) ?? [],
  'cache snapshot': async ({ elasticache }) =>
    (await elasticache.send(new DescribeSnapshotsCommand({}))).Snapshots?.map((x) => x.SnapshotName) ?? [],
  'cache subnets': async (c) =>
    (await c.elasticache.send(new DescribeCacheSubnetGroupsCommand({}))).CacheSubnetGroups?.map((x) => x.CacheSubnetGroupName) ?? [],
  catalogue: async ({ glue }) => (await glue.send(new GetDatabasesCommand({}))).DatabaseList?.map((x) => x.Name) ?? [],
  certificate: async ({ acm }) =>
    (await acm.send(new ListCertificatesCommand({}))).CertificateSummaryList?.map((x) => x.CertificateArn) ?? [],
  cluster: async ({ eks }) => (await eks.send(new ListClustersCommand({}))).clusters ?? [],
  'configuration set': async ({ ses }) => (await ses.send(new ListConfigurationSetsCommand({}))).ConfigurationSets ?? [],
  'database cluster': async ({ rds }) =>
    (await rds.send(new DescribeDBClustersCommand({}))).DBClusters?.map((x) => x.DBClusterIdentifier) ?? [],
  'database cluster parameters': async ({ rds }) =>
    (await rds.send(new DescribeDBClusterParameterGroupsCommand({}))).DBClusterParameterGroups?.map((x) => x.DBClusterParameterGroupName) ??
    [],
  'database cluster snapshot': async ({ rds }) =>
    (await rds.send(new DescribeDBClusterSnapshotsCommand({}))).DBClusterSnapshots?.map((x) => x.DBClusterSnapshotIdentifier) ?? [],
  'database instance': async ({ rds }) =>
    (await rds.send(new DescribeDBInstancesCommand({}))).DBInstances?.map((x) => x.DBInstanceIdentifier) ?? [],
  'database parameters': async ({ rds }) =>
    (await rds.send(new DescribeDBParameterGroupsCommand({}))).DBParameterGroups?.map((x) => x.DBParameterGroupName) ?? [],
  'database snapshot': async ({ rds }) =>
    (await rds.send(new DescribeDBSnapshotsCommand({}))).DBSnapshots?.map((x) => x.DBSnapshotIdentifier) ?? [],
  'database subnets': async ({ rds }) =>
    (await rds.send(new DescribeDBSubnetGroupsCommand({}))).DBSubnetGroups?.map((x) => x.DBSubnetGroupName) ?? [],
  distribution: async ({ cloudfront }) =>
    (await cloudfront.send(new ListDistributionsCommand({}))).DistributionList?.Items?.map((x) => x.Id) ?? [],
  endpoint: async ({ ec2 }) => (await ec2.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints?.map((x) => x.VpcEndpointId) ?? [],
  firewall: async ({ waf }) => {
    const scopes = ['CLOUDFRONT', 'REGIONAL'] as const;
    const lists = await Promise.all(scopes.map((Scope) => waf.send(new ListWebACLsCommand({ Scope }))));
    return lists.flatMap(({ WebACLs = [] }) => WebACLs.map((x) => x.ARN));
  },
  'event source': async ({ lambda }) =>
    (await lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings?.map((x) => x.UUID) ?? [],
  'flow log': async ({ ec2 }) => (await ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs?.map((x) => x.FlowLogId) ?? [],
  function: async ({ lambda }) => (await lambda.send(new ListFunctionsCommand({}))).Functions?.map((x) => x.FunctionName) ?? [],
  instance: async ({ ec2 }) =>
    ((await ec2.send(new DescribeInstancesCommand({}))).Reservations ?? [])
      .flatMap(({ Instances = [] }) => Instances)
      .flatMap(({ InstanceId, State }) => (State?.Name === 'terminated' ? [] : [InstanceId])),
  'instance profile': async ({ iam }) =>
    (await iam.send(new ListInstanceProfilesCommand({}))).InstanceProfiles?.map((x) => x.InstanceProfileName) ?? [],
  'internet gateway': async ({ ec2 }) =>
    (await ec2.send(new DescribeInternetGatewaysCommand({}))).InternetGateways?.map((x) => x.InternetGatewayId) ?? [],
  key: async ({ kms: client }) => {
    const ids = await collected(paginateListKeys({ client }, {}), ({ Keys = [] }) => Keys.map((x) => x.KeyId));
    const states = await Promise.all(
      ids.map(async (KeyId) => (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState),
    );
    return ids.filter((_, i) => states[i] !== 'PendingDeletion');
  },
  'launch template': async ({ ec2 }) =>
    (await ec2.send(new DescribeLaunchTemplatesCommand({}))).LaunchTemplates?.map((x) => x.LaunchTemplateId) ?? [],
  'log group': ({ logs: client }) =>
    collected(paginateDescribeLogGroups({ client }, {}), ({ logGroups = [] }) => logGroups.map((x) => x.logGroupName)),
  'log policy': async ({ logs }) =>
    (await logs.send(new DescribeResourcePoliciesCommand({}))).resourcePolicies?.map((x) => x.policyName) ?? [],
  'NAT gateway': async ({ ec2 }) =>
    ((await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways ?? []).flatMap(({ NatGatewayId, State }) =>
      State === 'deleted' ? [] : [NatGatewayId],
    ),
  network: async ({ ec2 }) => (await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.map((x) => x.VpcId) ?? [],
  'network interface': async ({ ec2 }) =>
    (await ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces?.map((x) => x.NetworkInterfaceId) ?? [],
  'origin access': async ({ cloudfront }) =>
    (await cloudfront.send(new ListOriginAccessControlsCommand({}))).OriginAccessControlList?.Items?.map((x) => x.Id) ?? [],
  record: async ({ route53: client }) => {
    const zones = await collected(paginateListHostedZones({ client }, {}), ({ HostedZones = [] }) => HostedZones.map((x) => x.Id));
    const records = zones.map(async (HostedZoneId) => {
      const { ResourceRecordSets = [] } = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
      return ResourceRecordSets.map(({ Name, Type }) => `${HostedZoneId} ${Name} ${Type}`);
    });
    return (await Promise.all(records)).flat();
  },
  repository: async ({ ecr }) => (await ecr.send(new DescribeRepositoriesCommand({}))).repositories?.map((x) => x.repositoryName) ?? [],
  role: ({ iam: client }) => collected(paginateListRoles({ client }, {}), ({ Roles = [] }) => Roles.map((x) => x.RoleName)),
  'route table': async ({ ec2 }) => (await ec2.send(new DescribeRouteTablesCommand({}))).RouteTables?.map((x) => x.RouteTableId) ?? [],
  'scaling group': async ({ autoscaling }) =>
    (await autoscaling.send(new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups?.map((x) => x.AutoScalingGroupName) ?? [],
  schedule: async ({ scheduler }) => (await scheduler.send(new ListSchedulesCommand({}))).Schedules?.map((x) => x.Name) ?? [],
  'schedule group': async ({ scheduler }) =>
    (await scheduler.send(new ListScheduleGroupsCommand({}))).ScheduleGroups?.map((x) => x.Name) ?? [],
  'search domain': async ({ opensearch }) =>
    (await opensearch.send(new ListDomainNamesCommand({}))).DomainNames?.map((x) => x.DomainName) ?? [],
  secret: async ({ secrets }) => (await secrets.send(new ListSecretsCommand({}))).SecretList?.map((x) => x.ARN) ?? [],
  'security group': async ({ ec2 }) => (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups?.map((x) => x.GroupId) ?? [],
  subscription: async ({ sns }) => (await sns.send(new ListSubscriptionsCommand({}))).Subscriptions?.map((x) => x.SubscriptionArn) ?? [],
  subnet: async ({ ec2 }) => (await ec2.send(new DescribeSubnetsCommand({}))).Subnets?.map((x) => x.SubnetId) ?? [],
  'target group': async ({ elb }) => (await elb.send(new DescribeTargetGroupsCommand({}))).TargetGroups?.map((x) => x.TargetGroupArn) ?? [],
  topic: async ({ sns }) => (await sns.send(new ListTopicsCommand({}))).Topics?.map((x) => x.TopicArn) ?? [],
  volume: async ({ ec2 }) => (await ec2.send(new DescribeVolumesCommand({}))).Volumes?.map((x) => x.VolumeId) ?? [],
  'work group': async ({ athena }) => (await athena.send(new ListWorkGroupsCommand({}))).WorkGroups?.map((x) => x.Name) ?? [],
};

/**
 * Kinds that no stage at its full size comes to: what services make when something is deleted, interfaces, of which the emulator makes none by
 * itself, and what ends sandboxes.
 */
const NOT_OF_STAGES = [
  'cache snapshot',
  'database cluster snapshot',
  'database snapshot',
  'network interface',
  'schedule',
  'schedule group',
];

/** Everything the services list in a region, each as `kind: id`, whether a template names it or a service made it by itself. */
export async function inventory(clients: Clients): Promise<string[]> {
  const lists = Object.entries(LISTERS).map(async ([kind, list]) => (await list(clients)).map((id) => `${kind}: ${id}`));
  return (await Promise.all(lists)).flat().sort();
}

/** Kinds of which nothing was listed while stages were up, so that nobody knows whether anything left would be. */
export function unseenKinds(listed: readonly string[]): string[] {
  const seen = new Set(listed.map((item) => item.slice(0, item.indexOf(':'))));
  return Object.keys(LISTERS).filter((kind) => !seen.has(kind) && !NOT_OF_STAGES.includes(kind));
}
