import {
  type CfnResource,
  CustomResource,
  Duration,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  RemovalPolicy,
} from 'aws-cdk-lib';
import type { aws_s3 as s3 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordUsage } from './access';

export interface BucketEmptierProps {
  readonly bucket: s3.IBucket;
}

/** Longest run of a function: Lambda docs, quotas (latest/dg/gettingstarted-limits.html), 2026-11-22. */
const TIMEOUT = Duration.minutes(15);
/** One run when the stack comes, one when it goes; assumed to take ten seconds. */
const RUNS = { invocationsPerMonth: 2, averageMilliseconds: 10_000 };
const CODE = readFileSync(join(__dirname, 'bucket-emptier.handler.js'), 'utf8');

/**
 * Empties a bucket when its stack is deleted, whoever deletes it: S3 takes no bucket with objects in it away. A function without files to
 * upload, in the template itself.
 *
 * `autoDeleteObjects` of the library does the same, but writes to a log group that Lambda makes for it and that stays behind. This one's
 * group is in the template, and its role may write there, close and empty the one bucket, and nothing else: not even make the group anew.
 */
export class BucketEmptier extends Construct {
  constructor(scope: Construct, id: string, { bucket }: BucketEmptierProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY });
    recordUsage(logGroup.node.defaultChild as CfnResource, 'AWS::Logs::LogGroup', { ingestedGbPerMonth: 0, storedGb: 0 });
    const allow = (actions: string[], resource: string) => new iam.PolicyStatement({ actions, resources: [resource] });
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      // Part of the role, so that CloudFormation does not take it away before the bucket is empty.
      inlinePolicies: {
        empty: new iam.PolicyDocument({
          statements: [
            allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
            allow(['s3:ListBucketVersions', 's3:GetBucketPolicy', 's3:PutBucketPolicy'], bucket.bucketArn),
            allow(['s3:DeleteObject', 's3:DeleteObjectVersion'], bucket.arnForObjects('*')),
          ],
        }),
      },
    });
    const run = new lambda.CfnFunction(this, 'Function', {
      description: 'Empties a bucket when its stack is deleted',
      code: { zipFile: CODE },
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X.name,
      architectures: [lambda.Architecture.ARM_64.name],
      memorySize: 256,
      timeout: TIMEOUT.toSeconds(),
      role: role.roleArn,
      environment: { variables: { ROLE_ARN: role.roleArn } },
      loggingConfig: { logGroup: logGroup.logGroupName },
    });
    recordUsage(run, 'AWS::Lambda::Function', RUNS);
    const emptier = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::BucketEmptier',
      serviceToken: run.attrArn,
      serviceTimeout: TIMEOUT.plus(Duration.minutes(1)),
      properties: { Bucket: bucket.bucketName },
    });
    // So the bucket's own policy goes first: deleted later, it would take along what closes the bucket, and open it again.
    bucket.policy?.node.addDependency(emptier);
  }
}
