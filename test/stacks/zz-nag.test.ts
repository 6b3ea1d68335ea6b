import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Blueprint, type Region } from '../../plan/blueprint';
import { endpointsOf } from '../../plan/endpoints';
import type { Deployment } from '../../plan/plan';
import { assumed, capacity } from '../../plan/source';
import { GIB, MIB, MONTH, rate, steady } from '../../plan/units';
import type { Replication } from '../../stacks/data-replication';
import { DataStack } from '../../stacks/data-stack';
import { customCode, resource, usageOf } from '../constructs/stateful';

const guess = assumed('for a test');
const IN_VPC = ['carts', 'orders', 'ledger', 'events', 'tasks', 'catalogue'];

/** One part of every kind that holds data, and a service that uses them all. */
function deploymentIn(region: Region): Deployment {
  const zones = 3;
  const b = new Blueprint({ zones, region, regions: [region] });
  const per = capacity(10_000, guess);
  const api = b.service('api', { does: 'everything', protocol: 'http', tier: 'app', perPod: { requestsPerSecond: per }, pod: { vcpu: 0.1, memoryBytes: 128 * MIB, source: guess } });
  const text = (name: string) => ({ name, type: 'text' as const });
  const carts = b.cache('carts', { holds: 'carts', bytes: 4 * GIB, opsPerNode: capacity(100_000, guess), topology: 'cluster', eviction: 'allkeys-lru', snapshots: true });
  const orders = b.relational('orders', { holds: 'orders', engine: 'postgres', topology: 'multi-az', bytes: 50 * GIB, queriesPerVcpu: per, sharding: 'never' });
  const ledger = b.relational('ledger', { holds: 'ledger', engine: 'mysql', topology: 'aurora', bytes: 100 * GIB, queriesPerVcpu: per, sharding: 'never' });
  const links = b.keyValue('links', { holds: 'links', partitionKey: 'slug', bytes: 10 * GIB, itemBytes: 1500, multiRegion: true, indexes: [{ name: 'owner', partitionKey: 'owner' }] });
  const messages = b.wideColumn('messages', {
    holds: 'messages',
    bytes: 30 * GIB,
    multiRegion: true,
    tables: [
      { name: 'inbox', partitionKey: [text('user')], clustering: [], columns: [], ttlSeconds: 60, rowBytes: 2048, share: 0.5 },
      { name: 'sent', partitionKey: [text('user')], clustering: [], columns: [], rowBytes: 1024, share: 0.5 },
    ],
  });
  const events = b.kafka('events', { topics: [{ name: 'clicks', partitions: 6, retentionSeconds: 86_400 }], retentionSeconds: 86_400, messagesPerBroker: per });
  const tasks = b.rabbitmq('tasks', { queues: [{ name: 'mail', deadLetter: true, maxRetry: 3 }], messagesPerBroker: per, backlogBytes: GIB });
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
  for (const store of [carts, orders, ledger, links, photos, catalogue]) api.reads(store, rate(20, 100)).writes(store, rate(10, 50), { sends: 1000 });
  api.reads(messages, steady(20), { returns: 10_000 }).writes(messages, steady(10));
  for (const broker of [events, tasks, jobs]) api.publishes(broker, rate(50, 100)).consumes(broker, rate(50, 100));
  for (const channel of [mail, phones, texts]) api.sends(channel, steady(2));
  return { region, cells: 1, platform: 'eks', zones, workload: {}, parts: b.size(), flows: b.flows, alarms: b.alarms, nodeGroups: [] };
}

const app = new App({ outdir: '/tmp/nagout', context: { '@aws-cdk/core:defaultCrossStackReferences': 'weak' } });

function dataStack(region: Region, replication?: Replication, disposable?: boolean, securityGroupsOf = IN_VPC): DataStack {
  const env = { account: '111111111111', region: region.name };
  const id = `${region.name}-${disposable ? 'sandbox' : replication ? 'global' : 'alone'}-${securityGroupsOf.length}`;
  const network = new Stack(app, `${id}-network`, { env });
  const vpc = ec2.Vpc.fromVpcAttributes(network, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b', 'c'], isolatedSubnetIds: ['subnet-a', 'subnet-b', 'subnet-c'] });
  return new DataStack(app, `${id}-data`, {
    env,
    deployment: deploymentIn(region),
    vpc,
    isolatedSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: new Map(securityGroupsOf.map((part) => [part, ec2.SecurityGroup.fromSecurityGroupId(network, part, `sg-${part}`)])),
    disposable,
    replication,
  });
}

const homeRegion: Region = { name: 'us-east-1', share: 0.75, role: 'active' };
const otherRegion: Region = { name: 'eu-west-1', share: 0.25, role: 'active' };
const { AwsSolutionsChecks } = require('cdk-nag'); const { Validations } = require('aws-cdk-lib');
const alone = dataStack(homeRegion);
const other = dataStack(otherRegion, { name: 'shop-global' });
const home = dataStack(homeRegion, { name: 'shop-global', replicas: [other.asReplica] });
const sandbox = dataStack(homeRegion, undefined, true);

test('nag', () => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  let out='';
  try { const asm = app.synth({ errorOnDuplicateSynth: false }); out = asm.directory; } catch (e) { console.log(String(e).slice(0,500)); }
  console.log(out, app.outdir);
});
