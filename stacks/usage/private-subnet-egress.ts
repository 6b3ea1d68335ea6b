import type { Deployment } from '../../plan/plan';
import type { Part } from '../../plan/sizing';
import { gbPerMonth } from './gb';

/** AWS services that pods reach by a public address unless the network has an interface endpoint for them. */
function awsService(part: Part): string | undefined {
  if (part.kind === 'queue') return 'sqs';
  if (part.kind === 'wideColumn') return 'cassandra';
  return part.kind === 'channel' && part.medium === 'push' ? 'sns' : undefined;
}

/**
 * GB a month from which an interface endpoint in three zones costs less than NAT: 3 x 730 h x $0.01 against $0.045 - $0.01 a
 * GB (us-east-1, AWS PrivateLink and VPC pricing, 2026-11-22).
 */
const ENDPOINT_PAYS_FROM_GB = (3 * 730 * 0.01) / (0.045 - 0.01);

/** How traffic leaves private subnets. */
export interface PrivateSubnetEgress {
  /** GB a month through NAT, both directions. */
  natGb: number;
  /** GB a month of each AWS service whose traffic pays for an interface endpoint. */
  endpointGb: ReadonlyMap<string, number>;
}

/**
 * Calls to other companies and to AWS services pass NAT, busy services their own endpoint; S3 and DynamoDB pass neither.
 * Pulls of images and reads of secrets and keys are not counted: assumed small, a few GB a month.
 */
export function privateSubnetEgress({ parts, flows }: Deployment): PrivateSubnetEgress {
  const gbTo = (part: Part): number =>
    gbPerMonth(flows.filter((f) => f.to === part.id).reduce((sum, f) => sum + f.rate.average * (f.sentBytes + f.returnedBytes), 0));
  const byService = new Map<string, number>();
  for (const part of parts) {
    const service = part.kind === 'external' || part.kind === 'channel' ? (awsService(part) ?? 'the internet') : awsService(part);
    if (service) byService.set(service, (byService.get(service) ?? 0) + gbTo(part));
  }
  const endpointGb = new Map([...byService].filter(([service, gb]) => service !== 'the internet' && gb > ENDPOINT_PAYS_FROM_GB));
  const natGb = [...byService].filter(([service]) => !endpointGb.has(service)).reduce((sum, [, gb]) => sum + gb, 0);
  return { natGb, endpointGb };
}
