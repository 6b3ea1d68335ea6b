import { KafkaCluster } from '../../constructs/kafka-cluster';
import type { ManagedService } from '../../constructs/managed-service';
import type { KafkaPart } from '../../plan/sizing/kafka';
import { brokerLogUsage } from '../usage/service-logs';
import { type Around, inNetwork } from './around';

/** MSK spreads over two zones or three, however small the stage. */
const LEAST_ZONES = 2;

export function kafka(part: KafkaPart, around: Around): ManagedService {
  const { parts, flows, zones } = around.deployment;
  const consumers = new Set(flows.filter((f) => f.verb === 'consumes' && f.to === part.id).map((f) => f.from));
  return new KafkaCluster(around.stack, part.id, {
    ...inNetwork(around, part.id),
    zones: Math.max(zones, LEAST_ZONES),
    brokerType: part.brokerType,
    brokers: part.count,
    storageGib: part.storageGibPerBroker,
    replication: part.replication,
    topics: part.topics,
    // A service consumes in a group of its own name.
    consumerGroups: parts.filter((p) => consumers.has(p.id)).map((p) => p.id),
    usage: { 'AWS::MSK::Cluster': { tieredGb: 0 }, 'AWS::Logs::LogGroup': brokerLogUsage(part) },
  });
}
