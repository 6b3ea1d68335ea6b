import { Rabbitmq } from '../../constructs/rabbitmq';
import type { ManagedService } from '../../constructs/managed-service';
import type { RabbitmqPart } from '../../plan/sizing/rabbitmq';
import { secretUsage } from '../usage/callers';
import { rabbitmqUsage } from '../usage/rabbitmq';
import { type Around, inNetwork } from './around';

export const rabbitmq = (part: RabbitmqPart, around: Around): ManagedService =>
  new Rabbitmq(around.stack, part.id, {
    ...inNetwork(around, part.id),
    shards: part.shards,
    instanceType: part.brokerType,
    deployment: part.deployment,
    // Applications declare the queue of dead letters beside the one they come from.
    deadLetterQueues: part.queues.filter((q) => q.deadLetter).map((q) => `${q.name}.dlq`),
    usage: { 'AWS::AmazonMQ::Broker': rabbitmqUsage(part), 'AWS::SecretsManager::Secret': secretUsage(part.id, around.deployment) },
  });
