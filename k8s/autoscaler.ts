import { Duration } from 'cdk8s';
import { type Deployment, HorizontalPodAutoscaler, LabelSelector, Metric, MetricTarget, Replicas } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ServicePart } from '../plan/sizing/service';
import type { Cell } from './cell';

const BROKERS = ['queue', 'kafka', 'rabbitmq'];

/** A single machine is paid for whether its pods are many or few, so on k3s a service always has the pods of its peak. */
export const isAutoscaled = ({ deployment }: Cell, { pods }: ServicePart): boolean => deployment.platform === 'eks' && pods.peak > pods.min;

/** Follows the load between the night's pods and the peak's. */
export function addAutoscaler(scope: Construct, cell: Cell, service: ServicePart, target: Deployment): void {
  if (!isAutoscaled(cell, service)) return;
  // Pods that go take their connections with them, and every client comes back at once: fleets of WebSockets shrink slowly.
  const calm = service.protocol === 'websocket' ? { wait: 15, percent: 5 } : { wait: 5, percent: 10 };
  new HorizontalPodAutoscaler(scope, 'autoscaler', {
    metadata: { name: service.id },
    target,
    minReplicas: service.pods.min,
    maxReplicas: service.pods.peak,
    metrics: metricsOf(cell, service),
    scaleUp: {
      stabilizationWindow: Duration.seconds(0),
      policies: [Replicas.percent(100), Replicas.absolute(4)].map((replicas) => ({ replicas, duration: Duration.seconds(15) })),
    },
    scaleDown: {
      stabilizationWindow: Duration.minutes(calm.wait),
      policies: [{ replicas: Replicas.percent(calm.percent), duration: Duration.minutes(1) }],
    },
  });
}

function metricsOf({ deployment: { parts, flows } }: Cell, { id, scaleOn, scaleTarget }: ServicePart): Metric[] {
  // Utilisation is a share of the request, and pods request what the plan counts as their capacity.
  if (scaleOn === 'cpu') return [Metric.resourceCpu(MetricTarget.averageUtilization(Math.round(scaleTarget * 100)))];
  if (scaleOn === 'connections') return [Metric.pods({ name: 'websocket_connections', target: MetricTarget.averageValue(scaleTarget) })];
  const consumed = parts.filter(
    (p) => BROKERS.includes(p.kind) && flows.some((f) => f.from === id && f.to === p.id && f.verb === 'consumes'),
  );
  if (consumed.length === 0) throw new Error(`service "${id}" scales on queue depth but consumes from no queue`);
  return consumed.map((part) =>
    Metric.external({
      name: 'queue_depth',
      labelSelector: LabelSelector.of({ labels: { part: part.id, consumer: id } }),
      target: MetricTarget.averageValue(scaleTarget),
    }),
  );
}
