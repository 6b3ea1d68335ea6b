import { Blueprint } from '../../plan/blueprint';
import type { Listener } from '../../plan/flow';
import { boxListenersOf, listenersOf, podListenersOf, requireListeners } from '../../plan/listeners';
import { exceededQuotas } from '../../plan/quotas';
import { rulesOfFullestGroup } from '../../plan/quotas/security-group-rules';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { HOME_REGION } from '../../plan/system';
import { steady } from '../../plan/units';
import { mailPlan } from './tiny-mail';

const region = { name: HOME_REGION, share: 1, role: 'active' } as const;
const guess = assumed('for a test');
const tcp = (port: number): Listener => ({ port, protocol: 'tcp' });

/** Two services behind fronts of both layers, or behind the one machine. */
function routes(add: (r: Record<'b' | 'lines' | 'web' | 'a' | 'c', any>) => void, platform: 'eks' | 'k3s' = 'eks') {
  const b = new Blueprint({ zones: 3, region, regions: [region] });
  b.platform = platform;
  const service = (id: string) =>
    b.service(id, { does: id, tier: 'web', perPod: { requestsPerSecond: capacity(100, guess) }, pod: pod(1, 1) });
  const [a, c] = [service('alpha'), service('gamma')];
  add({ b, a, c, lines: b.front('lines', { layer: 4 }), web: b.front('web', { layer: 7 }) });
  return { parts: b.size(), flows: b.flows };
}
const short = (listeners: ReturnType<typeof listenersOf>) => listeners.map((l) => `${l.protocol} ${l.port} > ${l.name}:${l.podPort}`);

test('targets without a port of their own get TLS from 443 upwards, in their order, whatever stands between them', () => {
  const { flows } = routes(({ lines, a, c }) =>
    lines
      .routesTo(a, steady(1))
      .routesTo(a, steady(1), { listener: tcp(25) })
      .routesTo(c, steady(1)),
  );
  expect(short(listenersOf('lines', flows))).toEqual(['tls 443 > alpha:8080', 'tcp 25 > alpha-25:10025', 'tls 444 > gamma:8080']);
});

test('pods get privileged ports ten thousand higher, and never at the port that tells whether they are well', () => {
  const ports = [25, 1023, 1024, 8080, 65_535];
  const { flows } = routes(({ lines, a }) => ports.forEach((port) => lines.routesTo(a, steady(1), { listener: tcp(port) })));
  expect(podListenersOf('alpha', flows).map(({ podPort }) => podPort)).toEqual([10_025, 11_023, 1024, 18_080, 65_535]);
});

test('routes to one service on two ports are two flows; on the same one they are one', () => {
  const { flows } = routes(({ lines, a }) => [25, 587, 25].forEach((port) => lines.routesTo(a, steady(2), { listener: tcp(port) })));
  const rates = flows.filter(({ from }) => from === 'lines').map(({ listener, rate }) => [listener!.port, rate.average]);
  expect(rates).toEqual([
    [25, 4],
    [587, 2],
  ]);
});

test('on the one machine clients reach services at those ports themselves', () => {
  const { flows } = routes(({ lines, web, a, c }) => {
    lines.routesTo(a, steady(1), { listener: tcp(25) });
    web.routesTo(c, steady(1));
  }, 'k3s');
  expect(short(boxListenersOf(flows))).toEqual(['tcp 25 > alpha-25:10025']);
});

describe('refuses', () => {
  const refused: [string, Parameters<typeof routes>[0], string, ('k3s' | 'eks')?][] = [
    ['a front at layer 7', ({ web, a }) => web.routesTo(a, steady(1), { listener: tcp(25) }), 'only a front at layer 4'],
    ['a call', ({ a, c }) => a.calls(c, steady(1), { listener: tcp(25) }), 'only a front at layer 4'],
    ['a port out of range', ({ lines, a }) => lines.routesTo(a, steady(1), { listener: tcp(70_000) }), 'whole number from 1 to 65535'],
    [
      'a port for two services',
      ({ lines, a, c }) => lines.routesTo(a, steady(1), { listener: tcp(25) }).routesTo(c, steady(1), { listener: tcp(25) }),
      '"lines" listens on port 25 for alpha-25 by tcp and for gamma-25 by tcp',
    ],
    [
      'a port by two protocols',
      ({ lines, a }) =>
        lines.routesTo(a, steady(1), { listener: tcp(53) }).routesTo(a, steady(1), { listener: { port: 53, protocol: 'udp' }, sends: 1 }),
      'port 53',
    ],
    [
      'a port that a target without one has',
      ({ lines, a, c }) => lines.routesTo(a, steady(1)).routesTo(c, steady(1), { listener: tcp(443) }),
      'port 443',
    ],
    [
      'two ports that are one to pods',
      ({ lines, a }) => lines.routesTo(a, steady(1), { listener: tcp(25) }).routesTo(a, steady(1), { listener: tcp(10_025) }),
      'pods of "alpha" listen on port 10025',
    ],
    [
      'a PROXY header over UDP',
      ({ lines, a }) => lines.routesTo(a, steady(1), { listener: { port: 5000, protocol: 'udp', proxyProtocol: true } }),
      'by UDP',
    ],
    ['ports that k3s has itself', ({ lines, a }) => lines.routesTo(a, steady(1), { listener: tcp(6443) }), 'which k3s has taken', 'k3s'],
  ];
  test.each(refused.map(([what, add, message, platform = 'eks']) => ({ what, add, message, platform })))(
    '$what',
    ({ add, message, platform }) => {
      expect(() => requireListeners(routes(add, platform))).toThrow(message);
    },
  );
});

test('a flow by protocol differs from one by another, so that the refusal sees both', () => {
  const { flows } = routes(({ lines, a }) =>
    lines.routesTo(a, steady(1), { listener: tcp(53) }).routesTo(a, steady(1), { listener: { port: 53, protocol: 'udp' } }),
  );
  expect(listenersOf('lines', flows)).toHaveLength(2);
});

test('pods count with a balancer once for each of its ports', () => {
  const { parts } = mailPlan('zones').deployments[0]!;
  const [mail] = parts.filter(({ id }) => id === 'mail');
  // One port of smtp-in, two of submission, two of imap, three pods each, over three zones.
  expect(mail!.dimensions[0]).toMatchObject({ name: 'targets', demand: (3 + 6 + 6) / 3 });
});

test('who sends mail to port 25 has to ask AWS first', () => {
  const asked = (stage: string) => exceededQuotas(mailPlan(stage).deployments).filter(({ name }) => name.includes('port 25'));
  for (const stage of ['box', 'zones']) expect(asked(stage)).toEqual([expect.objectContaining({ default: 0, needed: 1 })]);
});

test('security groups count a rule for each port, and the usual one of pods', () => {
  // The one of the tier lets in two balancers at 8080, and one of them at five ports more; clients have five ports of that balancer.
  expect(rulesOfFullestGroup(mailPlan('zones').deployments[0]!)).toBe(7);
});
