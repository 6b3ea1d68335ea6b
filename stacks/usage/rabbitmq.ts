import type { UsageByType } from '../../cost/usage';
import type { RabbitmqPart } from '../../plan/sizing/rabbitmq';
import { gib } from './monthly';

/** Of one shard: a node's volume holds its share of the backlog at its largest. */
export const rabbitmqUsage = (part: RabbitmqPart): UsageByType['AWS::AmazonMQ::Broker'] => ({
  storedGb: gib(part.backlogBytes / part.shards),
});
