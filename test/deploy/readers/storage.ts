import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand } from '@aws-sdk/client-kms';
import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
} from '@aws-sdk/client-s3';
import type { Properties, Readers } from './reader';

/** Buckets and keys: what protects the data. */
export const storageReaders: Readers = {
  'AWS::S3::Bucket': async ({ clients: { s3 }, id, properties }) => {
    const Bucket = id;
    await s3.send(new HeadBucketCommand({ Bucket }));
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    const encryption = properties.BucketEncryption as { ServerSideEncryptionConfiguration: Properties[] } | undefined;
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

const algorithm = (rule: object | undefined): unknown =>
  (rule as { ServerSideEncryptionByDefault?: { SSEAlgorithm?: string }; ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string } })
    ?.ServerSideEncryptionByDefault?.SSEAlgorithm ??
  (rule as { ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string } })?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
