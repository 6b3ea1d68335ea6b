import { loadOn } from '../../../plan/flow';
import { sizeStateful, type StatefulSpec } from '../../../plan/sizing/stateful';
import { assumed, capacity } from '../../../plan/source';
import { GIB, steady } from '../../../plan/units';

const source = assumed('a test');
const per = (value: number) => capacity(value, source);
const load = (demand: { calls?: number; reads?: number; writes?: number }) =>
  loadOn('x', [
    { from: 'a', to: 'x', verb: 'calls', rate: steady(demand.calls ?? 0), sentBytes: 100, returnedBytes: 100 },
    { from: 'a', to: 'x', verb: 'reads', rate: steady(demand.reads ?? 0), sentBytes: 100, returnedBytes: 100 },
    { from: 'a', to: 'x', verb: 'writes', rate: steady(demand.writes ?? 0), sentBytes: 100, returnedBytes: 100 },
  ]);
const base = { does: 'x', tier: 't', pod: { vcpu: 1, memoryBytes: GIB, source } };
const owners: StatefulSpec = { ...base, copies: 1, perPod: { requestsPerSecond: per(100) }, rebuiltFrom: 'the log' };
const quorum: StatefulSpec = {
  ...base,
  copies: 3,
  quorum: true,
  perPod: { readsPerSecond: per(1000), writesPerSecond: per(1000) },
  volume: { bytes: GIB },
};
const sets: StatefulSpec = {
  ...base,
  copies: 2,
  perPod: { readsPerSecond: per(100), writesPerSecond: per(1000), bytes: per(100 * GIB) },
  volume: { bytes: GIB },
  rebuiltFrom: 'the log',
};
const size = (spec: StatefulSpec, demand: Parameters<typeof load>[0], zones = 3) => sizeStateful('x', spec, { zones, load: load(demand) });

describe('a quorum', () => {
  test('is one set of so many, whatever the load, and one member where there is one zone', () => {
    for (const writes of [1, 500])
      expect(size(quorum, { writes })).toMatchObject({ count: 3, sets: ['x'], replicas: 3, peers: true, cellsNeeded: 1 });
    expect(size({ ...quorum, copies: 5 }, {})).toMatchObject({ count: 5, sets: ['x'], replicas: 5 });
    expect(size(quorum, {}, 1)).toMatchObject({ count: 1, sets: ['x'], replicas: 1, peers: false, utilisationZoneLost: null });
  });

  test('carries what its leader does, a zone lost or not; past that it asks for cells', () => {
    const used = size(quorum, { writes: 400 });
    expect([used.utilisation, used.utilisationZoneLost]).toEqual([0.4, 0.4]);
    expect(size({ ...quorum, copies: 5 }, { writes: 400 }).utilisation).toBe(0.4);
    expect(size(quorum, { writes: 801 }).cellsNeeded).toBe(2);
  });

  test('takes an odd number from three', () => {
    for (const copies of [1, 2, 4]) expect(() => size({ ...quorum, copies }, {})).toThrow(/decide nothing by majority/);
  });
});

describe('sets of copies', () => {
  test.each([
    [1, 1, 1],
    [1000, 0, 10],
    [10, 3000, 500],
    [4000, 10_000, 3000],
  ])('%d reads/s, %d writes/s and %d GiB stay below the target with a zone lost, by no set less', (reads, writes, gib) => {
    const volume = { bytes: gib * GIB };
    const part = size({ ...sets, volume }, { reads, writes });
    expect(part.count).toBe(part.sets.length * 2);
    expect(Math.max(part.utilisation, part.utilisationZoneLost!)).toBeLessThanOrEqual(part.target + 1e-9);
    const one = part.sets.length;
    // One set less would carry too much of something: what its copies share doubles when one is gone, what each carries does not.
    const fullest = Math.max(reads / (one - 1) / 100, writes / (one - 1) / 1000, gib / (one - 1) / 100);
    if (one > 1) expect(fullest).toBeGreaterThan(part.target);
  });

  test('have names that do not depend on how many there are, or on the zones', () => {
    const [few, many] = [size(sets, { reads: 1 }), size(sets, { reads: 1000 })];
    expect(few.sets).toEqual(['x-1']);
    expect(many.sets.slice(0, 1)).toEqual(few.sets);
    expect(size(sets, { reads: 1 }, 1)).toMatchObject({ sets: ['x-1'], replicas: 1, peers: false });
  });

  test('hold their share on each volume, with room', () => {
    const part = size({ ...sets, volume: { bytes: 1000 * GIB } }, {});
    const share = 1000 / part.sets.length;
    expect(part.volume!.gib).toBeGreaterThanOrEqual(share / 0.7);
    expect(part.volume!.gib).toBeLessThan(share / 0.7 + 1);
  });

  test('grow with demand', () => {
    const counts = [1, 100, 1000, 5000, 20_000].map((reads) => size(sets, { reads }).count);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(new Set(counts).size).toBeGreaterThan(3);
  });
});

describe('owners', () => {
  test('come back under their names when a zone is lost, and are at least one a zone', () => {
    expect(size(owners, { calls: 1 })).toMatchObject({ count: 3, sets: ['x'], replicas: 3, peers: false });
    const part = size(owners, { calls: 1000 });
    expect(part).toMatchObject({ count: 13, utilisationZoneLost: part.utilisation, pods: { min: 13, expected: 13, peak: 13 } });
    expect(part.volume).toBeUndefined();
  });

  test('wait for their zone with a volume', () => {
    expect(size({ ...owners, volume: { bytes: GIB } }, { calls: 1000 }).utilisationZoneLost).toBeNull();
  });
});

test('a part says what it keeps, or where it comes back from', () => {
  expect(() => size({ ...owners, rebuiltFrom: undefined }, {})).toThrow(/no volume and does not say/);
  expect(() => size({ ...sets, copies: 4 }, {})).toThrow(/1 to 3/);
});
