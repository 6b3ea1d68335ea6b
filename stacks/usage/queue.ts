import type { UsageByType } from '../../cost/usage';
import type { QueuePart } from '../../plan/sizing/queue';
import { KIB, MONTH } from '../../plan/units';
import { perMonth } from './monthly';

/** A request counts once for every started 64 KB. https://aws.amazon.com/sqs/pricing/ */
const REQUEST_BYTES = 64 * KIB;
/** Longest wait of a receive that finds nothing, seconds. AWS docs, Quotas related to queues (Amazon SQS), 2026-11-22. */
const LONG_POLL = 20;
/** Most messages a receive or delete takes. AWS docs, Quotas related to messages (Amazon SQS), 2026-11-22. */
const MAX_BATCH = 10;
/** Assumed: consumers of a queue with this many messages a second always find a full batch; below, in proportion, down to one. */
const FULL_BATCH_FROM = 100;
/** Assumed: two consumers wait at the queue when it is empty. */
const IDLE_CONSUMERS = 2;
/** Of Lambda, where its concurrency is bounded: AWS docs, Configuring scaling behavior for SQS event source mappings, 2026-11-22. */
const IDLE_POLLERS = 5;

/** Messages are sent one by one, received and deleted in batches. @param polled whether a function consumes them */
export function queueUsage({ load }: QueuePart, polled = false): UsageByType['AWS::SQS::Queue'] {
  const messages = perMonth(load.writes);
  const chunks = load.writes.average ? Math.ceil(load.bytesIn.average / load.writes.average / REQUEST_BYTES) : 1;
  const batch = Math.min(MAX_BATCH, Math.max(1, (load.writes.average / FULL_BATCH_FROM) * MAX_BATCH));
  const idle = (MONTH / LONG_POLL) * (polled ? IDLE_POLLERS : IDLE_CONSUMERS);
  return { requestsPerMonth: messages * chunks + (messages * chunks) / Math.min(batch, MAX_BATCH / chunks) + messages / batch + idle };
}
