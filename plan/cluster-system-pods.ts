import { type PodSize, VOLUME_DRIVER } from './catalogue/node-room';
import type { PodSet } from './packing';
import type { Part } from './sizing';
import type { ServicePart } from './sizing/service';
import { assumed, type Source } from './source';
import { MIB } from './units';
import { claimingTiers } from './volumes';

/** Of {@link systemPods}: installed with these requests, which are the charts' and add-ons' defaults or a little more. */
export const SYSTEM_PODS_SOURCE: Source = assumed('requests of DNS, metrics and controllers of a cluster of a few hundred nodes');

/** Where the controllers live; their service accounts are named after them. */
export const CONTROLLERS = 'kube-system';
/** Where the event-driven autoscaler lives. */
export const EVENT_AUTOSCALER = 'keda';

/** Makes volumes for pods; the add-on's name for it. */
export const VOLUME_CONTROLLER = 'ebs-csi-controller';

const pods = (service: string, count: number, vcpu: number, mib: number): PodSet => ({
  service,
  vcpu,
  memoryBytes: mib * MIB,
  pods: { min: count, expected: count, peak: count },
});

const ALWAYS: readonly PodSet[] = [
  pods('coredns', 2, 0.1, 128),
  pods('metrics-server', 2, 0.1, 200),
  pods('cluster-autoscaler', 1, 0.1, 600),
  pods('cloudwatch-operator', 1, 0.1, 64),
];
const BEHIND_BALANCERS = pods('aws-load-balancer-controller', 2, 0.1, 200);
const WITH_VOLUMES: PodSet = { service: VOLUME_CONTROLLER, ...VOLUME_DRIVER.controller, pods: { min: 2, expected: 2, peak: 2 } };
const SCALING_ON_EVENTS: readonly PodSet[] = [
  pods('keda-operator', 1, 0.1, 200),
  pods('keda-metrics-apiserver', 1, 0.1, 100),
  pods('keda-admission-webhooks', 1, 0.1, 100),
];

/** Whether a part is a service whose pods follow connections or a backlog, which Kubernetes by itself does not know. */
export const scalesOnEvents = (part: Part): part is ServicePart =>
  part.kind === 'service' && part.scaleOn !== 'cpu' && part.pods.peak > part.pods.min;

/** What a cluster runs once, by name, on the first tier that is not isolated: whatever its parts need to be reached and scaled. */
export const systemPods = (parts: readonly Part[]): PodSet[] => [
  ...ALWAYS,
  ...(parts.some((part) => part.kind === 'loadBalancer') ? [BEHIND_BALANCERS] : []),
  ...(claimingTiers(parts).size > 0 ? [WITH_VOLUMES] : []),
  ...(parts.some(scalesOnEvents) ? SCALING_ON_EVENTS : []),
];

/** A request as Kubernetes writes it. */
export const quantities = ({ vcpu, memoryBytes }: PodSize): { cpu: string; memory: string } => ({
  cpu: `${Math.round(vcpu * 1000)}m`,
  memory: `${Math.round(memoryBytes / MIB)}Mi`,
});
