import type { UsageByType } from '../../cost/usage';
import type { Flow } from '../../plan/flow';
import { listenersOf } from '../../plan/listeners';
import type { LoadBalancerPart } from '../../plan/sizing/load-balancer';
import { MONTH } from '../../plan/units';
import { gib } from './monthly';

type Usage = UsageByType['AWS::ElasticLoadBalancingV2::LoadBalancer'];

/** Load of one of a part's balancers at the average; its few rules stay within the ten free evaluations. */
export const balancerUsage = (part: LoadBalancerPart, flows: readonly Flow[]): Usage => ({
  ...sharesOf(part, flows),
  newConnectionsPerSecond: part.newConnectionsPerSecond / part.count,
  activeConnections: part.connections.average / part.count,
  processedGbPerMonth: gib(((part.load.bytesIn.average + part.load.bytesOut.average) / part.count) * MONTH),
});

/** Of each protocol of a balancer that listens by several, by the operations that come in so. */
function sharesOf({ id, layer }: LoadBalancerPart, flows: readonly Flow[]): Partial<Usage> {
  const protocols = layer === 4 ? [...new Set(listenersOf(id, flows).map(({ protocol }) => protocol))] : [];
  if (protocols.length < 2) return {};
  const routes = flows.filter((flow) => flow.from === id);
  const operations = (of: readonly Flow[]): number => of.reduce((sum, flow) => sum + flow.rate.average, 0);
  const share = (protocol: string): number =>
    operations(routes.filter(({ listener }) => (listener?.protocol ?? 'tls') === protocol)) / (operations(routes) || 1);
  return Object.fromEntries(protocols.map((protocol) => [`shareOf:${protocol.toUpperCase()}`, share(protocol)]));
}
