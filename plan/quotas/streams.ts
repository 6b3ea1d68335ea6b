import { deliveredBy } from '../deliveries';
import type { Deployment } from '../plan';
import type { PartByKind } from '../sizing';
import { READ_QUOTA } from '../sizing/delivery';
import { APPLICATIONS, KPU_QUOTA } from '../sizing/stream-job';
import { remembered } from '../source';
import { MIB } from '../units';
import { type Limit, most, together } from './limit';

/** Where AWS has most room for Firehose. */
const LARGEST = ['us-east-1', 'us-west-2', 'eu-west-1'];

/** What works on streams, and queries what they leave. */
export const STREAM_LIMITS: readonly Limit[] = [
  {
    service: 'Managed Service for Apache Flink',
    name: 'KPUs of an application',
    default: KPU_QUOTA.value,
    source: KPU_QUOTA.source,
    needed: (d) => most(d, 'streamJob', (p) => p.kpus),
  },
  {
    service: 'Managed Service for Apache Flink',
    name: 'Applications of a region',
    default: APPLICATIONS.value,
    source: APPLICATIONS.source,
    needed: (d) => together(d, 'streamJob', (p) => p.applications),
  },
  {
    service: 'Data Firehose',
    name: 'Read throughput of a partition of an MSK topic, MB/s',
    default: READ_QUOTA.value / 1e6,
    source: READ_QUOTA.source,
    needed: (d) => most(d, 'delivery', (p) => perPartition(p, d) / 1e6),
  },
  {
    service: 'Data Firehose',
    name: 'Direct PUT throughput of a stream, MiB/s',
    default: (region) => (LARGEST.includes(region) ? 5 : 1),
    source: remembered('Amazon Data Firehose quotas: 5 MiB/s in the largest regions, 1 MiB/s elsewhere'),
    needed: (d) => most(d, 'delivery', (p) => p.load.bytesWritten.peak / MIB),
  },
  {
    service: 'Athena',
    name: 'Active DML queries',
    default: (region) => (region === 'us-east-1' ? 200 : 20),
    source: remembered('Amazon Athena quotas: 200 queries in us-east-1, fewer elsewhere'),
    needed: (d) => together(d, 'lake', (p) => p.load.reads.peak * p.querySeconds),
  },
];

/** Bytes a second, if the messages are spread evenly. */
function perPartition(part: PartByKind['delivery'], deployment: Deployment): number {
  if (part.load.consumed.peak === 0) return 0;
  const { kafka } = deliveredBy(part, deployment);
  return part.load.bytesIn.peak / kafka!.topics.find(({ name }) => name === part.spec.topic)!.partitions;
}
