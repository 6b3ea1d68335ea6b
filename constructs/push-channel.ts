import { type CfnResource, aws_iam as iam, aws_sns as sns } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { grantKey } from './key-access';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, removalPolicy, type Usage } from './managed-service';
import { metric, shareOf } from './metric-math';

export interface PushChannelProps extends ManagedServiceProps {
  /** @default none */
  readonly usage?: Usage<'AWS::SNS::Topic'>;
}

/**
 * Notifications to phones: an SNS topic. The platform applications behind it, APNs and FCM, are made by hand: CloudFormation has no
 * type for them, and their credentials do not belong into a template.
 */
export class PushChannel extends ManagedService {
  readonly endpoints: Readonly<Record<'ARN', string>>;
  private readonly topic: sns.Topic;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PushChannelProps,
  ) {
    super(scope, id);
    this.topic = new sns.Topic(this, 'Topic', { masterKey: props.encryptionKey, enforceSSL: true });
    this.topic.applyRemovalPolicy(removalPolicy(props.disposable));
    recordGiven(this.topic.node.defaultChild as CfnResource, 'AWS::SNS::Topic', props.usage);
    this.endpoints = { ARN: this.topic.topicArn };
  }

  /** There is nothing to do with a channel but send. */
  grant(grantee: iam.IGrantable, _access: Access): void {
    iam.Grant.addToPrincipal({ grantee, actions: ['sns:Publish'], resourceArns: [this.topic.topicArn] });
    grantKey(grantee, this.props.encryptionKey, 'sns', ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  protected metrics(): Metrics {
    const of = (name: string) => metric('AWS/SNS', name, 'Sum', { TopicName: this.topic.topicName });
    return { 'error share': shareOf([[of('NumberOfNotificationsFailed'), of('NumberOfNotificationsDelivered')]], 'undelivered') };
  }
}
