import { typesOf } from './types-of';

/**
 * Types of our templates that Cloud Control creates, reads and deletes: supported-types.txt of pulumi/pulumi-aws-native, and handlers in the schemas
 * beside it, at 43eed3b (2026-08-07). Look a new type up there; what is not supported, or has no handler that reads it, goes into WRAPPED of
 * sandbox/engines/pulumi/bridge.ts.
 */
export const CLOUD_CONTROL_TYPES = typesOf({
  AmazonMQ: 'Broker',
  AutoScaling: 'AutoScalingGroup LifecycleHook',
  Cassandra: 'Keyspace Table',
  CertificateManager: 'Certificate',
  CloudFront: 'CachePolicy Distribution Function OriginAccessControl',
  CloudWatch: 'Alarm Dashboard',
  DynamoDB: 'GlobalTable Table',
  EC2: 'EIP FlowLog Instance InternetGateway LaunchTemplate NatGateway PlacementGroup Route RouteTable SecurityGroup SecurityGroupEgress SecurityGroupIngress Subnet SubnetRouteTableAssociation VPC VPCEndpoint VPCGatewayAttachment',
  ECR: 'PullThroughCacheRule',
  EMRServerless: 'Application',
  EKS: 'AccessEntry Addon Cluster Nodegroup PodIdentityAssociation',
  ElastiCache: 'ParameterGroup ReplicationGroup SubnetGroup',
  ElasticLoadBalancingV2: 'Listener ListenerRule LoadBalancer TargetGroup',
  GlobalAccelerator: 'Accelerator EndpointGroup Listener',
  Glue: 'Database Table',
  IAM: 'InstanceProfile Role',
  KMS: 'Key',
  KinesisAnalyticsV2: 'Application',
  KinesisFirehose: 'DeliveryStream',
  Lambda: 'EventSourceMapping Function',
  Logs: 'LogGroup LogStream ResourcePolicy',
  MSK: 'Cluster ClusterPolicy Configuration Topic',
  OpenSearchService: 'Domain',
  PaymentCryptography: 'Key',
  RDS: 'DBClusterParameterGroup DBParameterGroup DBSubnetGroup GlobalCluster',
  Route53: 'HostedZone',
  S3: 'Bucket BucketPolicy',
  SES: 'ConfigurationSet',
  SMSVOICE: 'ConfigurationSet',
  SNS: 'Subscription Topic',
  SQS: 'Queue',
  SSM: 'Parameter',
  Scheduler: 'Schedule',
  SecretsManager: 'Secret',
  WAFv2: 'WebACL WebACLAssociation',
});
