import { Pods, Service } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ServicePart } from '../plan/sizing/service';
import { callersOf, type Cell, workloadsOf } from './cell';
import type { Fleet } from './fleet';
import { selectorLabels } from './labels';
import { POD_PORT } from '../plan/reach';

/** Port of every service, so that its address is just `http://<id>`. */
export const SERVICE_PORT = 80;

/** What balancers, or the outside, register a fleet's pods by. The only fleet's is the name callers know, too; one nobody calls has none. */
export function addFleetService(scope: Construct, cell: Cell, { service, name, selector }: Fleet): Service | undefined {
  const { pods, others } = callers(cell, service);
  return others || (pods && service.fleets === 1) ? serviceOf(scope, name, selector) : undefined;
}

/** The one name callers know a service of several fleets by; a service that no other calls has none. */
export function addCommonService(scope: Construct, cell: Cell, service: ServicePart): void {
  if (service.fleets > 1 && callers(cell, service).pods) serviceOf(scope, service.id, selectorLabels(service.id));
}

/** Whether other pods call a service, and whether anything else does. */
function callers(cell: Cell, { id }: ServicePart): { pods: boolean; others: boolean } {
  const workloads = new Set(workloadsOf(cell).map((w) => w.id));
  const from = callersOf(cell, id);
  return { pods: from.some((caller) => workloads.has(caller)), others: from.some((caller) => !workloads.has(caller)) };
}

const serviceOf = (scope: Construct, name: string, labels: Record<string, string>): Service =>
  new Service(scope, 'service', {
    metadata: { name },
    selector: Pods.select(scope, 'pods', { labels }),
    ports: [{ name: 'http', port: SERVICE_PORT, targetPort: POD_PORT }],
  });
