import { gbWith, type InterfaceEndpoint, interfaceEndpoints, outsideOf } from '../../plan/interface-endpoints';
import type { Deployment } from '../../plan/plan';
import { telemetryGb } from '../../plan/telemetry';

/** How traffic leaves private subnets. */
export interface PrivateSubnetEgress {
  /** GB a month through NAT, both directions. */
  natGb: number;
  /** By AWS service. */
  endpoints: ReadonlyMap<string, InterfaceEndpoint>;
}

/** Reached through gateway endpoints, for free. */
const GATEWAYS = ['s3', 'dynamodb'];

/**
 * Calls to other companies and to AWS services pass NAT, unless the service has an endpoint, and so do the logs of pods. Pulls of
 * images and reads of secrets and keys are not counted: assumed small, a few GB a month.
 */
export function privateSubnetEgress(deployment: Deployment): PrivateSubnetEgress {
  const endpoints = interfaceEndpoints(deployment);
  const passesNat = ({ service }: { service?: string }) => !service || !(endpoints.has(service) || GATEWAYS.includes(service));
  const logs = passesNat({ service: 'logs' }) ? telemetryGb(deployment) : 0;
  const natGb = deployment.parts.reduce((gb, part) => {
    const to = outsideOf(part);
    return to && passesNat(to) ? gb + gbWith(part, deployment) : gb;
  }, logs);
  return { natGb, endpoints };
}
