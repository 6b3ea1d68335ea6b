import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WebFirewall } from '../../constructs/web-firewall';

test('refuses floods first, then known attacks', () => {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  new WebFirewall(stack, 'Firewall', { requestsPerAddress: 100 });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::WAFv2::WebACL')) as [
    { Properties: { Scope: string; Rules: { Name: string; Priority: number; Statement: object }[] } },
  ];
  expect(Properties.Scope).toBe('CLOUDFRONT');
  expect(Properties.Rules.map(({ Name, Priority }) => [Priority, Name])).toEqual([
    [0, 'RequestsPerAddress'],
    [1, 'AWSManagedRulesCommonRuleSet'],
    [2, 'AWSManagedRulesKnownBadInputsRuleSet'],
  ]);
  expect(Properties.Rules[0]!.Statement).toEqual({ RateBasedStatement: { AggregateKeyType: 'IP', Limit: 100, EvaluationWindowSec: 300 } });
});

test('refuses a limit that AWS does not take', () => {
  expect(() => new WebFirewall(new Stack(), 'Firewall', { requestsPerAddress: 1 })).toThrow(
    'requestsPerAddress is 1; it takes a whole number from 10',
  );
});

test('before balancers it is of their region, and tied to each', () => {
  const stack = new Stack();
  new WebFirewall(stack, 'Firewall', { balancers: { web: 'arn:web', 'web-2': 'arn:web-2' } });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'REGIONAL' });
  const tied = Object.values(template.findResources('AWS::WAFv2::WebACLAssociation')) as { Properties: { ResourceArn: string } }[];
  expect(tied.map(({ Properties }) => Properties.ResourceArn)).toEqual(['arn:web', 'arn:web-2']);
});
