import { HttpIngressPathType, Ingress, IngressBackend, type Service } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type Cell, workloadsOf } from './cell';

/** Lets the outside in through k3s's own Traefik, where no balancer is paid for. */
export function addIngress(scope: Construct, cell: Cell, service: Service): void {
  const pods = new Set(workloadsOf(cell).map((w) => w.id));
  const open = cell.deployment.flows.filter((f) => !pods.has(f.from) && pods.has(f.to) && !f.listener).map((f) => f.to);
  if (!open.includes(service.name)) return;
  const ingress = new Ingress(scope, 'ingress', { metadata: { name: service.name }, className: 'traefik' });
  // As balancers do it: the first service gets everything but what is below the others' names.
  const path = service.name === open[0] ? '/' : `/${service.name}`;
  ingress.addRule(path, IngressBackend.fromService(service), HttpIngressPathType.PREFIX);
}
