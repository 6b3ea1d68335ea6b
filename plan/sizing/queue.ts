import { utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { docs } from '../source';
import { short } from '../units';

/** A managed queue with a dead-letter queue. */
export interface QueueSpec {
  holds: string;
  /** Deliveries before a message is set aside. */
  maxReceives: number;
  /** @default 4 days */
  retentionSeconds?: number;
  /** Seconds a consumer may take with a message. @default 30 */
  visibilitySeconds?: number;
  /** Dead letters that raise an alarm. @default 1 */
  deadLetterAlarm?: number;
}

export interface QueuePart extends Sized<'queue'> {
  holds: string;
  maxReceives: number;
  retentionSeconds: number;
  visibilitySeconds: number;
  deadLetterAlarm: number;
}

/** Messages received and not yet deleted, of a standard queue. */
export const IN_FLIGHT = {
  value: 120_000,
  source: docs(
    'AWS docs, Quotas related to queues (Amazon SQS)',
    '2026-11-22',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html',
  ),
};
const TARGET = 0.8;

/** SQS scales by itself; only the messages in flight are bounded. */
export function sizeQueue(id: string, spec: QueueSpec, { zones, load }: Surroundings): QueuePart {
  const visibilitySeconds = spec.visibilitySeconds ?? 30;
  // Assumed: a healthy consumer holds a message for about a second; the bound is what is held at once.
  const fit = utilise(
    1,
    [
      {
        name: 'messages in flight',
        demand: Math.max(load.consumed.peak, load.writes.peak),
        perUnit: IN_FLIGHT.value,
        unit: 'messages',
        source: IN_FLIGHT.source,
      },
    ],
    {
      zones: Math.max(zones, 2),
      target: TARGET,
      standIn: true,
    },
  );
  return {
    id,
    kind: 'queue',
    technology: 'SQS standard queue with dead-letter queue',
    size: 'on demand',
    reason: `${short(load.writes.peak)} messages/s; SQS spreads over zones by itself and bills per request.`,
    load,
    cellsNeeded: Math.max(1, Math.ceil(fit.utilisation / TARGET)),
    holds: spec.holds,
    maxReceives: spec.maxReceives,
    retentionSeconds: spec.retentionSeconds ?? 4 * 86_400,
    visibilitySeconds,
    deadLetterAlarm: spec.deadLetterAlarm ?? 1,
    ...measured({ fit, target: TARGET }),
  };
}
