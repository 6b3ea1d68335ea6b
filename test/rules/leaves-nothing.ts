import type { Resource, Template } from '../every-stage';
import { typesOf } from './types-of';

type Check = (resource: Resource, template: Template) => boolean;

const properties = ({ Properties = {} }: Resource): any => Properties;
const is =
  (path: string, value: unknown): Check =>
  (resource) =>
    JSON.stringify(path.split('.').reduce((at, key) => at?.[key], properties(resource))) === JSON.stringify(value);
const all =
  (...checks: Check[]): Check =>
  (resource, template) =>
    checks.every((check) => check(resource, template));

/** Whether what is found there refers to a log group of the same template. */
const logsTo =
  (find: (p: any) => unknown[]): Check =>
  (resource, { resources }) => {
    const groups = find(properties(resource)).map((group: any) => group?.Ref ?? group?.['Fn::GetAtt']?.[0]);
    return groups.length > 0 && groups.every((id) => resources[id]?.Type === 'AWS::Logs::LogGroup');
  };
/** Whether the template has every log group whose name the service dictates, and the service comes after it. */
const logsToOwn =
  (kind: 'instance' | 'cluster', id: string): Check =>
  (resource, { resources }) => {
    const p = properties(resource);
    return ((p.EnableCloudwatchLogsExports ?? []) as string[]).every((log) =>
      Object.entries(resources).some(
        ([group, { Type, Properties }]) =>
          Type === 'AWS::Logs::LogGroup' &&
          Properties?.LogGroupName === `/aws/rds/${kind}/${p[id]}/${log}` &&
          ((resource as any).DependsOn ?? []).includes(group),
      ),
    );
  };

const every =
  (list: string, check: (one: any) => boolean): Check =>
  (resource) =>
    properties(resource)[list]?.length > 0 && properties(resource)[list].every(check);

const isDatabaseAlone: Check = all(
  is('DeletionProtection', false),
  is('DeleteAutomatedBackups', true),
  logsToOwn('instance', 'DBInstanceIdentifier'),
);

/** What has to be so for a resource to leave nothing behind, by type; the template's own policies apart, which are looked at in all of them. */
export const LEAVES_NOTHING_IF: Record<string, Check> = {
  // Its log group is named after an id that it gets when it is made.
  'AWS::AmazonMQ::Broker': is('Logs.General', false),
  // Otherwise one with queries in it stays.
  'AWS::Athena::WorkGroup': is('RecursiveDeleteOption', true),
  // CloudFormation takes a group's instances with it, protected or not; a group that may not be deleted keeps them.
  'AWS::AutoScaling::AutoScalingGroup': all(is('DeletionProtection', 'none'), is('NewInstancesProtectedFromScaleIn', false)),
  // A deleted table with point-in-time recovery leaves a backup.
  'AWS::Cassandra::Table': is('PointInTimeRecoveryEnabled', false),
  'AWS::DynamoDB::GlobalTable': every(
    'Replicas',
    (r) => r.DeletionProtectionEnabled === false && r.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled === false,
  ),
  'AWS::EC2::FlowLog': logsTo((p) => [p.LogGroupName]),
  'AWS::EC2::Instance': all(
    is('DisableApiTermination', false),
    (r, t) =>
      properties(r).LaunchTemplate !== undefined || every('BlockDeviceMappings', ({ Ebs }) => Ebs.DeleteOnTermination === true)(r, t),
  ),
  'AWS::EC2::LaunchTemplate': (r) =>
    properties(r).LaunchTemplateData.BlockDeviceMappings.every(({ Ebs }: any) => Ebs.DeleteOnTermination === true),
  'AWS::ECR::Repository': is('EmptyOnDelete', true),
  'AWS::EKS::Addon': (r) => properties(r).PreserveOnDelete !== true,
  // EKS would bring a log group back after the cluster is gone.
  'AWS::EKS::Cluster': all(is('DeletionProtection', false), is('Logging', undefined)),
  'AWS::ElastiCache::ReplicationGroup': logsTo((p) =>
    p.LogDeliveryConfigurations.map((c: any) => c.DestinationDetails.CloudWatchLogsDetails.LogGroup),
  ),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (r) =>
    properties(r).LoadBalancerAttributes.some(({ Key, Value }: any) => Key === 'deletion_protection.enabled' && Value === 'false'),
  // Seeing the addresses of clients takes a security group that outlives the accelerator, and so would the network.
  'AWS::GlobalAccelerator::EndpointGroup': every('EndpointConfigurations', (e) => e.ClientIPPreservationEnabled === false),
  // Disabled at once, free, and gone as soon as AWS lets it go.
  'AWS::KMS::Key': is('PendingWindowInDays', 7),
  'AWS::Lambda::Function': logsTo((p) => [p.LoggingConfig?.LogGroup]),
  'AWS::MSK::Cluster': logsTo((p) => [p.LoggingInfo.BrokerLogs.CloudWatchLogs.LogGroup]),
  'AWS::OpenSearchService::Domain': logsTo((p) => Object.values(p.LogPublishingOptions).map((o: any) => o.CloudWatchLogsLogGroupArn)),
  'AWS::RDS::DBCluster': all(
    is('DeletionProtection', false),
    is('DeleteAutomatedBackups', true),
    logsToOwn('cluster', 'DBClusterIdentifier'),
  ),
  // Members of a cluster go with it.
  'AWS::RDS::DBInstance': (r, t) => properties(r).DBClusterIdentifier !== undefined || isDatabaseAlone(r, t),
  'AWS::RDS::GlobalCluster': is('DeletionProtection', false),
  // S3 deletes empty buckets only.
  'AWS::S3::Bucket': (r, { resources }) => {
    const id = Object.keys(resources).find((key) => resources[key] === r);
    const emptiers = Object.values(resources).filter(
      ({ Type, Properties }) => Type === 'Custom::BucketEmptier' && (Properties as any).Bucket?.Ref === id,
    );
    return emptiers.length === 1 && properties(r).ObjectLockEnabled !== true;
  },
  'AWS::Logs::LogGroup': (r) => r.DeletionPolicy === 'Delete',
};

/**
 * Types that leave nothing whatever they say. Secrets among them: CloudFormation deletes them without a recovery window
 * (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1999). A certificate leaves the record in the hosted zone that
 * proved the domain: the same for every certificate of that domain and account, and free (docs/decisions/0016).
 */
export const LEAVES_NOTHING: ReadonlySet<string> = new Set([
  'Custom::BucketEmptier',
  ...typesOf({
    // Gone before its group, so it holds up nothing.
    AutoScaling: 'LifecycleHook',
    Budgets: 'Budget',
    Cassandra: 'Keyspace',
    CertificateManager: 'Certificate',
    CloudFront: 'CachePolicy Distribution Function OriginAccessControl',
    CloudWatch: 'Alarm Dashboard',
    EC2: 'EIP InternetGateway NatGateway PlacementGroup Route RouteTable SecurityGroup SecurityGroupEgress SecurityGroupIngress Subnet SubnetRouteTableAssociation VPC VPCEndpoint VPCGatewayAttachment',
    ECR: 'PullThroughCacheRule',
    EKS: 'AccessEntry Nodegroup PodIdentityAssociation',
    // In a sandbox nothing starts it, so there is nothing to stop before it can be deleted.
    EMRServerless: 'Application',
    // A cache cluster is one of Memcached, which makes no snapshots.
    ElastiCache: 'CacheCluster ParameterGroup SubnetGroup',
    ElasticLoadBalancingV2: 'Listener ListenerRule TargetGroup',
    GlobalAccelerator: 'Accelerator Listener',
    Glue: 'Database Table',
    IAM: 'InstanceProfile Policy Role',
    // In a sandbox nothing starts it, so it has no snapshots.
    KinesisAnalyticsV2: 'Application ApplicationCloudWatchLoggingOption',
    KinesisFirehose: 'DeliveryStream',
    Lambda: 'EventSourceMapping',
    Logs: 'LogStream ResourcePolicy',
    MSK: 'Configuration Topic',
    // Disabled at once, free, and gone after a week (docs/decisions/0020).
    PaymentCryptography: 'Key',
    RDS: 'DBClusterParameterGroup DBParameterGroup DBSubnetGroup',
    Route53: 'HostedZone RecordSet',
    S3: 'BucketPolicy',
    SES: 'ConfigurationSet',
    SMSVOICE: 'ConfigurationSet',
    SNS: 'Subscription Topic TopicPolicy',
    SQS: 'Queue QueuePolicy',
    SSM: 'Parameter',
    Scheduler: 'Schedule ScheduleGroup',
    SecretsManager: 'Secret',
    WAFv2: 'WebACL WebACLAssociation',
  }),
]);
