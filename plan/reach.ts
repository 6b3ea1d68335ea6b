import { endpointsOf } from './endpoints';
import type { Kind, Part, PartByKind } from './sizing';

/** Port every pod listens on, consumers and their probes included. */
export const POD_PORT = 8080;

/** Path at which every pod tells whether it is well. */
export const HEALTH_PATH = '/healthz';

/** A public or managed address, which is not known beforehand. */
export interface Outside {
  port: number;
  /** Name of the AWS service in PrivateLink: `sqs`. @default another company's */
  service?: string;
}

/** How pods reach a part. */
interface Reach {
  /** Ports of its addresses inside the network. */
  inside: readonly number[];
  outside: readonly Outside[];
  /** Whether the pod signs requests, or reads a password, with its own AWS identity. */
  identity: boolean;
  /** Where to knock, with the part's own variables in it; for the placeholder. */
  address: string;
}

const HTTPS = 443;
const api = (service: string): Reach => ({
  inside: [],
  outside: [{ service, port: HTTPS }],
  identity: true,
  address: `tcp://${service}.$(AWS_REGION).amazonaws.com:${HTTPS}`,
});
const variable = (part: Part, suffix: string): string => `$(${endpointsOf(part).find((e) => e.variable.endsWith(`_${suffix}`))!.variable})`;
/** Passwords of caches, databases and brokers are read from Secrets Manager. */
const SECRETS: Outside = { service: 'secretsmanager', port: HTTPS };
const CHANNEL_API = { push: 'sns', email: 'email', sms: 'sms-voice' };

const REACH: { [K in Exclude<Kind, 'service' | 'job' | 'edge' | 'loadBalancer'>]: (part: PartByKind[K]) => Reach } = {
  cache: (p) => ({ inside: [6379], outside: [SECRETS], identity: true, address: `tcp://${variable(p, 'HOST')}:${variable(p, 'PORT')}` }),
  relational: (p) => ({
    inside: [p.engine === 'mysql' ? 3306 : 5432],
    outside: [SECRETS],
    identity: true,
    address: `tcp://${variable(p, 'HOSTS')}:${variable(p, 'PORT')}`,
  }),
  rabbitmq: (p) => ({ inside: [5671], outside: [SECRETS], identity: true, address: variable(p, 'URLS') }),
  // Brokers are asked for by the cluster's ARN; 9098 is the listener with IAM authentication.
  kafka: () => ({ ...api('kafka'), inside: [9098] }),
  search: (p) => ({ inside: [HTTPS], outside: [], identity: true, address: `tcp://${variable(p, 'HOST')}:${HTTPS}` }),
  wideColumn: (p) => ({
    inside: [],
    outside: [{ service: 'cassandra', port: 9142 }],
    identity: true,
    address: `tcp://${variable(p, 'HOST')}:${variable(p, 'PORT')}`,
  }),
  keyValue: () => api('dynamodb'),
  objectStore: () => api('s3'),
  queue: () => api('sqs'),
  channel: (p) => api(CHANNEL_API[p.medium]),
  external: (p) => ({ inside: [], outside: [{ port: HTTPS }], identity: false, address: `tcp://${p.spec.host}:${HTTPS}` }),
};

/**
 * How pods reach a part that is not a service.
 * @throws {Error} for parts nothing calls, such as an edge: a defect of the system file
 */
export function reachOf(part: Part): Reach {
  const rule = (REACH as Partial<Record<Kind, (part: Part) => Reach>>)[part.kind];
  if (!rule) throw new Error(`no pod can reach "${part.id}": flows do not lead from a service to a part of kind ${part.kind}`);
  return rule(part);
}
