import type { Alarm, Watched } from './alarm';
import { type Flow, type Listener, SENDING, type Verb } from './flow';
import type { Kind } from './sizing';
import type { Source } from './source';
import type { Rate } from './units';

/** The internet's side of every flow that comes from outside. */
export const CLIENTS = 'clients';

/** Bytes an operation moves, small ones by default, and what its failure means. */
export interface Payload {
  /** From caller to callee. @default 500 for writes, publishes and sends, else 200 */
  sends?: number;
  /** Back to the caller. @default 500 for reads, consumes, calls and routes, else 100 */
  returns?: number;
  /** Of a read from a lake: bytes of its tables that the query looks through, which is what is billed. @default none */
  scans?: number;
  /** A soft dependency: the caller answers without it, if with less or later. @default false: the caller fails with it */
  soft?: boolean;
  /** Queue of a RabbitMQ part that messages are taken from. @default any of its queues */
  queue?: string;
  /** Of a route from a front at layer 4: where clients come in. @default TLS, on a port for each target from 443 upwards */
  listener?: Listener;
}

/** A declared part, as systems hold it: the place where flows start. */
export class PartRef {
  constructor(
    readonly id: string,
    readonly kind: Kind | 'clients',
    private readonly blueprint: { record(flow: Flow): void; alarms: Alarm[] },
  ) {}

  /** An edge or a balancer passes requests on. */
  routesTo(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('routes', target, rate, payload);
  }
  /** Asks another service, or another company, and waits. */
  calls(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('calls', target, rate, payload);
  }
  reads(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('reads', target, rate, payload);
  }
  writes(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('writes', target, rate, payload);
  }
  /** Hands a message to a broker or queue. */
  publishes(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('publishes', target, rate, payload);
  }
  /** Takes messages from a broker or queue. */
  consumes(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('consumes', target, rate, payload);
  }
  /** Sends to people through a channel. */
  sends(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('sends', target, rate, payload);
  }
  /** Asks for an alarm at a threshold that a source names. Where a front is the machine itself, there is nothing to watch. */
  alarm(watched: Watched, threshold: number, source: Source): this {
    if (this.kind !== 'clients') this.blueprint.alarms.push({ part: this.id, watched, threshold, source });
    return this;
  }

  private flow(verb: Verb, target: PartRef, rate: Rate, payload: Payload = {}): this {
    const sending = SENDING.includes(verb);
    this.blueprint.record({
      from: this.id,
      to: target.id,
      verb,
      rate,
      sentBytes: payload.sends ?? (sending ? 500 : 200),
      returnedBytes: payload.returns ?? (sending ? 100 : 500),
      ...(payload.scans && { scannedBytes: payload.scans }),
      ...(payload.soft && { soft: true }),
      ...(payload.queue && { queue: payload.queue }),
      ...(payload.listener && { listener: payload.listener }),
    });
    return this;
  }
}
