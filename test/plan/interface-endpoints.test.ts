import { interfaceEndpoints, NODES_NEED, PAYS_FROM_GB } from '../../plan/interface-endpoints';
import type { Flow } from '../../plan/flow';
import { telemetryGb } from '../../plan/telemetry';
import { GIB, MONTH, steady } from '../../plan/units';
import { tinyPlan } from '../stacks/tiny-shop';

const deployment = tinyPlan('zones').deployments[0]!;
/** The same with so many GB a month between the shop and its queue. */
const withMails = (gb: number) => ({
  ...deployment,
  flows: deployment.flows
    .filter((f) => f.to !== 'mails' || f.verb === 'publishes')
    .map((f): Flow =>
      f.to === 'mails' ? { ...f, rate: { average: (gb * GIB) / MONTH / (f.sentBytes + f.returnedBytes), peak: 1e9 } } : f,
    ),
});
const isolated = {
  ...deployment,
  parts: deployment.parts.map((p) => (p.kind === 'service' && p.tier === 'sockets' ? { ...p, isolated: true } : p)),
};

test('an endpoint pays from the GB at which NAT costs as much', () => {
  // 730 h x 0.01 = 7.30 a zone against 0.035 a GB, in 3 zones
  expect(3 * PAYS_FROM_GB.aZone).toBeCloseTo(625.7, 1);
  expect([...interfaceEndpoints(withMails(620)).keys()]).toEqual([]);
  expect(interfaceEndpoints(withMails(630)).get('sqs')).toEqual({ port: 443, gb: expect.closeTo(630) });
  expect(interfaceEndpoints({ ...withMails(210), zones: 1 }).has('sqs')).toBe(true);
  expect(interfaceEndpoints({ ...withMails(200), zones: 1 }).has('sqs')).toBe(false);
});

test('an isolated tier brings what its nodes need and its services ask, whatever it costs', () => {
  const few = interfaceEndpoints(isolated);
  // The chat reads a cache, whose password is a secret.
  expect([...few.keys()].sort()).toEqual([...NODES_NEED.services, 'secretsmanager'].sort());
  expect([...few.values()].every(({ port }) => port === 443)).toBe(true);
  expect([...few].flatMap(([service, { gb }]) => (gb > 0 ? [[service, gb]] : []))).toEqual([['logs', telemetryGb(isolated)]]);
});

test('logs pay for one, too', () => {
  const chatty = (requests: number) => ({
    ...withMails(0),
    parts: deployment.parts.map((p) => (p.kind === 'service' ? { ...p, load: { ...p.load, requests: steady(requests) } } : p)),
  });
  expect(interfaceEndpoints(chatty(1)).has('logs')).toBe(false);
  expect(interfaceEndpoints(chatty(1e5)).get('logs')).toEqual({ port: 443, gb: telemetryGb(chatty(1e5)) });
});

test('the one machine has none', () => {
  expect(interfaceEndpoints({ ...isolated, platform: 'k3s' }).size).toBe(0);
});
