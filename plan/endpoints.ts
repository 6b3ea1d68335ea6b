import { machineNames } from './machine-names';
import { memberNames } from './members';
import { MACHINE_PORT, POD_PORT } from './ports';
import type { Part, PartByKind } from './sizing';

/**
 * One thing a caller has to know about a part: the environment variable of its pods, and where the value comes from.
 * Stacks put out what templates decide; the rest is known beforehand.
 */
export interface Endpoint {
  /** `ORDERS_HOST`; also the key in the `endpoints` config map. */
  variable: string;
  /** Name of the stack output that holds the value, `OrdersHost`; absent when `value` is known already. */
  output?: string;
  value?: string;
}

const SUFFIXES: { [K in Part['kind']]: readonly string[] } = {
  cache: ['HOST', 'PORT', 'SECRET_ARN'],
  relational: ['HOSTS', 'READER_HOSTS', 'PORT', 'SECRET_ARNS'],
  keyValue: ['TABLE'],
  wideColumn: ['KEYSPACE', 'HOST', 'PORT'],
  kafka: ['CLUSTER_ARN'],
  rabbitmq: ['URLS', 'SECRET_ARNS'],
  queue: ['URL'],
  objectStore: ['BUCKET'],
  search: ['HOST'],
  channel: ['ARN'],
  delivery: ['STREAM'],
  lake: ['WORKGROUP', 'DATABASE'],
  hsm: ['KEY_ARNS'],
  accelerator: [],
  edge: [],
  loadBalancer: [],
  external: [],
  function: [],
  sparkJob: [],
  streamJob: [],
  job: [],
  service: [],
  hostFleet: ['GROUP', 'PORT', 'UDP_PORTS'],
  machines: ['HOSTS', 'STANDBY_HOSTS', 'PORT'],
  stateful: ['HOST', 'HOSTS', 'PORT'],
};

/** Memcached has no password to tell. */
const suffixesOf = (part: Part): readonly string[] =>
  part.kind === 'cache' && part.engine === 'memcached' ? ['HOST', 'PORT'] : SUFFIXES[part.kind];

const constant = (id: string): string => id.toUpperCase().replaceAll('-', '_');
const pascal = (text: string): string => text.toLowerCase().replace(/(^|[-_])([a-z0-9])/g, (_, __, c: string) => c.toUpperCase());

/** Stack output with what CloudWatch calls a broker or queue, or each of its brokers, by commas: nothing callers need, but autoscalers. */
export const metricNameOutput = ({ id }: Pick<Part, 'id'>): string => `${pascal(id)}MetricName`;

const urlOf = ({ host, port }: PartByKind['external']['spec']): string =>
  port === undefined ? `https://${host}` : `tcp://${host}:${port}`;

/** Names that are ours to give. */
const known = ({ id, kind }: Part, values: readonly string[]): Endpoint[] =>
  SUFFIXES[kind].map((suffix, i) => ({ variable: `${constant(id)}_${suffix}`, value: values[i]! }));

/** What callers of a part are told. */
export function endpointsOf(part: Part): Endpoint[] {
  if (part.kind === 'external') return [{ variable: `${constant(part.id)}_URL`, value: urlOf(part.spec) }];
  if (part.kind === 'service') return [{ variable: `${constant(part.id)}_URL`, value: `http://${part.id}` }];
  if (part.kind === 'stateful') return known(part, [part.id, memberNames(part).join(','), String(POD_PORT)]);
  if (part.kind === 'machines') {
    const { active, standbys } = machineNames(part);
    return known(part, [active.join(','), standbys.join(','), String(MACHINE_PORT)]);
  }
  if (part.kind === 'hostFleet') {
    const { from, to } = part.ports;
    const [group, ...others] = known(part, ['', String(MACHINE_PORT), `${from}-${to}`]);
    return [{ variable: group!.variable, output: `${pascal(part.id)}Group` }, ...others];
  }
  return suffixesOf(part).map((suffix) => ({
    variable: `${constant(part.id)}_${suffix}`,
    output: `${pascal(part.id)}${pascal(suffix)}`,
  }));
}
