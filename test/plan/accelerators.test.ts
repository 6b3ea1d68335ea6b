import { acceleratedFronts, requireAccelerators, seesClients } from '../../plan/accelerators';
import { Blueprint } from '../../plan/blueprint';
import { exceededQuotas } from '../../plan/quotas';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { smallest } from '../../plan/smallest';
import { HOME_REGION } from '../../plan/system';
import { steady } from '../../plan/units';
import { anycastPlan } from './tiny-anycast';

const region = { name: HOME_REGION, share: 1, role: 'active' } as const;
const plan = anycastPlan('regions');
const [home] = plan.deployments;
const short = (declared: Parameters<typeof acceleratedFronts>[1]) =>
  acceleratedFronts('anycast', declared).map(({ front, protocol, ports }) => `${front.id} ${protocol} ${ports.join()}`);

/** Fronts behind an accelerator, with a service behind each. */
function behind(
  add: (b: Blueprint, accelerator: ReturnType<Blueprint['service']>, service: ReturnType<Blueprint['service']>) => void,
  platform: 'eks' | 'k3s' = 'eks',
) {
  const b = new Blueprint({ zones: 3, region, regions: [region] });
  b.platform = platform;
  const service = b.service('api', {
    does: 'x',
    tier: 'web',
    perPod: { requestsPerSecond: capacity(100, assumed('a test')) },
    pod: pod(1, 1),
  });
  add(b, b.accelerator('anycast'), service);
  return { parts: b.size(), flows: b.flows };
}

test('takes requests at the ports of the web, and each listener by its protocol', () => {
  expect(short(home!)).toEqual(['web tcp 80,443', 'lines tcp 5001', 'lines udp 5000']);
});

test('clients reach it and nothing behind it', () => {
  expect([...new Set(home!.flows.filter(({ from }) => from === 'clients').map(({ to }) => to))]).toEqual(['anycast']);
});

test('a front that ends TLS at layer 4 does not see the addresses of clients', () => {
  const sees = (listener?: { port: number; protocol: 'tcp' | 'tls' }) => {
    const declared = behind((b, a, api) => b.front('lines', { layer: 4, behind: a }).routesTo(api, steady(1), { listener }));
    return seesClients(acceleratedFronts('anycast', declared)[0]!.front, declared.flows);
  };
  expect([sees(), sees({ port: 993, protocol: 'tls' }), sees({ port: 25, protocol: 'tcp' })]).toEqual([false, false, true]);
  expect(seesClients(acceleratedFronts('anycast', home!)[0]!.front, home!.flows)).toBe(true);
});

test('it counts once for all regions, which stand in for each other behind it', () => {
  const [entry, ...others] = plan.availability.entries;
  expect(others).toEqual([]);
  expect(entry!.path.filter(({ part }) => part === 'anycast')).toEqual([expect.not.objectContaining({ region: expect.anything() })]);
  expect(entry!.path.filter(({ part }) => part === 'web').map((term) => term.region)).toEqual(['us-east-1', 'eu-west-1']);
  expect(entry!.estimated).toBeLessThanOrEqual(0.9999);
});

test('a region has ten balancers behind it before AWS has to be asked', () => {
  const asked = (cells: number) => exceededQuotas([{ ...home!, cells }]).filter(({ service }) => service === 'Global Accelerator');
  expect(asked(10)).toEqual([]);
  expect(asked(11)).toEqual([expect.objectContaining({ default: 10, needed: 11 })]);
});

test('in a sandbox it is there, and nothing passes it', () => {
  const part = smallest(plan).deployments[0]!.parts.find(({ kind }) => kind === 'accelerator')!;
  expect(part.load.requests).toEqual({ average: 0, peak: 0 });
});

test.each([
  ['nothing', () => {}, 'leads to nothing'],
  ['a service', (_: Blueprint, a: any, api: any) => a.routesTo(api, steady(1)), 'leads to "api"'],
  [
    'two fronts on one port',
    (b: Blueprint, a: any, api: any) => ['one', 'two'].forEach((id) => b.front(id, { layer: 7, behind: a }).routesTo(api, steady(1))),
    'leads tcp 80 to "one" and to "two"',
  ],
] as const)('is refused where it leads to %s', (_, add, message) => {
  expect(() => requireAccelerators(behind(add))).toThrow(message);
});

test('is refused on the one machine, which has no balancer', () => {
  expect(() => requireAccelerators(behind((b, a, api) => b.front('web', { layer: 7, behind: a }).routesTo(api, steady(1)), 'k3s'))).toThrow(
    'it takes fronts that are balancers',
  );
});
