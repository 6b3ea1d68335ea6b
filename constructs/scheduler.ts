import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** EventBridge Scheduler on behalf of this account alone. */
export const schedulerOf = (scope: Construct): iam.IPrincipal =>
  new iam.ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } } });
