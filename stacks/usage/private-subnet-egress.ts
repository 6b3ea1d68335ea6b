import type { Deployment } from '../../plan/plan';
import type { Part } from '../../plan/sizing';
import { MONTH } from '../../plan/units';
import { gib } from './monthly';

/** How traffic leaves private subnets. */
export interface PrivateSubnetEgress {
  /** GB a month through NAT, both directions. */
  natGb: number;
  /** Port and GB a month of each AWS service whose traffic pays for an interface endpoint. */
  endpoints: ReadonlyMap<string, { port: number; gb: number }>;
}

/**
 * GB a month from which an interface endpoint in three zones costs less than NAT: 3 x 730 h x $0.01 against $0.045 - $0.01 a
 * GB (us-east-1, AWS PrivateLink and VPC pricing, 2026-11-22).
 */
const ENDPOINT_PAYS_FROM_GB = (3 * 730 * 0.01) / (0.045 - 0.01);

/** Public addresses pods call. S3 and DynamoDB have gateway endpoints; mail and text messages are too few to pay for one. */
function calledService(part: Part): { service: string; port: number } | undefined {
  if (part.kind === 'queue') return { service: 'sqs', port: 443 };
  if (part.kind === 'wideColumn') return { service: 'cassandra', port: 9142 };
  return part.kind === 'channel' && part.medium === 'push' ? { service: 'sns', port: 443 } : undefined;
}

/**
 * Calls to other companies and to AWS services pass NAT, busy services an endpoint of their own. Pulls of images and reads of
 * secrets and keys are not counted: assumed small, a few GB a month.
 */
export function privateSubnetEgress({ parts, flows }: Deployment): PrivateSubnetEgress {
  const endpoints = new Map<string, { port: number; gb: number }>();
  let natGb = 0;
  for (const part of parts) {
    const gb = gib(
      flows.filter((f) => f.to === part.id).reduce((sum, f) => sum + f.rate.average * (f.sentBytes + f.returnedBytes), 0) * MONTH,
    );
    const called = calledService(part);
    if (called) endpoints.set(called.service, { port: called.port, gb: gb + (endpoints.get(called.service)?.gb ?? 0) });
    else if (part.kind === 'external' || part.kind === 'channel') natGb += gb;
  }
  for (const [service, { gb }] of endpoints) {
    if (gb > ENDPOINT_PAYS_FROM_GB) continue;
    natGb += gb;
    endpoints.delete(service);
  }
  return { natGb, endpoints };
}
