import type { UsageByType } from '../../cost/usage';
import type { RabbitmqPart } from '../../plan/sizing/rabbitmq';
import { gib } from './monthly';

/** A node's volume holds the backlog at its largest. */
export const rabbitmqUsage = (part: RabbitmqPart): UsageByType['AWS::AmazonMQ::Broker'] => ({
  storedGb: gib(part.dimensions.find((d) => d.name === 'memory')!.demand),
});
