import { telemetry } from '../../../plan/telemetry';
import { controlPlaneLogs, measurements, podLogs, refusedConnections } from '../../../stacks/usage/cluster-logs';
import { tinyPlan } from '../tiny-shop';

const [deployment] = tinyPlan('zones').deployments as [ReturnType<typeof tinyPlan>['deployments'][number]];

test('the control plane logs 5 GB and 50 MB a node; a seventh of three months is kept', () => {
  const { ingestedGbPerMonth, storedGb } = controlPlaneLogs(10);
  expect(ingestedGbPerMonth).toBeCloseTo(5.5);
  expect(storedGb).toBeCloseTo(5.5 * 3 * 0.15);
});

test('what pods tell is taken in as it comes and kept for a month, measurements become metrics', () => {
  const { logGb, measuredGb, metrics } = telemetry(deployment);
  expect(podLogs(deployment)).toEqual({ ingestedGbPerMonth: logGb, storedGb: expect.closeTo(logGb * 0.15) });
  expect(measurements(deployment)).toEqual({
    ingestedGbPerMonth: measuredGb,
    storedGb: expect.closeTo(measuredGb * 0.15),
    embeddedMetrics: metrics,
  });
});

test('refused connections are billed where they are delivered; their group only keeps them', () => {
  expect(refusedConnections.group.ingestedGbPerMonth).toBe(0);
  expect(refusedConnections.group.storedGb).toBeCloseTo(refusedConnections.deliveredGbPerMonth * 0.15);
});
