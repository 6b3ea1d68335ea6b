import { shown } from '../../bin/show-steps';
import type { Step } from '../../sandbox/engine';

const step = (more: Partial<Step>): Step => ({ stack: 'shop-edge', status: 'started', done: 3, total: 9, ...more });
const distribution = { resource: 'Cdn', type: 'AWS::CloudFront::Distribution' };

let said: jest.SpyInstance;
const lines = (): string[] => said.mock.calls.map(([text]) => String(text).trim());
const isTty = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
beforeEach(() => {
  Object.defineProperty(process.stderr, 'isTTY', { value: false, configurable: true });
  said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  said.mockRestore();
  if (isTty) Object.defineProperty(process.stderr, 'isTTY', isTty);
  else delete (process.stderr as { isTTY?: boolean }).isTTY;
});

/** Work that ends when it is told to. */
function pending() {
  let end!: () => void;
  let watch!: (step: Step) => void;
  const done = shown(
    (given) => {
      watch = given;
      return new Promise<string>((resolve) => (end = () => resolve('result')));
    },
    (busy) => `${busy.join()} goes on`,
  );
  return { done, watch, end };
}

test('of a log ends and failures are lines, and so is what is waited for', async () => {
  const { done, watch, end } = pending();
  watch(step(distribution));
  jest.advanceTimersByTime(29_000);
  expect(lines()).toEqual([]);
  jest.advanceTimersByTime(61_000);
  expect(lines()).toEqual(
    ['1 min', '1 min', '2 min'].map((time) => `3/9 still at work on shop-edge Cdn (AWS::CloudFront::Distribution), for ${time}`),
  );
  watch(step({ ...distribution, status: 'done', done: 4 }));
  expect(lines().at(-1)).toBe('4/9 shop-edge Cdn (AWS::CloudFront::Distribution)');
  jest.advanceTimersByTime(600_000);
  expect(lines()).toHaveLength(4);
  end();
  expect(await done).toBe('result');
  jest.advanceTimersByTime(600_000);
  expect(lines()).toHaveLength(4);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s says what goes on without us, and ends with %d', async (signal, code) => {
  const others = process.listeners(signal);
  const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const { done, watch, end } = pending();
  watch(step(distribution));
  const [own] = process.listeners(signal).filter((listener) => !others.includes(listener));
  own!(signal as NodeJS.Signals);
  expect(lines().at(-1)).toBe('interrupted; shop-edge goes on');
  expect(exit).toHaveBeenCalledWith(code);
  exit.mockRestore();
  end();
  await done;
  expect(process.listeners(signal)).toEqual(others);
});

test('work that fails leaves nothing behind', async () => {
  const before = process.listeners('SIGINT');
  await expect(shown(() => Promise.reject(new Error('no')), () => '')).rejects.toThrow('no'); // prettier-ignore
  expect(process.listeners('SIGINT')).toEqual(before);
  expect(jest.getTimerCount()).toBe(0);
});
