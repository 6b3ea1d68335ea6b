import { IN_FLIGHT } from '../sizing/queue';
import { MAX_DATA_NODES } from '../sizing/search';
import { docs } from '../source';
import { KIB } from '../units';
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
    needed: (d) => most(d, 'cache', (p) => p.count),
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
    needed: (d) => together(d, 'relational', (p) => (p.topology === 'aurora' ? 0 : p.count * p.storageGibPerShard)),
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
    service: 'DynamoDB',
    name: 'Table-level write throughput limit',
    code: 'L-AB614373',
    default: 40_000,
    source: dynamoDb,
    needed: (d) => most(d, 'keyValue', (p) => p.load.writes.peak * p.writeUnits),
  },
  {
    service: 'DynamoDB',
    name: 'Table-level read throughput limit',
    code: 'L-CF0CBE56',
    default: 40_000,
    source: dynamoDb,
    needed: (d) => most(d, 'keyValue', (p) => p.load.reads.peak * p.readUnits),
  },
  {
    service: 'Keyspaces',
    name: 'Table-level write throughput quota',
    code: 'L-3D8ED127',
    default: 40_000,
    source: keyspaces,
    needed: (d) => most(d, 'wideColumn', (p) => busiestTable(p.tables, p.load.writes.peak, KIB)),
  },
  {
    service: 'Keyspaces',
    name: 'Table-level read throughput quota',
    code: 'L-17766544',
    default: 40_000,
    source: keyspaces,
    needed: (d) => most(d, 'wideColumn', (p) => busiestTable(p.tables, p.load.reads.peak, 4 * KIB)),
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
    service: 'SQS',
    name: 'In-flight messages per standard queue',
    default: IN_FLIGHT.value,
    source: IN_FLIGHT.source,
    // A healthy consumer holds a message for about a second, as the sizing of queues has it.
    needed: (d) => most(d, 'queue', (p) => p.load.consumed.peak || p.load.writes.peak),
  },
];

/** Units per second of the table that takes the most; a unit is so many bytes of a row. */
function busiestTable(tables: readonly { share: number; rowBytes: number }[], rowsPerSecond: number, unitBytes: number): number {
  return Math.max(0, ...tables.map((t) => rowsPerSecond * t.share * Math.ceil(t.rowBytes / unitBytes)));
}
