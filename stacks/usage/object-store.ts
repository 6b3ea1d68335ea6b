import type { UsageByType } from '../../cost/usage';
import type { ObjectStorePart } from '../../plan/sizing/object-store';
import { gib, perMonth } from './monthly';

/**
 * In the steady state as many objects move to each colder class as are written. A copy for another region is one more request.
 * @param replicas buckets of other regions that get a copy
 */
export function objectStoreUsage({ spec, load }: ObjectStorePart, replicas = 0): UsageByType['AWS::S3::Bucket'] {
  const cold = spec.coldShare ?? {};
  const coldShare = Object.values(cold).reduce((sum, share) => sum + share, 0);
  const held = (share: number) => gib(spec.bytes) * share;
  const writes = perMonth(load.writes);
  return {
    standardGb: held(1 - coldShare),
    standardIaGb: held(cold['infrequent access'] ?? 0),
    glacierInstantGb: held(cold['instant archive'] ?? 0),
    deepArchiveGb: held(cold['deep archive'] ?? 0),
    putRequestsPerMonth: writes * (1 + replicas),
    getRequestsPerMonth: perMonth(load.reads) + perMonth(load.requests),
    lifecycleTransitionsPerMonth: writes * (spec.lifecycle ?? []).filter((step) => step.to !== 'delete').length,
    replicatedGbPerMonth: gib(writes * spec.objectBytes) * replicas,
  };
}
