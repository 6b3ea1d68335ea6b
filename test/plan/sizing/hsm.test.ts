import { sizeHsm } from '../../../plan/sizing/hsm';
import { loadOf } from './load';

const size = (reads: number, writes: number) =>
  sizeHsm('keys', { holds: 'keys', keys: [{ name: 'pan', use: 'card numbers' }] }, { zones: 3, load: loadOf({ reads, writes }) });

test('a new account has to be raised past 500 requests a second, of whatever sort', () => {
  expect([size(400, 100), size(400, 101)].map(({ reason }) => reason.includes('has to be raised'))).toEqual([false, true]);
});

test('cells would share the quota, so none is asked for', () => {
  expect(size(1e6, 1e6)).toMatchObject({ cellsNeeded: 1, utilisationZoneLost: 0 });
});
