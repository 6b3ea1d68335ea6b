import { makeOf } from './migration';
import { guide } from './migration-way';
import type { Deployment, Plan } from './plan';
import type { Part, PartByKind } from './sizing';
import { remembered, type Source } from './source';

/** Something that stays where it is and is not there for a moment, because it gets another size. */
export interface Interruption {
  /** Part id; `box` for the one machine. */
  part: string;
  region: string;
  /** The deployment it happens in. */
  phase: 'data' | 'compute';
  from: string;
  to: string;
  /** What its callers see. */
  effect: string;
  source: Source;
}

type Effect = Pick<Interruption, 'effect' | 'source'>;

const RDS = guide(
  'AWS docs, RDS, Settings for DB instances: downtime occurs when the instance class changes',
  'AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html',
);
const RDS_FAILOVER = guide(
  'AWS docs, RDS, Multi-AZ DB instance deployments: failover times',
  'AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html',
);
const AURORA = remembered('Aurora: a class change restarts each instance, and a reader is promoted while the writer does');
const NODE_TYPE = guide(
  'AWS docs, ElastiCache, Scaling clusters for Valkey (cluster mode disabled)',
  'AmazonElastiCache/latest/dg/scaling-redis-classic.html',
);
const SHARD_TYPE = guide(
  'AWS docs, ElastiCache, Online vertical scaling by modifying node type',
  'AmazonElastiCache/latest/dg/redis-cluster-vertical-scaling.html',
);
const MEMCACHED = guide(
  'AWS docs, ElastiCache, Manual scaling for Memcached clusters: another node type is a new cluster',
  'AmazonElastiCache/latest/dg/Scaling.Memcached.manually.html',
);
const MSK = guide(
  'AWS docs, Update the Amazon MSK cluster broker size: a broker at a time',
  'msk/latest/developerguide/msk-update-broker-type.html',
);
const MQ = guide(
  'AWS docs, Scheduling the maintenance window for an Amazon MQ broker',
  'amazon-mq/latest/developer-guide/maintaining-brokers.html',
);
const FLINK = guide(
  'AWS docs, Managed Service for Apache Flink, implement application scaling: the application restarts',
  'managed-flink/latest/java/how-scaling.html',
);
const EC2 = guide(
  'CloudFormation docs, AWS::EC2::Instance: InstanceType, some interruptions',
  'AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html',
);

/**
 * What is interrupted, though nothing of it moves, when an environment's stacks are updated from one plan to another. OpenSearch is left out: it
 * changes by blue/green deployments (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-configuration-changes.html,
 * 2026-11-22).
 */
export function interruptionsBetween(before: Plan, after: Plan): Interruption[] {
  return before.deployments.flatMap((deployment) => {
    const next = after.deployments.find(({ region }) => region.name === deployment.region.name);
    if (!next) return [];
    const region = deployment.region.name;
    const ofParts = deployment.parts.flatMap((part): Interruption[] => {
      const successor = next.parts.find(({ id }) => id === part.id);
      const [from, to] = [sizeOf(part), successor && sizeOf(successor)];
      const effect = successor?.kind === part.kind && makeOf(part) === makeOf(successor) && from !== to && effectOn(part, successor);
      const phase = part.kind === 'streamJob' ? 'compute' : 'data';
      return effect ? [{ part: part.id, region, phase, from: from!, to: to!, ...effect }] : [];
    });
    return [...ofParts, ...ofMachine(deployment, next)];
  });
}

/** What decides which machines a part runs on; undefined of what has none, or changes them unseen. */
function sizeOf(part: Part): string | undefined {
  if (part.kind === 'relational') return part.instanceClass;
  if (part.kind === 'cache') return part.nodeType;
  if (part.kind === 'streamJob') return `${part.kpus} KPUs`;
  return part.kind === 'kafka' || part.kind === 'rabbitmq' ? part.brokerType : undefined;
}

function effectOn(part: Part, next: Part): Effect | undefined {
  if (part.kind === 'relational') return ofDatabase(part, next as PartByKind['relational']);
  if (part.kind === 'cache' && part.engine === 'memcached')
    return { effect: 'comes empty under another address; callers do without until the manifests are applied', source: MEMCACHED };
  if (part.kind === 'cache')
    return part.topology === 'cluster'
      ? { effect: 'keeps answering; connections to the old nodes end', source: SHARD_TYPE }
      : { effect: 'reads and writes break off for a few seconds', source: NODE_TYPE };
  if (part.kind === 'kafka') return { effect: 'a broker at a time is down, and others lead its partitions meanwhile', source: MSK };
  if (part.kind === 'streamJob')
    return { effect: 'stops with a snapshot and goes on from it; messages wait in Kafka meanwhile', source: FLINK };
  if (part.kind !== 'rabbitmq') return undefined;
  const down = part.deployment === 'CLUSTER_MULTI_AZ' ? 'a node at a time is down, and two keep running' : 'down while it restarts';
  return { effect: `${down}, in its weekly maintenance window or when it is rebooted before`, source: MQ };
}

function ofDatabase(part: PartByKind['relational'], next: PartByKind['relational']): Effect {
  const readers = part.readersPerShard > 0 ? '; each reader is down while it restarts' : '';
  if (part.topology === 'aurora')
    return { effect: readers ? `fails over to a reader while the writer restarts${readers}` : 'down while it restarts', source: AURORA };
  // One that gets its standby only now may have none yet.
  if (part.topology === 'multi-az' && next.topology === 'multi-az')
    return { effect: `fails over to its standby, typically within one to two minutes${readers}`, source: RDS_FAILOVER };
  return { effect: `down while it restarts, as long as its recovery takes${readers}`, source: RDS };
}

function ofMachine({ region, platform, nodeGroups }: Deployment, next: Deployment): Interruption[] {
  const [from, to] = [nodeGroups[0]!.instanceType, next.nodeGroups[0]!.instanceType];
  if (platform !== 'k3s' || next.platform !== 'k3s' || from === to) return [];
  const effect = 'down while it stops and starts; where Amazon Linux has a newer image it is replaced instead, with its disk';
  return [{ part: 'box', region: region.name, phase: 'compute', from, to, effect, source: EC2 }];
}
