import type { Flow } from './flow';
import { isolatedTiers, isolatedWorkloads } from './isolation';
import { actsOutside } from './managed-callers';
import type { Deployment } from './plan';
import { runsAsPods } from './pods';
import { isReached, reachOf } from './reach';
import type { Part } from './sizing';
import { derived, docs } from './source';
import { telemetryGb } from './telemetry';
import { GIB, MONTH } from './units';

/** An AWS service that has addresses in the private network. */
export interface InterfaceEndpoint {
  port: number;
  /** GB a month that flows and logs bring. */
  gb: number;
}

/** Services for which it may pay. S3 and DynamoDB have free gateways; mail and text messages are few. */
const OFFERED = ['sqs', 'sns', 'cassandra', 'secretsmanager', 'kafka', 'payment-cryptography.dataplane', 'kinesis-firehose', 'athena'];

/**
 * What nodes need that have no route to the internet: their own name, images (whose layers come through the S3 gateway),
 * credentials for pods, and where to send logs. GB of all but the last are few.
 */
export const NODES_NEED = {
  services: ['ec2', 'ecr.api', 'ecr.dkr', 'eks-auth', 'logs'],
  source: docs(
    'AWS docs, EKS: deploy private clusters with limited internet access',
    '2026-11-22',
    'https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html',
  ),
};

/** GB a month, for each zone it stands in, from which an endpoint costs less than what NAT takes more for a GB. */
export const PAYS_FROM_GB = {
  aZone: (730 * 0.01) / (0.045 - 0.01),
  source: derived(
    docs('AWS PrivateLink pricing and Amazon VPC pricing, us-east-1', '2026-11-22', 'https://aws.amazon.com/privatelink/pricing/'),
    '730 h x 0.01 USD a zone against 0.045 - 0.01 USD a GB',
  ),
};

/** Where a part's traffic goes if it leaves the network; undefined if it stays inside. */
export function outsideOf(part: Part): { service?: string; port: number } | undefined {
  if (!isReached(part)) return undefined;
  const { inside, outside } = reachOf(part);
  return inside.length > 0 ? undefined : outside[0];
}

/** Whether a part has public addresses of its own, and asks others past NAT. */
const isPublic = ({ kind }: Part): boolean => kind === 'hostFleet';

/** GB a month between a part and its callers in our private networks, both ways. */
export function gbWith({ id }: Part, { flows, parts }: Pick<Deployment, 'flows' | 'parts'>): number {
  const outside = new Set(parts.filter((part) => actsOutside(part) || isPublic(part)).map((part) => part.id));
  return gbOf(flows.filter((f) => f.to === id && !outside.has(f.from)));
}

/** GB a month between a part and those of its callers that have public addresses. */
function gbWithPublic({ id }: Part, { flows, parts }: Pick<Deployment, 'flows' | 'parts'>): number {
  const callers = new Set(parts.filter(isPublic).map((part) => part.id));
  return gbOf(flows.filter((f) => f.to === id && callers.has(f.from)));
}

const gbOf = (calls: readonly Flow[]): number =>
  (calls.reduce((bytes, f) => bytes + f.rate.average * (f.sentBytes + f.returnedBytes), 0) * MONTH) / GIB;

/**
 * AWS services with an interface endpoint, by their name in PrivateLink: those whose traffic pays for it, and all that isolated
 * tiers ask. Its private name holds for the whole network, so everybody's calls pass it.
 */
export function interfaceEndpoints(
  deployment: Pick<Deployment, 'parts' | 'flows' | 'nodeGroups' | 'platform' | 'zones'>,
): ReadonlyMap<string, InterfaceEndpoint> {
  if (deployment.platform === 'k3s') return new Map();
  const { parts } = deployment;
  const endpoints = new Map<string, InterfaceEndpoint>();
  const add = (service: string, port: number, gb: number) => endpoints.set(service, { port, gb: gb + (endpoints.get(service)?.gb ?? 0) });
  for (const part of parts) {
    const to = outsideOf(part);
    if (to?.service && OFFERED.includes(to.service)) add(to.service, to.port, gbWith(part, deployment));
  }
  add('logs', 443, telemetryGb(deployment));
  const needed = servicesOfIsolated(deployment);
  const paysFromGb = PAYS_FROM_GB.aZone * deployment.zones;
  for (const [service, { gb }] of endpoints) if (gb <= paysFromGb && !needed.has(service)) endpoints.delete(service);
  for (const [service, port] of needed) add(service, port, 0);
  // Its private name holds for the whole network, also for who would have had another way.
  for (const part of parts) {
    const to = outsideOf(part);
    if (to?.service && endpoints.has(to.service)) add(to.service, to.port, gbWithPublic(part, deployment));
  }
  return endpoints;
}

/** Services that isolated tiers ask, with their port. */
function servicesOfIsolated(deployment: Pick<Deployment, 'parts' | 'flows' | 'platform'>): Map<string, number> {
  if (isolatedTiers(deployment).size === 0) return new Map();
  const isolated = isolatedWorkloads(deployment);
  const used = new Set(deployment.flows.filter((f) => isolated.has(f.from)).map((f) => f.to));
  const asked = deployment.parts.filter((p) => used.has(p.id) && !runsAsPods(p)).flatMap((p) => reachOf(p).outside);
  return new Map([
    ...NODES_NEED.services.map((service): [string, number] => [service, 443]),
    ...asked.flatMap(({ service, port }): [string, number][] => (service && OFFERED.includes(service) ? [[service, port]] : [])),
  ]);
}
