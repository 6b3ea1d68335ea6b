import { Template } from 'aws-cdk-lib/assertions';
import { Queue } from '../../constructs/queue';
import { caller, KEY_ARN, resource, statements, surroundings, usageOf, viaService } from './stateful';

const { stack, encryptionKey } = surroundings();
const orders = new Queue(stack, 'Orders', {
  encryptionKey,
  maxReceives: 3,
  visibilitySeconds: 60,
  usage: { 'AWS::SQS::Queue': { requestsPerMonth: 9 } },
});
new Queue(stack, 'Scratch', { encryptionKey, disposable: true });
caller(orders, 'Producer', 'publishes');
caller(orders, 'Consumer', 'consumes');
const template = Template.fromStack(stack);
const queueId = (start: string) => Object.keys(template.findResources('AWS::SQS::Queue')).find((id) => id.startsWith(start))!;
const arn = { 'Fn::GetAtt': [queueId('OrdersQueue'), 'Arn'] };

test('messages that fail three times wait two weeks among the dead letters', () => {
  expect(resource(template, 'AWS::SQS::Queue', 'OrdersQueue').Properties).toMatchObject({
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [queueId('OrdersDeadLetters'), 'Arn'] }, maxReceiveCount: 3 },
    VisibilityTimeout: 60,
    ReceiveMessageWaitTimeSeconds: 20,
    KmsMasterKeyId: KEY_ARN,
  });
  expect(resource(template, 'AWS::SQS::Queue', 'OrdersDeadLetters').Properties).toMatchObject({
    MessageRetentionPeriod: 1_209_600,
    KmsMasterKeyId: KEY_ARN,
  });
});

test('both queues refuse requests without TLS', () => {
  const denials = Object.values(template.findResources('AWS::SQS::QueuePolicy')).map((p) => p.Properties.PolicyDocument.Statement[0]);
  expect(denials).toHaveLength(4);
  for (const denial of denials)
    expect(denial).toMatchObject({ Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
});

test('a producer sends and a consumer takes, each with as much of the key as that needs', () => {
  expect(statements(template, 'Producer')).toEqual([
    { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: arn },
    viaService('sqs', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ]);
  expect(statements(template, 'Consumer')).toEqual([
    {
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      Effect: 'Allow',
      Resource: arn,
    },
    viaService('sqs', 'kms:Decrypt'),
  ]);
});

test('a disposable queue goes with its stack', () => {
  expect(resource(template, 'AWS::SQS::Queue', 'OrdersQueue').DeletionPolicy).toBe('Retain');
  expect(resource(template, 'AWS::SQS::Queue', 'ScratchQueue').DeletionPolicy).toBe('Delete');
});

test('the URL is what callers need, the dead letters what operators watch', () => {
  expect(stack.resolve(orders.endpoints)).toEqual({ URL: { Ref: queueId('OrdersQueue') } });
  const [deadLetters] = orders.metric('dead letters');
  expect(stack.resolve(deadLetters!.toMetricConfig().metricStat!.dimensions![0]!.value)).toEqual({
    'Fn::GetAtt': [queueId('OrdersDeadLetters'), 'QueueName'],
  });
  expect(usageOf(template, 'AWS::SQS::Queue', 'OrdersQueue')).toEqual({ requestsPerMonth: 9 });
});

test('refuses what SQS refuses', () => {
  expect(() => new Queue(stack, 'Bad', { encryptionKey, retentionSeconds: 59 })).toThrow(
    'Test/Bad: retentionSeconds is 59; it takes a whole number from 60 to 1209600',
  );
});
