/** CloudFormation types and Kubernetes kinds that cost nothing, grouped by why. A name ending in `*` covers what starts like it. */
const FREE: readonly { why: string; types: readonly string[] }[] = [
  {
    why: 'identities and permissions are free',
    types: [
      'AWS::IAM::*',
      'AWS::S3::BucketPolicy',
      'AWS::SQS::QueuePolicy',
      'AWS::SNS::TopicPolicy',
      'AWS::SNS::TopicInlinePolicy',
      'AWS::SQS::QueueInlinePolicy',
      'AWS::Logs::ResourcePolicy',
      'AWS::SecretsManager::ResourcePolicy',
      'AWS::OpenSearchService::DomainPolicy',
      'AWS::MSK::ClusterPolicy',
      'AWS::MSK::Topic',
      'AWS::Lambda::Permission',
      'AWS::EKS::AccessEntry',
      'AWS::EKS::PodIdentityAssociation',
      'AWS::EKS::IdentityProviderConfig',
    ],
  },
  {
    why: 'networks are billed by their traffic, gateways and public addresses',
    types: [
      'AWS::EC2::Subnet*',
      'AWS::EC2::RouteTable',
      'AWS::EC2::Route',
      'AWS::EC2::SecurityGroup*',
      'AWS::EC2::NetworkAcl*',
      'AWS::EC2::InternetGateway',
      'AWS::EC2::EgressOnlyInternetGateway',
      'AWS::EC2::VPCGatewayAttachment',
      'AWS::EC2::VPCCidrBlock',
      'AWS::EC2::VPCPeeringConnection',
      'AWS::EC2::DHCPOptions',
      'AWS::EC2::VPCDHCPOptionsAssociation',
      'AWS::EC2::PrefixList',
      'AWS::EC2::EIPAssociation',
      'AWS::EC2::VolumeAttachment',
      'AWS::EC2::NetworkInterface',
      'AWS::EC2::NetworkInterfaceAttachment',
    ],
  },
  {
    why: 'instances are billed on the fleet that launches them',
    types: [
      'AWS::EC2::LaunchTemplate',
      'AWS::AutoScaling::LaunchConfiguration',
      'AWS::EC2::KeyPair',
      'AWS::EC2::PlacementGroup',
      'AWS::AutoScaling::ScalingPolicy',
      'AWS::AutoScaling::LifecycleHook',
      'AWS::AutoScaling::ScheduledAction',
      'AWS::ApplicationAutoScaling::*',
    ],
  },
  {
    why: 'add-ons are software on nodes that are billed themselves; what they log is billed on its log groups',
    types: ['AWS::EKS::Addon'],
  },
  {
    why: 'billed as part of the load balancer',
    types: [
      'AWS::ElasticLoadBalancingV2::Listener',
      'AWS::ElasticLoadBalancingV2::ListenerCertificate',
      'AWS::ElasticLoadBalancingV2::ListenerRule',
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      'AWS::ElasticLoadBalancingV2::TrustStore',
    ],
  },
  {
    why: 'settings of a database or cache that is billed itself',
    types: [
      'AWS::RDS::DBSubnetGroup',
      'AWS::RDS::DBParameterGroup',
      'AWS::RDS::DBClusterParameterGroup',
      'AWS::RDS::OptionGroup',
      'AWS::RDS::EventSubscription',
      'AWS::RDS::DBProxyTargetGroup',
      'AWS::ElastiCache::SubnetGroup',
      'AWS::ElastiCache::ParameterGroup',
      'AWS::ElastiCache::User',
      'AWS::ElastiCache::UserGroup',
      'AWS::ElastiCache::GlobalReplicationGroup',
      'AWS::Cassandra::Keyspace',
      'AWS::Cassandra::Type',
      'AWS::MSK::Configuration',
      'AWS::MSK::BatchScramSecret',
      'AWS::AmazonMQ::Configuration',
      'AWS::AmazonMQ::ConfigurationAssociation',
    ],
  },
  {
    why: 'settings of a distribution, which is billed itself',
    types: [
      'AWS::CloudFront::OriginAccessControl',
      'AWS::CloudFront::CloudFrontOriginAccessIdentity',
      'AWS::CloudFront::CachePolicy',
      'AWS::CloudFront::OriginRequestPolicy',
      'AWS::CloudFront::ResponseHeadersPolicy',
      'AWS::CloudFront::KeyGroup',
      'AWS::CloudFront::PublicKey',
    ],
  },
  {
    why: 'billed as part of the web ACL',
    types: ['AWS::WAFv2::WebACLAssociation', 'AWS::WAFv2::IPSet', 'AWS::WAFv2::RegexPatternSet', 'AWS::WAFv2::LoggingConfiguration'],
  },
  { why: 'billed as part of the accelerator and by what its endpoint groups pass', types: ['AWS::GlobalAccelerator::Listener'] },
  { why: 'records are free; their queries are billed on the zone', types: ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'] },
  { why: 'what it fetches is billed on its repositories', types: ['AWS::ECR::PullThroughCacheRule'] },
  {
    why: 'where an application’s log goes; what it writes is billed by its group',
    types: ['AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption'],
  },
  { why: 'a million tables and partitions of an account are free', types: ['AWS::Glue::Table'] },
  { why: 'an alias of a key that is billed itself', types: ['AWS::KMS::Alias'] },
  { why: 'billed as part of the secret', types: ['AWS::SecretsManager::SecretTargetAttachment', 'AWS::SecretsManager::RotationSchedule'] },
  {
    why: 'billed by the log group’s data',
    types: ['AWS::Logs::LogStream', 'AWS::Logs::MetricFilter', 'AWS::Logs::SubscriptionFilter', 'AWS::Logs::QueryDefinition'],
  },
  { why: 'subscriptions are billed by the topic’s deliveries', types: ['AWS::SNS::Subscription'] },
  {
    why: 'identities and receipt settings are free; messages are billed on the configuration set',
    types: ['AWS::SES::EmailIdentity', 'AWS::SES::ConfigurationSetEventDestination', 'AWS::SES::Template', 'AWS::SES::ContactList'],
  },
  {
    why: 'deployment machinery without a running part; what it runs in is listed by itself',
    types: [
      'AWS::CDK::Metadata',
      'AWS::CloudFormation::WaitCondition*',
      'AWS::CloudFormation::CustomResource',
      'Custom::*',
      'AWS::Lambda::LayerVersion',
    ],
  },
  {
    why: 'grouping of resources and budgets without actions are free',
    types: ['AWS::ResourceGroups::Group', 'AWS::ServiceCatalogAppRegistry::*', 'AWS::Budgets::Budget'],
  },
  { why: 'rules are free; events of one’s own are billed on their bus', types: ['AWS::Events::Rule'] },
  { why: 'what a function is called for is billed on its queue and by its runs', types: ['AWS::Lambda::EventSourceMapping'] },
  { why: 'billed by its schedules’ invocations', types: ['AWS::Scheduler::ScheduleGroup'] },
  {
    why: 'Kubernetes objects run on nodes that are billed themselves',
    types: [
      ...['Namespace', 'Deployment', 'ReplicaSet', 'DaemonSet', 'Pod', 'Job', 'CronJob', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'],
      ...['ConfigMap', 'Secret', 'ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding', 'NetworkPolicy'],
      ...[
        'PriorityClass',
        'ResourceQuota',
        'LimitRange',
        'StorageClass',
        'IngressClass',
        'CustomResourceDefinition',
        'TriggerAuthentication',
        'TargetGroupBinding',
        'IngressRouteTCP',
        'IngressRouteUDP',
      ],
    ].map((kind) => `Kubernetes::${kind}`),
  },
];

const exact = new Map(FREE.flatMap(({ why, types }) => types.map((type) => [type, why] as const)));
const prefixes = [...exact].filter(([type]) => type.endsWith('*')).map(([type, why]) => [type.slice(0, -1), why] as const);

/** Why resources of a type cost nothing; undefined when they are not known to be free. */
export function freeReason(type: string): string | undefined {
  return exact.get(type) ?? prefixes.find(([prefix]) => type.startsWith(prefix))?.[1];
}
