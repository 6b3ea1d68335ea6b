import type { UsageByType } from '../../cost/usage';
import type { LoadBalancerPart } from '../../plan/sizing/load-balancer';
import { MONTH } from '../../plan/units';
import { gib } from './monthly';

/** Load of one of a part's balancers at the average; its few rules stay within the ten free evaluations. */
export const balancerUsage = ({
  newConnectionsPerSecond,
  connections,
  load,
  count,
}: LoadBalancerPart): UsageByType['AWS::ElasticLoadBalancingV2::LoadBalancer'] => ({
  newConnectionsPerSecond: newConnectionsPerSecond / count,
  activeConnections: connections.average / count,
  processedGbPerMonth: gib(((load.bytesIn.average + load.bytesOut.average) / count) * MONTH),
});
