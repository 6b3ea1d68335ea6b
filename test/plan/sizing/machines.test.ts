import { loadOn } from '../../../plan/flow';
import { type MachinesSpec, onOneMachine, sizeMachines } from '../../../plan/sizing/machines';
import { assumed, capacity } from '../../../plan/source';
import { GIB, steady } from '../../../plan/units';

const source = assumed('a test');
const spec: MachinesSpec = {
  does: 'matches',
  perThread: { requestsPerSecond: capacity(10_000, source) },
  bytes: GIB,
  rebuiltFrom: 'the log',
  standby: true,
};
const size = (more: Partial<MachinesSpec> = {}, requests = 100, zones = 3) =>
  sizeMachines(
    'engines',
    { ...spec, ...more },
    {
      zones,
      load: loadOn('engines', [{ from: 'a', to: 'engines', verb: 'calls', rate: steady(requests), sentBytes: 100, returnedBytes: 100 }]),
    },
  );
const threads = ({ active, vcpu }: { active: number; vcpu: number }) => active * (vcpu - 2);

test('each machine has a standby in a second zone, so that a lost one costs nothing', () => {
  const part = size();
  expect(part).toMatchObject({ standbys: part.active, count: 2 * part.active, utilisationZoneLost: part.utilisation });
  expect(size({}, 100, 1)).toMatchObject({ standbys: 0, utilisationZoneLost: null });
});

test.each([1, 10_000, 1e6, 5e6])('%d requests a second keep threads half idle', (requests) => {
  const part = size({}, requests);
  expect(part.utilisation).toBeLessThanOrEqual(0.5 + 1e-9);
  expect(threads(part) * 10_000 * 0.5).toBeGreaterThanOrEqual(requests - 1e-6);
  expect(part.instanceType).not.toMatch(/^t/);
});

test('there is a thread for each that is asked for, however little they do', () => {
  for (const threadsAtLeast of [1, 5, 30, 1000]) expect(threads(size({ threadsAtLeast }, 1))).toBeGreaterThanOrEqual(threadsAtLeast);
  expect(size({ threadsAtLeast: 1000 }, 1).reason).toMatch(/^1K threads, a processor each, on /);
});

test('memory decides where it is what runs out', () => {
  const part = size({ bytes: 900 * GIB }, 1);
  expect(part.binding).toBe('memory');
  expect(part.instanceType).toMatch(/^r7g/);
});

test('more than a template takes ask for cells; spread groups take seven a zone', () => {
  expect(size({ threadsAtLeast: 2000 }).cellsNeeded).toBeGreaterThan(1);
  const spread = size({ standby: false, placement: 'spread', threadsAtLeast: 30 * 22 });
  expect(spread.active).toBeGreaterThan(21);
  expect(spread.cellsNeeded).toBeGreaterThan(1);
});

test('spread machines carry the peak with a zone gone, and have no standbys', () => {
  const part = size({ standby: false, placement: 'spread' }, 1e6);
  expect(part.utilisationZoneLost!).toBeLessThanOrEqual(0.5 + 1e-9);
  expect(part.utilisationZoneLost!).toBeGreaterThan(part.utilisation);
  expect(() => size({ placement: 'spread' })).toThrow(/standbys are of placement cluster/);
});

test('on the one machine they are a pod with a name, which is rebuilt the same way', () => {
  expect(onOneMachine(spec)).toMatchObject({ copies: 1, rebuiltFrom: 'the log', perPod: spec.perThread });
});
