import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Blueprint, type Region } from '../../plan/blueprint';
import { endpointsOf, metricNameOutput } from '../../plan/endpoints';
import type { Deployment } from '../../plan/plan';
import type { RelationalPart } from '../../plan/sizing/relational';
import type { ServicePart } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { GIB, MIB, MONTH, rate, steady } from '../../plan/units';
import type { Replication } from '../../stacks/data-replication';
import { DataStack } from '../../stacks/data-stack';
import { customCode, resource, usageOf } from '../constructs/stateful';

const guess = assumed('for a test');
const IN_VPC = ['carts', 'orders', 'ledger', 'events', 'tasks', 'catalogue'];

/** One part of every kind that holds data, and a service that uses them all. */
function deploymentIn(region: Region, zones = 3): Deployment {
  const b = new Blueprint({ zones, region, regions: [region] });
  const per = capacity(10_000, guess);
  const api = b.service('api', {
    does: 'everything',
    protocol: 'http',
    tier: 'app',
    perPod: { requestsPerSecond: per },
    pod: { vcpu: 0.1, memoryBytes: 128 * MIB, source: guess },
  });
  const text = (name: string) => ({ name, type: 'text' as const });
  const carts = b.cache('carts', {
    holds: 'carts',
    bytes: 4 * GIB,
    opsPerNode: capacity(100_000, guess),
    topology: 'cluster',
    eviction: 'allkeys-lru',
    snapshots: true,
  });
  const orders = b.relational('orders', {
    holds: 'orders',
    engine: 'postgres',
    topology: 'multi-az',
    bytes: 50 * GIB,
    queriesPerVcpu: per,
    sharding: 'never',
  });
  const ledger = b.relational('ledger', {
    holds: 'ledger',
    engine: 'mysql',
    topology: 'aurora',
    bytes: 100 * GIB,
    queriesPerVcpu: per,
    sharding: 'never',
  });
  const links = b.keyValue('links', {
    holds: 'links',
    partitionKey: 'slug',
    bytes: 10 * GIB,
    itemBytes: 1500,
    multiRegion: true,
    indexes: [{ name: 'owner', partitionKey: 'owner' }],
  });
  const messages = b.wideColumn('messages', {
    holds: 'messages',
    bytes: 30 * GIB,
    multiRegion: true,
    tables: [
      { name: 'inbox', partitionKey: [text('user')], clustering: [], columns: [], ttlSeconds: 60, rowBytes: 2048, share: 0.5 },
      { name: 'sent', partitionKey: [text('user')], clustering: [], columns: [], rowBytes: 1024, share: 0.5 },
    ],
  });
  const events = b.kafka('events', {
    topics: [{ name: 'clicks', partitions: 6, retentionSeconds: 86_400 }],
    retentionSeconds: 86_400,
    messagesPerBroker: per,
  });
  const tasks = b.rabbitmq('tasks', {
    queues: [{ name: 'mail', deadLetter: true, maxRetry: 3 }],
    messagesPerBroker: per,
    backlogBytes: GIB,
  });
  const jobs = b.queue('jobs', { holds: 'jobs', maxReceives: 3 });
  const photos = b.objectStore('photos', {
    holds: 'photos',
    bytes: 1000 * GIB,
    objectBytes: GIB / 1024,
    coldShare: { 'infrequent access': 0.6 },
    lifecycle: [{ afterDays: 90, to: 'infrequent access' }],
    multiRegion: true,
  });
  const catalogue = b.search('catalogue', { holds: 'products', bytes: GIB, queriesPerNode: per });
  const mail = b.channel('mail', { medium: 'email', messageBytes: 1000 });
  const phones = b.channel('phones', { medium: 'push', messageBytes: 200 });
  const texts = b.channel('texts', { medium: 'sms', messageBytes: 200 });
  b.edge('cdn', { serves: 'photos', ttlSeconds: 60, hitRatio: 0.9 }).routesTo(photos, steady(1));
  for (const store of [carts, orders, ledger, links, photos, catalogue])
    api.reads(store, rate(20, 100)).writes(store, rate(10, 50), { sends: 1000 });
  api.reads(messages, steady(20), { returns: 10_000 }).writes(messages, steady(10));
  for (const broker of [events, tasks, jobs]) api.publishes(broker, rate(50, 100)).consumes(broker, rate(50, 100));
  for (const channel of [mail, phones, texts]) api.sends(channel, steady(2));
  return { region, cells: 1, platform: 'eks', zones, workload: {}, parts: b.size(), flows: b.flows, alarms: b.alarms, nodeGroups: [] };
}

const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'weak' } });

function dataStack(region: Region, replication?: Replication, disposable?: boolean, securityGroupsOf = IN_VPC, zones = 3): DataStack {
  const env = { account: '111111111111', region: region.name };
  const id = `${region.name}-${disposable ? 'sandbox' : replication ? 'global' : 'alone'}-${securityGroupsOf.length}-${zones}`;
  const network = new Stack(app, `${id}-network`, { env });
  const vpc = ec2.Vpc.fromVpcAttributes(network, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b', 'c'],
    isolatedSubnetIds: ['subnet-a', 'subnet-b', 'subnet-c'],
  });
  return new DataStack(app, `${id}-data`, {
    env,
    deployment: deploymentIn(region, zones),
    vpc,
    isolatedSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: new Map(securityGroupsOf.map((part) => [part, ec2.SecurityGroup.fromSecurityGroupId(network, part, `sg-${part}`)])),
    disposable,
    dataName: 'shop-global',
    replication,
  });
}

const homeRegion: Region = { name: 'us-east-1', share: 0.75, role: 'active' };
const otherRegion: Region = { name: 'eu-west-1', share: 0.25, role: 'active' };
const alone = dataStack(homeRegion);
const other = dataStack(otherRegion, {});
const home = dataStack(homeRegion, { replicas: [other.asReplica] });
const sandbox = dataStack(homeRegion, undefined, true);
const small = dataStack(homeRegion, undefined, false, IN_VPC, 1);
const template = Template.fromStack(alone);
const homeTemplate = Template.fromStack(home);
const otherTemplate = Template.fromStack(other);
const parts = deploymentIn(homeRegion).parts.filter((p) => endpointsOf(p).some((e) => e.output));

test('every part that holds data has its construct, with the endpoints callers are promised', () => {
  expect([...alone.reachable.keys()]).toEqual(parts.map((p) => p.id));
  const brokers = parts.filter((p) => ['queue', 'kafka', 'rabbitmq'].includes(p.kind));
  const promised = [...parts.flatMap((p) => endpointsOf(p).map((e) => e.output)), ...brokers.map(metricNameOutput)];
  expect(brokers).toHaveLength(3);
  expect(Object.keys(template.toJSON().Outputs).sort()).toEqual(promised.sort());
  expect(template.toJSON().Outputs).toMatchObject({
    MessagesPort: { Value: '9142' },
    OrdersPort: { Value: '5432' },
    LedgerPort: { Value: '3306' },
  });
});

test('the parts are as the plan sized them', () => {
  const planned = (id: string): any => parts.find((p) => p.id === id);
  expect(resource(template, 'AWS::ElastiCache::ReplicationGroup', 'carts').Properties).toMatchObject({
    CacheNodeType: planned('carts').nodeType,
    NumNodeGroups: planned('carts').shards,
    SnapshotRetentionLimit: 7,
    SecurityGroupIds: ['sg-carts'],
  });
  expect(resource(template, 'AWS::RDS::DBInstance', 'ordersshard0Primary').Properties).toMatchObject({
    DBInstanceClass: planned('orders').instanceClass,
    AllocatedStorage: '65',
    MultiAZ: true,
    VPCSecurityGroups: ['sg-orders'],
  });
  expect(resource(template, 'AWS::MSK::Cluster', 'events').Properties).toMatchObject({ NumberOfBrokerNodes: planned('events').count });
  expect(resource(template, 'AWS::OpenSearchService::Domain', 'catalogue').Properties.ClusterConfig).toMatchObject({
    InstanceCount: planned('catalogue').dataNodes,
  });
  expect(resource(template, 'AWS::AmazonMQ::Broker', 'tasks').Properties).toMatchObject({ DeploymentMode: 'CLUSTER_MULTI_AZ' });
});

test('one key, turned every year, is behind all of them', () => {
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'Retain' });
  expect(customCode(template)).toEqual([]);
});

test('usage follows from the flows', () => {
  expect(usageOf(template, 'AWS::DynamoDB::GlobalTable', 'links')).toEqual({
    writeUnitsPerMonth: 10 * MONTH * 2 * 2, // two units an item, and again for the index
    readUnitsPerMonth: 20 * MONTH * 0.5,
    storedGb: 20,
  });
  expect(usageOf(template, 'AWS::Cassandra::Table', 'messagesinbox')).toEqual({
    writeUnitsPerMonth: 10 * MONTH * 0.5 * 2,
    readUnitsPerMonth: 20 * MONTH * 0.5 * 3, // pages of 10 KB
    storedGb: 20, // two thirds of the bytes written
    ttlDeletesPerMonth: 10 * MONTH * 0.5 * 2,
  });
  expect(usageOf(template, 'AWS::Cassandra::Table', 'messagessent')).toMatchObject({ ttlDeletesPerMonth: 0 });
  expect(usageOf(template, 'AWS::RDS::DBCluster', 'ledger')).toEqual({
    storedGb: 100,
    ioRequestsPerMonth: expect.closeTo((20 * 0.1 * (1 - (0.75 * 16) / 100) + 10 * 2) * MONTH, -3), // 100 GiB on a db.r7g.large
    backupGbBeyondFree: expect.closeTo((10 * 1000 * 86_400 * 7) / GIB, 4),
  });
  expect(usageOf(template, 'AWS::RDS::DBInstance', 'ordersshard0Primary')).toEqual({ backupGbBeyondFree: 0 });
  expect(usageOf(template, 'AWS::S3::Bucket', 'photos')).toMatchObject({
    standardGb: 400,
    standardIaGb: 600,
    putRequestsPerMonth: 10 * MONTH,
    getRequestsPerMonth: 21 * MONTH,
    lifecycleTransitionsPerMonth: 10 * MONTH,
    replicatedGbPerMonth: 0,
  });
  expect(usageOf(template, 'AWS::ElastiCache::ReplicationGroup', 'carts')).toEqual({ backupGbBeyondFree: 24 });
  expect(usageOf(template, 'AWS::AmazonMQ::Broker', 'tasks')).toEqual({ storedGb: 1 });
  expect(usageOf(template, 'AWS::SES::ConfigurationSet', 'mail')).toMatchObject({ emailsPerMonth: 2 * MONTH });
  expect(usageOf(template, 'AWS::SNS::Topic', 'phones')).toEqual({ publishesPerMonth: 2 * MONTH, mobilePushesPerMonth: 2 * MONTH });
});

test('a queue at fifty messages a second is emptied five at a time', () => {
  const { requestsPerMonth } = usageOf(template, 'AWS::SQS::Queue', 'jobsQueue') as { requestsPerMonth: number };
  expect(requestsPerMonth).toBeCloseTo(50 * MONTH * (1 + 1 / 5 + 1 / 5) + (2 * MONTH) / 20, -3);
});

test('pods that use a part ask for its password every hour, and for its key every five minutes', () => {
  const api = deploymentIn(homeRegion).parts.find((p) => p.id === 'api') as ServicePart;
  expect(usageOf(template, 'AWS::SecretsManager::Secret', 'cartsSecret')).toEqual({ apiCallsPerMonth: api.pods.expected * 730 });
  const { requestsPerMonth } = usageOf(template, 'AWS::KMS::Key', 'Key') as { requestsPerMonth: number };
  expect(requestsPerMonth).toBe(api.pods.expected * parts.length * 730 * 12);
});

test('Aurora is billed for its I/O as the plan chose', () => {
  const { storage } = parts.find((p) => p.id === 'ledger') as RelationalPart;
  expect(storage.type).toBe('standard');
  expect(resource(template, 'AWS::RDS::DBCluster', 'ledger').Properties.StorageType).toBe('aurora');
});

test('a volume has the IOPS the plan bought', () => {
  const { storage } = parts.find((p) => p.id === 'orders') as RelationalPart;
  expect(storage).toMatchObject({ type: 'gp3', gib: 65 });
  expect(resource(template, 'AWS::RDS::DBInstance', 'ordersshard0Primary').Properties).not.toHaveProperty('Iops');
});

test('every billed resource tells its usage', () => {
  const silent = Object.entries(template.toJSON().Resources as Record<string, { Type: string; Metadata?: object }>)
    .filter(([, r]) =>
      [
        'AWS::KMS::Key',
        'AWS::SecretsManager::Secret',
        'AWS::Logs::LogGroup',
        'AWS::RDS::DBInstance',
        'AWS::SQS::Queue',
        'AWS::MSK::Cluster',
      ].includes(r.Type),
    )
    .filter(([, r]) => !r.Metadata);
  expect(silent).toEqual([]);
});

test('what an edge fetches from a bucket, it can decrypt; who may fetch is said elsewhere', () => {
  expect(JSON.stringify(resource(template, 'AWS::KMS::Key', 'Key'))).toContain('cloudfront.amazonaws.com');
  expect(template.findResources('AWS::S3::BucketPolicy')).toEqual({});
});

test('the home region declares the tables of all regions and copies its objects', () => {
  const table = resource(homeTemplate, 'AWS::DynamoDB::GlobalTable', 'links');
  expect(table.Properties.TableName).toBe('shop-global-links');
  expect(table.Properties.Replicas.map((r: { Region: string }) => r.Region)).toEqual(['eu-west-1', 'us-east-1']);
  expect(usageOf(homeTemplate, 'AWS::DynamoDB::GlobalTable', 'links')).toMatchObject({
    readUnitsPerMonth: expect.closeTo((20 * MONTH * 0.5) / 0.75, 3),
  });
  expect(resource(homeTemplate, 'AWS::Cassandra::Keyspace', 'messages').Properties.ReplicationSpecification.RegionList).toEqual([
    'us-east-1',
    'eu-west-1',
  ]);
  const [rule] = resource(homeTemplate, 'AWS::S3::Bucket', 'photos').Properties.ReplicationConfiguration.Rules;
  expect(JSON.stringify(rule.Destination)).toContain('shop-global-photos-eu-west-1-111111111111');
  expect(usageOf(homeTemplate, 'AWS::S3::Bucket', 'photos')).toMatchObject({
    replicatedGbPerMonth: expect.closeTo((10 * MONTH) / 1024, 0),
  });
});

test('the home region comes last, for it needs the keys of the others', () => {
  expect(home.dependencies).toContain(other);
  expect(other.dependencies).not.toContain(home);
  const [copy] = resource(homeTemplate, 'AWS::DynamoDB::GlobalTable', 'links').Properties.Replicas;
  expect(copy.SSESpecification.KMSMasterKeyId['Fn::GetStackOutput']).toMatchObject({ StackName: other.stackName, Region: 'eu-west-1' });
});

test('the other regions use them under the same names', () => {
  otherTemplate.resourceCountIs('AWS::DynamoDB::GlobalTable', 0);
  otherTemplate.resourceCountIs('AWS::Cassandra::Keyspace', 0);
  expect(other.reachable.get('links')!.endpoints).toEqual({ TABLE: 'shop-global-links' });
  expect(other.reachable.get('messages')!.endpoints).toMatchObject({
    KEYSPACE: 'shop_global_messages_world',
    HOST: 'cassandra.eu-west-1.amazonaws.com',
  });
  expect(resource(otherTemplate, 'AWS::S3::Bucket', 'photos').Properties.BucketName).toBe('shop-global-photos-eu-west-1-111111111111');
});

test('a sandbox leaves nothing behind', () => {
  const kept = Object.entries(Template.fromStack(sandbox).toJSON().Resources as Record<string, { DeletionPolicy?: string }>).filter(
    ([, r]) => r.DeletionPolicy === 'Retain',
  );
  expect(kept).toEqual([]);
});

test('a stage of one zone keeps each part in one, except for Kafka, which knows no less than two', () => {
  const one = Template.fromStack(small);
  expect(resource(one, 'AWS::OpenSearchService::Domain', 'catalogue').Properties.VPCOptions.SubnetIds).toEqual(['subnet-a']);
  expect(resource(one, 'AWS::AmazonMQ::Broker', 'tasks').Properties).toMatchObject({
    DeploymentMode: 'SINGLE_INSTANCE',
    SubnetIds: ['subnet-a'],
  });
  expect(resource(one, 'AWS::MSK::Cluster', 'events').Properties.BrokerNodeGroupInfo.ClientSubnets).toEqual(['subnet-a', 'subnet-b']);
});

test('a part without a security group is named', () => {
  expect(() => dataStack(homeRegion, undefined, false, ['carts'])).toThrow('part "orders" lives in the VPC and has no security group');
});
