import { Template } from 'aws-cdk-lib/assertions';
import { RelationalDatabase, type RelationalDatabaseProps } from '../../constructs/relational-database';
import { caller, customCode, KEY_ARN, resource, statements, surroundings, usageOf, viaService } from './stateful';

const { stack, encryptionKey, network } = surroundings();
const KEY_IN_IRELAND = 'arn:aws:kms:eu-west-1:111111111111:key/1';
const base = { encryptionKey, ...network, instanceClass: 'db.m7g.large' };
const database = (id: string, props: Record<string, unknown>) =>
  new RelationalDatabase(stack, id, { ...base, ...props } as unknown as RelationalDatabaseProps);

const pair = database('Pair', {
  topology: 'multi-az',
  engine: 'mysql',
  storageGib: 100,
  pitrDays: 14,
  usage: { 'AWS::RDS::DBInstance': { backupGbBeyondFree: 5 }, 'AWS::Logs::LogGroup': { ingestedGbPerMonth: 1, storedGb: 1 } },
});
const replicated = database('Replicated', { topology: 'single', engine: 'postgres', storageGib: 40, readers: 2 });
database('Fast', { topology: 'multi-az', engine: 'mysql', storageGib: 400, iops: 40_000, throughputMibs: 625, readers: 1 });
database('Small', { topology: 'single', engine: 'mysql', storageGib: 20, instanceClass: 'db.t4g.micro', disposable: true });
const sharded = database('Sharded', {
  topology: 'aurora',
  engine: 'postgres',
  instanceClass: 'db.r7g.large',
  shards: 2,
  readers: 1,
  storage: 'I/O-optimized',
  usage: { 'AWS::RDS::DBCluster': { storedGb: 1, ioRequestsPerMonth: 2, backupGbBeyondFree: 3 } },
});
database('Home', {
  topology: 'aurora',
  engine: 'mysql',
  global: { identifier: 'ledger', role: 'primary', secondaries: [{ region: 'eu-west-1', keyArn: KEY_IN_IRELAND }] },
});
const following = (identifier: string) => ({ identifier, role: 'secondary', primaryRegion: 'eu-west-1' });
const follower = database('Follower', { topology: 'aurora', engine: 'mysql', global: following('ledger') });
database('CopiedPair', {
  topology: 'multi-az',
  engine: 'postgres',
  storageGib: 100,
  global: { identifier: 'books', role: 'primary', secondaries: [{ region: 'eu-west-1', keyArn: KEY_IN_IRELAND }] },
});
const copy = database('Copy', {
  topology: 'single',
  engine: 'postgres',
  storageGib: 100,
  readers: 1,
  pitrDays: 0,
  global: following('books'),
});
caller(pair, 'PairCaller', 'writes');
caller(sharded, 'ShardedCaller', 'reads');
caller(follower, 'FollowerCaller', 'reads');
const template = Template.fromStack(stack);
const instance = (id: string) => resource(template, 'AWS::RDS::DBInstance', id);
const cluster = (id: string) => resource(template, 'AWS::RDS::DBCluster', id);

test('a pair is encrypted, protected, recoverable and private, and RDS turns its password', () => {
  const { Properties, DeletionPolicy } = instance('Pair');
  expect(Properties).toMatchObject({
    Engine: 'mysql',
    EngineVersion: '8.4.9',
    MultiAZ: true,
    StorageType: 'gp3',
    AllocatedStorage: '100',
    MaxAllocatedStorage: 200,
    StorageEncrypted: true,
    KmsKeyId: KEY_ARN,
    BackupRetentionPeriod: 14,
    DeletionProtection: true,
    EnableIAMDatabaseAuthentication: true,
    PubliclyAccessible: false,
    ManageMasterUserPassword: true,
    MasterUserSecret: { KmsKeyId: KEY_ARN },
    EnablePerformanceInsights: true,
    EnableCloudwatchLogsExports: ['error', 'slowquery'],
    Port: '3306',
  });
  expect(Properties).not.toHaveProperty('MasterUserPassword');
  expect(DeletionPolicy).toBe('Retain');
});

test('connections without TLS are refused', () => {
  const parameters = (type: string, id: string) => resource(template, type, id).Properties.Parameters;
  expect(parameters('AWS::RDS::DBParameterGroup', 'Pair')).toMatchObject({ require_secure_transport: '1', long_query_time: '1' });
  expect(parameters('AWS::RDS::DBParameterGroup', 'Replicated')).toMatchObject({
    'rds.force_ssl': '1',
    log_min_duration_statement: '1000',
  });
  expect(parameters('AWS::RDS::DBClusterParameterGroup', 'Shardedshard1')).toMatchObject({ 'rds.force_ssl': '1' });
});

test('logs are kept for a month, in the groups RDS writes to', () => {
  const name = instance('Pair').Properties.DBInstanceIdentifier;
  const groups = Object.values(template.findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 } })).map(
    (g) => g.Properties.LogGroupName,
  );
  expect(groups).toEqual(expect.arrayContaining([`/aws/rds/instance/${name}/error`, `/aws/rds/instance/${name}/slowquery`]));
  expect(usageOf(template, 'AWS::Logs::LogGroup', 'Pairshard0Logerror')).toEqual({ ingestedGbPerMonth: 1, storedGb: 1 });
});

test('read replicas follow the primary, whose password is then a secret of the stack', () => {
  const primary = Object.keys(template.findResources('AWS::RDS::DBInstance')).find((id) => id.startsWith('Replicatedshard0Primary'))!;
  expect(instance('Replicatedshard0Reader1').Properties).toMatchObject({
    SourceDBInstanceIdentifier: { Ref: primary },
    DeletionProtection: true,
    KmsKeyId: KEY_ARN,
  });
  const { Properties } = instance('Replicatedshard0Primary');
  expect(Properties).not.toHaveProperty('ManageMasterUserPassword');
  expect(JSON.stringify(Properties.MasterUserPassword)).toContain('{{resolve:secretsmanager:');
  expect(replicated.endpoints.READER_HOSTS.split(',')).toHaveLength(2);
});

test('provisioned IOPS and throughput are those of every instance', () => {
  const bought = { Iops: 40_000, StorageThroughput: 625, StorageType: 'gp3' };
  expect(instance('Fastshard0Primary').Properties).toMatchObject({ ...bought, AllocatedStorage: '400' });
  expect(instance('Fastshard0Reader0').Properties).toMatchObject(bought);
  expect(instance('Pair').Properties).not.toHaveProperty('Iops');
});

test('a disposable database goes with its stack; the smallest MySQL has no Performance Insights', () => {
  expect(instance('Small')).toMatchObject({
    DeletionPolicy: 'Delete',
    Properties: { DeletionProtection: false, DeleteAutomatedBackups: true, EnablePerformanceInsights: false },
  });
});

test('each shard of Aurora is a cluster of its own with a writer and readers', () => {
  expect(cluster('Shardedshard0').Properties).toMatchObject({
    Engine: 'aurora-postgresql',
    StorageType: 'aurora-iopt1',
    StorageEncrypted: true,
    KmsKeyId: KEY_ARN,
    DeletionProtection: true,
    EnableIAMDatabaseAuthentication: true,
    ManageMasterUserPassword: true,
    Port: 5432,
  });
  expect(cluster('Shardedshard1').DeletionPolicy).toBe('Retain');
  const members = Object.entries(template.findResources('AWS::RDS::DBInstance')).filter(([id]) => id.startsWith('Shardedshard'));
  expect(members).toHaveLength(4);
  expect(sharded.endpoints.HOSTS.split(',')).toHaveLength(2);
  expect(sharded.endpoints.SECRET_ARNS.split(',')).toHaveLength(2);
  expect(Object.keys(sharded.endpoints)).toEqual(['HOSTS', 'READER_HOSTS', 'PORT', 'SECRET_ARNS']);
});

test('a global database has its password in every region, under one name', () => {
  expect(resource(template, 'AWS::RDS::GlobalCluster', 'Home').Properties).toMatchObject({
    GlobalClusterIdentifier: 'ledger-shard0',
    SourceDBClusterIdentifier: { 'Fn::GetAtt': [expect.stringContaining('Home'), 'DBClusterArn'] },
    DeletionProtection: true,
  });
  expect(resource(template, 'AWS::SecretsManager::Secret', 'Home').Properties).toMatchObject({
    Name: 'ledger-shard0-password',
    ReplicaRegions: [{ Region: 'eu-west-1', KmsKeyId: KEY_IN_IRELAND }],
  });
  const secondary = cluster('Follower').Properties;
  expect(Object.keys(secondary).filter((name) => name.startsWith('Master') || name.startsWith('Manage'))).toEqual([]);
  expect(JSON.stringify(statements(template, 'FollowerCaller')[0]!.Resource)).toContain('secret:ledger-shard0-password-??????');
});

test('a name that ends in six characters would be taken for a whole ARN', () => {
  for (const secret of Object.values(template.findResources('AWS::SecretsManager::Secret')))
    expect(secret.Properties.Name ?? '').not.toMatch(/-.{6}$/);
});

test('a copy in Aurora is encrypted with its own key, and forwards writes', () => {
  expect(cluster('Follower').Properties).toMatchObject({
    GlobalClusterIdentifier: 'ledger-shard0',
    SourceRegion: 'eu-west-1',
    KmsKeyId: KEY_ARN,
    EnableGlobalWriteForwarding: true,
  });
  expect(resource(template, 'AWS::RDS::DBClusterParameterGroup', 'Follower').Properties.Parameters).toMatchObject({
    aurora_replica_read_consistency: 'SESSION',
    require_secure_transport: 'ON',
  });
  expect(JSON.stringify(stack.resolve(follower.endpoints.HOSTS))).toContain('ReadEndpoint.Address');
  expect(follower.metric('replication lag')[0]!.toMetricConfig().mathExpression!.usingMetrics).toMatchObject({
    m0: { metricName: 'AuroraGlobalDBProgressLag' },
  });
});

test('a copy in RDS follows the primary that the other region calls by the same name', () => {
  expect(instance('CopiedPair').Properties).toMatchObject({ DBInstanceIdentifier: 'books-shard0', MultiAZ: true });
  for (const [id, name] of [
    ['Copyshard0Copy', 'books-shard0'],
    ['Copyshard0Reader0', 'books-shard0-reader0'],
  ] as const) {
    const { Properties } = instance(id);
    expect(Properties).toMatchObject({ DBInstanceIdentifier: name, SourceRegion: 'eu-west-1', KmsKeyId: KEY_ARN, AllocatedStorage: '100' });
    expect(JSON.stringify(Properties.SourceDBInstanceIdentifier)).toContain(':rds:eu-west-1:111111111111:db:books-shard0');
    expect(Object.keys(Properties)).not.toEqual(expect.arrayContaining(['BackupRetentionPeriod', 'MasterUsername']));
  }
  expect(copy.endpoints.READER_HOSTS.split(',')).toHaveLength(2);
  expect(copy.metric('replication lag')).toHaveLength(1);
});

test('callers get the passwords of the shards and nothing else', () => {
  expect(statements(template, 'PairCaller')).toEqual([
    {
      Action: 'secretsmanager:GetSecretValue',
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Pairshard0Primary/), 'MasterUserSecret.SecretArn'] },
    },
    viaService('secretsmanager', 'kms:Decrypt'),
  ]);
  expect(statements(template, 'ShardedCaller')[0]!.Resource).toHaveLength(2);
});

test('usage is that of a shard', () => {
  expect(usageOf(template, 'AWS::RDS::DBInstance', 'Pair')).toEqual({ backupGbBeyondFree: 5 });
  expect(usageOf(template, 'AWS::RDS::DBCluster', 'Shardedshard1')).toEqual({ storedGb: 1, ioRequestsPerMonth: 2, backupGbBeyondFree: 3 });
});

test('one metric stands for all shards', () => {
  expect(sharded.metric('cpu').map((m) => m.toMetricConfig().mathExpression!.expression)).toEqual(['MAX([m0, m1]) * 0.01']);
  expect(pair.metric('storage used')[0]!.toMetricConfig().mathExpression!.expression).toBe(`1 - m0 / ${100 * 1024 ** 3}`);
  expect(() => pair.metric('replication lag')).toThrow('has no metric for "replication lag"');
});

test.each([
  [{ topology: 'single', engine: 'mysql', storageGib: 19 }, 'storageGib is 19'],
  [{ topology: 'single', engine: 'mysql', storageGib: 399, iops: 12_000 }, 'storageGib is 399; it takes a whole number from 400'],
  [{ topology: 'single', engine: 'mysql', storageGib: 400, iops: 11_999 }, 'iops is 11999'],
  [{ topology: 'single', engine: 'mysql', storageGib: 400, throughputMibs: 499 }, 'throughputMibs is 499'],
  [{ topology: 'aurora', engine: 'mysql', readers: 16 }, 'readers is 16; it takes a whole number from 0 to 15'],
  [{ topology: 'aurora', engine: 'mysql', shards: 65 }, 'shards is 65'],
  [
    { topology: 'single', engine: 'mysql', storageGib: 20, readers: 5, global: following('books') },
    'readers is 5; it takes a whole number from 0 to 4',
  ],
  [{ topology: 'aurora', engine: 'mysql', global: following('Books') }, 'identifier is "Books-'],
  [{ topology: 'multi-az', engine: 'postgres', storageGib: 20, pitrDays: 0 }, 'pitrDays is 0; it takes a whole number from 1 to 35'],
])('refuses %j', (props, message) => {
  expect(() => database(`Bad ${message}`, props)).toThrow(message);
});

test('nothing of it runs code in the account', () => {
  expect(customCode(template)).toEqual([]);
});
