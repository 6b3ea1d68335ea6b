import type { UsageByType } from '../../cost/usage';
import type { Flow } from '../../plan/flow';
import { CLIENTS } from '../../plan/part-ref';
import type { ObjectStorePart } from '../../plan/sizing/object-store';
import { KIB, MONTH } from '../../plan/units';
import { gib, perMonth } from './monthly';

/** Smaller objects are neither watched nor moved by Intelligent-Tiering: AWS docs, S3 Intelligent-Tiering overview, 2026-11-22. */
const SMALLEST_TIERED = 128 * KIB;

/**
 * In the steady state as many objects move to each colder class as are written. A copy for another region is one more request.
 * @param replicas buckets of other regions that get a copy
 */
export function objectStoreUsage(
  { id, spec, load }: ObjectStorePart,
  flows: readonly Flow[],
  replicas = 0,
): UsageByType['AWS::S3::Bucket'] {
  const { coldShare: cold = {}, tieredShare: tiered = {}, accelerated } = spec;
  const sum = (shares: object) => Object.values(shares).reduce((total: number, share: number) => total + share, 0);
  const [coldShare, tieredShare] = [sum(cold), sum(tiered)];
  const held = (share: number) => gib(spec.bytes) * share;
  const writes = perMonth(load.writes);
  return {
    standardGb: held(1 - coldShare - tieredShare),
    standardIaGb: held(cold['infrequent access'] ?? 0),
    glacierInstantGb: held(cold['instant archive'] ?? 0),
    deepArchiveGb: held(cold['deep archive'] ?? 0),
    putRequestsPerMonth: writes * (1 + replicas),
    getRequestsPerMonth: perMonth(load.reads) + perMonth(load.requests),
    lifecycleTransitionsPerMonth: writes * (spec.lifecycle ?? []).filter((step) => step.to !== 'delete').length,
    replicatedGbPerMonth: gib(writes * spec.objectBytes) * replicas,
    ...(tieredShare > 0 && {
      tieredFrequentGb: held(tiered.frequent ?? 0),
      tieredInfrequentGb: held(tiered.infrequent ?? 0),
      tieredArchiveGb: held(tiered.archive ?? 0),
      tieredObjects: spec.objectBytes < SMALLEST_TIERED ? 0 : (spec.bytes / spec.objectBytes) * tieredShare,
    }),
    ...(accelerated && acceleratedUsage(accelerated, withClients(id, flows))),
  };
}

/** GB a month that clients send and fetch themselves. */
const withClients = (id: string, flows: readonly Flow[]): number =>
  gib(
    flows
      .filter((flow) => flow.from === CLIENTS && flow.to === id)
      .reduce((bytes, flow) => bytes + flow.rate.average * (flow.sentBytes + flow.returnedBytes), 0) * MONTH,
  );

const acceleratedUsage = ({ share, elsewhere = 0 }: { share: number; elsewhere?: number }, gb: number) => ({
  acceleratedGbPerMonth: gb * share * (1 - elsewhere),
  acceleratedElsewhereGbPerMonth: gb * share * elsewhere,
});
