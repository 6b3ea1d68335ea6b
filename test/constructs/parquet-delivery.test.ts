import { CfnCondition, Fn } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { KafkaCluster } from '../../constructs/kafka-cluster';
import { Lake } from '../../constructs/lake';
import { ObjectStore } from '../../constructs/object-store';
import { ParquetDelivery, type ParquetDeliveryProps } from '../../constructs/parquet-delivery';
import { actions, caller, KEY_ARN, resource, statements, surroundings, usageOf } from './stateful';

const { stack, encryptionKey, network } = surroundings();
const store = new ObjectStore(stack, 'Raw', { encryptionKey });
const tables = [{ name: 'events', store, prefix: 'events/', columns: { id: 'string' }, partitions: 'hourly', sinceYear: 2026 }] as const;
const lake = new Lake(stack, 'Lake', { encryptionKey, tables, cutoffBytes: 1e9 });
const admitted = new CfnCondition(stack, 'Admitted', { expression: Fn.conditionEquals('yes', 'no') });
const cluster = new KafkaCluster(stack, 'Events', {
  encryptionKey,
  ...network,
  zones: 3,
  brokerType: 'kafka.m7g.large',
  brokers: 3,
  storageGib: 100,
  privateConnectivity: admitted,
});
const usage = {
  'AWS::KinesisFirehose::DeliveryStream': { ingestedGbPerMonth: 1000 },
  'AWS::Logs::LogGroup': { ingestedGbPerMonth: 1, storedGb: 1 },
};
const make = (id: string, more: Partial<ParquetDeliveryProps> = {}) =>
  new ParquetDelivery(stack, id, { encryptionKey, store, table: { ...tables[0], lake }, ...more });
const archive = make('Archive', { source: { cluster, topic: 'events' }, admitted, usage, bufferSeconds: 300 });
const put = make('Put', { disposable: true });
caller(put, 'Collector', 'publishes');
const template = Template.fromStack(stack);
const stream = (id: string) => resource(template, 'AWS::KinesisFirehose::DeliveryStream', id) as any;

test('reads the topic by private connectivity, once the cluster lets it in', () => {
  const { Properties, Condition, DependsOn } = stream('Archive');
  expect(Properties).toMatchObject({
    DeliveryStreamType: 'MSKAsSource',
    MSKSourceConfiguration: { TopicName: 'events', AuthenticationConfiguration: { Connectivity: 'PRIVATE' } },
  });
  const policy = resource(template, 'AWS::MSK::ClusterPolicy', 'EventsPolicy') as any;
  expect([Condition, policy.Condition]).toEqual(['Admitted', 'Admitted']);
  expect(DependsOn.some((id: string) => id.startsWith('EventsPolicy'))).toBe(true);
  expect(policy.Properties.Policy.Statement).toEqual([
    expect.objectContaining({ Action: 'kafka:CreateVpcConnection', Principal: { Service: 'firehose.amazonaws.com' } }),
  ]);
  const { VpcConnectivity } = resource(template, 'AWS::MSK::Cluster', 'Events').Properties.BrokerNodeGroupInfo.ConnectivityInfo;
  expect(VpcConnectivity['Fn::If']).toEqual([
    'Admitted',
    { ClientAuthentication: { Sasl: { Iam: { Enabled: true } } } },
    { Ref: 'AWS::NoValue' },
  ]);
});

test('writes Parquet by the table into the folders that its partitions are, and what is no row below errors', () => {
  expect(stream('Archive').Properties.ExtendedS3DestinationConfiguration).toMatchObject({
    Prefix: 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
    ErrorOutputPrefix: 'errors/events/!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/',
    BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
    EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: KEY_ARN } },
    DataFormatConversionConfiguration: {
      Enabled: true,
      OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: 'SNAPPY' } } },
      SchemaConfiguration: { DatabaseName: lake.databaseName, TableName: 'events' },
    },
  });
});

test('another source is another stream, so that the new one can be there before the old one goes', () => {
  const nameOf = (id: string): string => stream(id).Properties.DeliveryStreamName;
  expect(nameOf('Archive')).toMatch(/-events$/);
  expect(nameOf('Put')).not.toMatch(/-events$/);
});

test('its role reads one topic and one table, and writes below two prefixes', () => {
  const all = statements(template, 'ArchiveRole');
  const of = (action: string) => JSON.stringify(all.find(({ Action }) => [Action].flat().includes(action))!.Resource);
  expect(of('kafka-cluster:ReadData')).toMatch(/:topic\/[^"]+\/\*\/events"/);
  expect(of('s3:PutObject')).toMatch(/"\/events\/\*".*"\/errors\/events\/\*"/);
  expect(of('glue:GetTableVersions')).toContain(`table/${lake.databaseName}/events`);
  expect(actions(template, 'ArchiveRole').filter((action) => /Write|Create(?!LogStream)|Delete/.test(action))).toEqual([]);
});

test('without a topic callers put, and what waits is encrypted', () => {
  expect(stream('Put')).toMatchObject({
    Properties: {
      DeliveryStreamType: 'DirectPut',
      DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: KEY_ARN },
    },
  });
  expect(stream('Put').Condition).toBeUndefined();
  expect(actions(template, 'Collector').sort()).toEqual(['firehose:PutRecord', 'firehose:PutRecordBatch']);
  expect(() => caller(archive, 'Other', 'publishes')).toThrow('a delivery without a topic takes "publishes"');
});

test('shows how old what it holds is, and what it could not make rows of', () => {
  expect((['oldest message', 'dead letters', 'error share'] as const).map((watched) => put.metric(watched).length)).toEqual([1, 1, 1]);
  expect(archive.metric('consumer lag')).toHaveLength(1);
  expect(() => put.metric('consumer lag')).toThrow('has no metric');
});

test('usage, and refusals', () => {
  expect(usageOf(template, 'AWS::KinesisFirehose::DeliveryStream', 'Archive')).toEqual(usage['AWS::KinesisFirehose::DeliveryStream']);
  expect(() => make('Small', { bufferMib: 63 })).toThrow('bufferMib is 63');
  expect(() => make('Slow', { bufferSeconds: 901 })).toThrow('bufferSeconds is 901');
  const brokers = { zones: 2, brokerType: 'kafka.t3.small', brokers: 2, storageGib: 1 };
  expect(() => new KafkaCluster(stack, 'Tiny', { encryptionKey, ...network, ...brokers, privateConnectivity: admitted })).toThrow(
    'brokerType is kafka.t3.small; private connectivity takes a larger one',
  );
});
