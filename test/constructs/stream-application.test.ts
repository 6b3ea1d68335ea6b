import { CfnCondition, Fn } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { StreamApplication, type StreamApplicationProps } from '../../constructs/stream-application';
import { actions, customCode, KEY_ARN, resource, statements, surroundings, usageOf } from './stateful';

const { stack, encryptionKey } = surroundings();
const usage = {
  'AWS::KinesisAnalyticsV2::Application': { runningHoursPerMonth: 730, snapshotGb: 10 },
  'AWS::Logs::LogGroup': { ingestedGbPerMonth: 4, storedGb: 1 },
};
const make = (id: string, more: Partial<StreamApplicationProps> = {}) =>
  new StreamApplication(stack, id, {
    description: 'counts',
    vpcId: 'vpc-1',
    subnetIds: ['subnet-a', 'subnet-b'],
    securityGroupId: 'sg-1',
    kpus: 9,
    encryptionKey,
    ...more,
  });
const program = { bucketArn: 'arn:aws:s3:::programs', key: 'jobs/counts.jar' };
const counts = make('Counts', { program, environment: { EVENTS_CLUSTER_ARN: 'arn:events' }, checkpointSeconds: 30, usage });
const programIsThere = new CfnCondition(stack, 'There', { expression: Fn.conditionEquals('yes', 'no') });
make('Later', { program, programIsThere, disposable: true });
make('Bare');
const template = Template.fromStack(stack);
const configuration = (id: string) => resource(template, 'AWS::KinesisAnalyticsV2::Application', id).Properties.ApplicationConfiguration;

test('starts with a task on each KPU, and gets more of them by itself', () => {
  expect(configuration('Counts').FlinkApplicationConfiguration.ParallelismConfiguration).toEqual({
    ConfigurationType: 'CUSTOM',
    Parallelism: 9,
    ParallelismPerKPU: 1,
    AutoScalingEnabled: true,
  });
});

test('keeps its state in checkpoints and snapshots, under the key, and goes back by itself', () => {
  const { FlinkApplicationConfiguration, ...others } = configuration('Counts');
  expect(FlinkApplicationConfiguration.CheckpointConfiguration).toMatchObject({ CheckpointingEnabled: true, CheckpointInterval: 30_000 });
  expect(others).toMatchObject({
    ApplicationSnapshotConfiguration: { SnapshotsEnabled: true },
    ApplicationSystemRollbackConfiguration: { RollbackEnabled: true },
    ApplicationEncryptionConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KeyId: KEY_ARN },
    VpcConfigurations: [{ SubnetIds: ['subnet-a', 'subnet-b'], SecurityGroupIds: ['sg-1'] }],
    EnvironmentProperties: { PropertyGroups: [{ PropertyGroupId: 'scaleprint', PropertyMap: { EVENTS_CLUSTER_ARN: 'arn:events' } }] },
  });
});

test('the key lets in the service for one application each, and nobody else for its state', () => {
  const key = JSON.stringify(resource(template, 'AWS::KMS::Key', 'Key').Properties.KeyPolicy);
  expect(key).toContain(`application/${counts.applicationName}`);
  const flink = resource(template, 'AWS::KMS::Key', 'Key').Properties.KeyPolicy.Statement.filter(({ Principal }: any) =>
    JSON.stringify(Principal).includes('kinesisanalytics'),
  );
  expect(flink.filter(({ Condition }: any) => !JSON.stringify(Condition).includes('application/'))).toEqual([]);
});

test('has its program at once, once it is there, or not yet', () => {
  const code = { CodeContentType: 'ZIPFILE', CodeContent: { S3ContentLocation: { BucketARN: program.bucketArn, FileKey: program.key } } };
  expect(['Counts', 'Later', 'Bare'].map((id) => configuration(id).ApplicationCodeConfiguration)).toEqual([
    code,
    { 'Fn::If': ['There', code, { Ref: 'AWS::NoValue' }] },
    undefined,
  ]);
});

test('may make interfaces in its own subnets, write its own log, and nothing else until granted', () => {
  expect(new Set(actions(template, 'CountsRole').map((action) => action.split(':')[0]))).toEqual(new Set(['ec2', 'logs']));
  const [create] = statements(template, 'CountsRole').filter(({ Action }) => Action === 'ec2:CreateNetworkInterface');
  expect(JSON.stringify(create!.Resource)).toMatch(/network-interface.*subnet\/subnet-a.*subnet\/subnet-b.*security-group\/sg-1/);
  const removing = statements(template, 'CountsRole').find(({ Action }) => Action.includes('ec2:DeleteNetworkInterface'));
  expect(JSON.stringify(removing!.Condition)).toContain('vpc/vpc-1');
  const [{ Condition }] = resource(template, 'AWS::IAM::Role', 'CountsRole').Properties.AssumeRolePolicyDocument.Statement;
  expect(JSON.stringify(Condition)).toContain(`application/${counts.applicationName}`);
});

test('its log goes with a disposable stack, and stays otherwise', () => {
  const kept = (id: string) =>
    ['AWS::Logs::LogGroup', 'AWS::Logs::LogStream'].map((type) => resource(template, type, `${id}Logs`).DeletionPolicy);
  expect([kept('Counts'), kept('Later')]).toEqual([
    ['Retain', 'Retain'],
    ['Delete', 'Delete'],
  ]);
});

test('shows how long it was down, what its checkpoints take, and how far it is behind', () => {
  const shown = (['downtime', 'checkpoint time', 'consumer lag', 'cpu', 'memory used'] as const).map((watched) => counts.metric(watched));
  expect(shown.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
  expect(() => counts.metric('hit ratio')).toThrow('has no metric for "hit ratio"');
});

test('usage, and no code of ours', () => {
  expect(usageOf(template, 'AWS::KinesisAnalyticsV2::Application', 'Counts')).toEqual(usage['AWS::KinesisAnalyticsV2::Application']);
  expect(usageOf(template, 'AWS::Logs::LogGroup', 'CountsLogs')).toEqual(usage['AWS::Logs::LogGroup']);
  expect(customCode(template)).toEqual([]);
});

test('refuses what the service does', () => {
  expect(() => make('Large', { kpus: 257 })).toThrow('kpus is 257');
  expect(() => make('Slow', { checkpointSeconds: 0 })).toThrow('checkpointSeconds is 0');
});
