import type { Metrics } from './managed-service';
import { math, metric } from './metric-math';

/** What an Application Load Balancer shows, by the `LoadBalancerFullName` of it. */
export function applicationMetrics(balancer: string): Metrics {
  const of = (name: string, statistic: string) => metric('AWS/ApplicationELB', name, statistic, { LoadBalancer: balancer });
  const failed = [of('HTTPCode_Target_5XX_Count', 'Sum'), of('HTTPCode_ELB_5XX_Count', 'Sum')];
  return {
    'latency p99': [of('TargetResponseTime', 'p99')],
    'error share': [math('(FILL(m0, 0) + FILL(m1, 0)) / m2', [...failed, of('RequestCount', 'Sum')], 'requests answered with 5xx')],
    connections: [of('ActiveConnectionCount', 'Sum')],
  };
}

/** What an Application Load Balancer shows of one of its target groups, by both full names. */
export function targetMetrics(balancer: string, targetGroup: string): Metrics {
  const of = (name: string, statistic: string) =>
    metric('AWS/ApplicationELB', name, statistic, { LoadBalancer: balancer, TargetGroup: targetGroup });
  return {
    'latency p99': [of('TargetResponseTime', 'p99')],
    'error share': [
      math('FILL(m0, 0) / m1', [of('HTTPCode_Target_5XX_Count', 'Sum'), of('RequestCount', 'Sum')], 'requests answered with 5xx'),
    ],
  };
}

/** What a Network Load Balancer shows, by the `LoadBalancerFullName` of it. */
export function networkMetrics(balancer: string): Metrics {
  const of = (name: string, statistic: string) => metric('AWS/NetworkELB', name, statistic, { LoadBalancer: balancer });
  return {
    'error share': [math('m0 / m1', [of('TCP_Target_Reset_Count', 'Sum'), of('NewFlowCount', 'Sum')], 'connections reset by pods')],
    connections: [of('ActiveFlowCount', 'Average')],
  };
}
