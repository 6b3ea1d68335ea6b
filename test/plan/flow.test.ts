import { type Flow, loadOn, type Verb } from '../../plan/flow';
import { rate, steady } from '../../plan/units';

const flow = (from: string, verb: Verb, to: string, average: number, sentBytes = 0, returnedBytes = 0): Flow => ({
  from,
  to,
  verb,
  rate: rate(average, average * 3),
  sentBytes,
  returnedBytes,
});
const nothing = steady(0);

test.each([
  ['routes', 'requests'],
  ['calls', 'requests'],
  ['reads', 'reads'],
  ['writes', 'writes'],
  ['publishes', 'writes'],
  ['sends', 'writes'],
  ['consumes', 'consumed'],
] as const)('a part that %s reaches counts it as %s only', (verb, counted) => {
  const { bytesIn, bytesWritten, bytesOut, bytesRead, bytesScanned, ...rates } = loadOn('target', [flow('caller', verb, 'target', 10)]);
  expect(rates).toEqual({ requests: nothing, reads: nothing, writes: nothing, consumed: nothing, [counted]: rate(10, 30) });
  expect([bytesIn, bytesWritten, bytesOut, bytesRead, bytesScanned]).toEqual([nothing, nothing, nothing, nothing, nothing]);
});

test('flows of one kind add up, flows between others do not count', () => {
  const flows = [flow('web', 'reads', 'table', 10), flow('jobs', 'reads', 'table', 5), flow('web', 'reads', 'cache', 100)];
  expect(loadOn('table', flows).reads).toEqual(rate(15, 45));
});

test('bytes are operations times their size, each way', () => {
  const { bytesIn, bytesOut } = loadOn('table', [
    flow('web', 'reads', 'table', 10, 200, 5000),
    flow('web', 'writes', 'table', 2, 1000, 100),
  ]);
  expect(bytesIn.average).toBe(10 * 200 + 2 * 1000);
  expect(bytesOut.average).toBe(10 * 5000 + 2 * 100);
  expect([bytesIn.peak, bytesOut.peak]).toEqual([3 * bytesIn.average, 3 * bytesOut.average]);
});

test('of its bytes those stay that are written, published or sent; those read are answers', () => {
  const flows = (['reads', 'writes', 'publishes', 'sends', 'consumes'] as const).map((verb) => flow('web', verb, 'store', 1, 100, 10));
  const { bytesIn, bytesWritten, bytesOut, bytesRead } = loadOn('store', flows);
  expect([bytesIn, bytesWritten, bytesOut, bytesRead].map(({ average }) => average)).toEqual([500, 300, 50, 10]);
});

test('what queries look through is neither sent nor returned', () => {
  const queries = [{ ...flow('web', 'reads', 'lake', 2, 10, 20), scannedBytes: 1e9 }, flow('jobs', 'reads', 'lake', 1)];
  const { bytesScanned, bytesRead } = loadOn('lake', queries);
  expect([bytesScanned.average, bytesRead.average]).toEqual([2e9, 2 * 20 + queries[1]!.returnedBytes]);
});

test('what a worker consumes is its own load, with the bytes that come with it', () => {
  const load = loadOn('worker', [flow('worker', 'consumes', 'queue', 10, 50, 400)]);
  expect(load.consumed).toEqual(rate(10, 30));
  expect(load.bytesIn).toEqual(rate(4000, 12_000));
});

test('what a service reads elsewhere is not its own load', () => {
  expect(loadOn('web', [flow('web', 'reads', 'table', 10, 200, 5000)]).bytesIn).toEqual(nothing);
});

test('replication between regions is not load of the part it reaches', () => {
  expect(loadOn('table', [flow('table', 'replicates', 'table', 10, 500)]).bytesIn).toEqual(nothing);
});
