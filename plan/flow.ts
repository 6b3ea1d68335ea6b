import { type Rate, steady, sum } from './units';

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
  bytesOut: Rate;
}

const bytesOf = (flows: Flow[], field: 'sentBytes' | 'returnedBytes'): Rate =>
  sum(flows.map((f) => ({ average: f.rate.average * f[field], peak: f.rate.peak * f[field] })));

const rateOf = (flows: Flow[], ...verbs: Verb[]): Rate => sum(flows.filter((f) => verbs.includes(f.verb)).map((f) => f.rate));

/** Adds up what flows bring to a part. A service's own consumption counts as its load too. */
export function loadOn(id: string, flows: readonly Flow[]): Load {
  const inbound = flows.filter((f) => f.to === id && f.verb !== 'replicates');
  const taken = flows.filter((f) => f.from === id && f.verb === 'consumes');
  return {
    requests: rateOf(inbound, 'routes', 'calls'),
    reads: rateOf(inbound, 'reads'),
    writes: rateOf(inbound, 'writes', 'publishes', 'sends'),
    consumed: sum([rateOf(inbound, 'consumes'), ...taken.map((f) => f.rate)]),
    bytesIn: sum([bytesOf(inbound, 'sentBytes'), ...(taken.length ? [bytesOf(taken, 'returnedBytes')] : [])]),
    bytesOut: inbound.length ? bytesOf(inbound, 'returnedBytes') : steady(0),
  };
}
