import { aws_iam as iam, aws_ses as ses, Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { ManagedService, type Metrics, recordGiven, type Usage } from './managed-service';
import { math, metric } from './metric-math';

export interface EmailChannelProps {
  /** Verified domain or address mail is sent from. @default any that the account has verified */
  readonly sender?: string;
  /** @default none */
  readonly usage?: Usage<'AWS::SES::ConfigurationSet'>;
}

/** E-mail: an SES configuration set that hands over by TLS only and stops writing to addresses that bounced or complained. */
export class EmailChannel extends ManagedService {
  readonly endpoints: Readonly<Record<'ARN', string>>;
  private readonly setName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EmailChannelProps = {},
  ) {
    super(scope, id);
    this.setName = Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    const set = new ses.CfnConfigurationSet(this, 'Resource', {
      name: this.setName,
      deliveryOptions: { tlsPolicy: 'REQUIRE' },
      reputationOptions: { reputationMetricsEnabled: true },
      suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
      sendingOptions: { sendingEnabled: true },
    });
    recordGiven(set, 'AWS::SES::ConfigurationSet', props.usage);
    this.endpoints = { ARN: this.arn('configuration-set', set.ref) };
  }

  /** There is nothing to do with a channel but send. */
  grant(grantee: iam.IGrantable, _access: Access): void {
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['ses:SendEmail'],
      resourceArns: [this.endpoints.ARN, this.arn('identity', this.props.sender ?? '*')],
    });
  }

  protected metrics(): Metrics {
    const of = (name: string) => metric('AWS/SES', name, 'Average', { 'ses:configuration-set': this.setName });
    return { 'error share': [math('m0 + m1', [of('Reputation.BounceRate'), of('Reputation.ComplaintRate')], 'bounces and complaints')] };
  }

  private arn(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
  }
}
