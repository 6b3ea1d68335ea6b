import type { Flow } from './flow';
import { listenersOf } from './listeners';
import type { Part, PartByKind } from './sizing';

type Balancer = PartByKind['loadBalancer'];

/** What comes in by one protocol for one front. */
export interface AcceleratedFront {
  front: Balancer;
  protocol: 'tcp' | 'udp';
  /** In ascending order. */
  ports: number[];
}

interface Declared {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
}

/** HTTPS, and HTTP, which is answered with a redirect there. */
const WEB = [80, 443];

const frontsOf = (accelerator: string, { parts, flows }: Declared): Part[] =>
  parts.filter(({ id }) => flows.some((flow) => flow.from === accelerator && flow.to === id));

/** Balancers that an accelerator leads to, by protocol, with their ports. */
export const acceleratedFronts = (accelerator: string, declared: Declared): AcceleratedFront[] =>
  frontsOf(accelerator, declared).flatMap((part) => {
    if (part.kind !== 'loadBalancer') return [];
    if (part.layer === 7) return [{ front: part, protocol: 'tcp' as const, ports: WEB }];
    const listeners = listenersOf(part.id, declared.flows);
    return (['tcp', 'udp'] as const).flatMap((protocol) => {
      const ports = listeners.filter((listener) => (listener.protocol === 'udp') === (protocol === 'udp')).map(({ port }) => port);
      return ports.length > 0 ? [{ front: part, protocol, ports: ports.sort((a, b) => a - b) }] : [];
    });
  });

/** Whether a front sees the addresses of clients that come through an accelerator: not where it ends TLS at layer 4. */
export const seesClients = ({ id, layer }: Balancer, flows: readonly Flow[]): boolean =>
  layer === 7 || listenersOf(id, flows).every(({ protocol }) => protocol !== 'tls');

/**
 * Refuses accelerators that lead nowhere, or to two places at once.
 * @throws {Error} on an accelerator that leads to anything but balancers, or to two of them on one port: defects of the system file
 */
export function requireAccelerators(declared: Declared): void {
  for (const { id, kind } of declared.parts) {
    if (kind !== 'accelerator') continue;
    const fronts = frontsOf(id, declared);
    const other = fronts.find((part) => part.kind !== 'loadBalancer');
    if (other || fronts.length === 0)
      throw new Error(`accelerator "${id}" leads to ${other ? `"${other.id}"` : 'nothing'}; it takes fronts that are balancers`);
    const taken = new Map<string, string>();
    for (const { front, protocol, ports } of acceleratedFronts(id, declared))
      for (const port of ports) {
        const at = `${protocol} ${port}`;
        if (taken.has(at)) throw new Error(`accelerator "${id}" leads ${at} to "${taken.get(at)}" and to "${front.id}"; it takes one`);
        taken.set(at, front.id);
      }
  }
}
