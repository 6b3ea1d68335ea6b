import type { Flow, Listener } from './flow';
import { CLIENTS } from './part-ref';
import { POD_PORT } from './reach';
import type { Part } from './sizing';

/** A port of a front at layer 4, and who gets what comes in there. */
export interface SizedListener extends Listener {
  /** Service behind it. */
  target: string;
  /** Port its pods get it at. */
  podPort: number;
  /** Of what is made for it: the target's id, with the port where the system chose that. */
  name: string;
}

/** TLS clients use this port unless a route says otherwise; further targets get the ones above. */
const FIRST_PORT = 443;
const HIGHEST_PORT = 65_535;
/** Pods run without privileges, and ports below this need some; theirs lie so much higher. */
const PRIVILEGED = 1024;
const RAISED = 10_000;
/** What k3s itself has on the one machine: https://docs.k3s.io/installation/requirements (2026-11-22), and its web server. */
const TAKEN_BY_K3S = [80, 443, 6443, 10_250];

const podPortOf = (port: number): number => (port < PRIVILEGED || port === POD_PORT ? port + RAISED : port);
const sized = (target: string, listener: Listener): SizedListener => ({
  ...listener,
  target,
  podPort: podPortOf(listener.port),
  name: `${target}-${listener.port}`,
});
const distinct = (listeners: readonly SizedListener[]): SizedListener[] => [
  ...new Map(listeners.map((listener) => [`${listener.name} ${listener.protocol}`, listener])).values(),
];

/** Ports of a balancer at layer 4: those that its routes name, and one for each other target. */
export function listenersOf(balancer: string, flows: readonly Flow[]): SizedListener[] {
  const routes = flows.filter((flow) => flow.from === balancer);
  const plain = [...new Set(routes.flatMap(({ to, listener }) => (listener ? [] : [to])))];
  return distinct(
    routes.map(({ to, listener }) =>
      listener ? sized(to, listener) : { port: FIRST_PORT + plain.indexOf(to), protocol: 'tls', target: to, podPort: POD_PORT, name: to },
    ),
  );
}

/** Services whose pods are registered with a balancer: once for each port, however many routes lead there. */
export function registeredWith(balancer: string, flows: readonly Flow[]): string[] {
  const routes = flows.filter((flow) => flow.from === balancer && flow.verb === 'routes');
  return [...new Map(routes.map(({ to, listener }) => [`${to} ${listener?.port}`, to])).values()];
}

/** Ports that routes name at which a service's pods get connections or packets, besides {@link POD_PORT}. */
export const podListenersOf = (service: string, flows: readonly Flow[]): SizedListener[] =>
  distinct(flows.flatMap(({ to, listener }) => (to === service && listener ? [sized(to, listener)] : [])));

/** Ports of the one machine besides those of the web: where routes of clients say so. */
export const boxListenersOf = (flows: readonly Flow[]): SizedListener[] =>
  distinct(flows.flatMap(({ from, to, listener }) => (from === CLIENTS && listener ? [sized(to, listener)] : [])));

/** What the one machine's web server calls a port of its own, and routes in the cluster, too. */
export const entryPointOf = ({ port, protocol }: Listener): string => `${protocol}-${port}`;

/**
 * Refuses listeners that nothing can be made of.
 * @throws {Error} on a port out of range or taken, or a route that has no front at layer 4: defects of the system file
 */
export function requireListeners({ parts, flows }: { readonly parts: readonly Part[]; readonly flows: readonly Flow[] }): void {
  const listening = flows.filter((flow) => flow.listener);
  if (listening.length === 0) return;
  const byId = new Map(parts.map((part) => [part.id, part]));
  const isService = (id: string): boolean => byId.get(id)?.kind === 'service';
  for (const { from, to, listener } of listening) {
    const front = byId.get(from);
    const where = `"${from}" routes to "${to}" on port ${listener!.port}`;
    if (!Number.isInteger(listener!.port) || listener!.port < 1 || listener!.port > HIGHEST_PORT)
      throw new Error(`${where}; a listener takes a whole number from 1 to ${HIGHEST_PORT}`);
    if (front && front.kind !== 'accelerator' && !(front.kind === 'loadBalancer' && front.layer === 4))
      throw new Error(`${where}; only a front at layer 4 has ports of its own`);
    if (listener!.proxyProtocol && listener!.protocol === 'udp')
      throw new Error(`${where} by UDP, whose packets keep their sender's address and have no room for another`);
    if (!front && isService(to) && TAKEN_BY_K3S.includes(listener!.port)) throw new Error(`${where}, which k3s has taken`);
  }
  const balancers = parts.filter((part) => part.kind === 'loadBalancer' && part.layer === 4);
  for (const { id } of balancers) requireOnce(`"${id}" listens on port`, listenersOf(id, flows), ({ port }) => port);
  requireOnce(
    'the machine listens on port',
    boxListenersOf(flows).filter(({ target }) => isService(target)),
    ({ port }) => port,
  );
  for (const id of byId.keys())
    if (isService(id)) requireOnce(`pods of "${id}" listen on port`, podListenersOf(id, flows), ({ podPort }) => podPort);
}

function requireOnce(what: string, listeners: readonly SizedListener[], portOf: (listener: SizedListener) => number): void {
  const taken = new Map<number, string>();
  for (const listener of listeners) {
    const [port, name] = [portOf(listener), `${listener.name} by ${listener.protocol}`];
    if (taken.has(port)) throw new Error(`${what} ${port} for ${taken.get(port)} and for ${name}; it takes one`);
    taken.set(port, name);
  }
}
