import { EBS_BASELINE, EBS_BEHIND } from '../catalogue/ebs';
import { typeBehind } from '../catalogue/ec2';
import { cheapest } from '../choose-size';
import { type Dimension, unitsFor, utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { type Capacity, docs } from '../source';
import { bytes, GIB, MIB, short } from '../units';
import { networkOf } from './node-network';

/** A replicated log with consumer groups. */
export interface KafkaSpec {
  topics: readonly { name: string; partitions: number; retentionSeconds: number }[];
  /** Seconds the log is kept; the longest of the topics that carry the volume. */
  retentionSeconds: number;
  messagesPerBroker: Capacity;
}

export interface KafkaPart extends Sized<'kafka'> {
  brokerType: string;
  storageGibPerBroker: number;
  topics: KafkaSpec['topics'];
  replication: number;
}

const INGRESS = docs(
  'AWS MSK MCP server, cluster best practices: maximum ingress of a Standard broker',
  '2026-11-22',
  'https://github.com/awslabs/mcp/blob/db522118d433cfc108cc118f1059af67c94fd8da/src/aws-msk-mcp-server/awslabs/aws_msk_mcp_server/tools/static_tools/cluster_best_practices.py',
);
const PARTITIONS = docs(
  'AWS docs, Best practices for Standard brokers: recommended partitions per broker',
  '2026-11-22',
  'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html',
);
/** Ingress before replication, MB/s, half as much again as is recommended; partitions with their replicas. */
const TYPES = [
  { type: 'kafka.m7g.large', ingressMb: 7.2, partitions: 1000 },
  { type: 'kafka.m7g.xlarge', ingressMb: 14.4, partitions: 1000 },
  { type: 'kafka.m7g.2xlarge', ingressMb: 28.8, partitions: 2000 },
  { type: 'kafka.m7g.4xlarge', ingressMb: 57.6, partitions: 4000 },
  { type: 'kafka.m7g.8xlarge', ingressMb: 115.4, partitions: 4000 },
] as const;
/** Of a volume whose throughput is not provisioned; brokers from `2xlarge` on could buy more. */
const VOLUME_THROUGHPUT = {
  value: 250 * MIB,
  source: docs(
    'AWS docs, Manage storage throughput for Standard brokers',
    '2026-11-22',
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-provision-throughput-management.html',
  ),
};
const STORAGE_PER_BROKER = {
  value: 16_384 * GIB,
  source: docs('CloudFormation schema of AWS::MSK::Cluster: EBSStorageInfo.VolumeSize', '2026-11-22'),
};
/**
 * Of a KRaft cluster. The default quota of 60 is raised on request (https://docs.aws.amazon.com/general/latest/gr/msk.html, 2026-11-22), we
 * assume to three times that; more means another cluster.
 */
const MAX_BROKERS = 180;
const REPLICATION = 3;
/** Room for a lost zone and for rebalancing. */
const TARGET = 0.75;

/**
 * Brokers from messages, bytes and partitions; disks from retention. Every copy of a message is written to a volume and, but for
 * the first, sent by one broker to another. Consumers are assumed to keep up, so that they read from memory.
 */
export function sizeKafka(id: string, spec: KafkaSpec, { zones, load }: Surroundings): KafkaPart {
  const replication = Math.min(REPLICATION, Math.max(zones, 2));
  const partitionReplicas = spec.topics.reduce((n, t) => n + t.partitions, 0) * replication;
  const written = load.bytesWritten;
  const stored = written.average * spec.retentionSeconds * replication;
  const network = {
    in: load.bytesIn.peak + written.peak * (replication - 1),
    out: load.bytesOut.peak + written.peak * (replication - 1),
  };
  const plans = TYPES.map((t) => {
    const dimensions: Dimension[] = [
      {
        name: 'messages',
        demand: load.writes.peak,
        perUnit: spec.messagesPerBroker.value,
        unit: 'messages/s',
        source: spec.messagesPerBroker.source,
      },
      { name: 'ingress', demand: written.peak, perUnit: t.ingressMb * 1e6, unit: 'bytes/s', source: INGRESS },
      { name: 'volume writes', demand: written.peak * replication, unit: 'bytes/s', ...volumeThroughput(t.type) },
      networkOf(t.type, network),
      { name: 'storage', demand: stored, perUnit: STORAGE_PER_BROKER.value, unit: 'bytes', source: STORAGE_PER_BROKER.source },
      { name: 'partitions', demand: partitionReplicas, perUnit: t.partitions, unit: 'partition replicas', source: PARTITIONS },
    ];
    const spread = { zones: Math.max(zones, 2), target: TARGET, multipleOf: Math.max(zones, 2), minimum: Math.max(zones, 2) };
    return { t, dimensions, spread, count: unitsFor(dimensions, spread), weight: typeBehind(t.type).vcpu };
  });
  const allowed = plans.filter((p) => p.count <= MAX_BROKERS);
  const fewest = cheapest(allowed) ?? plans.at(-1)!;
  // Six small brokers rebalance better than three large ones; beyond that fewer, larger ones are easier to run.
  const small = allowed.find((p) => p.count <= 6 && p.count * p.weight <= fewest.count * fewest.weight);
  const { t, dimensions, spread, count } = small ?? fewest;
  const used = measured({ fit: utilise(count, dimensions, spread), target: TARGET });
  return {
    id,
    kind: 'kafka',
    technology: 'MSK, KRaft',
    size: t.type,
    reason: `${short(load.writes.peak)} messages/s and ${bytes(written.peak)}/s in, kept ${bytes(stored)} with ${replication} copies, on ${count} ${t.type}, limited by ${used.binding}.`,
    load,
    cellsNeeded: Math.ceil(count / MAX_BROKERS),
    brokerType: t.type,
    storageGibPerBroker: Math.max(100, Math.ceil(stored / count / GIB / TARGET)),
    topics: spec.topics,
    replication,
    ...used,
  };
}

/** The less of what the volume and what the instance sustains. */
function volumeThroughput(brokerType: string): Pick<Dimension, 'perUnit' | 'source'> {
  const instance = EBS_BASELINE[typeBehind(brokerType).name]!.bytesPerSecond;
  return instance < VOLUME_THROUGHPUT.value
    ? { perUnit: instance, source: EBS_BEHIND }
    : { perUnit: VOLUME_THROUGHPUT.value, source: VOLUME_THROUGHPUT.source };
}
