import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { StackExpiry, type StackExpiryProps } from '../../constructs/stack-expiry';

interface Schedule {
  Name: string;
  StartDate: string;
  ScheduleExpression: string;
  Target: { Arn: unknown; Input: string; RetryPolicy: { MaximumEventAgeInSeconds: number } };
}

const STACKS = [
  { stackName: 'shop-web', scheduleName: 'web', from: new Date('2026-11-22T10:00:00.123Z') },
  { stackName: 'shop-vpc', scheduleName: 'vpc', from: new Date('2026-11-22T10:20:00Z') },
];

function template(props: Partial<StackExpiryProps> = {}): Template {
  const stack = new Stack(new App(), 'Ends', { env: { region: 'eu-west-1' } });
  new StackExpiry(stack, 'Expiry', { groupName: 'shop', stacks: STACKS, ...props });
  return Template.fromStack(stack);
}

const schedulesOf = (of: Template): Schedule[] =>
  Object.values(of.findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties as Schedule);

test('each stack has a schedule that asks CloudFormation to delete it, again and again', () => {
  const schedules = schedulesOf(template());
  expect(schedules.map(({ Name, StartDate, Target }) => [Name, StartDate, JSON.parse(Target.Input)])).toEqual([
    ['web', '2026-11-22T10:00:00Z', { StackName: 'shop-web' }],
    ['vpc', '2026-11-22T10:20:00Z', { StackName: 'shop-vpc' }],
  ]);
  for (const { ScheduleExpression, Target } of schedules) {
    expect(ScheduleExpression).toBe('rate(10 minutes)');
    expect(JSON.stringify(Target.Arn)).toContain(':scheduler:::aws-sdk:cloudformation:deleteStack');
  }
});

test('retries of one try are over when the next one comes', () => {
  const [schedule] = schedulesOf(template({ tryEvery: Duration.minutes(1) }));
  expect(schedule!.ScheduleExpression).toBe('rate(1 minute)');
  expect(schedule!.Target.RetryPolicy.MaximumEventAgeInSeconds).toBe(60);
});

test('the role deletes exactly these stacks and does nothing else', () => {
  const roles = Object.values(template().findResources('AWS::IAM::Role')).map(({ Properties }) => Properties);
  const policies = Object.values(template().findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties);
  expect(roles).toHaveLength(1);
  expect(roles[0]).not.toHaveProperty('ManagedPolicyArns');
  expect(roles[0]).not.toHaveProperty('Policies');
  const stackArn = (name: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudformation:eu-west-1:', { Ref: 'AWS::AccountId' }, `:stack/${name}/*`]],
  });
  expect(policies.map(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
    [{ Effect: 'Allow', Action: 'cloudformation:DeleteStack', Resource: [stackArn('shop-web'), stackArn('shop-vpc')] }],
  ]);
});

test('nobody assumes the role but the schedules of the group', () => {
  const [group] = Object.keys(template().findResources('AWS::Scheduler::ScheduleGroup', { Properties: { Name: 'shop' } }));
  const [role] = Object.values(template().findResources('AWS::IAM::Role'));
  expect(role!.Properties.AssumeRolePolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' }, 'aws:SourceArn': { 'Fn::GetAtt': [group, 'Arn'] } } },
    },
  ]);
});

test('no schedule is there before the role may do what it is for', () => {
  const [policy] = Object.keys(template().findResources('AWS::IAM::Policy'));
  for (const { DependsOn } of Object.values(template().findResources('AWS::Scheduler::Schedule'))) expect(DependsOn).toContain(policy);
});
