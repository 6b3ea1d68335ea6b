import { aws_iam as iam, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface CdnBucketPolicyProps {
  readonly bucketName: string;
  /** Distributions that may read its objects. */
  readonly distributionIds: readonly string[];
}

/** S3 takes older ones otherwise. */
const TLS = 1.2;

/**
 * Policy of a bucket that CloudFront reads: the distributions named may, no other, and all requests come over TLS. It is apart
 * from the bucket because a distribution names its bucket and this names the distribution, so it belongs into a stack after both.
 */
export class CdnBucketPolicy extends Construct {
  constructor(scope: Construct, id: string, { bucketName, distributionIds }: CdnBucketPolicyProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const bucket = stack.formatArn({ service: 's3', region: '', account: '', resource: bucketName });
    const distributions = distributionIds.map((distribution) =>
      stack.formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: distribution }),
    );
    const deny = (conditions: iam.Conditions) =>
      new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:*'],
        resources: [bucket, `${bucket}/*`],
        conditions,
      });
    new s3.CfnBucketPolicy(this, 'Policy', {
      bucket: bucketName,
      policyDocument: new iam.PolicyDocument({
        statements: [
          deny({ Bool: { 'aws:SecureTransport': 'false' } }),
          deny({ NumericLessThan: { 's3:TlsVersion': TLS } }),
          new iam.PolicyStatement({
            principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')],
            actions: ['s3:GetObject'],
            resources: [`${bucket}/*`],
            conditions: { StringEquals: { 'aws:SourceArn': distributions } },
          }),
        ],
      }),
    });
  }
}
