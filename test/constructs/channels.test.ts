import { Template } from 'aws-cdk-lib/assertions';
import { EmailChannel } from '../../constructs/email-channel';
import { PushChannel } from '../../constructs/push-channel';
import { SmsChannel } from '../../constructs/sms-channel';
import { caller, KEY_ARN, resource, statements, surroundings, usageOf, viaService } from './stateful';

const { stack, encryptionKey } = surroundings();
const push = new PushChannel(stack, 'Push', {
  encryptionKey,
  usage: { 'AWS::SNS::Topic': { publishesPerMonth: 5, mobilePushesPerMonth: 5 } },
});
const mail = new EmailChannel(stack, 'Mail', {
  sender: 'example.com',
  usage: { 'AWS::SES::ConfigurationSet': { emailsPerMonth: 6, attachmentGbPerMonth: 0 } },
});
const text = new SmsChannel(stack, 'Text', { usage: { 'AWS::SMSVOICE::ConfigurationSet': { smsPerMonth: 7 } } });
caller(push, 'Pusher', 'sends');
caller(mail, 'Mailer', 'sends');
caller(text, 'Texter', 'sends');
const template = Template.fromStack(stack);
const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, rest]] });

test('pushes go through an encrypted topic that takes TLS only', () => {
  expect(resource(template, 'AWS::SNS::Topic', 'Push').Properties).toEqual({ KmsMasterKeyId: KEY_ARN });
  expect(resource(template, 'AWS::SNS::TopicPolicy', 'Push').Properties.PolicyDocument.Statement).toMatchObject([
    { Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ]);
  expect(statements(template, 'Pusher')).toEqual([
    { Action: 'sns:Publish', Effect: 'Allow', Resource: stack.resolve(push.endpoints.ARN) },
    viaService('sns', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ]);
  expect(push.metric('error share')[0]!.toMetricConfig().mathExpression!.expression).toBe('(FILL(m0, 0)) / (FILL(m0, 0) + FILL(m1, 0))');
});

test('mail is handed over by TLS, its reputation is watched, and dead addresses are spared', () => {
  expect(resource(template, 'AWS::SES::ConfigurationSet', 'Mail').Properties).toMatchObject({
    DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    ReputationOptions: { ReputationMetricsEnabled: true },
    SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
  expect(statements(template, 'Mailer')).toEqual([
    {
      Action: 'ses:SendEmail',
      Effect: 'Allow',
      Resource: [stack.resolve(mail.endpoints.ARN), arn(':ses:us-east-1:111111111111:identity/example.com')],
    },
  ]);
});

test('text messages go through a configuration set', () => {
  expect(statements(template, 'Texter')).toMatchObject([{ Action: 'sms-voice:SendTextMessage', Resource: { length: 3 } }]);
  expect(() => text.metric('error share')).toThrow('it has none');
});

test('usage is written on each', () => {
  expect(usageOf(template, 'AWS::SNS::Topic', 'Push')).toEqual({ publishesPerMonth: 5, mobilePushesPerMonth: 5 });
  expect(usageOf(template, 'AWS::SES::ConfigurationSet', 'Mail')).toEqual({ emailsPerMonth: 6, attachmentGbPerMonth: 0 });
  expect(usageOf(template, 'AWS::SMSVOICE::ConfigurationSet', 'Text')).toEqual({ smsPerMonth: 7 });
});
