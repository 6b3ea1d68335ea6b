import { ApiObject } from 'cdk8s';
import type { Service } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { boxListenersOf, entryPointOf } from '../plan/listeners';
import type { Cell } from './cell';
import type { Fleet } from './fleet';

/**
 * Lets clients in at ports of their own through k3s's Traefik, whose entry points the machine brings. Where TLS ends
 * there it is with the certificate that its names have for the web, and any name will do.
 * https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/tcp/ingressroutetcp/ (2026-11-22)
 */
export function addEntryRoutes(scope: Construct, cell: Cell, { service: { id } }: Fleet, { name }: Service): void {
  const own = boxListenersOf(cell.deployment.flows).filter(({ target }) => target === id);
  for (const { port, protocol, proxyProtocol } of own) {
    const services = [{ name, port, ...(proxyProtocol && { proxyProtocol: { version: 2 } }) }];
    new ApiObject(scope, `entry-route-${port}`, {
      apiVersion: 'traefik.io/v1alpha1',
      kind: protocol === 'udp' ? 'IngressRouteUDP' : 'IngressRouteTCP',
      metadata: { name: `${name}-${port}` },
      spec: {
        entryPoints: [entryPointOf({ port, protocol })],
        routes: [{ ...(protocol !== 'udp' && { match: 'HostSNI(`*`)' }), services }],
        ...(protocol === 'tls' && { tls: {} }),
      },
    });
  }
}
