import { Duration, JsonPatch } from 'cdk8s';
import { Deployment, DeploymentStrategy, LabelSelector, PercentOrAbsolute, type ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { isAutoscaled } from './autoscaler';
import type { Cell } from './cell';
import { endpointsDigest } from './endpoints-config';
import type { Fleet } from './fleet';
import { workloadLabels } from './labels';
import { patchManifest, withoutAddress } from './patch';
import { onTier, withGpus } from './placement';
import { podOf } from './pod';
import { topologySpread } from './topology-spread';

/** Until balancers and proxies have noticed that a pod goes; seconds. */
const DEREGISTRATION_SECONDS = 15;
/** Between the end of the drain and the kill; seconds. */
const MARGIN_SECONDS = 5;

/** Pods of a fleet. */
export function addDeployment(scope: Construct, cell: Cell, fleet: Fleet, account: ServiceAccount): void {
  const { service, name, selector, pods } = fleet;
  const { platform } = cell.deployment;
  // Nothing is sent to a consumer, so it may stop taking messages at once.
  const deregistration = service.protocol === 'worker' ? 0 : DEREGISTRATION_SECONDS;
  const deployment = new Deployment(scope, 'deployment', {
    ...podOf(scope, cell, service, account),
    metadata: { name, annotations: { 'kubernetes.io/description': service.does } },
    podMetadata: {
      labels: { ...workloadLabels(cell, service), ...selector },
      annotations: { 'scaleprint.dev/endpoints': endpointsDigest(cell, service.id) },
    },
    select: false,
    ...(!isAutoscaled(cell, service) && { replicas: pods.peak }),
    terminationGracePeriod: Duration.seconds(deregistration + service.drainSeconds + MARGIN_SECONDS),
    // The one machine is chosen for its pods and not for one more, so there an old pod goes first.
    strategy:
      platform === 'k3s'
        ? DeploymentStrategy.rollingUpdate({ maxSurge: PercentOrAbsolute.absolute(0), maxUnavailable: PercentOrAbsolute.absolute(1) })
        : DeploymentStrategy.rollingUpdate({ maxSurge: PercentOrAbsolute.percent(25), maxUnavailable: PercentOrAbsolute.absolute(0) }),
  });
  // Otherwise each roll-out would set a number of its own.
  if (isAutoscaled(cell, service)) deployment.markHasAutoscaler();
  deployment.select(LabelSelector.of({ labels: selector }));
  const pod = '/spec/template/spec';
  patchManifest(
    deployment,
    withoutAddress('/spec/template'),
    ...onTier(cell, pod, service.tier),
    ...withGpus(pod, service),
    ...(platform === 'eks' ? [JsonPatch.add(`${pod}/topologySpreadConstraints`, topologySpread(cell, selector))] : []),
    // The kubelet's own sleep, since an image need not have a shell.
    ...(deregistration ? [JsonPatch.add(`${pod}/containers/0/lifecycle`, { preStop: { sleep: { seconds: deregistration } } })] : []),
  );
}
