import { perMillion } from '../charges';
import type { Meter } from '../meter';

/**
 * EventBridge Scheduler: a schedule pays by invocation, whatever it calls; the free ones of each region are the estimate's to apply.
 * https://aws.amazon.com/eventbridge/pricing/
 */
export const eventbridgeMeters: Meter<'AWS::Scheduler::Schedule'>[] = [
  {
    type: 'AWS::Scheduler::Schedule',
    needs: ['invocationsPerMonth'],
    charges: (_, { invocationsPerMonth = 0 }) => [
      perMillion(
        'schedule invocations',
        invocationsPerMonth,
        'invocations',
        { service: 'EventBridge', dimension: 'Scheduler invocations' },
        '1M invocations',
      ),
    ],
  },
];
