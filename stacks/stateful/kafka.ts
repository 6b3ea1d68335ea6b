import { KafkaCluster } from '../../constructs/kafka-cluster';
import type { ManagedService } from '../../constructs/managed-service';
import { isDelivered } from '../../plan/deliveries';
import type { Deployment } from '../../plan/plan';
import type { KafkaPart } from '../../plan/sizing/kafka';
import { MONTH } from '../../plan/units';
import { onceAnswered } from '../parameters';
import { gib } from '../usage/monthly';
import { brokerLogUsage } from '../usage/service-logs';
import { type Around, inNetwork } from './around';

/** MSK spreads over two zones or three, however small the stage. */
const LEAST_ZONES = 2;

export function kafka(part: KafkaPart, around: Around): ManagedService {
  const { parts, flows, zones } = around.deployment;
  const consumers = new Set(flows.filter((f) => f.verb === 'consumes' && f.to === part.id).map((f) => f.from));
  const delivered = isDelivered(part.id, around.deployment);
  return new KafkaCluster(around.stack, part.id, {
    ...inNetwork(around, part.id),
    zones: Math.max(zones, LEAST_ZONES),
    brokerType: part.brokerType,
    brokers: part.count,
    storageGib: part.storageGibPerBroker,
    replication: part.replication,
    topics: part.topics,
    // A service consumes in a group of its own name, Firehose in one that it chooses.
    consumerGroups: parts.filter((p) => consumers.has(p.id) && p.kind !== 'delivery').map((p) => p.id),
    privateConnectivity: delivered ? onceAnswered(around.stack, 'KafkaPrivateConnectivity') : undefined,
    usage: {
      'AWS::MSK::Cluster': { tieredGb: 0, ...(delivered && privately(part, around.deployment)) },
      'AWS::Logs::LogGroup': brokerLogUsage(part),
    },
  });
}

/** What deliveries take through private connectivity. */
function privately({ id }: KafkaPart, { parts, flows }: Deployment) {
  const deliveries = new Set(parts.flatMap((p) => (p.kind === 'delivery' ? [p.id] : [])));
  const taken = flows.filter((f) => f.to === id && deliveries.has(f.from)).reduce((sum, f) => sum + f.rate.average * f.returnedBytes, 0);
  return { privateConnectivityGbPerMonth: gib(taken * MONTH) };
}
