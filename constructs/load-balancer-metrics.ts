import type { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { LoadBalancer } from './load-balancer';
import type { Metrics } from './managed-service';
import { highest, largest, mathOverSets, metric, pairs } from './metric-math';
import { shown, type Watchable } from './watchable';

/** Metrics of equal balancers, or of the same target of each. */
type OfEach = (name: string, statistic: string) => cloudwatch.IMetric[];

/**
 * What balancers that share a name show: the worst of them, and as connections the most of one times their number.
 * @param balancers of one layer, at least one
 */
export function watchBalancers(balancers: readonly LoadBalancer[]): Watchable {
  const { layer, node } = balancers[0]!;
  const of: OfEach = (name, statistic) =>
    balancers.map(({ resource }) => metric(NAMESPACE[layer], name, statistic, { LoadBalancer: resource.attrLoadBalancerFullName }));
  const metrics = layer === 7 ? applicationMetrics(of) : networkMetrics(of);
  return { metric: (watched) => shown(node.path, metrics, watched) };
}

/** What balancers know of the pods behind one of their targets; at layer 4 nothing. */
export function watchTarget(balancers: readonly LoadBalancer[], target: string): Watchable {
  const { layer, node } = balancers[0]!;
  const of: OfEach = (name, statistic) =>
    balancers.map(({ resource, targetGroups }) =>
      metric(NAMESPACE[layer], name, statistic, {
        LoadBalancer: resource.attrLoadBalancerFullName,
        TargetGroup: targetGroups.get(target)!.attrTargetGroupFullName,
      }),
    );
  const metrics = layer === 7 ? targetMetrics(of) : {};
  return { metric: (watched) => shown(`${node.path}/${target}`, metrics, watched) };
}

const NAMESPACE = { 4: 'AWS/NetworkELB', 7: 'AWS/ApplicationELB' } as const;

function applicationMetrics(of: OfEach): Metrics {
  const failed = of('HTTPCode_Target_5XX_Count', 'Sum');
  const refused = of('HTTPCode_ELB_5XX_Count', 'Sum');
  const requests = of('RequestCount', 'Sum');
  return {
    'latency p99': highest(of('TargetResponseTime', 'p99'), 'latency p99'),
    'error share': mathOverSets(
      requests.map((r, i) => [failed[i]!, refused[i]!, r]),
      'requests answered with 5xx',
      (f, e, r) => largest(r!.map((all, i) => `(FILL(${f![i]}, 0) + FILL(${e![i]}, 0)) / ${all}`)),
    ),
    connections: highest(of('ActiveConnectionCount', 'Sum'), 'connections', requests.length),
  };
}

const targetMetrics = (of: OfEach): Metrics => ({
  'latency p99': highest(of('TargetResponseTime', 'p99'), 'latency p99'),
  'error share': mathOverSets(
    pairs(of('HTTPCode_Target_5XX_Count', 'Sum'), of('RequestCount', 'Sum')),
    'requests answered with 5xx',
    (failed, all) => largest(all!.map((requests, i) => `FILL(${failed![i]}, 0) / ${requests}`)),
  ),
});

function networkMetrics(of: OfEach): Metrics {
  const open = of('ActiveFlowCount', 'Average');
  return {
    'error share': mathOverSets(
      pairs(of('TCP_Target_Reset_Count', 'Sum'), of('NewFlowCount', 'Sum')),
      'connections reset by pods',
      (reset, all) => largest(all!.map((flows, i) => `${reset![i]} / ${flows}`)),
    ),
    connections: highest(open, 'connections', open.length),
  };
}
