import { DescribeRepositoriesCommand, ListTagsForResourceCommand } from '@aws-sdk/client-ecr';
import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { capitalized, orNothing, policyOf, type Properties, type Readers } from './reader';

/** Buckets and image repositories. */
export const storageReaders: Readers = {
  'AWS::S3::Bucket': async ({ clients: { s3 }, id: Bucket }) => {
    await s3.send(new HeadBucketCommand({ Bucket }));
    const { ServerSideEncryptionConfiguration } = await orNothing(s3.send(new GetBucketEncryptionCommand({ Bucket })));
    const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    const { PublicAccessBlockConfiguration } = await orNothing(s3.send(new GetPublicAccessBlockCommand({ Bucket })));
    const { Rules } = await orNothing(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })));
    const { OwnershipControls } = await orNothing(s3.send(new GetBucketOwnershipControlsCommand({ Bucket })));
    const { ObjectLockConfiguration } = await orNothing(s3.send(new GetObjectLockConfigurationCommand({ Bucket })));
    const { ReplicationConfiguration } = await orNothing(s3.send(new GetBucketReplicationCommand({ Bucket })));
    const { QueueConfigurations } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    const { Status: AccelerationStatus } = await orNothing(s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket })));
    const { TagSet } = await orNothing(s3.send(new GetBucketTaggingCommand({ Bucket })));
    return {
      BucketName: Bucket,
      BucketEncryption: ServerSideEncryptionConfiguration && {
        ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration.Rules?.map(
          ({ ApplyServerSideEncryptionByDefault, ...rule }) => ({
            ...rule,
            ServerSideEncryptionByDefault: ApplyServerSideEncryptionByDefault,
          }),
        ),
      },
      VersioningConfiguration: { Status },
      PublicAccessBlockConfiguration,
      LifecycleConfiguration: Rules && { Rules: Rules.map(lifecycleRule) },
      OwnershipControls,
      ObjectLockEnabled: ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled',
      ObjectLockConfiguration,
      ReplicationConfiguration,
      NotificationConfiguration: QueueConfigurations && {
        QueueConfigurations: QueueConfigurations.flatMap(({ Events = [], QueueArn: Queue }) => Events.map((Event) => ({ Event, Queue }))),
      },
      AccelerateConfiguration: AccelerationStatus && { AccelerationStatus },
      Tags: TagSet,
    };
  },
  'AWS::S3::BucketPolicy': async ({ clients: { s3 }, properties: { Bucket } }) => {
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: String(Bucket) }));
    return { Bucket, PolicyDocument: policyOf(Policy) };
  },
  'AWS::ECR::Repository': async ({ clients: { ecr }, id }) => {
    const { repositories: [repository] = [] } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [id] }));
    const { tags } = await ecr.send(new ListTagsForResourceCommand({ resourceArn: repository?.repositoryArn }));
    return { ...(capitalized(repository) as Properties), Tags: tags };
  },
};

/** Templates and the service spell a rule's parts differently. */
function lifecycleRule({ Expiration, Filter, NoncurrentVersionExpiration, Transitions, ...rule }: LifecycleRule): Properties {
  return {
    ...rule,
    Prefix: Filter?.Prefix ?? rule.Prefix,
    ExpirationInDays: Expiration?.Days,
    ExpiredObjectDeleteMarker: Expiration?.ExpiredObjectDeleteMarker,
    NoncurrentVersionExpiration,
    Transitions: Transitions?.map(({ Days, StorageClass }) => ({ TransitionInDays: Days, StorageClass })),
  };
}
