import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Fleet } from './fleet';

/**
 * Lets nodes be drained a tenth of a fleet at a time, rounded up: half of the fifth that the sizing target leaves free.
 * A single pod has no budget, for it would never let its node go.
 */
export function addDisruptionBudget(scope: Construct, { name, selector, pods }: Fleet): void {
  if (pods.min < 2) return;
  new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
    metadata: { name },
    spec: {
      selector: { matchLabels: selector },
      maxUnavailable: k8s.IntOrString.fromString('10%'),
      // Pods that never became ready must not hold up the drain of a broken node.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
