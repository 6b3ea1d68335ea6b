import { wafMeters } from '../../../cost/meters/waf';
import { bill } from './bill';

const acl = (Rules: object[]) => ({ It: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules } } });
const requests = 'requests: 20,000,000 requests / 1M = 20 1M requests at 0.6 = 12';

test('a web ACL pays itself, its rules and the requests it inspects', () => {
  expect(bill(wafMeters, 'It', acl([{}, {}, {}]), { requestsPerMonth: 20e6 })).toEqual([
    'web ACL: 1 ACL = 1 ACL-month at 5 = 5',
    'rules: 3 rules = 3 rule-month at 1 = 3',
    requests,
  ]);
});

test('Bot Control pays a fee and the requests once more', () => {
  const rule = { Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesBotControlRuleSet' } } };
  expect(bill(wafMeters, 'It', acl([rule]), { requestsPerMonth: 20e6 }).slice(2)).toEqual([
    requests,
    'Bot Control: 1 rule group = 1 month at 10 = 10',
    'Bot Control requests: 20,000,000 requests / 1M = 20 1M requests at 1 = 20',
  ]);
});

test('a rule group pays its rules', () => {
  expect(bill(wafMeters, 'It', { It: { Type: 'AWS::WAFv2::RuleGroup', Properties: { Rules: [{}, {}] } } })).toEqual([
    'rules: 2 rules = 2 rule-month at 1 = 2',
  ]);
});
