import { aws_iam as iam, type aws_kms as kms, Stack } from 'aws-cdk-lib';

const SERVICE = 'kinesisanalytics.amazonaws.com';
/** What keeps running storage. */
const INFRASTRUCTURE = 'infrastructure.kinesisanalytics.amazonaws.com';

/**
 * Lets Managed Service for Apache Flink keep the state of one application under a key. Whoever deploys has to be let in by their own policies, as with
 * every key (https://docs.aws.amazon.com/managed-flink/latest/java/manage-cmk-api.html, 2026-11-22).
 */
export function letFlinkUseKey(key: kms.IKey, applicationName: string): void {
  const stack = Stack.of(key);
  const arn = stack.formatArn({ service: 'kinesisanalytics', resource: 'application', resourceName: applicationName });
  const source = { 'aws:SourceArn': arn, 'aws:SourceAccount': stack.account };
  const context = { 'kms:EncryptionContext:aws:kinesisanalytics:arn': arn };
  const admit = (services: string[], actions: string[], conditions: Record<string, object>) =>
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: services.map((service) => new iam.ServicePrincipal(service)),
        actions,
        resources: ['*'],
        conditions,
      }),
    );
  admit([SERVICE, INFRASTRUCTURE], ['kms:DescribeKey'], { StringEquals: source });
  admit([SERVICE], ['kms:GenerateDataKey'], { StringEquals: { ...source, ...context } });
  admit([SERVICE], ['kms:Decrypt'], { StringEquals: context });
  admit([INFRASTRUCTURE], ['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'], { StringEquals: context });
  admit([INFRASTRUCTURE], ['kms:CreateGrant'], {
    StringEquals: { ...context, 'kms:GrantConstraintType': 'EncryptionContextSubset' },
    'ForAllValues:StringEquals': { 'kms:GrantOperations': 'Decrypt' },
  });
}
