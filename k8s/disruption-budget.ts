import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ServicePart } from '../plan/sizing/service';
import { selectorLabels } from './labels';

/**
 * Lets nodes be drained a tenth of a service at a time, rounded up: half of the fifth that the sizing target leaves free.
 * A single pod has no budget, for it would never let its node go.
 */
export function addDisruptionBudget(scope: Construct, { id, pods }: ServicePart): void {
  if (pods.min < 2) return;
  new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
    metadata: { name: id },
    spec: {
      selector: { matchLabels: selectorLabels(id) },
      maxUnavailable: k8s.IntOrString.fromString('10%'),
      // Pods that never became ready must not hold up the drain of a broken node.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
