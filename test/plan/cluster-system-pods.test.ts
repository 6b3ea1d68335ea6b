import { scalesOnEvents, systemPods } from '../../plan/cluster-system-pods';
import type { Part } from '../../plan/sizing';
import { tinyPlan } from '../k8s/tiny-system';

const { parts } = tinyPlan('zones').deployments[0]!;
const names = (some: readonly Part[]) => systemPods(some).map((s) => s.service);
const without = (kind: Part['kind']) => parts.filter((p) => p.kind !== kind);

test('services that follow connections or a backlog ask for the event-driven autoscaler', () => {
  expect(parts.filter(scalesOnEvents).map((p) => p.id)).toEqual(['chat', 'mailer']);
  expect(names(parts)).toContain('keda-operator');
  expect(names(parts.filter((p) => !scalesOnEvents(p)))).not.toContain('keda-operator');
});

test('a service whose pods never change asks for nothing', () => {
  const fixed = parts.map((p) => (p.kind === 'service' ? { ...p, pods: { ...p.pods, min: p.pods.peak } } : p));
  expect(names(fixed)).not.toContain('keda-operator');
});

test('only balancers ask for the controller that registers pods with them', () => {
  expect(names(parts)).toContain('aws-load-balancer-controller');
  expect(names(without('loadBalancer'))).not.toContain('aws-load-balancer-controller');
});

test('each has a request, so that the scheduler counts it', () => {
  for (const { vcpu, memoryBytes, pods } of systemPods(parts)) expect(Math.min(vcpu, memoryBytes, pods.min)).toBeGreaterThan(0);
});
