import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Resource } from './assembly';

/** Something of the templates that does not come about with Pulumi as it does with CloudFormation. */
export interface Limit {
  what: string;
  why: string;
  /** What is done about it. */
  instead: string;
}

/** All that the bridge cannot do; docs/decisions/0018 has the same list. */
export const LIMITS = {
  expiry: {
    what: 'an expiry inside the account',
    why: 'EventBridge Scheduler can delete a stack of CloudFormation with one call, and here there is none',
    instead:
      'refused without --no-expiry; `scaleprint sandbox down --engine pulumi` ends it, where its state can be reached. The budget stays',
  },
  credentials: {
    what: 'credentials that are renewed during a run',
    why: 'the command and its provider are given those of the account once, as they find others, or others first, by themselves',
    instead: 'a run that outlives them says so, and goes on with the same command',
  },
  functions: {
    what: 'intrinsic functions other than those in resolve.ts, and conditions, mappings, transforms and rules',
    why: 'none of our templates has them',
    instead: 'refused by name before anything is deployed',
  },
  keeping: {
    what: 'a deletion policy other than Delete',
    why: 'nothing of a sandbox is to be kept',
    instead: 'refused by name before anything is deployed',
  },
  wrapping: {
    what: 'types that Cloud Control cannot create, read or delete as their template says',
    why: 'Pulumi reaches AWS through Cloud Control',
    instead: 'each such resource goes into a CloudFormation stack of its own, which Cloud Control creates',
  },
  keys: {
    what: 'KMS keys that are gone after 7 days',
    why: 'Cloud Control does not pass PendingWindowInDays on when it deletes',
    instead: 'they wait 30 days, disabled and free',
  },
} as const satisfies Record<string, Limit>;

const NO_HANDLERS = 'Cloud Control has no handlers for it';
const FINAL_SNAPSHOT = 'deleted by Cloud Control it leaves a final snapshot behind';

/**
 * Types of {@link LIMITS.wrapping}. Handlers: schemas and supported-types.txt of pulumi/pulumi-aws-native at 43eed3b (2026-08-07). Snapshots:
 * the DeleteHandler of both types in aws-cloudformation/aws-cloudformation-resource-providers-rds at 5a410e8 (2025-07-29), which takes one
 * unless CloudFormation says not to. Of a resource to delete, Cloud Control is told the identifier and no properties
 * (https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_DeleteResource.html, 2026-11-22).
 */
export const WRAPPED: Readonly<Record<string, string>> = {
  'AWS::Athena::WorkGroup': 'Cloud Control cannot pass RecursiveDeleteOption on, and a workgroup with queries is not deleted',
  'AWS::Budgets::Budget': NO_HANDLERS,
  'AWS::ECR::Repository': 'Cloud Control cannot pass EmptyOnDelete on, and a repository with images is not deleted',
  'AWS::ElastiCache::CacheCluster': NO_HANDLERS,
  'AWS::IAM::Policy': NO_HANDLERS,
  'AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption': NO_HANDLERS,
  'AWS::RDS::DBCluster': FINAL_SNAPSHOT,
  'AWS::RDS::DBInstance': FINAL_SNAPSHOT,
  'AWS::Route53::RecordSet': NO_HANDLERS,
  'AWS::SNS::TopicPolicy': 'Cloud Control has no handler that reads it',
  'AWS::SQS::QueuePolicy': NO_HANDLERS,
};

/** Why a resource goes into a stack of its own; most do not. */
export function whyWrapped({ Type, Properties }: Resource): string | undefined {
  if (Type.startsWith('Custom::') || Type === 'AWS::CloudFormation::CustomResource') return 'only CloudFormation calls custom resources';
  return (
    WRAPPED[Type] ??
    (JSON.stringify(Properties ?? {}).includes('{{resolve:') ? 'only CloudFormation resolves dynamic references' : undefined)
  );
}

/** What the expiry stack still holds. */
const STAYS_IN_EXPIRY = 'AWS::Budgets::Budget';

/** Whether a resource is part of {@link LIMITS.expiry}. */
export const isLeftOut = (room: string | undefined, { Type }: Resource): boolean => room === 'expiry' && Type !== STAYS_IN_EXPIRY;

/**
 * Properties that Cloud Control does not read back, so that every update has to repeat them: `writeOnlyProperties` of the schemas above, as
 * far as our templates set them. Not Secret.GenerateSecretString: repeated, it would make another password.
 */
const WRITE_ONLY: Readonly<Record<string, readonly string[]>> = {
  'AWS::AmazonMQ::Broker': ['EngineVersion', 'Users'],
  'AWS::Cassandra::Table': ['AutoScalingSpecifications'],
  'AWS::CertificateManager::Certificate': ['ValidationMethod'],
  'AWS::EC2::Instance': ['PropagateTagsToVolumeOnCreation'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData'],
  'AWS::ECR::PullThroughCacheRule': ['UpstreamRegistry'],
  'AWS::EKS::Addon': ['ResolveConflicts', 'PodIdentityAssociations'],
  'AWS::EKS::Cluster': ['BootstrapSelfManagedAddons'],
  'AWS::ElastiCache::ReplicationGroup': [
    'CacheParameterGroupName',
    'CacheSubnetGroupName',
    'EngineVersion',
    'KmsKeyId',
    'NumNodeGroups',
    'SecurityGroupIds',
  ],
  'AWS::KMS::Key': ['PendingWindowInDays'],
  'AWS::Lambda::Function': ['Code'],
  'AWS::MSK::Configuration': ['ServerProperties'],
  'AWS::MSK::Topic': ['Configs'],
};

/** What Cloud Control has to be told about a type. */
export interface TypeFacts {
  /** Properties that `Ref` returns, joined by `|`. */
  ref: readonly string[];
  /** Properties whose change replaces the resource. */
  createOnly: readonly string[];
  writeOnly: readonly string[];
}

let specification: ReturnType<typeof loadAwsServiceSpecSync> | undefined;

/** @returns what AWS publishes of a type; undefined where it publishes nothing */
export function typeFacts(type: string): TypeFacts | undefined {
  specification ??= loadAwsServiceSpecSync();
  const [resource] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
  return (
    resource && {
      ref: resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [],
      createOnly: Object.entries(resource.properties).flatMap(([name, { causesReplacement }]) =>
        causesReplacement === 'yes' ? [name] : [],
      ),
      writeOnly: WRITE_ONLY[type] ?? [],
    }
  );
}
