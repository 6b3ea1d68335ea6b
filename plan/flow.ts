import type { Rate } from './units';

/** What a flow does; decides ports, grants and how it counts on the part it reaches. */
export type Verb = 'routes' | 'calls' | 'reads' | 'writes' | 'publishes' | 'consumes' | 'sends' | 'replicates';

/** Traffic from one part to another, declared once. */
export interface Flow {
  from: string;
  to: string;
  verb: Verb;
  /** Operations per second. */
  rate: Rate;
  /** Bytes per operation from `from` to `to`. */
  sentBytes: number;
  /** Bytes per operation from `to` back to `from`. */
  returnedBytes: number;
  /** Of a query to a lake: bytes of its tables that it looks through. @default none */
  scannedBytes?: number;
  /** A soft dependency: `from` answers without it. @default `from` fails with it */
  soft?: boolean;
  /** Queue of a broker that messages are taken from. @default any of its queues */
  queue?: string;
  /** Where a front takes it from clients. @default HTTPS at layer 7; at layer 4 TLS, on a port for each target from 443 upwards */
  listener?: Listener;
}

/** A port of a front at layer 4, such as 25 for other mail servers or 993 for mail programs. */
export interface Listener {
  /** 1 to 65535, each once a front. */
  port: number;
  /** `tls` ends at the front, and pods get what was in it; what the others carry, pods get as it is. */
  protocol: 'tcp' | 'tls' | 'udp';
  /** Whether each connection starts with a PROXY protocol header, version 2, which tells the client's address. @default false */
  proxyProtocol?: boolean;
}

/** The traffic that reaches a part; per second. */
export interface Load {
  /** Requests routed or called. */
  requests: Rate;
  reads: Rate;
  /** Writes, publishes and sends. */
  writes: Rate;
  /** Messages taken out by consumers. For a service: messages it takes from brokers itself. */
  consumed: Rate;
  bytesIn: Rate;
  /** Of `bytesIn` what writes, publishes and sends bring: what is stored and replicated. */
  bytesWritten: Rate;
  bytesOut: Rate;
  /** Of `bytesOut` what reads are answered. */
  bytesRead: Rate;
  /** What queries look through, where they are billed by it. */
  bytesScanned: Rate;
}

/** Verbs that bring something to stay. */
export const SENDING: readonly Verb[] = ['writes', 'publishes', 'sends'];

const nothing = (): Load => {
  const none = () => ({ average: 0, peak: 0 });
  return {
    requests: none(),
    reads: none(),
    writes: none(),
    consumed: none(),
    bytesIn: none(),
    bytesWritten: none(),
    bytesOut: none(),
    bytesRead: none(),
    bytesScanned: none(),
  };
};

/**
 * Adds up what flows bring to each part. A service's own consumption counts as its load too. One pass over all flows: a plan has a hundred
 * of them, and ten thousand plans draw a curve.
 */
export function loadsOf(flows: readonly Flow[]): (id: string) => Load {
  const loads = new Map<string, Load>();
  const loadOf = (id: string): Load => {
    let load = loads.get(id);
    if (!load) loads.set(id, (load = nothing()));
    return load;
  };
  for (const flow of flows) {
    if (flow.verb === 'replicates') continue;
    const load = loadOf(flow.to);
    add(load.bytesIn, flow.rate, flow.sentBytes);
    add(load.bytesOut, flow.rate, flow.returnedBytes);
    switch (flow.verb) {
      case 'routes':
      case 'calls':
        add(load.requests, flow.rate);
        break;
      case 'reads':
        add(load.reads, flow.rate);
        add(load.bytesRead, flow.rate, flow.returnedBytes);
        add(load.bytesScanned, flow.rate, flow.scannedBytes ?? 0);
        break;
      case 'consumes': {
        const consumer = loadOf(flow.from);
        add(load.consumed, flow.rate);
        add(consumer.consumed, flow.rate);
        add(consumer.bytesIn, flow.rate, flow.returnedBytes);
        break;
      }
      default:
        add(load.writes, flow.rate);
        add(load.bytesWritten, flow.rate, flow.sentBytes);
    }
  }
  return loadOf;
}

function add(to: Rate, { average, peak }: Rate, factor = 1): void {
  to.average += average * factor;
  to.peak += peak * factor;
}

/** What flows bring to one part. */
export const loadOn = (id: string, flows: readonly Flow[]): Load => loadsOf(flows)(id);
