import { Namespace } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type Cell, namespaceOf } from './cell';

/** The system's namespace, held to the restricted pod security standard. */
export function addNamespace(scope: Construct, cell: Cell): void {
  const restricted = Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']));
  // A roll-out must not outrun the balancer: a pod counts as ready once its target is healthy.
  const gates: Record<string, string> = cell.deployment.platform === 'eks' ? { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } : {};
  new Namespace(scope, 'namespace', { metadata: { name: namespaceOf(cell), labels: { ...restricted, ...gates } } });
}
