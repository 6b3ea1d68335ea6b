import { type Dimension, unitsFor, utilise } from '../fit';
import { MAX_FLEETS } from '../fleets';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed, docs } from '../source';
import { short } from '../units';

/** The entry of a region: layer 7 for requests, layer 4 for connections that stay, or come in on ports of their own (`listener` of a route). */
export interface LoadBalancerSpec {
  layer: 4 | 7;
  /** Connections held open at peak. @default from the request rate */
  connections?: number;
  /** Connections, or flows of UDP, that start in a second on average. @default each of `connections` once an hour, or one for ten requests */
  newConnectionsPerSecond?: number;
  /** Reached by the internet, or only from inside. @default true */
  public?: boolean;
  /** Seconds a target gets to finish before it is removed. @default 30 */
  drainSeconds?: number;
  /** Seconds a silent connection is kept. @default 60 for layer 7, 350 for layer 4 */
  idleSeconds?: number;
  /** Web application firewall with managed rules and a limit per address, at layer 7, where no edge has one. @default none */
  firewall?: BalancerFirewall;
}

export interface BalancerFirewall {
  /** Requests of one address in five minutes before it is refused. */
  requestsPerAddress: number;
}

export interface LoadBalancerPart extends Sized<'loadBalancer'> {
  layer: 4 | 7;
  public: boolean;
  drainSeconds: number;
  idleSeconds: number;
  connections: { average: number; peak: number };
  newConnectionsPerSecond: number;
  /** @default none */
  firewall?: BalancerFirewall;
}

const ELB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest';
/** Of a balancer at layer 7, of a balancer's zone at layer 4. */
const TARGETS = {
  7: {
    value: 1000,
    source: docs('AWS docs, Quotas for your Application Load Balancers', '2026-11-22', `${ELB}/application/load-balancer-limits.html`),
  },
  4: {
    value: 500,
    source: docs('AWS docs, Quotas for your Network Load Balancers', '2026-11-22', `${ELB}/network/load-balancer-limits.html`),
  },
};
/** A client keeps its connection for about a minute. */
const KEEP_ALIVE = { seconds: 60, requestsPerConnection: 10, source: assumed('ten requests a connection, kept for a minute') };
const TARGET = 0.8;

/**
 * Balancers scale by themselves; there are several only when the targets pass a quota, each with a fleet of its own.
 * @throws {Error} on a firewall at layer 4: a defect of the system file
 */
export function sizeLoadBalancer(
  id: string,
  spec: LoadBalancerSpec,
  { zones, load, podsBehind = 0, fleets = 1 }: Surroundings,
): LoadBalancerPart {
  if (spec.firewall && spec.layer === 4) throw new Error(`load balancer "${id}": a firewall reads requests, and layer 4 has none`);
  const limit = TARGETS[spec.layer];
  const targets: Dimension = {
    name: 'targets',
    demand: podsBehind / (spec.layer === 4 ? Math.max(zones, 2) : 1),
    perUnit: limit.value,
    unit: 'targets',
    source: limit.source,
  };
  const spread = { zones: Math.max(zones, 2), target: TARGET, standIn: true, minimum: fleets };
  const needed = unitsFor([targets], spread);
  const count = Math.min(needed, MAX_FLEETS);
  const opened = (r: number) => (r / KEEP_ALIVE.requestsPerConnection) * KEEP_ALIVE.seconds;
  const connections = spec.connections
    ? { average: spec.connections / 2, peak: spec.connections }
    : { average: opened(load.requests.average), peak: opened(load.requests.peak) };
  return {
    id,
    kind: 'loadBalancer',
    technology: spec.layer === 4 ? 'Network Load Balancer' : `Application Load Balancer${spec.firewall ? ' with WAF' : ''}`,
    size: 'on demand',
    reason: `${short(load.requests.peak)} requests/s and ${short(connections.peak)} open connections at layer ${spec.layer}${count > 1 ? `, ${short(podsBehind)} targets on ${count} balancers` : ''}.`,
    load,
    cellsNeeded: Math.ceil(needed / MAX_FLEETS),
    layer: spec.layer,
    public: spec.public ?? true,
    drainSeconds: spec.drainSeconds ?? 30,
    idleSeconds: spec.idleSeconds ?? (spec.layer === 7 ? 60 : 350),
    connections,
    newConnectionsPerSecond:
      spec.newConnectionsPerSecond ??
      (spec.connections ? spec.connections / 3600 : load.requests.average / KEEP_ALIVE.requestsPerConnection),
    ...(spec.firewall && { firewall: spec.firewall }),
    ...measured({ fit: utilise(count, [targets], spread), target: TARGET }),
  };
}
