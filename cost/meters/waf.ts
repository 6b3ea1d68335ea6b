import { monthly, perMillion } from '../charges';
import type { Charge, Meter, PriceKey } from '../meter';
import { listAt, property } from '../property';
import type { Resource } from '../template';

const BOT_CONTROL = 'AWSManagedRulesBotControlRuleSet';

const waf = (dimension: string, spec?: string): PriceKey => ({ service: 'WAF', dimension, spec });

/** AWS WAF: the ACL, each rule or rule group in it, requests inspected, and Bot Control where a rule uses it. https://aws.amazon.com/waf/pricing/ */
const webAcl: Meter<'AWS::WAFv2::WebACL'> = {
  type: 'AWS::WAFv2::WebACL',
  needs: ['requestsPerMonth'],
  charges: (acl, { requestsPerMonth = 0 }) => [
    monthly('web ACL', 1, '1 ACL', waf('web ACL'), 'ACL-month'),
    rules(acl),
    perMillion('requests', requestsPerMonth, 'requests', waf('requests')),
    ...(usesBotControl(acl)
      ? [
          monthly('Bot Control', 1, '1 rule group', waf('Bot Control'), 'month'),
          perMillion('Bot Control requests', requestsPerMonth, 'requests', waf('Bot Control requests')),
        ]
      : []),
  ],
};

const ruleGroup: Meter = { type: 'AWS::WAFv2::RuleGroup', needs: [], charges: (group) => [rules(group)] };

export const wafMeters: Meter[] = [webAcl, ruleGroup];

function rules(owner: Resource): Charge {
  const count = listAt(owner, 'Rules').length;
  return monthly('rules', count, `${count} rules`, waf('rule'), 'rule-month');
}

const usesBotControl = (acl: Resource) =>
  listAt(acl, 'Rules').some((_, i) => property(acl, `Rules.${i}.Statement.ManagedRuleGroupStatement.Name`) === BOT_CONTROL);
