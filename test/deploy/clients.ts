import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';

/** The emulator's services in one region. */
export interface Clients {
  cloudformation: CloudFormationClient;
  ec2: EC2Client;
  iam: IAMClient;
  kms: KMSClient;
  s3: S3Client;
}

/** Clients that can reach nothing but the emulator: its endpoint and made-up credentials are set on each. */
export function clientsOf(endpoint: string, region: string): Clients {
  const config = { endpoint, region, credentials: { accessKeyId: 'emulator', secretAccessKey: 'emulator' }, maxAttempts: 1 };
  return {
    cloudformation: new CloudFormationClient(config),
    ec2: new EC2Client(config),
    iam: new IAMClient(config),
    kms: new KMSClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
  };
}
