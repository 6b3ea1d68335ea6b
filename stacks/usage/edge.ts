import type { UsageByType } from '../../cost/usage';
import type { Deployment } from '../../plan/plan';
import { DAY, MONTH } from '../../plan/units';
import { gib } from './monthly';

/** Geography CloudFront bills the viewers of a region by; regions of North America are its default. */
const GEOGRAPHY: readonly [prefix: string, geography: string][] = [
  ['eu-', 'Europe, Israel'],
  ['me-', 'South Africa, Kenya, Middle East'],
  ['ap-south-', 'India'],
  ['ap-', 'Hong Kong, Philippines, Asia Pacific'],
  ['sa-', 'South America'],
];

/** Traffic of an edge, all regions and cells together: one distribution serves the whole stage. */
export function edgeUsage(id: string, deployments: readonly Deployment[]): UsageByType['AWS::CloudFront::Distribution'] {
  const total = (of: (deployment: Deployment) => number): number => deployments.reduce((sum, d) => sum + of(d) * d.cells, 0);
  const load = ({ parts }: Deployment) => parts.find((part) => part.id === id)!.load;
  const requests = total((d) => load(d).requests.average);
  const shares = deployments.flatMap((d): [string, number][] => {
    const geography = GEOGRAPHY.find(([prefix]) => d.region.name.startsWith(prefix))?.[1];
    return geography && requests > 0 ? [[`shareOf:${geography}`, (load(d).requests.average * d.cells) / requests]] : [];
  });
  return {
    ...Object.fromEntries(shares),
    httpsRequestsPerMonth: requests * MONTH,
    outGbPerMonth: gib(total((d) => load(d).bytesOut.average) * MONTH),
    originUploadGbPerMonth: gib(
      total((d) => d.flows.filter((f) => f.from === id).reduce((sum, f) => sum + f.rate.average * f.sentBytes, 0)) * MONTH,
    ),
  };
}

/** Assumed: a hundred thousand domains write to ours, and each asks once a week how it wants to be delivered to. */
const SENDERS = 100_000;
const POLICY_BYTES = 500;
const READS = SENDERS * (MONTH / (7 * DAY));

/** Of the policy for delivery over TLS. */
export const policyUsage: UsageByType['AWS::CloudFront::Distribution'] = {
  httpsRequestsPerMonth: READS,
  outGbPerMonth: gib(READS * POLICY_BYTES),
};
