import { App, aws_cloudwatch as cloudwatch, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AlarmTopic } from '../../constructs/alarm-topic';
import { Watch, type WatchedPart } from '../../constructs/watch';

const metric = (name: string) => new cloudwatch.Metric({ namespace: 'Test', metricName: name });
const watched = (watch: Partial<WatchedPart>): WatchedPart => ({
  part: 'hot',
  watched: 'cpu',
  threshold: 0.8,
  metrics: [metric('cpu')],
  because: 'a source',
  ...watch,
});

function templateOf(watches: WatchedPart[], email?: string): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  const { topic } = new AlarmTopic(stack, 'Topic', { email });
  new Watch(stack, 'Watch', { topic, watches });
  return Template.fromStack(stack);
}

test('waits for three bad minutes of five and says what is wrong', () => {
  templateOf([watched({})]).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Threshold: 0.8,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 5,
    DatapointsToAlarm: 3,
    TreatMissingData: 'notBreaching',
    AlarmDescription: 'hot: cpu at or above 0.8 (a source)',
    AlarmActions: [{ Ref: Match.anyValue() }],
  });
});

test('a hit ratio is bad when it is low, a dead letter at once', () => {
  const template = templateOf([watched({ watched: 'hit ratio' }), watched({ part: 'mails', watched: 'dead letters', threshold: 1 })]);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    ComparisonOperator: 'LessThanThreshold',
    AlarmDescription: 'hot: hit ratio below 0.8 (a source)',
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
    AlarmDescription: Match.stringLikeRegexp('mails: dead letters'),
  });
});

test('every metric has an alarm, every watch a graph with its threshold', () => {
  const template = templateOf([watched({ metrics: [metric('a'), metric('b')] }), watched({ part: 'web' })]);
  template.resourceCountIs('AWS::CloudWatch::Alarm', 3);
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard!.Properties.DashboardBody);
  expect(body).toContain('hot: cpu');
  expect(body).toContain('web: cpu');
  expect(body.match(/"label\\":\\"alarm/g)).toHaveLength(2);
});

test('nothing watched has no dashboard', () => {
  templateOf([]).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
});

describe('the topic', () => {
  test('is encrypted with a key that alarms of this account may use', () => {
    const template = templateOf([]);
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  test('writes to the address it is given', () => {
    templateOf([], 'ops@example.com').hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
    templateOf([]).resourceCountIs('AWS::SNS::Subscription', 0);
  });
});
