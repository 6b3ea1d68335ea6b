import type { Metrics } from './managed-service';
import { highest, metric, MILLISECONDS, PERCENT } from './metric-math';

/** What applications of Flink that share the work show: the worst of them. @param names of the applications, at least one */
export function streamMetrics(names: readonly string[]): Metrics {
  const of = (name: string) => names.map((application) => metric('AWS/KinesisAnalytics', name, 'Maximum', { Application: application }));
  return {
    cpu: highest(of('containerCPUUtilization'), 'CPU', PERCENT),
    'memory used': highest(of('heapMemoryUtilization'), 'heap used', PERCENT),
    downtime: highest(of('downtime'), 'down', MILLISECONDS),
    'checkpoint time': highest(of('lastCheckpointDuration'), 'last checkpoint', MILLISECONDS),
    'consumer lag': highest(of('records_lag_max'), 'behind'),
  };
}
