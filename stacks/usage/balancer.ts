import type { UsageByType } from '../../cost/usage';
import type { LoadBalancerPart } from '../../plan/sizing/load-balancer';
import { MONTH } from '../../plan/units';
import { gib } from './monthly';

/** Load of a balancer at the average; its few rules stay within the ten free evaluations. */
export const balancerUsage = ({
  newConnectionsPerSecond,
  connections,
  load,
}: LoadBalancerPart): UsageByType['AWS::ElasticLoadBalancingV2::LoadBalancer'] => ({
  newConnectionsPerSecond,
  activeConnections: connections.average,
  processedGbPerMonth: gib((load.bytesIn.average + load.bytesOut.average) * MONTH),
});
