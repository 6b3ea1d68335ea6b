import { Template } from 'aws-cdk-lib/assertions';
import type { ScaledUnits } from '../../constructs/scaled-capacity';
import { type KeyspaceTable, WideColumnKeyspace } from '../../constructs/wide-column-keyspace';
import { caller, KEY_ARN, resource, statements, surroundings, usageOf, viaService } from './stateful';

const { stack, encryptionKey } = surroundings();
const usage = { writeUnitsPerMonth: 1, readUnitsPerMonth: 2, storedGb: 3, ttlDeletesPerMonth: 1 };
const messages: KeyspaceTable = {
  name: 'messages',
  partitionKey: [{ name: 'conversation', type: 'uuid' }],
  clustering: [{ name: 'sent', type: 'timeuuid', order: 'DESC' }],
  columns: [{ name: 'body', type: 'blob' }],
  ttlSeconds: 86_400,
  usage: { 'AWS::Cassandra::Table': usage },
};
const local = new WideColumnKeyspace(stack, 'Local', { encryptionKey, tables: [messages] });
const world = new WideColumnKeyspace(stack, 'World', {
  encryptionKey,
  keyspaceName: 'chat',
  tables: [messages],
  replicaRegions: ['eu-west-1'],
  disposable: true,
});
const scaled = (units: Partial<ScaledUnits> = {}) => ({ min: 10, max: 100, targetPercent: 70, ...units });
new WideColumnKeyspace(stack, 'Scaled', {
  encryptionKey,
  tables: [{ ...messages, capacity: { write: scaled(), read: scaled({ max: 500 }) } }],
});
const copy = new WideColumnKeyspace(stack, 'Copy', { encryptionKey, keyspaceName: 'chat', tables: [messages], declared: false });
caller(local, 'Reader', 'reads');
caller(world, 'Writer', 'writes');
const template = Template.fromStack(stack);
const table = (id: string) => resource(template, 'AWS::Cassandra::Table', id);

test('a table has its keys in order, a time to live, recovery and the key', () => {
  expect(table('Local').Properties).toMatchObject({
    TableName: 'messages',
    PartitionKeyColumns: [{ ColumnName: 'conversation', ColumnType: 'uuid' }],
    ClusteringKeyColumns: [{ Column: { ColumnName: 'sent', ColumnType: 'timeuuid' }, OrderBy: 'DESC' }],
    RegularColumns: [{ ColumnName: 'body', ColumnType: 'blob' }],
    DefaultTimeToLive: 86_400,
    BillingMode: { Mode: 'ON_DEMAND' },
    PointInTimeRecoveryEnabled: true,
    EncryptionSpecification: { EncryptionType: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyIdentifier: KEY_ARN },
  });
  expect(table('Local').DeletionPolicy).toBe('Retain');
  expect(usageOf(template, 'AWS::Cassandra::Table', 'Local')).toEqual(usage);
});

test('a keyspace of several regions names them all, and uses the key of the service', () => {
  expect(resource(template, 'AWS::Cassandra::Keyspace', 'World').Properties).toEqual({
    KeyspaceName: 'chat',
    ReplicationSpecification: { ReplicationStrategy: 'MULTI_REGION', RegionList: ['us-east-1', 'eu-west-1'] },
  });
  expect(table('World')).toMatchObject({
    DeletionPolicy: 'Delete',
    Properties: {
      EncryptionSpecification: { EncryptionType: 'AWS_OWNED_KMS_KEY' },
      ReplicaSpecifications: [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }],
      // It is disposable, and what could be recovered would stay behind.
      PointInTimeRecoveryEnabled: false,
    },
  });
});

test('provisioned capacity starts at its least and follows the load', () => {
  const scaling = (MaximumUnits: number) => ({
    MinimumUnits: 10,
    MaximumUnits,
    ScalingPolicy: { TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 } },
  });
  expect(table('Scaled').Properties).toMatchObject({
    BillingMode: { Mode: 'PROVISIONED', ProvisionedThroughput: { WriteCapacityUnits: 10, ReadCapacityUnits: 10 } },
    AutoScalingSpecifications: { WriteCapacityAutoScaling: scaling(100), ReadCapacityAutoScaling: scaling(500) },
  });
});

test('the other regions declare nothing', () => {
  template.resourceCountIs('AWS::Cassandra::Keyspace', 3);
  expect(copy.endpoints).toEqual({ KEYSPACE: 'chat', HOST: 'cassandra.us-east-1.amazonaws.com', PORT: '9142' });
});

test('callers select or modify the tables, and look up the schema', () => {
  const [select, system, key] = statements(template, 'Reader');
  expect(select).toMatchObject({
    Action: 'cassandra:Select',
    Resource: { 'Fn::Join': ['', expect.arrayContaining([expect.stringMatching(/:\/keyspace\/\w+\/table\/messages$/)])] },
  });
  expect(system!.Resource).toHaveLength(3);
  expect(key).toEqual(viaService('cassandra', 'kms:Decrypt'));
  const [modify, ...others] = statements(template, 'Writer');
  expect(modify!.Action).toBe('cassandra:Modify');
  expect(others).toHaveLength(1);
});

test('all tables are watched together', () => {
  expect(local.metric('error share')).toHaveLength(1);
  expect(() => local.metric('cpu')).toThrow('has no metric for "cpu"; it has latency p99, error share');
});

test.each([
  [{ tables: [] }, 'tables is empty'],
  [{ tables: [messages], keyspaceName: 'Chat-1' }, 'keyspaceName is "Chat-1"'],
  [{ tables: [{ ...messages, ttlSeconds: 0 }] }, 'ttlSeconds of messages is 0'],
  [{ tables: [{ ...messages, capacity: { write: scaled({ min: 0 }), read: scaled() } }] }, 'min write units of messages is 0'],
  [{ tables: [{ ...messages, capacity: { write: scaled(), read: scaled({ min: 101 }) } }] }, 'min read units of messages is 101'],
  [{ tables: [{ ...messages, capacity: { write: scaled({ targetPercent: 95 }), read: scaled() } }] }, 'targetPercent of write units'],
])('refuses %j', (props, message) => {
  expect(() => new WideColumnKeyspace(stack, `Bad ${message}`, { encryptionKey, ...props })).toThrow(message);
});
