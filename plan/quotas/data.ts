import { REQUESTS } from '../sizing/hsm';
import { IN_FLIGHT } from '../sizing/queue';
import { MAX_DATA_NODES } from '../sizing/search';
import { mostUnits, type Units } from '../sizing/capacity-units';
import { docs, remembered } from '../source';
import { type Limit, most, together } from './limit';

const READ = '2026-11-22';
const elastiCache = docs('AWS docs, Amazon ElastiCache endpoints and quotas', READ);
const rds = docs(
  'AWS docs, Quotas and constraints for Amazon RDS',
  READ,
  'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html',
);
const msk = docs('AWS docs, Amazon MSK endpoints and quotas', READ, 'https://docs.aws.amazon.com/general/latest/gr/msk.html');
const dynamoDb = docs(
  'AWS docs, Quotas in Amazon DynamoDB',
  READ,
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
);
const keyspaces = docs(
  'AWS docs, Quotas for Amazon Keyspaces (for Apache Cassandra)',
  READ,
  'https://docs.aws.amazon.com/keyspaces/latest/devguide/quotas.html',
);

/** Everything that holds data. S3 has no quota a stage comes near. */
export const DATA_LIMITS: readonly Limit[] = [
  {
    service: 'ElastiCache',
    name: 'Nodes per Region',
    code: 'L-DFE45DF3',
    default: 300,
    source: elastiCache,
    needed: (d) => together(d, 'cache', (p) => p.count),
  },
  {
    service: 'ElastiCache',
    name: 'Nodes per cluster (cluster mode enabled)',
    code: 'L-AF354865',
    default: 90,
    source: elastiCache,
    needed: (d) => most(d, 'cache', (p) => (p.engine === 'memcached' ? 0 : p.count)),
  },
  {
    service: 'ElastiCache',
    name: 'Nodes per cluster (Memcached)',
    default: 60,
    source: remembered('ElastiCache quotas, nodes of a Memcached cluster'),
    needed: (d) => most(d, 'cache', (p) => (p.engine === 'memcached' ? p.count : 0)),
  },
  {
    service: 'RDS',
    name: 'DB instances',
    code: 'L-7B6409FD',
    default: (region) => (region === 'ap-south-1' ? 20 : 40),
    source: rds,
    needed: (d) => together(d, 'relational', (p) => p.count),
  },
  {
    service: 'RDS',
    name: 'DB clusters',
    code: 'L-952B80B8',
    default: 40,
    source: rds,
    needed: (d) => together(d, 'relational', (p) => (p.topology === 'aurora' ? p.shards : 0)),
  },
  {
    service: 'RDS',
    name: 'Read replicas per primary',
    code: 'L-5BC124EF',
    default: 15,
    source: rds,
    needed: (d) => most(d, 'relational', (p) => p.readersPerShard),
  },
  {
    service: 'RDS',
    name: 'Total storage for all DB instances, GiB',
    default: 100_000,
    source: rds,
    needed: (d) => together(d, 'relational', (p) => (p.storage.type === 'gp3' ? p.count * p.storage.gib : 0)),
  },
  {
    service: 'MSK',
    name: 'Number of brokers per account',
    code: 'L-EDD31C36',
    default: 90,
    source: msk,
    needed: (d) => together(d, 'kafka', (p) => p.count),
  },
  {
    service: 'MSK',
    name: 'Number of brokers per KRaft cluster',
    code: 'L-03FD6822',
    default: 60,
    source: msk,
    needed: (d) => most(d, 'kafka', (p) => p.count),
  },
  {
    service: 'Amazon MQ',
    name: 'Number of brokers, per region',
    default: 200,
    source: docs(
      'AWS docs, Quotas in Amazon MQ',
      READ,
      'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-limits.html',
    ),
    needed: (d) => together(d, 'rabbitmq', (p) => p.shards),
  },
  {
    service: 'DynamoDB',
    name: 'Table-level write throughput limit',
    code: 'L-AB614373',
    default: 40_000,
    source: dynamoDb,
    needed: (d) => most(d, 'keyValue', (p) => mostUnits(p.writeUnits)),
  },
  {
    service: 'DynamoDB',
    name: 'Table-level read throughput limit',
    code: 'L-CF0CBE56',
    default: 40_000,
    source: dynamoDb,
    needed: (d) => most(d, 'keyValue', (p) => mostUnits(p.readUnits)),
  },
  {
    service: 'DynamoDB',
    name: 'Account-level write throughput limit (Provisioned mode)',
    code: 'L-34F8CCC8',
    default: 80_000,
    source: dynamoDb,
    needed: (d) => together(d, 'keyValue', (p) => provisionedUnits(p.writeUnits)),
  },
  {
    service: 'DynamoDB',
    name: 'Account-level read throughput limit (Provisioned mode)',
    code: 'L-34F6A552',
    default: 80_000,
    source: dynamoDb,
    needed: (d) => together(d, 'keyValue', (p) => provisionedUnits(p.readUnits)),
  },
  {
    service: 'Keyspaces',
    name: 'Table-level write throughput quota',
    code: 'L-3D8ED127',
    default: 40_000,
    source: keyspaces,
    needed: (d) => most(d, 'wideColumn', (p) => Math.max(...p.tables.map((t) => mostUnits(t.writeUnits)))),
  },
  {
    service: 'Keyspaces',
    name: 'Table-level read throughput quota',
    code: 'L-17766544',
    default: 40_000,
    source: keyspaces,
    needed: (d) => most(d, 'wideColumn', (p) => Math.max(...p.tables.map((t) => mostUnits(t.readUnits)))),
  },
  {
    service: 'Keyspaces',
    name: 'Account-level write throughput quota (Provisioned mode)',
    code: 'L-2C5B14BD',
    default: 80_000,
    source: keyspaces,
    needed: (d) => together(d, 'wideColumn', (p) => p.tables.reduce((n, t) => n + provisionedUnits(t.writeUnits), 0)),
  },
  {
    service: 'Keyspaces',
    name: 'Account-level read throughput quota (Provisioned mode)',
    code: 'L-E7DB0CFF',
    default: 80_000,
    source: keyspaces,
    needed: (d) => together(d, 'wideColumn', (p) => p.tables.reduce((n, t) => n + provisionedUnits(t.readUnits), 0)),
  },
  {
    service: 'OpenSearch Service',
    name: 'Instances per domain',
    code: 'L-6408ABDE',
    default: MAX_DATA_NODES.value,
    source: MAX_DATA_NODES.source,
    needed: (d) => most(d, 'search', (p) => p.dataNodes + p.masterNodes),
  },
  {
    service: 'Payment Cryptography',
    name: 'Combined rate of data plane requests (symmetric)',
    default: REQUESTS.value,
    source: REQUESTS.source,
    needed: (d) => together(d, 'hsm', (p) => p.load.reads.peak + p.load.writes.peak),
  },
  {
    service: 'SQS',
    name: 'In-flight messages per standard queue',
    default: IN_FLIGHT.value,
    source: IN_FLIGHT.source,
    // A healthy consumer holds a message for about a second, as the sizing of queues has it.
    needed: (d) => most(d, 'queue', (p) => p.load.consumed.peak || p.load.writes.peak),
  },
];

const provisionedUnits = ({ provisioned }: Units): number => provisioned?.max ?? 0;
