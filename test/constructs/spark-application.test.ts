import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SparkApplication } from '../../constructs/spark-application';
import { resource, statements, usageOf } from './stateful';

const stack = new Stack(new App(), 'Test', { env: { account: '111111111111', region: 'us-east-1' } });
const usage = {
  'AWS::EMRServerless::Application': { vcpuHoursPerMonth: 100, gbHoursPerMonth: 400 },
  'AWS::Scheduler::Schedule': { invocationsPerMonth: 30 },
};
const job = {
  description: 'ranks pages',
  schedule: 'cron(0 2 * * ? *)',
  entryPoint: 's3://graph/jobs/rank.py',
  executors: 9,
  worker: { vcpu: 4, memoryGib: 22 },
  timeoutMinutes: 360,
};
const rank = new SparkApplication(stack, 'Rank', { maximum: { vcpu: 40, memoryGib: 220 }, usage });
rank.run(job);
new SparkApplication(stack, 'Paused', { maximum: { vcpu: 40, memoryGib: 220 } }).run({ ...job, enabled: false });
const template = Template.fromStack(stack);
const schedule = (id: string) => resource(template, 'AWS::Scheduler::Schedule', id).Properties;

test('it grows as far as it may, and is gone five minutes after a run', () => {
  expect(resource(template, 'AWS::EMRServerless::Application', 'Rank').Properties).toMatchObject({
    Type: 'Spark',
    Architecture: 'ARM64',
    MaximumCapacity: { Cpu: '40 vCPU', Memory: '220 GB' },
    AutoStopConfiguration: { Enabled: true, IdleTimeoutMinutes: 5 },
  });
});

test('the clock starts one run, in workers of the size it was given, which is tried once more', () => {
  const { Target, State } = schedule('Rank');
  expect([State, schedule('Paused').State]).toEqual(['ENABLED', 'DISABLED']);
  expect(Target.Arn).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:::aws-sdk:emrserverless:startJobRun']] });
  const input = JSON.parse((Target.Input['Fn::Join'][1] as unknown[]).map((part) => (typeof part === 'string' ? part : 'x')).join(''));
  expect(input).toMatchObject({
    ClientToken: '<aws.scheduler.execution-id>',
    ExecutionTimeoutMinutes: 360,
    JobDriver: { SparkSubmit: { EntryPoint: 's3://graph/jobs/rank.py' } },
    RetryPolicy: { MaxAttempts: 2 },
  });
  // 22 GiB with a tenth on top of the heap: 20 GiB.
  expect(input.JobDriver.SparkSubmit.SparkSubmitParameters).toBe(
    [
      'spark.driver.cores=4',
      'spark.driver.memory=20480m',
      'spark.executor.cores=4',
      'spark.executor.memory=20480m',
      'spark.dynamicAllocation.maxExecutors=9',
    ]
      .map((setting) => `--conf ${setting}`)
      .join(' '),
  );
});

test('whoever starts it may do that, and hand on the role of its runs to EMR alone', () => {
  expect(statements(template, 'RankScheduleRole')).toEqual([
    {
      Action: 'emr-serverless:StartJobRun',
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^RankApplication/), 'Arn'] },
    },
    {
      Action: 'iam:PassRole',
      Condition: { StringEquals: { 'iam:PassedToService': 'emr-serverless.amazonaws.com' } },
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^RankRole/), 'Arn'] },
    },
  ]);
});

test('its runs may do nothing until granted, and only this application takes on their role', () => {
  const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
  expect(policies.filter((id) => id.startsWith('RankRole'))).toEqual([]);
  const [{ Condition }] = resource(template, 'AWS::IAM::Role', 'RankRole').Properties.AssumeRolePolicyDocument.Statement;
  expect(Condition).toMatchObject({
    StringEquals: { 'aws:SourceAccount': '111111111111' },
    ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^RankApplication/), 'Arn'] } },
  });
});

test('usage', () => {
  for (const [type, figures] of Object.entries(usage)) expect(usageOf(template, type, 'Rank')).toEqual(figures);
});

test('refuses a time that EMR Serverless does', () => {
  expect(() => rank.run({ ...job, timeoutMinutes: 4 })).toThrow('timeoutMinutes is 4');
});
