import { type RelationalSpec, sizeRelational } from '../../../plan/sizing/relational';
import { GIB } from '../../../plan/units';
import { carries, loadOf } from './load';

const spec: RelationalSpec = {
  holds: 'orders',
  engine: 'mysql',
  topology: 'multi-az',
  bytes: GIB,
  queriesPerVcpu: carries(400),
  sharding: 'never',
};
const size = (more: Partial<RelationalSpec>, writes: number, reads = 0, zones = 3) =>
  sizeRelational('orders', { ...spec, ...more }, { zones, load: loadOf({ writes, reads }) });

test('reads and writes of a small database are queries of its primary: 2000/s over 400 x 8 vCPU x 0.7 = 2240', () => {
  const part = size({}, 1000, 1000);
  expect([part.instanceClass, part.binding, part.readersPerShard]).toEqual(['db.m7g.2xlarge', 'queries', 0]);
});

test('a standby doubles the instances of Multi-AZ, and takes over when a zone is lost', () => {
  const part = size({}, 1000, 1000);
  expect(part.count).toBe(2);
  expect(part.utilisationZoneLost).toBe(part.utilisation);
});

test('a burstable class carries the average at its baseline: 400 x 2 x 0.1 x 0.7 = 56 of a micro, peaks of 168', () => {
  expect([168, 169].map((writes) => size({ bytes: 1 }, writes).instanceClass)).toEqual(['db.t4g.micro', 'db.t4g.small']);
});

test('a twentieth of the data stays in memory: 448 GiB x 0.05 = 22.4 of 32 x 0.7', () => {
  expect([448, 449].map((gib) => size({ bytes: gib * GIB }, 1).instanceClass)).toEqual(['db.m7g.2xlarge', 'db.m7g.4xlarge']);
});

describe('reads past the largest primary, 400 x 32 x 0.7 = 8960/s, go to readers', () => {
  const part = size({}, 100, 10_000);

  test('which are enough with a zone lost', () => {
    const reads = part.dimensions.find((d) => d.name === 'reads')!;
    expect(reads.zoneLost).toBeLessThanOrEqual(0.7 + 1e-6);
    expect(reads.demand).toBe(10_000);
  });
  test('which share the primary class, so that one of them can take its place', () => {
    expect(part.count).toBe(part.shards * (1 + 1 + part.readersPerShard));
  });
  test('of which no primary has more than 15', () => {
    for (const reads of [9000, 20e3, 40e3, 80e3]) expect(size({}, 1, reads).readersPerShard).toBeLessThanOrEqual(15);
  });
  test('whose burstable classes carry the average at their baseline', () => {
    const small = size({ topology: 'aurora', bytes: 1 }, 1, 9000);
    expect(small.dimensions.every((d) => d.atPeak <= 0.7)).toBe(true);
    const burstable = size({ readersAtLeast: 1, bytes: 1 }, 1, 300);
    expect(burstable.instanceClass).toContain('t4g');
    expect(burstable.dimensions.find((d) => d.name === 'average reads')!.zoneLost).toBeLessThanOrEqual(0.7 + 1e-6);
  });
});

test('readers bind when they are fuller than the primary', () => {
  expect(size({ topology: 'aurora' }, 1, 500).binding).toBe('reads');
});

test('strong reads stay on the primary', () => {
  const part = size({ strongReads: true, readersAtLeast: 1 }, 1000, 1000);
  expect([part.binding, part.instanceClass, part.readersPerShard]).toEqual(['queries', 'db.m7g.2xlarge', 1]);
});

test('Aurora keeps a reader to take over where zones must be survived', () => {
  expect([1, 3].map((zones) => size({ topology: 'aurora' }, 1, 0, zones).readersPerShard)).toEqual([0, 1]);
});

describe('by hash', () => {
  test('30K writes/s over primaries of 8960 are 4 shards', () => {
    expect(size({ sharding: 'by hash' }, 30_000).shards).toBe(4);
  });
  test('with primaries of 8 vCPU, 2240/s, they are 14', () => {
    expect(size({ sharding: 'by hash', maxVcpu: 8 }, 30_000).shards).toBe(14);
  });
  test('the largest table is split at its limit of rows: 2.74B over 500M are 6', () => {
    const part = size({ sharding: 'by hash', largestTable: { rows: 2.74e9, limit: carries(500e6) } }, 1);
    expect([part.shards, part.binding]).toEqual([6, 'rows']);
  });
  test('more reads than 15 readers answer are split too: ten left of 15 answer 89.6K', () => {
    expect([89e3, 90e3].map((reads) => size({ sharding: 'by hash' }, 1, reads).shards)).toEqual([1, 2]);
  });
  test('past 40 shards another cell is needed', () => {
    expect([40, 41].map((shards) => size({ sharding: 'by hash' }, 8960 * shards).cellsNeeded)).toEqual([1, 2]);
  });
});

test('a primary that is never sharded needs cells instead', () => {
  expect([8960, 8961, 30_000].map((writes) => size({}, writes).cellsNeeded)).toEqual([1, 2, 4]);
});

describe('in RDS', () => {
  const fast = { queriesPerVcpu: carries(10_000), topology: 'single' } as const;

  test('a write is two I/Os, of which a micro sustains 500 x 0.7 and a large 3600 x 0.7', () => {
    const classes = [175, 176, 1260, 1261].map((writes) => size(fast, writes).instanceClass);
    expect(classes).toEqual(['db.t4g.micro', 'db.t4g.small', 'db.m7g.large', 'db.m7g.xlarge']);
    expect(size(fast, 1260)).toMatchObject({ binding: 'IOPS', source: { confidence: 'assumed' } });
  });
  test('a tenth of the reads misses memory, as far as the data are beyond it: 1 - 0.75 x 32 / 120 GiB', () => {
    const { dimensions, storage } = size({ ...fast, maxVcpu: 8, hotBytes: carries(20 * GIB), bytes: 120 * GIB }, 100, 1000, 1);
    expect(dimensions.find((d) => d.name === 'IOPS')!.demand).toBeCloseTo(200 + 1000 * 0.1 * 0.8);
    expect(storage.io.reads.peak).toBeCloseTo(80);
  });
  test('no page is read that is in memory', () => {
    expect(size({ ...fast, bytes: GIB / 2 }, 1, 1000).storage.io.reads.peak).toBe(0);
  });
  test('a volume is allocated ahead of its data, 20 GiB at least', () => {
    expect([1, 1000].map((gib) => size({ bytes: gib * GIB }, 1).storage)).toMatchObject([{ gib: 20 }, { gib: 1300 }]);
  });
  test('and is as fast as its busiest instance needs: 1051 writes/s x 2 / 0.7 are more than 3000 IOPS', () => {
    expect([1050, 1051].map((writes) => size(fast, writes).storage)).toMatchObject([{ gib: 20 }, { gib: 400 }]);
  });
  test('IOPS past 12,000 are bought, for readers too', () => {
    const { storage } = size(fast, 5000);
    expect(storage).toMatchObject({ type: 'gp3', gib: 400, iops: 15_000 });
    expect(storage.reason).toContain('provisioned');
  });
});

describe('in Aurora', () => {
  const ledger = (writes: number, more: Partial<RelationalSpec> = {}) => size({ topology: 'aurora', ...more }, writes);

  test('I/Os are no limit', () => {
    expect(ledger(100).dimensions.map((d) => d.name)).not.toContain('IOPS');
  });
  test('a shard with many of them is billed for none', () => {
    const fast = { queriesPerVcpu: carries(10_000) };
    expect([100, 1000].map((writes) => ledger(writes, fast).storage.type)).toEqual(['standard', 'I/O-optimized']);
  });
});

describe('network', () => {
  const answering = (bytesRead: number, more: Partial<RelationalSpec> = {}) =>
    sizeRelational('orders', { ...spec, ...more }, { zones: 3, load: loadOf({ reads: 1, bytesRead, bytesOut: bytesRead }) });

  test('of a large sustains 0.937 Gbit/s, 0.7 of it are 82 MB/s of answers', () => {
    const most = (0.937e9 / 8) * 0.7;
    expect([most, most * 1.001].map((out) => answering(out).instanceClass)).toEqual(['db.m7g.large', 'db.m7g.xlarge']);
    expect(answering(most).binding).toBe('network');
  });
  test('of a primary carries its writes again to the standby, to each reader and to six copies in Aurora', () => {
    const out = (more: Partial<RelationalSpec>) =>
      sizeRelational(
        'orders',
        { ...spec, ...more },
        { zones: 3, load: loadOf({ writes: 1, bytesIn: 1000, bytesWritten: 1000 }) },
      ).dimensions.find((d) => d.name === 'network')!.demand;
    expect(out({ topology: 'single' })).toBe(1000);
    expect(out({ topology: 'multi-az', readersAtLeast: 2 })).toBe(3000);
    expect(out({ topology: 'aurora' })).toBe(7000);
  });
  test('of readers carries the answers, with a zone lost', () => {
    const part = answering(500e6, { topology: 'aurora', sharding: 'by hash' });
    expect(part.dimensions.find((d) => d.name === 'network of readers')!.zoneLost).toBeLessThanOrEqual(0.7 + 1e-6);
    expect(part.dimensions.find((d) => d.name === 'network')!.demand).toBe(0);
  });
});

describe('a database in several regions', () => {
  const around = { zones: 3, load: loadOf({ writes: 500, reads: 500 }) };
  const global: RelationalSpec = { ...spec, topology: 'aurora', sharding: 'by hash', maxVcpu: 2, multiRegion: true };
  const home = sizeRelational('orders', global, { ...around, world: 4 });

  test('has writers at home for the writes and data of all: 2000 writes/s over 800 x 0.7 are 4 shards', () => {
    expect(home).toMatchObject({ shards: 4, load: { writes: { peak: 2000 }, reads: { peak: 500 } } });
    expect(home).not.toHaveProperty('copyOf');
  });

  test('has as many shards elsewhere, whatever the load there, and no smaller instances', () => {
    const elsewhere = { zones: 3, world: 1000, home: { region: 'us-east-1', part: home }, load: loadOf({ writes: 1, reads: 1 }) };
    const copy = sizeRelational('orders', { ...global, bytes: 1 }, elsewhere);
    expect(copy).toMatchObject({ copyOf: 'us-east-1', shards: 4, instanceClass: home.instanceClass, cellsNeeded: 1 });
    expect(copy.load).toMatchObject({ writes: home.load.writes, reads: { peak: 1 } });
  });

  test('takes writes of a second region in Aurora alone', () => {
    const pair = sizeRelational('orders', { ...spec, topology: 'multi-az', multiRegion: true }, around);
    const elsewhere = { ...around, home: { region: 'us-east-1', part: pair } };
    expect(() => sizeRelational('orders', { ...spec, topology: 'multi-az', multiRegion: true }, elsewhere)).toThrow(
      'need topology aurora, whose copies forward them',
    );
    const idle = { ...elsewhere, load: loadOf({ reads: 500 }) };
    expect(sizeRelational('orders', { ...spec, topology: 'multi-az', multiRegion: true }, idle).topology).toBe('single');
  });
});
