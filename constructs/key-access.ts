import { aws_iam as iam, type aws_kms as kms, Stack } from 'aws-cdk-lib';

export type KeyAction = 'kms:Decrypt' | 'kms:GenerateDataKey';

/** Lets a role use a key through one service alone, such as `sqs`. */
export function grantKey(grantee: iam.IGrantable, key: kms.IKey, service: string, actions: readonly KeyAction[]): void {
  iam.Grant.addToPrincipal({
    grantee,
    actions: [...actions],
    resourceArns: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${Stack.of(key).region}.amazonaws.com` } },
  });
}
