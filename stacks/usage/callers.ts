import type { UsageByType } from '../../cost/usage';
import type { Deployment } from '../../plan/plan';
import { runsAsPods } from '../../plan/pods';
import { HOUR, MINUTE, MONTH } from '../../plan/units';

/** Assumed: a pod asks for a password when it starts and every hour, in case it was changed. */
const SECRET_REFRESH = HOUR;
/** Assumed, after what S3 and DynamoDB do: a service asks KMS again after five minutes at the latest for each of its callers. */
const DATA_KEY_REUSE = 5 * MINUTE;

/** Pods at the average load that use a part. */
function podsUsing(partId: string, { parts, flows }: Deployment): number {
  const callers = new Set(flows.filter((f) => f.to === partId).map((f) => f.from));
  return parts.reduce((pods, p) => pods + (runsAsPods(p) && p.kind !== 'job' && callers.has(p.id) ? p.pods.expected : 0), 0);
}

/** Of each secret of a part. @param deployments the part's own, and those of regions that hold a copy of its secret */
export const secretUsage = (partId: string, ...deployments: readonly Deployment[]): UsageByType['AWS::SecretsManager::Secret'] => ({
  apiCallsPerMonth: deployments.reduce((pods, deployment) => pods + podsUsing(partId, deployment), 0) * (MONTH / SECRET_REFRESH),
});

/** Of the key of some parts. */
export const keyUsage = (deployment: Deployment, partIds: readonly string[]): UsageByType['AWS::KMS::Key'] => ({
  requestsPerMonth: partIds.reduce((pods, id) => pods + podsUsing(id, deployment), 0) * (MONTH / DATA_KEY_REUSE),
});
