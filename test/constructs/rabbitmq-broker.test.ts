import { Template } from 'aws-cdk-lib/assertions';
import { RabbitmqBroker } from '../../constructs/rabbitmq-broker';
import { caller, KEY_ARN, resource, statements, surroundings, usageOf, viaService } from './stateful';

const { stack, encryptionKey, network } = surroundings();
const tasks = new RabbitmqBroker(stack, 'Tasks', {
  encryptionKey,
  ...network,
  instanceType: 'mq.m5.large',
  deployment: 'CLUSTER_MULTI_AZ',
  deadLetterQueues: ['mail.dlq'],
  usage: { 'AWS::AmazonMQ::Broker': { storedGb: 2 } },
});
const one = new RabbitmqBroker(stack, 'One', { encryptionKey, ...network, instanceType: 'mq.m7g.medium', disposable: true });
caller(tasks, 'Worker', 'consumes');
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

test('callers get the URL and the password', () => {
  expect(stack.resolve(one.endpoints.URL)).toEqual({
    'Fn::Select': [0, { 'Fn::GetAtt': [expect.stringMatching(/^One/), 'AmqpEndpoints'] }],
  });
  const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret')).filter((id) => id.startsWith('Tasks'));
  expect(statements(template, 'Worker')).toEqual([
    { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: { Ref: secret } },
    viaService('secretsmanager', 'kms:Decrypt'),
  ]);
});

test('usage and metrics', () => {
  expect(usageOf(template, 'AWS::AmazonMQ::Broker', 'Tasks')).toEqual({ storedGb: 2 });
  expect(tasks.metric('memory used')[0]!.toMetricConfig().mathExpression!.expression).toBe('m0 / m1');
  expect(tasks.metric('dead letters')[0]!.toMetricConfig().metricStat!.dimensions).toContainEqual({ name: 'Queue', value: 'mail.dlq' });
  expect(() => one.metric('dead letters')).toThrow('has no metric');
});

test('refuses a burstable cluster', () => {
  const props = { encryptionKey, ...network, instanceType: 'mq.t3.micro', deployment: 'CLUSTER_MULTI_AZ' as const };
  expect(() => new RabbitmqBroker(stack, 'Bad', props)).toThrow('instanceType is mq.t3.micro; a cluster takes mq.m5.large and larger');
});
