import { Pods, Protocol, Service } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Listener } from '../plan/flow';
import { podListenersOf } from '../plan/listeners';
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
  return others || (pods && service.fleets === 1) ? serviceOf(scope, cell, service, name, selector) : undefined;
}

/** The one name callers know a service of several fleets by; a service that no other calls has none. */
export function addCommonService(scope: Construct, cell: Cell, service: ServicePart): void {
  if (service.fleets > 1 && callers(cell, service).pods) serviceOf(scope, cell, service, service.id, selectorLabels(service.id));
}

/** Whether other pods call a service, and whether anything else does. */
function callers(cell: Cell, { id }: ServicePart): { pods: boolean; others: boolean } {
  const workloads = new Set(workloadsOf(cell).map((w) => w.id));
  const from = callersOf(cell, id);
  return { pods: from.some((caller) => workloads.has(caller)), others: from.some((caller) => !workloads.has(caller)) };
}

const serviceOf = (scope: Construct, cell: Cell, { id }: ServicePart, name: string, labels: Record<string, string>): Service =>
  new Service(scope, 'service', {
    metadata: { name },
    selector: Pods.select(scope, 'pods', { labels }),
    ports: [
      { name: 'http', port: SERVICE_PORT, targetPort: POD_PORT },
      ...podListenersOf(id, cell.deployment.flows).map(({ port, podPort, protocol }) => ({
        name: portName({ port, protocol }),
        port,
        targetPort: podPort,
        ...(protocol === 'udp' && { protocol: Protocol.UDP }),
      })),
    ],
  });

/** Of a port of pods and of the service before them: TLS has ended before it gets there. */
export const portName = ({ port, protocol }: Pick<Listener, 'port' | 'protocol'>): string =>
  `${protocol === 'udp' ? 'udp' : 'tcp'}-${port}`;
