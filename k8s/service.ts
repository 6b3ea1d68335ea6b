import { Pods, Service } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ServicePart } from '../plan/sizing/service';
import { callersOf, type Cell } from './cell';
import { selectorLabels } from './labels';
import { POD_PORT } from '../plan/reach';

/** Port of every service, so that its address is just `http://<id>`. */
export const SERVICE_PORT = 80;

/** The name callers know a service by; a service nobody calls has none. */
export function addService(scope: Construct, cell: Cell, { id }: ServicePart): Service | undefined {
  if (callersOf(cell, id).length === 0) return undefined;
  return new Service(scope, 'service', {
    metadata: { name: id },
    selector: Pods.select(scope, 'pods', { labels: selectorLabels(id) }),
    ports: [{ name: 'http', port: SERVICE_PORT, targetPort: POD_PORT }],
  });
}
