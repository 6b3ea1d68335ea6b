import type { AwsCredentialIdentityProvider } from '@smithy/types';

/** Where a sandbox goes, and as whom. */
export interface Account {
  /** Twelve digits. */
  id: string;
  /** Home region. */
  region: string;
  /** IAM user or role that asks; of an assumed role the role itself. */
  principalArn: string;
  credentials: AwsCredentialIdentityProvider;
  /** Profile of the AWS configuration. @default the environment's */
  profile?: string;
}
