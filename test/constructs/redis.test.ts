import { Template } from 'aws-cdk-lib/assertions';
import { Redis, type RedisProps } from '../../constructs/redis';
import { caller, customCode, KEY_ARN, resource, statements, surroundings, usageOf, viaService } from './stateful';

const { stack, encryptionKey, network } = surroundings();
const redis = (id: string, props: Partial<RedisProps>) =>
  new Redis(stack, id, { encryptionKey, ...network, nodeType: 'cache.r7g.large', topology: 'single', ...props });

const cluster = redis('Cluster', {
  topology: 'cluster',
  shards: 3,
  replicasPerShard: 1,
  eviction: 'allkeys-lru',
  snapshotDays: 7,
  usage: { 'AWS::ElastiCache::ReplicationGroup': { backupGbBeyondFree: 12 }, 'AWS::SecretsManager::Secret': { apiCallsPerMonth: 730 } },
});
const pair = redis('Pair', { topology: 'failover' });
redis('One', { disposable: true });
redis('Tiny', { topology: 'cluster', replicasPerShard: 0 });
caller(cluster, 'Reader', 'reads');
const large = redis('Large', { topology: 'cluster', shards: 8, replicasPerShard: 1 });
const template = Template.fromStack(stack);
const group = (id: string) => resource(template, 'AWS::ElastiCache::ReplicationGroup', id);

test('it has a name that ElastiCache takes', () => {
  const { ReplicationGroupId } = group('Cluster').Properties;
  expect(ReplicationGroupId).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  expect(ReplicationGroupId.length).toBeLessThanOrEqual(40);
});

test('a cluster has shards with replicas, encrypted with the key, over TLS, behind a password', () => {
  expect(group('Cluster').Properties).toMatchObject({
    Engine: 'valkey',
    EngineVersion: '8.0',
    NumNodeGroups: 3,
    ReplicasPerNodeGroup: 1,
    AutomaticFailoverEnabled: true,
    MultiAZEnabled: true,
    AtRestEncryptionEnabled: true,
    KmsKeyId: KEY_ARN,
    TransitEncryptionEnabled: true,
    TransitEncryptionMode: 'required',
    SnapshotRetentionLimit: 7,
    SecurityGroupIds: ['sg-1'],
  });
  expect(group('Cluster').Properties).not.toHaveProperty('NumCacheClusters');
  expect(JSON.stringify(group('Cluster').Properties.AuthToken)).toContain('{{resolve:secretsmanager:');
});

test('cluster mode and eviction are settings of the parameter group', () => {
  expect(resource(template, 'AWS::ElastiCache::ParameterGroup', 'Cluster').Properties).toMatchObject({
    CacheParameterGroupFamily: 'valkey8',
    Properties: { 'maxmemory-policy': 'allkeys-lru', 'cluster-enabled': 'yes' },
  });
  expect(resource(template, 'AWS::ElastiCache::ParameterGroup', 'Pair').Properties.Properties).toEqual({
    'maxmemory-policy': 'volatile-lru',
  });
});

test('a pair fails over; a single node cannot', () => {
  expect(group('Pair').Properties).toMatchObject({ NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true });
  expect(group('One').Properties).toMatchObject({ NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false });
});

test('a cluster without replicas still promises to fail over, as ElastiCache wants it', () => {
  expect(group('Tiny').Properties).toMatchObject({
    NumNodeGroups: 1,
    ReplicasPerNodeGroup: 0,
    AutomaticFailoverEnabled: true,
    MultiAZEnabled: false,
  });
});

test('data stays behind unless it is disposable', () => {
  expect(group('Cluster').DeletionPolicy).toBe('Retain');
  expect(group('One').DeletionPolicy).toBe('Delete');
  expect(resource(template, 'AWS::SecretsManager::Secret', 'One').DeletionPolicy).toBe('Delete');
});

test('slow commands are logged for a month, encrypted', () => {
  expect(resource(template, 'AWS::Logs::LogGroup', 'Cluster').Properties).toEqual({ RetentionInDays: 30, KmsKeyId: KEY_ARN });
  expect(group('Cluster').Properties.LogDeliveryConfigurations).toMatchObject([
    { LogType: 'slow-log', DestinationType: 'cloudwatch-logs' },
  ]);
});

test('callers get the password and nothing else', () => {
  const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret')).filter((id) => id.startsWith('Cluster'));
  expect(statements(template, 'Reader')).toEqual([
    { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: { Ref: secret } },
    viaService('secretsmanager', 'kms:Decrypt'),
  ]);
});

test('callers find the configuration endpoint of a cluster, the primary of a pair', () => {
  const endpoint = (service: Redis) => stack.resolve(service.endpoints.HOST)['Fn::GetAtt'][1];
  expect([endpoint(cluster), endpoint(pair)]).toEqual(['ConfigurationEndPoint.Address', 'PrimaryEndPoint.Address']);
  expect(Object.keys(cluster.endpoints)).toEqual(['HOST', 'PORT', 'SECRET_ARN']);
});

test('usage is written on the resources it is of', () => {
  expect(usageOf(template, 'AWS::ElastiCache::ReplicationGroup', 'Cluster')).toEqual({ backupGbBeyondFree: 12 });
  expect(usageOf(template, 'AWS::SecretsManager::Secret', 'Cluster')).toEqual({ apiCallsPerMonth: 730 });
  expect(usageOf(template, 'AWS::ElastiCache::ReplicationGroup', 'Pair')).toBeUndefined();
});

test('all nodes are watched at once, in expressions an alarm can hold', () => {
  const [cpu, ...more] = cluster.metric('cpu').map((m) => m.toMetricConfig().mathExpression!);
  expect(more).toEqual([]);
  expect(cpu!.expression).toBe('MAX([m0, m1, m2, m3, m4, m5]) * 0.01');
  const { ReplicationGroupId } = group('Cluster').Properties;
  const nodes = Object.values(cpu!.usingMetrics).map((m) => m.toMetricConfig().metricStat!.dimensions![0]!.value);
  expect(nodes).toEqual(['1-001', '1-002', '2-001', '2-002', '3-001', '3-002'].map((node) => `${ReplicationGroupId}-000${node}`));
  const names = large.metric('evictions').flatMap((m) => Object.keys(m.toMetricConfig().mathExpression!.usingMetrics));
  expect(large.metric('evictions')).toHaveLength(2);
  expect(new Set(names).size).toBe(16);
  expect(pair.metric('hit ratio')[0]!.toMetricConfig().mathExpression!.expression).toBe(
    '(FILL(m0, 0) + FILL(m2, 0)) / (FILL(m0, 0) + FILL(m2, 0) + FILL(m1, 0) + FILL(m3, 0))',
  );
  expect(() => cluster.metric('consumer lag')).toThrow(/has no metric for "consumer lag"; it has cpu, memory used/);
});

test.each([
  [{ topology: 'cluster', shards: 501 }, 'shards is 501; it takes a whole number from 1 to 500'],
  [{ topology: 'failover', shards: 2 }, 'shards is 2; topology "failover" has one'],
  [{ topology: 'single', replicasPerShard: 1 }, 'replicasPerShard is 1; topology "single" has none'],
  [{ topology: 'failover', replicasPerShard: 6 }, 'replicasPerShard is 6; it takes a whole number from 1 to 5'],
  [{ snapshotDays: 36 }, 'snapshotDays is 36; it takes a whole number from 0 to 35'],
] as [Partial<RedisProps>, string][])('refuses %j', (props, message) => {
  expect(() => redis(`Bad ${message}`, props)).toThrow(message);
});

test('nothing of it runs code in the account', () => {
  expect(customCode(template)).toEqual([]);
});

test('what does not change in place is another group; shards do', () => {
  const idsOf = (props: Partial<RedisProps>) => {
    const around = surroundings();
    new Redis(around.stack, 'Cache', {
      ...around.network,
      encryptionKey: around.encryptionKey,
      nodeType: 'cache.r7g.large',
      topology: 'single',
      ...props,
    });
    const groups = Template.fromStack(around.stack).findResources('AWS::ElastiCache::ReplicationGroup');
    const [[id, { Properties, UpdatePolicy }]] = Object.entries(groups) as [
      [string, { Properties: { ReplicationGroupId: string }; UpdatePolicy: object }],
    ];
    expect(UpdatePolicy).toEqual({ UseOnlineResharding: true });
    return `${id} ${Properties.ReplicationGroupId}`;
  };
  const cluster = idsOf({ topology: 'cluster', shards: 2 });
  expect(idsOf({ topology: 'cluster', shards: 9 })).toBe(cluster);
  expect(idsOf({ topology: 'failover' })).toBe(idsOf({ topology: 'single' }));
  expect(new Set([cluster, idsOf({ topology: 'single' }), idsOf({ topology: 'cluster', shards: 2, replicasPerShard: 2 })]).size).toBe(3);
});
