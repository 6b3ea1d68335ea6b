import { HttpIngressPathType, Ingress, IngressBackend, type Service } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { callersOf, type Cell, workloadsOf } from './cell';

/** Lets the outside in through k3s's own Traefik, where no balancer is paid for. */
export function addIngress(scope: Construct, cell: Cell, service: Service): void {
  const pods = new Set(workloadsOf(cell).map((w) => w.id));
  const open = [...pods].filter((id) => callersOf(cell, id).some((caller) => !pods.has(caller)));
  if (!open.includes(service.name)) return;
  const ingress = new Ingress(scope, 'ingress', { metadata: { name: service.name }, className: 'traefik' });
  // The first service a system opens is its front; the others are found below their names.
  const path = service.name === open[0] ? '/' : `/${service.name}`;
  ingress.addRule(path, IngressBackend.fromService(service), HttpIngressPathType.PREFIX);
}
