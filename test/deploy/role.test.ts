import type { Known } from './expected';
import { refusal } from './role';

const GROUP = 'arn:aws:scheduler:us-east-1:123456789012:schedule-group/shop';
const stack = (name: string) => `arn:aws:cloudformation:us-east-1:123456789012:stack/${name}/0a1b`;
const request = {
  service: 'scheduler.amazonaws.com',
  context: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': GROUP },
  action: 'cloudformation:DeleteStack',
  resource: stack('shop-web'),
};
const may = (fields: object = {}) => ({
  Effect: 'Allow',
  Action: 'cloudformation:DeleteStack',
  Resource: [
    { 'Fn::Join': ['', ['arn:aws:cloudformation:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':stack/shop-web/*']] },
  ],
  ...fields,
});
const trusts = (fields: object = {}) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'scheduler.amazonaws.com' },
  Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' }, 'aws:SourceArn': { 'Fn::GetAtt': ['Group', 'Arn'] } } },
  ...fields,
});

interface Given {
  trust?: object;
  policy?: object[];
  attachedTo?: string;
}

const why = ({ trust = trusts(), policy = [may()], attachedTo = 'Role' }: Given, role = 'Role') => {
  const known: Known = {
    region: 'us-east-1',
    parameters: {},
    ids: new Map([['Group', 'shop']]),
    template: {
      Resources: {
        Group: { Type: 'AWS::Scheduler::ScheduleGroup' },
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [trust] } } },
        Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: policy }, Roles: [{ Ref: attachedTo }] } },
      },
    },
    outputs: {},
  };
  return refusal(role, request, known);
};

test('a role may do what its policy allows, for whom its trust policy names', () => {
  expect(why({})).toBeUndefined();
  expect(why({ policy: [may({ Action: ['s3:GetObject', 'cloudformation:Delete*'] })] })).toBeUndefined();
});

test.each<[string, Given, string]>([
  ['another action', { policy: [may({ Action: 'cloudformation:UpdateStack' })] }, 'is not allowed'],
  ['another stack', { policy: [may({ Resource: stack('shop-vpc') })] }, 'is not allowed'],
  ['a stack whose name only begins so', { policy: [may({ Resource: stack('shop').replace('0a1b', '*') })] }, 'is not allowed'],
  [
    'a stack without the id that its ARN ends in',
    { policy: [may({ Resource: stack('shop-web').replace('/0a1b', '') })] },
    'is not allowed',
  ],
  ['another region', { policy: [may({ Resource: stack('shop-web').replace('us-east-1', 'eu-west-1') })] }, 'is not allowed'],
  ['a condition', { policy: [may({ Condition: { StringEquals: { a: 'b' } } })] }, 'is not allowed'],
  ['no statement', { policy: [] }, 'is not allowed'],
  ["another role's policy", { attachedTo: 'Other' }, 'is not allowed'],
  ['a refusal besides', { policy: [may(), may({ Effect: 'Deny', Action: '*', Resource: '*' })] }, 'is denied'],
  [
    'another service',
    { trust: trusts({ Principal: { Service: 'events.amazonaws.com' } }) },
    'does not let scheduler.amazonaws.com assume it',
  ],
  ['another group', { trust: trusts({ Condition: { StringEquals: { 'aws:SourceArn': `${GROUP}-2` } } }) }, 'does not let'],
  ['another kind of condition', { trust: trusts({ Condition: { ArnLike: { 'aws:SourceArn': GROUP } } }) }, 'does not let'],
])('it may not with %s', (_, given, message) => {
  expect(why(given)).toContain(message);
});

test('what is no role is refused by name', () => {
  expect(why({}, 'Group')).toBe('Group is no role of the template');
});
