import { aws_wafv2 as waf } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { requireInRange } from './in-range';

export interface WebFirewallProps {
  /** Requests of one address in five minutes before it is refused, 10 to 2,000,000,000. @default 2000 */
  readonly requestsPerAddress?: number;
  /** Balancers of its region that it stands before, by name. @default it is for CloudFront, and its stack has to be in us-east-1 */
  readonly balancers?: Readonly<Record<string, string>>;
}

/** Managed rule groups without extra fee: the common web exploits, and inputs known to be malicious. */
const MANAGED = ['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'];

/** A web ACL, before distributions or balancers. */
export class WebFirewall extends Construct {
  readonly resource: waf.CfnWebACL;

  constructor(scope: Construct, id: string, { requestsPerAddress = 2000, balancers }: WebFirewallProps = {}) {
    super(scope, id);
    requireInRange(this, 'requestsPerAddress', requestsPerAddress, 10, 2_000_000_000);
    const managed = MANAGED.map((name) => ({
      name,
      statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
      overrideAction: { none: {} },
    }));
    const flood = {
      name: 'RequestsPerAddress',
      statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerAddress, evaluationWindowSec: 300 } },
      action: { block: {} },
    };
    this.resource = new waf.CfnWebACL(this, 'Acl', {
      scope: balancers ? 'REGIONAL' : 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visible('Firewall'),
      // The cheap rule first: what it refuses is not inspected any further.
      rules: [flood, ...managed].map((rule, priority) => ({ ...rule, priority, visibilityConfig: visible(rule.name) })),
    });
    for (const [name, resourceArn] of Object.entries(balancers ?? {}))
      new waf.CfnWebACLAssociation(this, `Before-${name}`, { resourceArn, webAclArn: this.resource.attrArn });
  }
}

const visible = (metricName: string): waf.CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});
