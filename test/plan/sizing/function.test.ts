import { type FunctionSpec, sizeFunction } from '../../../plan/sizing/function';
import { DAY, MIB, rate } from '../../../plan/units';
import { carries, loadOf } from './load';

const spec: FunctionSpec = { does: 'makes thumbnails', memoryBytes: 512 * MIB, seconds: carries(2) };
const size = (more: Partial<FunctionSpec>, peak = 0, average = peak / 3) =>
  sizeFunction('convert', { ...spec, ...more }, { zones: 3, load: { ...loadOf({}), consumed: rate(average, peak) } });

test('runs at once are messages a second times the length of a run, at 80 % of what may run', () => {
  expect(size({}, 100)).toMatchObject({
    runs: rate(100 / 3, 100),
    concurrency: 250,
    utilisation: 0.2,
    utilisationZoneLost: 0.2,
    memoryMib: 512,
  });
});

test('a batch is one run, full at peak and as full at other times as there are messages for', () => {
  expect(size({ batch: 10 }, 100, 50)).toMatchObject({ runs: rate(10, 10), concurrency: 25 });
  expect(size({ batch: 10 }, 100, 5).runs).toEqual(rate(5, 10));
});

test('a quiet function may run twice at once', () => {
  expect(size({}, 0.01).concurrency).toBe(2);
});

test('a peak beyond a thousand at once waits; an average beyond 800 needs another cell', () => {
  const beyond = size({}, 2000, 400);
  expect(beyond).toMatchObject({
    concurrency: 1000,
    utilisation: 0.8,
    cellsNeeded: 1,
    reason: expect.stringContaining('wait in the queue'),
  });
  expect([400, 401, 900].map((average) => size({}, 2000, average).cellsNeeded)).toEqual([1, 2, 3]);
});

test('by the clock there is one run at a time: once a week', () => {
  const part = size({ schedule: '0 3 * * 1' });
  expect(part.runs.average).toBeCloseTo(1 / (7 * DAY), 12);
  expect(part).toMatchObject({ schedule: '0 3 * * 1', utilisation: 0.001 });
});

test('a run may take three times as long as it does, unless said otherwise', () => {
  expect([size({}), size({ timeoutSeconds: 60 })].map((p) => p.timeoutSeconds)).toEqual([6, 60]);
});

test.each([
  [{ memoryBytes: 64 * MIB }, '64 MiB; Lambda takes 128 to 10240'],
  [{ timeoutSeconds: 901 }, 'a timeout of 901 s'],
  [{ timeoutSeconds: 1 }, 'a timeout of 1 s; it takes 2 to 900'],
  [{ batch: 11 }, 'batches of 11'],
] as [Partial<FunctionSpec>, string][])('refuses %j', (more, message) => {
  expect(() => size(more)).toThrow(message);
});
