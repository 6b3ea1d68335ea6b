import { eventbridgeMeters } from '../../../cost/meters/eventbridge';
import { bill } from './bill';

test('a schedule pays by invocation', () => {
  const schedule = { Nightly: { Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: 'rate(1 minute)' } } };
  expect(bill(eventbridgeMeters, 'Nightly', schedule, { invocationsPerMonth: 20e6 })).toEqual([
    'schedule invocations: 20,000,000 invocations / 1M = 20 1M invocations at 1 = 20',
  ]);
});
