import { aws_iam as iam, aws_smsvoice as smsvoice, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { ManagedService, type Metrics, recordGiven, type Usage } from './managed-service';

export interface SmsChannelProps {
  /** ARNs of the phone numbers, pools and sender ids messages come from. @default any pool or number of the account */
  readonly originators?: readonly string[];
  /** @default none */
  readonly usage?: Usage<'AWS::SMSVOICE::ConfigurationSet'>;
}

/**
 * Text messages: a configuration set of End User Messaging. Numbers and sender ids are rented and registered country by country, by
 * hand. The service publishes no metrics of a configuration set.
 */
export class SmsChannel extends ManagedService {
  readonly endpoints: Readonly<Record<'ARN', string>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SmsChannelProps = {},
  ) {
    super(scope, id);
    const set = new smsvoice.CfnConfigurationSet(this, 'Resource', { messageFeedbackEnabled: true });
    recordGiven(set, 'AWS::SMSVOICE::ConfigurationSet', props.usage);
    this.endpoints = { ARN: set.attrArn };
  }

  /** There is nothing to do with a channel but send. */
  grant(grantee: iam.IGrantable, _access: Access): void {
    const any = ['pool', 'phone-number'].map((resource) => Stack.of(this).formatArn({ service: 'sms-voice', resource, resourceName: '*' }));
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['sms-voice:SendTextMessage'],
      resourceArns: [this.endpoints.ARN, ...(this.props.originators ?? any)],
    });
  }

  protected metrics(): Metrics {
    return {};
  }
}
