import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WorkerFunction, type WorkerFunctionProps } from '../../constructs/worker-function';
import { handler } from '../../constructs/worker-function.handler';
import { resource, statements, usageOf } from './stateful';

const stack = new Stack(new App(), 'Test', { env: { account: '111111111111', region: 'us-east-1' } });
const run = (id: string, props: Partial<WorkerFunctionProps> = {}) =>
  new WorkerFunction(stack, id, { description: 'makes thumbnails', memoryMib: 2048, timeoutSeconds: 60, ...props });
const usage = {
  'AWS::Lambda::Function': { invocationsPerMonth: 10, averageMilliseconds: 2000 },
  'AWS::Logs::LogGroup': { ingestedGbPerMonth: 1, storedGb: 2 },
  'AWS::Scheduler::Schedule': { invocationsPerMonth: 10 },
};
const convert = run('Convert', { environment: { IMAGES_BUCKET: 'images' }, usage });
convert.consume('arrived', { queueArn: 'arn:aws:sqs:us-east-1:111111111111:arrived', batch: 10, concurrency: 1000 });
run('Sweep', { usage }).runAt('cron(0 3 ? * MON *)');
const template = Template.fromStack(stack);
const logsOf = (id: string) => ({ Ref: expect.stringMatching(new RegExp(`^${id}Logs`)) });

test('it runs on Graviton for as long as it may, and logs to a group of its own that goes with it', () => {
  expect(resource(template, 'AWS::Lambda::Function', 'Convert').Properties).toMatchObject({
    Architectures: ['arm64'],
    MemorySize: 2048,
    Timeout: 60,
    Environment: { Variables: { IMAGES_BUCKET: 'images' } },
    LoggingConfig: { LogGroup: logsOf('Convert') },
  });
  expect(resource(template, 'AWS::Lambda::Function', 'Convert').Properties).not.toHaveProperty('VpcConfig');
  expect(resource(template, 'AWS::Logs::LogGroup', 'Convert')).toMatchObject({
    DeletionPolicy: 'Delete',
    Properties: { RetentionInDays: 30 },
  });
});

test('messages come in batches, so many at once, and those it gives back come again', () => {
  expect(resource(template, 'AWS::Lambda::EventSourceMapping', 'Convert')).toMatchObject({
    Properties: { BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 1000 } },
    DependsOn: expect.arrayContaining([expect.stringMatching(/^ConvertRoleDefaultPolicy/)]),
  });
});

test('its role writes its own log, and nothing else until it is granted', () => {
  expect(statements(template, 'ConvertRole')).toEqual([
    {
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^ConvertLogs/), 'Arn'] },
    },
  ]);
});

test('by the clock the scheduler starts it, for this account alone', () => {
  expect(resource(template, 'AWS::Scheduler::Schedule', 'Sweep').Properties).toMatchObject({
    ScheduleExpression: 'cron(0 3 ? * MON *)',
    Target: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^SweepFunction/), 'Arn'] } },
  });
  expect(resource(template, 'AWS::IAM::Role', 'SweepScheduleRole').Properties.AssumeRolePolicyDocument.Statement).toEqual([
    {
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
    },
  ]);
  expect(statements(template, 'SweepScheduleRole').map(({ Action }) => Action)).toEqual(['lambda:InvokeFunction']);
});

test('usage and metrics', () => {
  for (const [type, figures] of Object.entries(usage)) expect(usageOf(template, type, 'Sweep')).toEqual(figures);
  expect(convert.metric('error share')[0]!.toMetricConfig().mathExpression!.expression).toBe('FILL(m0, 0) / m1');
  expect(() => convert.metric('queue depth')).toThrow('it has error share, latency p99');
});

test('the placeholder fits into a template and gives every message back', async () => {
  const { ZipFile } = resource(template, 'AWS::Lambda::Function', 'Convert').Properties.Code;
  expect(ZipFile.length).toBeLessThan(4096);
  jest.spyOn(console, 'log').mockImplementation(() => {});
  expect(await handler({ Records: [{ messageId: 'a' }, { messageId: 'b' }] })).toEqual({
    batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'b' }],
  });
  expect(await handler({})).toEqual({ batchItemFailures: [] });
});

test.each([
  [{ memoryMib: 127 }, 'memoryMib is 127'],
  [{ timeoutSeconds: 901 }, 'timeoutSeconds is 901'],
] as [Partial<WorkerFunctionProps>, string][])('refuses %j', (props, message) => {
  expect(() => run(`Bad ${message}`, props)).toThrow(message);
});

test('refuses what a queue does not give', () => {
  expect(() => convert.consume('more', { queueArn: 'arn', concurrency: 1 })).toThrow(
    'concurrency is 1; it takes a whole number from 2 to 1000',
  );
});
