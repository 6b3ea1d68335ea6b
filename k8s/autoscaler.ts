import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { MINUTE } from '../plan/units';
import type { ServicePart } from '../plan/sizing/service';
import type { Cell } from './cell';
import type { Fleet } from './fleet';
import { addScaledObject } from './scaled-object';

/** A single machine is paid for whether its pods are many or few, so on k3s a service always has the pods of its peak. */
export const isAutoscaled = ({ deployment }: Cell, { pods }: ServicePart): boolean => deployment.platform === 'eks' && pods.peak > pods.min;

/** Follows the load of a fleet between the night's pods and the peak's. */
export function addAutoscaler(scope: Construct, cell: Cell, fleet: Fleet): void {
  const { service, name, pods } = fleet;
  if (!isAutoscaled(cell, service)) return;
  const behavior = behaviorOf(service);
  if (service.scaleOn !== 'cpu') return addScaledObject(scope, cell, fleet, behavior);
  new k8s.KubeHorizontalPodAutoscalerV2(scope, 'autoscaler', {
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: pods.min,
      maxReplicas: pods.peak,
      // Utilisation is a share of the request, and pods request what the plan counts as their capacity.
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: Math.round(service.scaleTarget * 100) } },
        },
      ],
      behavior,
    },
  });
}

function behaviorOf({ protocol }: ServicePart): k8s.HorizontalPodAutoscalerBehaviorV2 {
  // Pods that go take their connections with them, and every client comes back at once: fleets of WebSockets shrink slowly.
  const calm = protocol === 'websocket' ? { minutes: 15, percent: 5 } : { minutes: 5, percent: 10 };
  return {
    scaleUp: {
      stabilizationWindowSeconds: 0,
      policies: [
        { type: 'Percent', value: 100, periodSeconds: 15 },
        { type: 'Pods', value: 4, periodSeconds: 15 },
      ],
    },
    scaleDown: {
      stabilizationWindowSeconds: calm.minutes * MINUTE,
      policies: [{ type: 'Percent', value: calm.percent, periodSeconds: MINUTE }],
    },
  };
}
