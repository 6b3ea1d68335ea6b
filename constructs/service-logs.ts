import { aws_iam as iam, type aws_kms as kms, aws_logs as logs, type CfnResource, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { recordGiven, removalPolicy, type Usage } from './managed-service';

export interface ServiceLogsProps {
  readonly encryptionKey: kms.IKey;
  /**
   * Name, where the service dictates it.
   *
   * @default CloudFormation chooses one
   */
  readonly logGroupName?: string;
  /** @default one month */
  readonly retention?: logs.RetentionDays;
  /** @default false: the logs outlive the stack */
  readonly disposable?: boolean;
  /** @default none: an estimate lists the log group as lacking usage */
  readonly usage?: Usage<'AWS::Logs::LogGroup'>;
}

/** Log group of a managed service, encrypted and kept for a bounded time. */
export class ServiceLogs extends logs.LogGroup {
  /** What becomes of the group becomes of its streams. */
  private readonly removal: RemovalPolicy;

  constructor(scope: Construct, id: string, props: ServiceLogsProps) {
    super(scope, id, {
      logGroupName: props.logGroupName,
      encryptionKey: props.encryptionKey,
      retention: props.retention ?? logs.RetentionDays.ONE_MONTH,
      removalPolicy: removalPolicy(props.disposable),
    });
    this.removal = removalPolicy(props.disposable);
    allowLogs(props.encryptionKey, Stack.of(this));
    recordGiven(this.node.defaultChild as CfnResource, 'AWS::Logs::LogGroup', props.usage);
  }

  /** For a service that writes to one it is told of. */
  stream(): logs.LogStream {
    return new logs.LogStream(this, 'Stream', { logGroup: this, removalPolicy: this.removal });
  }
}

/** CloudWatch Logs calls the key itself. The pattern names no single group: the group needs the key first, so it cannot be referred to. */
function allowLogs(key: kms.IKey, stack: Stack): void {
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group:*' }) },
      },
    }),
  );
}
