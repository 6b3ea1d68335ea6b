import { Template } from 'aws-cdk-lib/assertions';
import { KeyValueReplica } from '../../constructs/key-value-replica';
import { KeyValueTable } from '../../constructs/key-value-table';
import { actions, caller, KEY_ARN, resource, statements, surroundings, usageOf, viaService } from './stateful';

const { stack, encryptionKey } = surroundings();
const usage = { writeUnitsPerMonth: 1, readUnitsPerMonth: 2, storedGb: 3 };
const links = new KeyValueTable(stack, 'Links', {
  encryptionKey,
  partitionKey: 'slug',
  sortKey: 'version',
  indexes: [{ name: 'by-owner', partitionKey: 'owner', sortKey: 'created' }],
  ttlAttribute: 'expires',
  tableName: 'links',
  replicas: [{ region: 'eu-west-1', keyArn: 'arn:aws:kms:eu-west-1:111111111111:key/eu' }],
  usage: { 'AWS::DynamoDB::GlobalTable': usage },
});
const scaled = (more = {}) => ({ min: 10, max: 100, targetPercent: 70, ...more });
new KeyValueTable(stack, 'Steady', { encryptionKey, partitionKey: 'id', capacity: { write: scaled(), read: scaled({ max: 500 }) } });
new KeyValueTable(stack, 'Scratch', { encryptionKey, partitionKey: 'id', disposable: true });
const replica = new KeyValueReplica(stack, 'Replica', { encryptionKey, tableName: 'carts' });
caller(links, 'Reader', 'reads');
caller(links, 'Writer', 'writes');
caller(replica, 'Neighbour', 'writes');
const template = Template.fromStack(stack);
const table = resource(template, 'AWS::DynamoDB::GlobalTable', 'Links');

test('a table is on demand, expires items and orders them by its keys', () => {
  expect(table.Properties).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'slug', KeyType: 'HASH' },
      { AttributeName: 'version', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [{ IndexName: 'by-owner', Projection: { ProjectionType: 'ALL' } }],
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
  });
});

test('every replica is recoverable, protected, and encrypted with a key of its region', () => {
  const common = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, DeletionProtectionEnabled: true };
  expect(table.Properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
  expect(table.Properties.Replicas).toEqual([
    expect.objectContaining({
      ...common,
      Region: 'eu-west-1',
      SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/eu' },
    }),
    expect.objectContaining({ ...common, Region: 'us-east-1', SSESpecification: { KMSMasterKeyId: KEY_ARN } }),
  ]);
  expect(table.DeletionPolicy).toBe('Retain');
});

test('provisioned capacity follows the load', () => {
  const settings = (side: string, MaxCapacity: number) => ({
    [`${side}CapacityAutoScalingSettings`]: {
      ...{ MinCapacity: 10, MaxCapacity },
      TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 },
    },
  });
  expect(resource(template, 'AWS::DynamoDB::GlobalTable', 'Steady').Properties).toMatchObject({
    BillingMode: 'PROVISIONED',
    WriteProvisionedThroughputSettings: settings('Write', 100),
    Replicas: [{ ReadProvisionedThroughputSettings: settings('Read', 500) }],
  });
  const capacity = { write: scaled({ min: 0 }), read: scaled() };
  expect(() => new KeyValueTable(stack, 'Bad', { encryptionKey, partitionKey: 'id', capacity })).toThrow(
    'min write units of the table is 0',
  );
});

test('a disposable table goes with its stack, and leaves no backup', () => {
  const scratch = resource(template, 'AWS::DynamoDB::GlobalTable', 'Scratch');
  expect(scratch.DeletionPolicy).toBe('Delete');
  expect(scratch.Properties.Replicas).toMatchObject([
    { DeletionProtectionEnabled: false, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } },
  ]);
});

test('readers ask by key, of the table and its index; writers write the table', () => {
  expect(statements(template, 'Reader')[0]).toMatchObject({
    Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
    Resource: [{ 'Fn::Join': ['', expect.anything()] }, { 'Fn::Join': ['', expect.arrayContaining(['/index/by-owner'])] }],
  });
  expect(statements(template, 'Writer')).toHaveLength(2);
  expect(statements(template, 'Writer')[1]).toEqual(viaService('dynamodb', 'kms:Decrypt'));
  expect(actions(template, 'Writer')).not.toContain('dynamodb:GetItem');
});

test('a replica is used in its own region', () => {
  expect(replica.endpoints).toEqual({ TABLE: 'carts' });
  expect(statements(template, 'Neighbour')[0]!.Resource).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':dynamodb:us-east-1:111111111111:table/carts']],
  });
});

test('usage and metrics', () => {
  expect(usageOf(template, 'AWS::DynamoDB::GlobalTable', 'Links')).toEqual(usage);
  expect(links.metric('error share')).toHaveLength(1);
  expect(links.metric('replication lag')[0]!.toMetricConfig().mathExpression!.expression).toBe('m0 * 0.001');
  expect(() => replica.metric('replication lag')).toThrow('has no metric');
});
