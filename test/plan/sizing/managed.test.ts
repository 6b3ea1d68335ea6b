import { sizeEdge } from '../../../plan/sizing/edge';
import { type KeyValueSpec, sizeKeyValue } from '../../../plan/sizing/key-value';
import { sizeLoadBalancer } from '../../../plan/sizing/load-balancer';
import { sizeObjectStore } from '../../../plan/sizing/object-store';
import { sizeQueue } from '../../../plan/sizing/queue';
import { sizeWideColumn } from '../../../plan/sizing/wide-column';
import { DAY } from '../../../plan/units';
import { loadOf } from './load';

/** Services that scale by themselves: what remains is the unit they count in and the quota that splits them. */
const around = (peaks: Parameters<typeof loadOf>[0], zones = 3) => ({ zones, load: loadOf(peaks) });

describe('key-value', () => {
  const spec: KeyValueSpec = { holds: 'links', partitionKey: 'id', bytes: 1e9, itemBytes: 1500 };
  const size = (more: Partial<KeyValueSpec>, peaks = {}) => sizeKeyValue('links', { ...spec, ...more }, around(peaks));

  test('a write of 1500 bytes takes two units of 1 KiB, and two more in each index', () => {
    const indexes = [{ name: 'by-user', partitionKey: 'user' }];
    expect([size({}, { writes: 1 }), size({ indexes }, { writes: 1 })].map((p) => p.writeUnits.load.peak)).toEqual([2, 4]);
  });
  test('a read takes half a unit of 4 KiB, a strong one a whole', () => {
    const reads = [{}, { strongReads: true }, { itemBytes: 5000 }].map((more) => size(more, { reads: 1 }).readUnits.load.peak);
    expect(reads).toEqual([0.5, 1, 1]);
  });
  test('past 80 % of a raised quota of 1M units/s another cell is needed: 400K writes of two units', () => {
    expect([0, 400e3, 401e3, 1e6].map((writes) => size({}, { writes }).cellsNeeded)).toEqual([1, 1, 2, 3]);
  });
});

describe('key-value, billed', () => {
  const size = (more: Partial<KeyValueSpec>) =>
    sizeKeyValue('links', { holds: 'links', partitionKey: 'id', bytes: 1e9, itemBytes: 1024, ...more }, around({ writes: 2100 }));

  test('by units that scale, where that is cheaper: an average of a third', () => {
    expect(size({})).toMatchObject({ size: 'provisioned', writeUnits: { provisioned: { min: 500, max: 3000 } } });
  });
  test('on demand with an index, whose reads are not known, and in several regions', () => {
    const indexes = [{ name: 'by-user', partitionKey: 'user' }];
    expect([size({ indexes }), size({ multiRegion: true })].map((p) => p.billing.mode)).toEqual(['on demand', 'on demand']);
  });
});

describe('wide-column', () => {
  const table = (name: string, share: number, rowBytes: number) => ({
    name,
    share,
    rowBytes,
    partitionKey: [],
    clustering: [],
    columns: [],
  });
  const size = (writes: number, more = {}) =>
    sizeWideColumn(
      'chat',
      { holds: 'chat', bytes: 1150e9, tables: [table('rooms', 0.25, 100), table('messages', 0.75, 1500)] },
      around({ writes, ...more }),
    );

  test('the busiest table counts: 1000 writes x 0.75 x 2 units', () => {
    expect(size(1000).dimensions[0]!.demand).toBe(1500);
  });
  test('a query reads a page of rows, in units of 4 KiB: 400 reads x 0.75 of 9000 bytes are 900', () => {
    expect(size(0, { reads: 400, bytesRead: 400 * 9000 }).dimensions[1]!.demand).toBe(900);
    expect(size(0, { reads: 400, bytesRead: 400 }).dimensions[1]!.demand).toBe(300);
  });
  test('tables fill by the bytes written to them: 25 of 1150 bytes, and 1125', () => {
    expect(size(1).tables.map((t) => t.bytes)).toEqual([25e9, 1125e9]);
  });
  test('units are scaled where that is cheaper: an average of a third', () => {
    const { billing, tables, size: mode } = size(2100);
    expect([billing.mode, mode]).toEqual(['provisioned', 'provisioned']);
    expect(tables[1]).toMatchObject({ writeUnits: { load: { average: 1050, peak: 3150 }, provisioned: { min: 750, max: 4500 } } });
    expect(size(0).tables[0]).not.toHaveProperty('writeUnits.provisioned');
  });
  test('past 80 % of a raised quota of 2M units/s another cell is needed', () => {
    expect([0, 1.06e6, 1.07e6].map((writes) => size(writes).cellsNeeded)).toEqual([1, 1, 2]);
  });
});

describe('queue', () => {
  const size = (peaks = {}) => sizeQueue('mails', { holds: 'mails', maxReceives: 5 }, around(peaks));

  test('what comes in is in flight, whether it was declared where it enters or where it leaves', () => {
    expect(
      [size({ writes: 600 }), size({ consumed: 600 }), size({ writes: 600, consumed: 1 })].map((p) => p.dimensions[0]!.demand),
    ).toEqual([600, 600, 600]);
  });
  test('past 80 % of 120K messages in flight another cell is needed', () => {
    expect([0, 96e3, 97e3].map((writes) => size({ writes }).cellsNeeded)).toEqual([1, 1, 2]);
  });
  test('it keeps messages four days, hides one for 30 s and cries at the first dead letter', () => {
    expect(size()).toMatchObject({ retentionSeconds: 4 * DAY, visibilitySeconds: 30, deadLetterAlarm: 1 });
  });
});

describe('object store', () => {
  const prefixes = (peaks = {}, given?: number) =>
    sizeObjectStore('images', { holds: 'images', bytes: 1e12, objectBytes: 1e5, prefixes: given }, around(peaks)).spec.prefixes;

  test('16 prefixes, or as many as the system has', () => {
    expect([prefixes(), prefixes({}, 40)]).toEqual([16, 40]);
  });
  test('more when requests need them: 100K reads/s over 5500 x 0.8, 100K writes/s over 3500 x 0.8', () => {
    expect([prefixes({ reads: 100e3 }), prefixes({ writes: 100e3 })]).toEqual([23, 36]);
  });
});

describe('load balancer', () => {
  const size = (layer: 4 | 7, more = {}, peaks = {}, podsBehind = 0, fleets?: number) =>
    sizeLoadBalancer('web', { layer, ...more }, { ...around(peaks), podsBehind, fleets });

  test('layer 7 takes 1000 targets, layer 4 takes 500 a zone; at 80 % each, then there are several', () => {
    expect([800, 801, 7500].map((pods) => size(7, {}, {}, pods).count)).toEqual([1, 2, 10]);
    expect([1200, 1201, 7500].map((pods) => size(4, {}, {}, pods).count)).toEqual([1, 2, 7]);
    expect(size(4, {}, {}, 7500)).toMatchObject({ cellsNeeded: 1, utilisation: 7500 / 3 / (7 * 500) });
  });
  test('there are as many as the services behind have fleets', () => {
    expect([size(7, {}, {}, 10, 3).count, size(7, {}, {}, 7500, 3).count]).toEqual([3, 10]);
  });
  test('past 30 of them another cell is needed', () => {
    expect([24_000, 24_001].map((pods) => [size(7, {}, {}, pods).count, size(7, {}, {}, pods).cellsNeeded])).toEqual([
      [30, 1],
      [30, 2],
    ]);
  });
  test('600 requests/s at ten a connection, kept for a minute, are 3600 connections', () => {
    expect(size(7, {}, { requests: 600 }).connections).toEqual({ average: 1200, peak: 3600 });
  });
  test('connections that stay are as many as the system says', () => {
    expect(size(4, { connections: 1e6 }).connections.peak).toBe(1e6);
  });
});

describe('edge', () => {
  const size = (peaks: object) => sizeEdge('cdn', { serves: 'images', ttlSeconds: DAY, hitRatio: 0.9 }, around(peaks, 1));

  test('distributions are added past 80 % of ten times the default quota of 250K requests/s', () => {
    expect([2e6, 2.01e6].map((requests) => size({ requests }).count)).toEqual([1, 2]);
  });
  test('bandwidth binds where objects are large: 1.5 Tbit/s x 0.8 = 150 GB/s', () => {
    const parts = [150e9, 151e9].map((bytesOut) => size({ requests: 1, bytesOut }));
    expect(parts.map((p) => [p.count, p.binding])).toEqual([
      [1, 'bandwidth'],
      [2, 'bandwidth'],
    ]);
  });
  test('no zone takes it down, also in a stage of one zone', () => {
    expect(size({ requests: 1e5 }).utilisationZoneLost).toBe(size({ requests: 1e5 }).utilisation);
  });
});
