import type { Quota } from './part';
import type { Deployment } from './plan';
import { COMPUTE_LIMITS } from './quotas/compute';
import { DATA_LIMITS } from './quotas/data';
import { DELIVERY_LIMITS } from './quotas/delivery';
import { STREAM_LIMITS } from './quotas/streams';
import type { Limit } from './quotas/limit';

/** Every default quota that is looked at. */
export const LIMITS: readonly Limit[] = [...COMPUTE_LIMITS, ...DATA_LIMITS, ...DELIVERY_LIMITS, ...STREAM_LIMITS];

/** Default service quotas a stage exceeds, region by region, to be raised before it is deployed. */
export function exceededQuotas(deployments: readonly Deployment[]): Quota[] {
  return deployments.flatMap((d) => LIMITS.flatMap((limit) => exceeded(limit, d)));
}

function exceeded(limit: Limit, d: Deployment): Quota[] {
  const region = d.region.name;
  const byDefault = typeof limit.default === 'number' ? limit.default : limit.default(region);
  const needed = Math.ceil(limit.needed(d));
  if (needed <= byDefault) return [];
  const { service, name, code, source } = limit;
  return [{ service, name, ...(code && { code }), region, default: byDefault, needed, source }];
}
