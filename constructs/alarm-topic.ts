import { aws_iam as iam, aws_kms as kms, aws_sns as sns, Aws, type CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { recordUsage } from './access';
import { keyRemoval } from './managed-service';

export interface AlarmTopicProps {
  /** Mail address that has to confirm before it hears of alarms. @default nobody is told */
  readonly email?: string;
  /** Whether the key may be deleted with its stack. @default false */
  readonly disposable?: boolean;
}

/** Each alarm's notice is encrypted and decrypted once; hundreds a month would be a bad month. */
const NOTICES_PER_MONTH = 300;

/** Where alarms go: an encrypted topic that only this account's alarms publish to. */
export class AlarmTopic extends Construct {
  readonly topic: sns.Topic;

  constructor(scope: Construct, id: string, { email, disposable }: AlarmTopicProps = {}) {
    super(scope, id);
    const alarms = new iam.ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    // CloudWatch cannot use the keys that AWS manages for SNS.
    const key = new kms.Key(this, 'Key', {
      description: 'Notices of alarms',
      enableKeyRotation: true,
      ...keyRemoval(disposable),
    });
    key.grant(alarms, 'kms:Decrypt', 'kms:GenerateDataKey*');
    recordUsage(key.node.defaultChild as CfnResource, 'AWS::KMS::Key', { requestsPerMonth: 2 * NOTICES_PER_MONTH });
    this.topic = new sns.Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    this.topic.grantPublish(alarms);
    recordUsage(this.topic.node.defaultChild as CfnResource, 'AWS::SNS::Topic', { publishesPerMonth: NOTICES_PER_MONTH });
    if (email) new sns.CfnSubscription(this, 'Mail', { topicArn: this.topic.topicArn, protocol: 'email', endpoint: email });
  }
}
