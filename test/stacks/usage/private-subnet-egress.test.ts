import type { Flow } from '../../../plan/flow';
import { telemetryGb } from '../../../plan/telemetry';
import { privateSubnetEgress } from '../../../stacks/usage/private-subnet-egress';
import { tinyPlan } from '../tiny-shop';

const MONTH = 730 * 3600;
const GIB = 1024 ** 3;
const deployment = tinyPlan('zones').deployments[0]!;
/** Of what pods log, which passes NAT here. */
const logs = telemetryGb(deployment);
const timesMore = (factor: number): Flow[] =>
  deployment.flows.map((f) => (f.to === 'mails' ? { ...f, rate: { average: f.rate.average * factor, peak: f.rate.peak * factor } } : f));

test('a queue with little traffic and other companies are reached through NAT, a bucket is not', () => {
  const { natGb, endpoints } = privateSubnetEgress({ ...deployment, flows: timesMore(0.01) });
  expect([...endpoints.keys()]).toEqual([]);
  // Mails: 250/s of 500 + 100 bytes and 1/s of 200 + 500, a hundredth of it; bank: 1/s of 2000 + 500.
  expect(natGb).toBeCloseTo(((250 * 600 + 700) / 100 + 2500) * (MONTH / GIB) + logs);
});

test('a busy queue gets an endpoint of its own', () => {
  const { natGb, endpoints } = privateSubnetEgress({ ...deployment, flows: timesMore(100) });
  expect(endpoints.get('sqs')).toEqual({ port: 443, gb: expect.closeTo((250 * 600 + 700) * 100 * (MONTH / GIB)) });
  expect(natGb).toBeCloseTo(2500 * (MONTH / GIB) + logs);
});
