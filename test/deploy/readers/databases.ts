import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeCacheClustersCommand,
  DescribeCacheParameterGroupsCommand,
  DescribeCacheParametersCommand,
  DescribeCacheSubnetGroupsCommand,
  DescribeReplicationGroupsCommand,
  ListTagsForResourceCommand as ListCacheTagsCommand,
} from '@aws-sdk/client-elasticache';
import { DescribeDomainCommand, ListTagsCommand } from '@aws-sdk/client-opensearch';
import {
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterParametersCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBParametersCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-rds';
import type { Clients } from '../clients';
import { policyOf, type Readers } from './reader';

/** Databases, caches and search domains. */
export const databaseReaders: Readers = {
  'AWS::DynamoDB::GlobalTable': async ({ clients: { dynamodb }, id: TableName }) => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
    const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
    const { Tags } = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
    const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    return (
      Table && {
        ...Table,
        BillingMode: Table.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
        SSESpecification: { SSEEnabled: Table.SSEDescription?.Status === 'ENABLED', SSEType: Table.SSEDescription?.SSEType },
        TimeToLiveSpecification: {
          AttributeName: TimeToLiveDescription?.AttributeName,
          Enabled: TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED',
        },
        // The replica of the region that is asked.
        Replicas: [
          {
            Region: await dynamodb.config.region(),
            DeletionProtectionEnabled: Table.DeletionProtectionEnabled,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: recovery?.PointInTimeRecoveryStatus === 'ENABLED' },
            SSESpecification: { KMSMasterKeyId: Table.SSEDescription?.KMSMasterKeyArn },
            Tags,
          },
        ],
      }
    );
  },
  'AWS::RDS::DBInstance': async ({ clients: { rds }, id }) => {
    const { DBInstances: [instance] = [] } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }));
    return (
      instance && {
        ...instance,
        DBParameterGroupName: instance.DBParameterGroups?.[0]?.DBParameterGroupName,
        DBSubnetGroupName: instance.DBSubnetGroup?.DBSubnetGroupName,
        EnableCloudwatchLogsExports: instance.EnabledCloudwatchLogsExports,
        EnableIAMDatabaseAuthentication: instance.IAMDatabaseAuthenticationEnabled,
        EnablePerformanceInsights: instance.PerformanceInsightsEnabled ?? false,
        ManageMasterUserPassword: instance.MasterUserSecret !== undefined,
        PerformanceInsightsKMSKeyId: instance.PerformanceInsightsKMSKeyId,
        Port: instance.Endpoint?.Port,
        SourceDBInstanceIdentifier: instance.ReadReplicaSourceDBInstanceIdentifier,
        Tags: instance.TagList,
        VPCSecurityGroups: instance.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId),
      }
    );
  },
  'AWS::RDS::DBCluster': async ({ clients: { rds }, id }) => {
    const { DBClusters: [cluster] = [] } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: id }));
    return (
      cluster && {
        ...cluster,
        DBClusterParameterGroupName: cluster.DBClusterParameterGroup,
        DBSubnetGroupName: cluster.DBSubnetGroup,
        EnableCloudwatchLogsExports: cluster.EnabledCloudwatchLogsExports,
        EnableGlobalWriteForwarding: cluster.GlobalWriteForwardingRequested,
        EnableIAMDatabaseAuthentication: cluster.IAMDatabaseAuthenticationEnabled,
        ManageMasterUserPassword: cluster.MasterUserSecret !== undefined,
        Tags: cluster.TagList,
        VpcSecurityGroupIds: cluster.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId),
      }
    );
  },
  'AWS::RDS::DBSubnetGroup': async ({ clients, id }) => {
    const { DBSubnetGroups: [group] = [] } = await clients.rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: id }));
    return (
      group && {
        ...group,
        SubnetIds: group.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier),
        Tags: await tagsOf(clients, group.DBSubnetGroupArn),
      }
    );
  },
  'AWS::RDS::DBParameterGroup': async ({ clients, id }) => {
    const DBParameterGroupName = id;
    const { DBParameterGroups: [group] = [] } = await clients.rds.send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName }));
    const { Parameters } = await clients.rds.send(new DescribeDBParametersCommand({ DBParameterGroupName, Source: 'user' }));
    return (
      group && {
        ...group,
        Family: group.DBParameterGroupFamily,
        Parameters: valuesOf(Parameters),
        Tags: await tagsOf(clients, group.DBParameterGroupArn),
      }
    );
  },
  'AWS::RDS::DBClusterParameterGroup': async ({ clients, id }) => {
    const asked = { DBClusterParameterGroupName: id };
    const { DBClusterParameterGroups: [group] = [] } = await clients.rds.send(new DescribeDBClusterParameterGroupsCommand(asked));
    const { Parameters } = await clients.rds.send(new DescribeDBClusterParametersCommand({ ...asked, Source: 'user' }));
    return (
      group && {
        ...group,
        Family: group.DBParameterGroupFamily,
        Parameters: valuesOf(Parameters),
        Tags: await tagsOf(clients, group.DBClusterParameterGroupArn),
      }
    );
  },
  'AWS::ElastiCache::ReplicationGroup': async ({ clients, id }) => {
    const { elasticache } = clients;
    const { ReplicationGroups: [group] = [] } = await elasticache.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: id }));
    const asked = { CacheClusterId: group?.MemberClusters?.[0] };
    const { CacheClusters: [member] = [] } = await elasticache.send(new DescribeCacheClustersCommand(asked));
    return (
      group && {
        ...group,
        AutomaticFailoverEnabled: group.AutomaticFailover === 'enabled',
        MultiAZEnabled: group.MultiAZ === 'enabled',
        NumCacheClusters: group.MemberClusters?.length,
        NumNodeGroups: group.NodeGroups?.length,
        ReplicasPerNodeGroup: (group.NodeGroups?.[0]?.NodeGroupMembers?.length ?? 0) - 1,
        ReplicationGroupDescription: group.Description,
        Port: group.ConfigurationEndpoint?.Port ?? group.NodeGroups?.[0]?.PrimaryEndpoint?.Port,
        // The group leaves these to its members.
        CacheParameterGroupName: member?.CacheParameterGroup?.CacheParameterGroupName,
        CacheSubnetGroupName: member?.CacheSubnetGroupName,
        EngineVersion: member?.EngineVersion,
        SecurityGroupIds: member?.SecurityGroups?.map(({ SecurityGroupId }) => SecurityGroupId),
        Tags: await cacheTagsOf(clients, group.ARN),
      }
    );
  },
  'AWS::ElastiCache::CacheCluster': async ({ clients, id }) => {
    const { CacheClusters: [cluster] = [] } = await clients.elasticache.send(new DescribeCacheClustersCommand({ CacheClusterId: id }));
    return (
      cluster && {
        ...cluster,
        AZMode:
          new Set(cluster.CacheNodes?.map(({ CustomerAvailabilityZone }) => CustomerAvailabilityZone)).size > 1 ? 'cross-az' : 'single-az',
        Port: cluster.ConfigurationEndpoint?.Port,
        VpcSecurityGroupIds: cluster.SecurityGroups?.map(({ SecurityGroupId }) => SecurityGroupId),
        Tags: await cacheTagsOf(clients, cluster.ARN),
      }
    );
  },
  'AWS::ElastiCache::SubnetGroup': async ({ clients, id }) => {
    const asked = { CacheSubnetGroupName: id };
    const { CacheSubnetGroups: [group] = [] } = await clients.elasticache.send(new DescribeCacheSubnetGroupsCommand(asked));
    return (
      group && {
        ...group,
        Description: group.CacheSubnetGroupDescription,
        SubnetIds: group.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier),
        Tags: await cacheTagsOf(clients, group.ARN),
      }
    );
  },
  'AWS::ElastiCache::ParameterGroup': async ({ clients, id }) => {
    const asked = { CacheParameterGroupName: id };
    const { CacheParameterGroups: [group] = [] } = await clients.elasticache.send(new DescribeCacheParameterGroupsCommand(asked));
    const { Parameters } = await clients.elasticache.send(new DescribeCacheParametersCommand({ ...asked, Source: 'user' }));
    return group && { ...group, Properties: valuesOf(Parameters), Tags: await cacheTagsOf(clients, group.ARN) };
  },
  'AWS::OpenSearchService::Domain': async ({ clients: { opensearch }, id }) => {
    const { DomainStatus } = await opensearch.send(new DescribeDomainCommand({ DomainName: id }));
    const { TagList } = await opensearch.send(new ListTagsCommand({ ARN: DomainStatus?.ARN }));
    return DomainStatus && { ...DomainStatus, AccessPolicies: policyOf(DomainStatus.AccessPolicies), Tags: TagList };
  },
};

const valuesOf = (parameters: { ParameterName?: string; ParameterValue?: string }[] = []) =>
  Object.fromEntries(parameters.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]));

const tagsOf = async ({ rds }: Clients, ResourceName: string | undefined) =>
  (await rds.send(new ListTagsForResourceCommand({ ResourceName }))).TagList;

const cacheTagsOf = async ({ elasticache }: Clients, ResourceName: string | undefined) =>
  (await elasticache.send(new ListCacheTagsCommand({ ResourceName }))).TagList;
