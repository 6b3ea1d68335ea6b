import { type LakeSpec, sizeLake } from '../../../plan/sizing/lake';
import { GIB } from '../../../plan/units';
import { carries, loadOf } from './load';

const table = { name: 'events', store: 'raw', columns: { id: 'string' }, partitions: 'daily', sinceYear: 2026 } as const;
const size = (more: Partial<LakeSpec> = {}) =>
  sizeLake(
    'lake',
    { holds: 'events', tables: [table], querySeconds: carries(10), ...more },
    { zones: 3, load: loadOf({ reads: 3, bytesScanned: 6 * GIB }) },
  );

test('says what a query looks through, and when it is ended', () => {
  expect(size().reason).toBe('1 tables; 3 queries/s of 2 GiB and 10 s, each ended at 1 TiB.');
});

test.each([
  [{ tables: [{ ...table, name: 'Page-Views' }] }, '"Page-Views" is no name of a table or column'],
  [{ tables: [{ ...table, columns: { 'user id': 'string' } }] }, '"user id" is no name'],
  [{ cutoffBytes: 9_999_999 }, 'a cutoff of 9.54 MiB; it takes 9.54 MiB or more'],
])('refuses %j', (more, why) => {
  expect(() => size(more)).toThrow(`lake "lake": ${why}`);
});
