import { type Dimension, fit, utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed, type Capacity, docs } from '../source';
import { GIB, short } from '../units';

/** Routed queues with retry and dead letters. */
export interface RabbitmqSpec {
  queues: readonly { name: string; deadLetter: boolean; maxRetry: number; ttlSeconds?: number }[];
  messagesPerBroker: Capacity;
  /** Bytes waiting in queues when consumers are behind. @default 128 MiB */
  backlogBytes?: number;
}

export interface RabbitmqPart extends Sized<'rabbitmq'> {
  brokerType: string;
  deployment: 'SINGLE_INSTANCE' | 'CLUSTER_MULTI_AZ';
  /** Brokers that know nothing of each other; producers spread the messages of each queue over them. */
  shards: number;
  /** Waiting in the queues of all shards at most. */
  backlogBytes: number;
  queues: RabbitmqSpec['queues'];
}

/** vCPU and memory of the EC2 types of the same names. `share` is of the messages of the largest. */
const TYPES = [
  { type: 'mq.t3.micro', vcpu: 2, memoryGib: 1, single: true, share: 0.05 },
  { type: 'mq.m5.large', vcpu: 2, memoryGib: 8, single: false, share: 0.25 },
  { type: 'mq.m5.xlarge', vcpu: 4, memoryGib: 16, single: false, share: 0.5 },
  { type: 'mq.m5.2xlarge', vcpu: 8, memoryGib: 32, single: false, share: 1 },
] as const;
const SCALING = assumed('a broker size carries messages in proportion to its vCPUs; the stated capacity is of an 8 vCPU node');
const MEMORY = docs('RabbitMQ 3.13 docs, Memory Alarm Threshold', '2026-11-22', 'https://www.rabbitmq.com/docs/3.13/memory');
/** Share of memory at which publishers are blocked. */
const HIGH_WATERMARK = 0.4;
const TARGET = 0.75;
/** Assumed: past as many brokers as databases have shards, queues of RabbitMQ are the wrong tool. More of them are another cell. */
const MAX_SHARDS = 40;

/**
 * The smallest broker that carries the messages, three nodes mirrored by quorum queues where zones must be survived; several of the
 * largest where one is too small.
 */
export function sizeRabbitmq(id: string, spec: RabbitmqSpec, { zones, load }: Surroundings): RabbitmqPart {
  const clustered = zones > 1;
  const backlog = spec.backlogBytes ?? GIB / 8;
  const plans = TYPES.filter((t) => !clustered || !t.single).map((t) => {
    const dimensions: Dimension[] = [
      {
        name: 'messages',
        demand: load.writes.peak,
        perUnit: spec.messagesPerBroker.value * t.share,
        unit: 'messages/s',
        source: t.share === 1 ? spec.messagesPerBroker.source : SCALING,
      },
      { name: 'memory', demand: backlog, perUnit: t.memoryGib * GIB * HIGH_WATERMARK, unit: 'bytes', source: MEMORY },
    ];
    // Quorum queues put every message on all three nodes: two left carry what three did.
    const spread = { zones: clustered ? zones : 1, target: TARGET, standIn: true };
    return { t, dimensions, spread, fitted: fit(dimensions, spread) };
  });
  const { t, dimensions, spread, fitted } = plans.find((p) => p.fitted.count === 1) ?? plans.at(-1)!;
  const shards = fitted.count;
  const used = measured({ fit: utilise(shards, dimensions, spread), target: TARGET });
  const technology = `Amazon MQ for RabbitMQ, ${clustered ? 'three-node cluster' : 'one node'}`;
  const broker = clustered ? 'three-node cluster' : 'node';
  return {
    id,
    kind: 'rabbitmq',
    technology: shards > 1 ? `${technology}, ${shards} shards` : technology,
    size: t.type,
    reason: `${short(load.writes.peak)} messages/s on ${shards > 1 ? `${shards} ${broker}s` : `${clustered ? 'a' : 'one'} ${broker}`} of ${t.type}, limited by ${used.binding}.`,
    load,
    cellsNeeded: Math.ceil(shards / MAX_SHARDS),
    brokerType: t.type,
    deployment: clustered ? 'CLUSTER_MULTI_AZ' : 'SINGLE_INSTANCE',
    shards,
    backlogBytes: backlog,
    queues: spec.queues,
    ...used,
    count: shards * (clustered ? 3 : 1),
  };
}
