import { loadOn } from '../../../plan/flow';
import { type HostFleetSpec, sizeHostFleet } from '../../../plan/sizing/host-fleet';
import { assumed, capacity } from '../../../plan/source';
import { rate, steady } from '../../../plan/units';
import { MATCHES } from '../tiny-arena';

const source = assumed('a test');
/** @param bytes a second that clients get back */
const size = (more: Partial<HostFleetSpec> = {}, { zones = 3, bytes = 1000 } = {}) =>
  sizeHostFleet(
    'matches',
    { ...MATCHES, ...more },
    {
      zones,
      load: loadOn('matches', [
        { from: 'clients', to: 'matches', verb: 'calls', rate: steady(1), sentBytes: bytes / 5, returnedBytes: bytes },
      ]),
    },
  );

test('11,667 matches at seven a host and a fifth spare are 2,001 hosts of 16 vCPU', () => {
  const part = size({ sessions: rate(7000, 11_667) });
  expect(part).toMatchObject({ instanceType: 'c7g.4xlarge', sessionsPerHost: 7, count: 2001, binding: 'sessions' });
  // 7000 / 7 x 1.2; and the sixth of all that is spare at the peak.
  expect(part.hosts).toEqual({ min: 334, expected: 1200, peak: 2001 });
});

test('a host is not full with its spare share', () => {
  for (const sessions of [1, 30, 500, 9000]) {
    const part = size({ sessions: steady(sessions) });
    expect(part.utilisation).toBeLessThanOrEqual(1 / 1.2 + 1e-9);
    expect(part.count * part.sessionsPerHost).toBeGreaterThanOrEqual(1.2 * sessions - 1e-6);
  }
});

test('what may be lost with a host bounds its size; without a bound a larger one costs less', () => {
  expect(size({ sessionsPerHostAtMost: undefined })).toMatchObject({ instanceType: 'c7g.8xlarge', sessionsPerHost: 15 });
  expect(size({ sessionsPerHostAtMost: capacity(1, source) })).toMatchObject({ instanceType: 'c7g.xlarge', sessionsPerHost: 1 });
});

test('memory decides the family, and the network the count of relays', () => {
  expect(size({ perSession: { vcpu: 0.5, memoryBytes: 8e9, source } }).instanceType).toMatch(/^r7g/);
  const relays = size({ perSession: { vcpu: 1 / 500, memoryBytes: 1e6, source }, ports: { from: 1024, to: 32_767 } }, { bytes: 40e9 });
  expect(relays.binding).toBe('network');
  expect(relays.count).toBeGreaterThan(20);
});

test('programs for x86 get types that run them', () => {
  expect(size({ architecture: 'x86_64' })).toMatchObject({ instanceType: 'c7i.4xlarge', architecture: 'x86_64' });
});

test('a lost zone is replaced, or carried by hosts that are there already', () => {
  const [replaced, carried] = [size({ sessions: steady(700) }), size({ sessions: steady(700), lostZone: 'carried' })];
  expect(replaced).toMatchObject({ count: 120, utilisationZoneLost: replaced.utilisation });
  expect(carried).toMatchObject({ count: 180, utilisationZoneLost: expect.closeTo(1 / 1.2) });
  expect(size({}, { zones: 1 }).utilisationZoneLost).toBeNull();
  expect(size({ sessions: steady(1) }).hosts).toEqual({ min: 3, expected: 3, peak: 3 });
});

test.each<[string, Partial<HostFleetSpec>, string]>([
  ['ephemeral ports', { ports: { from: 30_000, to: 40_000 } }, 'ports are 30000 to 40000; they take a range between 1024 and 32767'],
  ['ports that need privileges', { ports: { from: 1000, to: 2000 } }, 'between 1024'],
  ['fewer ports than sessions', { ports: { from: 7000, to: 7003 } }, 'fewer than the 7 sessions'],
  ['a drain longer than a heartbeat', { drainSeconds: 7201 }, 'drainSeconds is 7201; it takes a whole number from 30 to 7200'],
  ['a session larger than any host', { perSession: { vcpu: 64, memoryBytes: 1e9, source } }, 'the largest host has, which is r7g.8xlarge'],
])('%s are refused', (_, more, message) => {
  expect(() => size(more)).toThrow(message);
});
