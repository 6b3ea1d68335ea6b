/** What is done about a gap. */
export type Effect =
  /** Resources of the types are left out of the deployed copy, references to them replaced by a placeholder. */
  | 'left out'
  /** References to the attribute are replaced by a placeholder. */
  | 'attribute replaced'
  /** Parameters of the types get another default. */
  | 'default replaced'
  /** The property is taken out of the deployed copy, and a difference in it is forgiven. */
  | 'property left out'
  /** The property is deployed, and a difference in it is forgiven. */
  | 'property ignored';

/** Something the emulator cannot do. */
export interface Gap {
  effect: Effect;
  types: readonly string[];
  /** The property or attribute, where it is about one; of what is left out, the property that those resources have. */
  name?: string;
  /** What stands in: the property of the same resource for an attribute, the default of a parameter. @default a made-up ARN */
  by?: string;
  what: string;
  /** The version it was last seen in. */
  seen: string;
}

/** Names a gap of one type, to tell which were needed. */
export const gapKey = ({ effect, name }: Gap, type: string): string => `${effect}: ${type}${name ? ` ${name}` : ''}`;

const seen = 'ministack 1.5.33';

const ignored = (type: string, names: readonly string[], what = 'does not keep it'): Gap[] =>
  names.map((name) => ({ effect: 'property ignored', types: [`AWS::${type}`], name, what, seen }));

/** What the emulator cannot do. A row that nothing deployed needs any more fails the run, so the table stays as short as the emulator allows. */
export const GAPS: readonly Gap[] = [
  {
    effect: 'left out',
    types: [
      'AWS::AmazonMQ::Broker',
      'AWS::Budgets::Budget',
      'AWS::Cassandra::Keyspace',
      'AWS::Cassandra::Table',
      'AWS::EC2::PlacementGroup',
      'AWS::ECR::PullThroughCacheRule',
      'AWS::EMRServerless::Application',
      'AWS::GlobalAccelerator::Accelerator',
      'AWS::GlobalAccelerator::EndpointGroup',
      'AWS::GlobalAccelerator::Listener',
      'AWS::MSK::Cluster',
      'AWS::MSK::Configuration',
      'AWS::MSK::Topic',
      'AWS::PaymentCryptography::Key',
      'AWS::RDS::GlobalCluster',
      'AWS::SMSVOICE::ConfigurationSet',
      'AWS::WAFv2::WebACLAssociation',
    ],
    what: 'CloudFormation refuses the type',
    seen,
  },
  { effect: 'left out', types: ['AWS::CloudWatch::Alarm'], name: 'Metrics', what: 'refuses an alarm on metric math', seen },
  ...[
    { types: ['AWS::EC2::SecurityGroupEgress'], name: 'DestinationPrefixListId' },
    { types: ['AWS::EC2::SecurityGroupIngress'], name: 'SourcePrefixListId' },
  ].map((about): Gap => ({ effect: 'left out', ...about, what: 'takes no prefix list as the peer of a rule', seen })),
  {
    effect: 'default replaced',
    types: ['AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>'],
    by: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    what: 'of the public parameters of Amazon Linux it knows those of x86 only',
    seen,
  },
  {
    effect: 'attribute replaced',
    types: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
    name: 'MasterUserSecret.SecretArn',
    what: 'is unknown',
    seen,
  },
  {
    effect: 'property left out',
    types: ['AWS::ElastiCache::ReplicationGroup'],
    name: 'NumNodeGroups',
    what: 'replaces the group in an update, though it is to be resharded online',
    seen,
  },
  {
    effect: 'attribute replaced',
    types: ['AWS::ElastiCache::ReplicationGroup'],
    name: 'ConfigurationEndPoint.Address',
    what: 'is unknown of a group of one shard',
    seen,
  },
  {
    effect: 'attribute replaced',
    types: ['AWS::ElastiCache::ReplicationGroup'],
    name: 'ConfigurationEndPoint.Port',
    by: 'Port',
    what: 'is unknown of a group of one shard',
    seen,
  },
  { effect: 'attribute replaced', types: ['AWS::EC2::Instance'], name: 'PrivateIp', what: 'is unknown', seen },
  { effect: 'attribute replaced', types: ['AWS::EC2::VPC'], name: 'CidrBlock', by: 'CidrBlock', what: 'is unknown', seen },
  ...ignored('CloudFront::Distribution', ['DistributionConfig.Origins.S3OriginConfig'], 'says nothing where AWS says that it is empty'),
  ...ignored('AutoScaling::AutoScalingGroup', ['DeletionProtection', 'MetricsCollection']),
  ...ignored('CloudWatch::Dashboard', ['Tags']),
  ...ignored('DynamoDB::GlobalTable', [
    'Replicas.DeletionProtectionEnabled',
    'Replicas.PointInTimeRecoverySpecification',
    'Replicas.ReadProvisionedThroughputSettings',
    'Replicas.SSESpecification',
    'Replicas.Tags',
    'SSESpecification',
    'TimeToLiveSpecification',
    'WriteProvisionedThroughputSettings',
  ]),
  ...ignored('DynamoDB::GlobalTable', ['Replicas'], 'adds no region in an update'),
  ...ignored('EC2::FlowLog', ['DeliverLogsPermissionArn', 'MaxAggregationInterval']),
  ...ignored('EC2::Instance', [
    'BlockDeviceMappings.Ebs',
    'CreditSpecification',
    'DisableApiTermination',
    'MetadataOptions',
    'PlacementGroupName',
  ]),
  ...ignored('EC2::LaunchTemplate', ['LaunchTemplateData.CreditSpecification', 'LaunchTemplateData.NetworkInterfaces']),
  ...ignored('EC2::NatGateway', ['AllocationId'], 'does not tell it'),
  ...ignored('EC2::VPCEndpoint', ['PrivateDnsEnabled', 'SecurityGroupIds'], 'does not tell it'),
  ...ignored('EKS::Cluster', [
    'AccessConfig.BootstrapClusterCreatorAdminPermissions',
    'DeletionProtection',
    'EncryptionConfig',
    'UpgradePolicy',
  ]),
  ...ignored('EKS::Nodegroup', ['CapacityType', 'NodeRepairConfig']),
  ...ignored('ElastiCache::CacheCluster', ['AZMode', 'AutoMinorVersionUpgrade', 'Port', 'VpcSecurityGroupIds']),
  ...ignored('ElastiCache::ReplicationGroup', ['KmsKeyId']),
  ...ignored('ElastiCache::ReplicationGroup', ['NumCacheClusters'], 'does not change it in an update'),
  ...ignored('ElasticLoadBalancingV2::ListenerRule', ['Tags']),
  ...ignored('Lambda::EventSourceMapping', ['Tags']),
  ...ignored('OpenSearchService::Domain', ['LogPublishingOptions']),
  ...ignored('RDS::DBCluster', [
    'DBClusterParameterGroupName',
    'EnableCloudwatchLogsExports',
    'EnableGlobalWriteForwarding',
    'GlobalClusterIdentifier',
    'KmsKeyId',
    'ManageMasterUserPassword',
    'MasterUserSecret',
    'StorageType',
    'Tags',
  ]),
  ...ignored('RDS::DBInstance', [
    'EnableCloudwatchLogsExports',
    'ManageMasterUserPassword',
    'MasterUserSecret',
    'PerformanceInsightsKMSKeyId',
    'SourceDBInstanceIdentifier',
  ]),
  ...ignored('Route53::HostedZone', ['HostedZoneTags', 'VPCs']),
  ...ignored('RDS::DBInstance', ['Iops'], 'does not add it in an update'),
  ...ignored('S3::Bucket', [
    'AccelerateConfiguration',
    'BucketEncryption',
    'LifecycleConfiguration',
    'ObjectLockConfiguration',
    'ObjectLockEnabled',
    'ReplicationConfiguration',
    'Tags',
  ]),
  ...ignored('Scheduler::Schedule', ['StartDate']),
  ...ignored('SNS::Topic', ['KmsMasterKeyId']),
  ...ignored('SecretsManager::Secret', ['GenerateSecretString.ExcludePunctuation'], 'puts punctuation into the password all the same'),
  ...ignored('WAFv2::WebACL', ['Tags'], 'does not change them in an update'),
];
