import type { PodPart } from '../pods';
import type { Kind, Part, PartByKind } from '../sizing';
import type { Billing } from '../sizing/capacity-units';
import { describePod } from '../sizing/pod';
import { assumed, remembered } from '../source';
import { MIB } from '../units';
import { smallestDatabase } from './database';
import { documented, idle, NOTHING, one, UNUSED } from './idle';

const CACHE = documented(
  'cache.t4g.micro',
  'Supported node types (ElastiCache)',
  'AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html',
);
const KAFKA = documented('kafka.t3.small', 'Amazon MSK broker sizes', 'msk/latest/developerguide/broker-instance-sizes.html');
/** MSK spreads over two zones or three, and our constructs keep a copy of every message in each. */
const BROKERS = 2;
const RABBITMQ = { size: 'mq.t3.micro', source: remembered('Amazon MQ for RabbitMQ, its smallest node, of which it makes no cluster') };
const SEARCH = documented(
  't3.small.search',
  'Amazon OpenSearch Service quotas: EBS volume size',
  'opensearch-service/latest/developerguide/limits.html',
);
/** Burstable ones, which would be smaller, are not taken into a placement group of strategy cluster. */
const MACHINE = documented(
  'c7g.medium',
  'Placement groups: cluster placement group limitations',
  'AWSEC2/latest/UserGuide/placement-strategies.html',
);
/** Slows down to its baseline, which an idle host stays below. */
const HOST = { arm64: 't4g.micro', x86_64: 't3.micro', source: assumed('the least memory in which the agents of a host run') };
const LEAST_GIB = { kafka: 1, search: 10, pod: 1 };
/** What a pod asks for at most; one that asks for less in its stage asks for that. It may use more of the processor than it asks for. */
const POD = { vcpu: 0.1, memoryBytes: 512 * MIB, source: assumed('what a service of most languages idles in and answers probes') };
const ON_DEMAND: Billing = { mode: 'on demand', reason: 'nothing is asked of it', source: UNUSED };
const UNITS = { writeUnits: { load: NOTHING }, readUnits: { load: NOTHING } };

const pod = <P extends PodPart>(part: P): P => {
  const [vcpu, memoryBytes] = [Math.min(part.vcpu, POD.vcpu), Math.min(part.memoryBytes, POD.memoryBytes)];
  const gpu = part.kind !== 'stateful' && part.gpu && { ...part.gpu, count: 1 };
  const shape = { vcpu, memoryBytes, ...(gpu && { gpu }) };
  return { ...one(part, { size: describePod(shape), source: POD.source }), ...shape };
};

/** The smallest there is of each kind of part. */
const SMALLEST: { [K in Kind]: (part: PartByKind[K]) => PartByKind[K] } = {
  accelerator: idle,
  cache: (part) => ({
    ...one(part, CACHE),
    nodeType: CACHE.size,
    topology: part.topology === 'cluster' ? 'cluster' : 'single',
    shards: 1,
    replicasPerShard: 0,
    bytes: 0,
  }),
  channel: idle,
  // Brokers of this size take no private connectivity, by which messages would come.
  delivery: (part) => ({ ...idle(part), detached: true }),
  edge: idle,
  external: (part) => ({
    ...idle(part),
    spec: { ...part.spec, ...(part.spec.charges && { charges: part.spec.charges.map((charge) => ({ ...charge, perMonth: 0 })) }) },
  }),
  function: (part) => ({ ...idle(part), size: '128 MiB', memoryMib: 128, runs: NOTHING, concurrency: 2 }),
  hostFleet: (part) => ({
    ...one(part, { size: HOST[part.architecture], source: HOST.source }),
    instanceType: HOST[part.architecture],
    vcpu: 2,
    hosts: { min: 1, expected: 1, peak: 1 },
    zones: 1,
  }),
  hsm: idle,
  job: pod,
  kafka: (part) => ({
    ...one(part, KAFKA),
    reason: `The smallest there is, for a sandbox: ${BROKERS} ${KAFKA.size}, each in a zone of its own.`,
    count: BROKERS,
    utilisationZoneLost: 0,
    brokerType: KAFKA.size,
    storageGibPerBroker: LEAST_GIB.kafka,
    replication: BROKERS,
    topics: part.topics.map((topic) => ({ ...topic, partitions: 1 })),
  }),
  keyValue: (part) => ({ ...idle(part), ...UNITS, size: ON_DEMAND.mode, spec: { ...part.spec, bytes: 0 }, billing: ON_DEMAND }),
  lake: idle,
  loadBalancer: (part) => ({ ...idle(part), connections: NOTHING, newConnectionsPerSecond: 0 }),
  machines: (part) => ({ ...one(part, MACHINE), instanceType: MACHINE.size, vcpu: 1, active: 1, standbys: 0 }),
  objectStore: (part) => ({ ...idle(part), spec: { ...part.spec, bytes: 0 } }),
  queue: idle,
  rabbitmq: (part) => ({
    ...one(part, RABBITMQ),
    technology: 'Amazon MQ for RabbitMQ, one node',
    brokerType: RABBITMQ.size,
    deployment: 'SINGLE_INSTANCE',
    shards: 1,
    backlogBytes: 0,
  }),
  relational: smallestDatabase,
  search: (part) => ({
    ...one(part, SEARCH),
    instanceType: SEARCH.size,
    dataNodes: 1,
    masterNodes: 0,
    replicas: 0,
    storageGibPerNode: LEAST_GIB.search,
  }),
  // Where a machine costs least, one that stays costs little more.
  service: ({ interruptible: _, ...part }) => ({ ...pod(part), pods: { min: 1, expected: 1, peak: 1 }, fleets: 1 }),
  // Volumes are made by the cluster and not by its stacks: whoever ends a sandbox would leave them (docs/decisions/0019).
  stateful: (part) => ({
    ...pod(part),
    pods: { min: 1, expected: 1, peak: 1 },
    sets: part.sets.slice(0, 1),
    replicas: 1,
    peers: false,
    ...(part.volume && { volume: { gib: LEAST_GIB.pod, kept: false } }),
  }),
  // It is never started.
  sparkJob: (part) => ({ ...idle(part), executors: 1, runs: 0, vcpuHours: 0, gibHours: 0, paused: true }),
  // Nor is it: an application that does not run costs nothing.
  streamJob: (part) => ({ ...idle(part), kpus: 1, applications: 1, stateBytes: 0, snapshotBytes: 0, paused: true }),
  wideColumn: (part) => ({
    ...idle(part),
    size: ON_DEMAND.mode,
    bytes: 0,
    billing: ON_DEMAND,
    tables: part.tables.map((table) => ({ ...table, ...UNITS, bytes: 0 })),
  }),
};

/** The part without load, in the fewest pieces of the smallest size there is. */
export const smallestPart = (part: Part): Part => (SMALLEST[part.kind] as (part: Part) => Part)(part);
