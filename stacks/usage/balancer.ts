import type { UsageByType } from '../../cost/usage';
import type { LoadBalancerPart } from '../../plan/sizing/load-balancer';
import { gbPerMonth } from './gb';

/** Load of a balancer at the average; its few rules stay within the ten free evaluations. */
export const balancerUsage = ({ newConnectionsPerSecond, connections, load }: LoadBalancerPart): UsageByType['AWS::ElasticLoadBalancingV2::LoadBalancer'] => ({
  newConnectionsPerSecond,
  activeConnections: connections.average,
  processedGbPerMonth: gbPerMonth(load.bytesIn.average + load.bytesOut.average),
});
