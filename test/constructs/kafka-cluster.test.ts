import { Template } from 'aws-cdk-lib/assertions';
import { KafkaCluster, type KafkaClusterProps } from '../../constructs/kafka-cluster';
import { actions, caller, customCode, KEY_ARN, resource, statements, surroundings, usageOf } from './stateful';

const { stack, encryptionKey, network } = surroundings();
const kafka = (id: string, props: Partial<KafkaClusterProps> = {}) =>
  new KafkaCluster(stack, id, {
    encryptionKey,
    ...network,
    zones: 3,
    brokerType: 'kafka.m7g.large',
    brokers: 6,
    storageGib: 500,
    ...props,
  });

const events = kafka('Events', {
  topics: [{ name: 'clicks', partitions: 48, retentionSeconds: 86_400 }],
  consumerGroups: ['counter'],
  usage: { 'AWS::MSK::Cluster': { tieredGb: 0 }, 'AWS::Logs::LogGroup': { ingestedGbPerMonth: 6, storedGb: 1 } },
});
const small = kafka('Small', { zones: 2, brokers: 2, disposable: true });
caller(events, 'Producer', 'publishes');
caller(events, 'Consumer', 'consumes');
const template = Template.fromStack(stack);
const cluster = (id: string) => resource(template, 'AWS::MSK::Cluster', id);

test('brokers are spread over the zones, encrypted, and take IAM over TLS only', () => {
  expect(cluster('Events').Properties).toMatchObject({
    KafkaVersion: expect.stringMatching(/\.kraft$/),
    NumberOfBrokerNodes: 6,
    BrokerNodeGroupInfo: {
      InstanceType: 'kafka.m7g.large',
      ClientSubnets: ['subnet-a', 'subnet-b', 'subnet-c'],
      SecurityGroups: ['sg-1'],
      StorageInfo: { EBSStorageInfo: { VolumeSize: 500 } },
      ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } },
    },
    ClientAuthentication: { Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: false } },
    EncryptionInfo: { EncryptionAtRest: { DataVolumeKMSKeyId: KEY_ARN }, EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } },
    EnhancedMonitoring: 'PER_BROKER',
    LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: true } } },
  });
  expect(cluster('Small').Properties.BrokerNodeGroupInfo.ClientSubnets).toEqual(['subnet-a', 'subnet-b']);
});

test('a write counts once all copies but one have it', () => {
  const settings = (id: string): string[] => resource(template, 'AWS::MSK::Configuration', id).Properties.ServerProperties.split('\n');
  expect(settings('Events')).toEqual(
    expect.arrayContaining(['default.replication.factor=3', 'min.insync.replicas=2', 'auto.create.topics.enable=false']),
  );
  expect(settings('Small')).toEqual(expect.arrayContaining(['default.replication.factor=2', 'min.insync.replicas=1']));
});

test('topics are made with the cluster', () => {
  const { Properties } = resource(template, 'AWS::MSK::Topic', 'Events');
  expect(Properties).toMatchObject({ TopicName: 'clicks', PartitionCount: 48, ReplicationFactor: 3 });
  expect(JSON.parse(Buffer.from(Properties.Configs, 'base64').toString())).toEqual({ 'retention.ms': '86400000' });
});

test('a producer writes the named topics and a consumer reads them', () => {
  expect(actions(template, 'Producer')).toEqual([
    'kafka:GetBootstrapBrokers',
    'kafka-cluster:Connect',
    'kafka-cluster:WriteDataIdempotently',
    'kafka-cluster:DescribeTopic',
    'kafka-cluster:WriteData',
  ]);
  expect(actions(template, 'Consumer')).toEqual([
    'kafka:GetBootstrapBrokers',
    'kafka-cluster:Connect',
    'kafka-cluster:DescribeTopic',
    'kafka-cluster:ReadData',
    'kafka-cluster:DescribeGroup',
    'kafka-cluster:AlterGroup',
  ]);
  const topic = JSON.stringify(statements(template, 'Consumer')[1]!.Resource);
  expect(topic).toContain(`:topic/${events.clusterName}/*/clicks`);
});

test('the data stays behind unless it is disposable', () => {
  expect(cluster('Events').DeletionPolicy).toBe('Retain');
  expect(resource(template, 'AWS::MSK::Topic', 'Events').DeletionPolicy).toBe('Retain');
  expect(cluster('Small').DeletionPolicy).toBe('Delete');
});

test('usage and metrics', () => {
  expect(usageOf(template, 'AWS::MSK::Cluster', 'Events')).toEqual({ tieredGb: 0 });
  expect(usageOf(template, 'AWS::Logs::LogGroup', 'Events')).toEqual({ ingestedGbPerMonth: 6, storedGb: 1 });
  const cpu = events.metric('cpu').map((m) => m.toMetricConfig().mathExpression!.expression);
  expect(cpu).toEqual(['MAX([(m0 + m1), (m2 + m3), (m4 + m5), (m6 + m7), (m8 + m9)]) * 0.01', '(m10 + m11) * 0.01']);
  expect(events.metric('consumer lag')).toHaveLength(1);
  expect(() => small.metric('consumer lag')).toThrow('has no metric');
});

test.each([
  [{ brokers: 4 }, 'brokers is 4; it takes a multiple of zones, 3'],
  [{ zones: 1 }, 'zones is 1; it takes a whole number from 2 to 3'],
  [{ brokers: 183 }, 'brokers is 183; it takes a whole number from 2 to 180'],
  [{ storageGib: 20_000 }, 'storageGib is 20000'],
  [{ brokers: 3, replication: 4 }, 'replication is 4; it takes a whole number from 2 to 3'],
])('refuses %j', (props, message) => {
  expect(() => kafka(`Bad ${message}`, props)).toThrow(message);
});

test('nothing of it runs code in the account', () => {
  expect(customCode(template)).toEqual([]);
});
