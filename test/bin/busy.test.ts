import { Busy } from '../../bin/busy';
import type { Step } from '../../sandbox/engine';

const step = (stack: string, resource: string | undefined, status: Step['status']): Step => ({
  ...{ stack, resource, type: resource && 'AWS::Some::Thing', status },
  ...{ done: 0, total: 9 },
});

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('what has begun is told until it ends, with how long it takes', () => {
  const busy = new Busy();
  expect(busy.inWords()).toBeUndefined();
  busy.see(step('shop-data', undefined, 'started'));
  jest.advanceTimersByTime(60_000);
  expect(busy.inWords()).toBe('shop-data, for 1 min');
  busy.see(step('shop-data', 'Bucket', 'started'));
  busy.see(step('shop-data', 'Key', 'started'));
  jest.advanceTimersByTime(120_000);
  // Told again, it is no younger.
  busy.see(step('shop-data', 'Bucket', 'started'));
  expect(busy.inWords()).toBe('shop-data Bucket (AWS::Some::Thing), shop-data Key (AWS::Some::Thing), for 2 min');
  busy.see(step('shop-data', 'Bucket', 'done'));
  busy.see(step('shop-data', 'Key', 'failed'));
  expect(busy.inWords()).toBe('shop-data, for 3 min');
  busy.see(step('shop-data', undefined, 'done'));
  expect([busy.inWords(), busy.stacks]).toEqual([undefined, []]);
});

test('a stack ends with what was not heard of, and no other stack with it', () => {
  const busy = new Busy();
  for (const stack of ['shop-data', 'shop-edge']) busy.see(step(stack, 'Thing', 'started'));
  busy.see(step('shop-edge', undefined, 'failed'));
  expect(busy.stacks).toEqual(['shop-data']);
});

test('of many the oldest are named', () => {
  const busy = new Busy();
  for (const name of ['A', 'B', 'C', 'D', 'E']) busy.see(step('shop', name, 'started'));
  expect(busy.inWords()).toMatch(/^shop A \(\S+\), shop B \(\S+\), shop C \(\S+\) and 2 others, for 0 min$/);
});
