import { endpointsOf } from './endpoints';
import type { PodPart } from './pods';
import type { Kind, Part, PartByKind } from './sizing';

import { MACHINE_PORT } from './ports';

export { HEALTH_PATH, POD_PORT } from './ports';

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

const REACH: {
  [K in Exclude<Kind, PodPart['kind'] | 'accelerator' | 'edge' | 'loadBalancer' | 'function' | 'sparkJob' | 'streamJob'>]: (
    part: PartByKind[K],
  ) => Reach;
} = {
  cache: (p) => ({
    ...(p.engine === 'memcached'
      ? { inside: [11211], outside: [], identity: false }
      : { inside: [6379], outside: [SECRETS], identity: true }),
    address: `tcp://${variable(p, 'HOST')}:${variable(p, 'PORT')}`,
  }),
  relational: (p) => ({
    inside: [p.engine === 'mysql' ? 3306 : 5432],
    outside: [SECRETS],
    identity: true,
    address: `tcp://${variable(p, 'HOSTS')}:${variable(p, 'PORT')}`,
  }),
  rabbitmq: (p) => ({ inside: [5671], outside: [SECRETS], identity: true, address: variable(p, 'URLS') }),
  machines: (p) => ({
    inside: [MACHINE_PORT],
    outside: [],
    identity: false,
    address: `tcp://${variable(p, 'HOSTS')}:${variable(p, 'PORT')}`,
  }),
  // Hosts tell their addresses themselves; who hands out their sessions knows the group.
  hostFleet: () => ({ ...api('autoscaling'), inside: [MACHINE_PORT] }),
  // Brokers are asked for by the cluster's ARN; 9098 is the listener with IAM authentication.
  kafka: () => ({ ...api('kafka'), inside: [9098] }),
  search: (p) => ({ inside: [HTTPS], outside: [], identity: true, address: `tcp://${variable(p, 'HOST')}:${HTTPS}` }),
  wideColumn: (p) => ({
    inside: [],
    outside: [{ service: 'cassandra', port: 9142 }],
    identity: true,
    address: `tcp://${variable(p, 'HOST')}:${variable(p, 'PORT')}`,
  }),
  hsm: () => ({
    inside: [],
    outside: [{ service: 'payment-cryptography.dataplane', port: HTTPS }],
    identity: true,
    address: `tcp://dataplane.payment-cryptography.$(AWS_REGION).amazonaws.com:${HTTPS}`,
  }),
  keyValue: () => api('dynamodb'),
  objectStore: () => api('s3'),
  queue: () => api('sqs'),
  channel: (p) => api(CHANNEL_API[p.medium]),
  // PrivateLink has Firehose under its old name.
  delivery: () => ({ ...api('firehose'), outside: [{ service: 'kinesis-firehose', port: HTTPS }] }),
  lake: () => api('athena'),
  external: ({ spec: { host, port = HTTPS } }) => ({ inside: [], outside: [{ port }], identity: false, address: `tcp://${host}:${port}` }),
};

/** Whether others reach a part by addresses of its own: not what runs as pods, only passes requests on, or is never asked. */
export const isReached = (part: Part): boolean => part.kind in REACH;

/**
 * How pods reach a part that does not run as pods itself.
 * @throws {Error} for parts nothing calls, such as an edge: a defect of the system file
 */
export function reachOf(part: Part): Reach {
  const rule = (REACH as Partial<Record<Kind, (part: Part) => Reach>>)[part.kind];
  if (!rule) throw new Error(`no pod can reach "${part.id}": flows do not lead from a service to a part of kind ${part.kind}`);
  return rule(part);
}
