import { perMillion } from '../charges';
import type { Meter } from '../meter';
import { flagAt } from '../property';

/**
 * Amazon SQS: requests, whatever the action; a payload counts one request per started 64 KB, a batch of ten messages one
 * request. The first million of the account and the tiers beyond 100 billion are the estimate's to apply.
 * https://aws.amazon.com/sqs/pricing/
 */
export const sqsMeters: Meter<'AWS::SQS::Queue'>[] = [
  {
    type: 'AWS::SQS::Queue',
    needs: ['requestsPerMonth'],
    charges(queue, { requestsPerMonth = 0 }) {
      const kind = flagAt(queue, 'FifoQueue') ? 'FIFO' : 'standard';
      return [
        perMillion(`${kind} requests`, requestsPerMonth, 'requests', { service: 'SQS', dimension: 'requests', spec: `${kind} queue` }),
      ];
    },
  },
];
