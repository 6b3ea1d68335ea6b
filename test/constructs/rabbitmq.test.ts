import { Template } from 'aws-cdk-lib/assertions';
import { Rabbitmq } from '../../constructs/rabbitmq';
import { caller, KEY_ARN, resource, statements, surroundings, usageOf, viaService } from './stateful';

const { stack, encryptionKey, network } = surroundings();
const tasks = new Rabbitmq(stack, 'Tasks', {
  encryptionKey,
  ...network,
  instanceType: 'mq.m5.large',
  deployment: 'CLUSTER_MULTI_AZ',
  deadLetterQueues: ['mail.dlq'],
  usage: { 'AWS::AmazonMQ::Broker': { storedGb: 2 } },
});
const one = new Rabbitmq(stack, 'One', { encryptionKey, ...network, instanceType: 'mq.m7g.medium', disposable: true });
const sharded = new Rabbitmq(stack, 'Sharded', {
  encryptionKey,
  ...network,
  instanceType: 'mq.m5.2xlarge',
  deployment: 'CLUSTER_MULTI_AZ',
  shards: 3,
  deadLetterQueues: ['mail.dlq'],
});
caller(tasks, 'Worker', 'consumes');
caller(sharded, 'Sender', 'publishes');
const template = Template.fromStack(stack);
const broker = (id: string) => resource(template, 'AWS::AmazonMQ::Broker', id);

test('a cluster is private, encrypted with the key, logs, and takes its password from the secret', () => {
  const { Properties, DeletionPolicy } = broker('Tasks');
  expect(Properties).toMatchObject({
    EngineType: 'RABBITMQ',
    EngineVersion: '3.13',
    DeploymentMode: 'CLUSTER_MULTI_AZ',
    PubliclyAccessible: false,
    SubnetIds: ['subnet-a', 'subnet-b', 'subnet-c'],
    SecurityGroups: ['sg-1'],
    EncryptionOptions: { UseAwsOwnedKey: false, KmsKeyId: KEY_ARN },
    Logs: { General: true },
  });
  expect(JSON.stringify(Properties.Users[0].Password)).toContain('{{resolve:secretsmanager:');
  expect(DeletionPolicy).toBe('Retain');
});

test('a single broker lives in one subnet, and runs the version its type takes', () => {
  expect(broker('One')).toMatchObject({
    DeletionPolicy: 'Delete',
    Properties: { SubnetIds: ['subnet-a'], DeploymentMode: 'SINGLE_INSTANCE', EngineVersion: '4.2' },
  });
});

test('a disposable broker keeps no log, which Amazon MQ would leave behind', () => {
  expect(broker('One').Properties.Logs).toEqual({ General: false });
});

test('callers get the URL and the password', () => {
  expect(stack.resolve(one.endpoints.URLS)).toEqual({
    'Fn::Select': [0, { 'Fn::GetAtt': [expect.stringMatching(/^One/), 'AmqpEndpoints'] }],
  });
  const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret')).filter((id) => id.startsWith('Tasks'));
  expect(statements(template, 'Worker')).toEqual([
    { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: { Ref: secret } },
    viaService('secretsmanager', 'kms:Decrypt'),
  ]);
});

test('shards are brokers with a user each; callers get them as lists, and all of the passwords', () => {
  const brokers = Object.keys(template.findResources('AWS::AmazonMQ::Broker')).filter((id) => id.startsWith('Sharded'));
  expect(brokers).toHaveLength(3);
  expect(JSON.stringify(stack.resolve(sharded.endpoints.URLS)).match(/"AmqpEndpoints"/g)).toHaveLength(3);
  expect(sharded.endpoints.SECRET_ARNS.split(',')).toHaveLength(3);
  const [read] = statements(template, 'Sender');
  expect(read).toMatchObject({ Action: 'secretsmanager:GetSecretValue', Resource: [{}, {}, {}] });
});

test('of shards the fullest shows, for connections and messages as if all were like it', () => {
  const expression = (watched: 'cpu' | 'memory used' | 'queue depth' | 'dead letters') =>
    sharded.metric(watched).map((m) => m.toMetricConfig().mathExpression!.expression);
  expect(expression('cpu')).toEqual(['MAX([m0, m1, m2]) * 0.01']);
  expect(expression('memory used')).toEqual(['MAX([m0 / m1, m2 / m3, m4 / m5])']);
  expect(expression('queue depth')).toEqual(['MAX([m0, m1, m2]) * 3']);
  expect(expression('dead letters')).toEqual(['MAX([m0, m1, m2])']);
});

test('usage and metrics', () => {
  expect(usageOf(template, 'AWS::AmazonMQ::Broker', 'Tasks')).toEqual({ storedGb: 2 });
  expect(tasks.metric('memory used')[0]!.toMetricConfig().mathExpression!.expression).toBe('m0 / m1');
  expect(tasks.metric('dead letters')[0]!.toMetricConfig().metricStat!.dimensions).toContainEqual({ name: 'Queue', value: 'mail.dlq' });
  expect(() => one.metric('dead letters')).toThrow('has no metric');
});

test('refuses a burstable cluster, and no shards', () => {
  const props = { encryptionKey, ...network, instanceType: 'mq.t3.micro', deployment: 'CLUSTER_MULTI_AZ' as const };
  expect(() => new Rabbitmq(stack, 'None', { ...props, shards: 0 })).toThrow('shards is 0; it takes a whole number from 1 to 64');
  expect(() => new Rabbitmq(stack, 'Bad', props)).toThrow('instanceType is mq.t3.micro; a cluster takes mq.m5.large and larger');
});
