import type { Quota } from './part';
import type { Deployment } from './plan';

/** Default service quotas a stage exceeds, region by region, to be raised before it is deployed. */
export function exceededQuotas(_deployments: readonly Deployment[]): Quota[] {
  return [];
}
