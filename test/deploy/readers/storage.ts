import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand } from '@aws-sdk/client-kms';
import { GetBucketEncryptionCommand, GetBucketVersioningCommand, GetPublicAccessBlockCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import type { Properties, Readers } from './reader';

/** Buckets and keys: what protects the data. */
export const storageReaders: Readers = {
  'AWS::S3::Bucket': async ({ clients: { s3 }, id, properties }) => {
    const Bucket = id;
    await s3.send(new HeadBucketCommand({ Bucket }));
    const { ServerSideEncryptionConfiguration } = await orNothing(s3.send(new GetBucketEncryptionCommand({ Bucket })));
    const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    const { PublicAccessBlockConfiguration } = await orNothing(s3.send(new GetPublicAccessBlockCommand({ Bucket })));
    const encryption = properties.BucketEncryption as { ServerSideEncryptionConfiguration: EncryptionRule[] } | undefined;
    return {
      SSEAlgorithm: [algorithm(encryption?.ServerSideEncryptionConfiguration[0]), algorithm(ServerSideEncryptionConfiguration?.Rules?.[0])],
      VersioningConfiguration: [(properties.VersioningConfiguration as Properties | undefined)?.Status, Status],
      PublicAccessBlockConfiguration: [properties.PublicAccessBlockConfiguration, PublicAccessBlockConfiguration],
    };
  },
  'AWS::KMS::Key': async ({ clients: { kms }, id, properties }) => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    if (KeyMetadata?.KeyState === 'PendingDeletion') return undefined;
    const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' }));
    return {
      Description: [properties.Description, KeyMetadata?.Description],
      EnableKeyRotation: [properties.EnableKeyRotation, KeyRotationEnabled],
      KeyPolicy: [properties.KeyPolicy, JSON.parse(Policy ?? 'null')],
    };
  },
};

/** A part of a bucket, or nothing where the service says that it was never set. */
const orNothing = <T extends object>(asking: Promise<T>): Promise<Partial<T>> =>
  asking.catch((error: Error) => {
    if (/^(NoSuchPublicAccessBlockConfiguration|ServerSideEncryptionConfigurationNotFoundError)$/.test(error.name)) return {};
    throw error;
  });

interface EncryptionRule {
  /** As templates say it. */
  ServerSideEncryptionByDefault?: { SSEAlgorithm?: unknown };
  /** As the service says it. */
  ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: unknown };
}

const algorithm = (rule?: EncryptionRule): unknown =>
  (rule?.ServerSideEncryptionByDefault ?? rule?.ApplyServerSideEncryptionByDefault)?.SSEAlgorithm;
