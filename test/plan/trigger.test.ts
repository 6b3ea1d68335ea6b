import { docs } from '../../plan/source';
import { above, allOf, anyOf, atLeast, describe as inWords, distance, wanted } from '../../plan/trigger';

const source = docs('a case study', '2026-01-01');
const users = (value: number, threshold = 100) => atLeast('users', value, threshold, source);
const pastUsers = (value: number, threshold = 100) => above('users', value, threshold, source);

test.each([
  [99, false, false],
  [100, true, false],
  [101, true, true],
])('%i against 100: at least fires %s, above fires %s', (value, reached, passed) => {
  expect([users(value).fires, pastUsers(value).fires]).toEqual([reached, passed]);
});

test('a wish fires when it is there', () => {
  expect([wanted('audit', 1, source).fires, wanted('audit', 0, source).fires]).toEqual([true, false]);
});

test('the distance is how many times the metric must grow', () => {
  expect(distance(users(25))).toBe(4);
  expect(distance(users(200))).toBe(0.5);
  expect(distance(users(0))).toBe(Infinity);
});

describe('any of', () => {
  test('stands for the one nearest to firing', () => {
    expect(anyOf(users(10), users(50), users(20)).value).toBe(50);
  });
  test('fires with any of them, in any order', () => {
    expect(anyOf(users(10), users(100)).fires).toBe(true);
    expect(anyOf(users(100), users(10)).fires).toBe(true);
    expect(anyOf(users(10), users(99)).fires).toBe(false);
  });
  test('fires when one has reached its threshold and another has only not passed its own', () => {
    expect(anyOf(pastUsers(100), users(100)).fires).toBe(true);
  });
});

describe('all of', () => {
  test('stands for the one farthest from firing', () => {
    expect(allOf(users(10), users(50), users(20)).value).toBe(10);
  });
  test('fires only with all of them, in any order', () => {
    expect(allOf(users(100), users(200)).fires).toBe(true);
    expect(allOf(users(100), users(99)).fires).toBe(false);
    expect(allOf(users(99), users(100)).fires).toBe(false);
  });
  test('does not fire when one is at its threshold without passing it', () => {
    expect(allOf(users(100), pastUsers(100)).fires).toBe(false);
  });
});

test('in words it names metric, value and threshold', () => {
  expect(inWords(atLeast('messages per second', 37_500, 1e6, source))).toBe('messages per second: 37.5K, threshold 1M');
});
