import type { UsageByType } from '../../cost/usage';
import type { Deployment } from '../../plan/plan';
import { MONTH } from '../../plan/units';
import { gib } from './monthly';

/** Traffic of an edge, all regions and cells together: one distribution serves the whole stage. */
export function edgeUsage(id: string, deployments: readonly Deployment[]): UsageByType['AWS::CloudFront::Distribution'] {
  const total = (of: (deployment: Deployment) => number): number => deployments.reduce((sum, d) => sum + of(d) * d.cells, 0);
  const load = ({ parts }: Deployment) => parts.find((part) => part.id === id)!.load;
  return {
    httpsRequestsPerMonth: total((d) => load(d).requests.average) * MONTH,
    outGbPerMonth: gib(total((d) => load(d).bytesOut.average) * MONTH),
    originUploadGbPerMonth: gib(
      total((d) => d.flows.filter((f) => f.from === id).reduce((sum, f) => sum + f.rate.average * f.sentBytes, 0)) * MONTH,
    ),
  };
}
