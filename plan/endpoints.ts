import type { Part } from './sizing';

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
  edge: [],
  loadBalancer: [],
  external: [],
  job: [],
  service: [],
};

const constant = (id: string): string => id.toUpperCase().replaceAll('-', '_');
const pascal = (text: string): string => text.toLowerCase().replace(/(^|[-_])([a-z0-9])/g, (_, __, c: string) => c.toUpperCase());

/** Stack output with what CloudWatch calls a broker or queue, or each of its brokers, by commas: nothing callers need, but autoscalers. */
export const metricNameOutput = ({ id }: Pick<Part, 'id'>): string => `${pascal(id)}MetricName`;

/** What callers of a part are told. */
export function endpointsOf(part: Part): Endpoint[] {
  if (part.kind === 'external') return [{ variable: `${constant(part.id)}_URL`, value: `https://${part.spec.host}` }];
  if (part.kind === 'service') return [{ variable: `${constant(part.id)}_URL`, value: `http://${part.id}` }];
  return SUFFIXES[part.kind].map((suffix) => ({
    variable: `${constant(part.id)}_${suffix}`,
    output: `${pascal(part.id)}${pascal(suffix)}`,
  }));
}
