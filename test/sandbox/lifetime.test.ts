import { inWords, lifetimeOf, termOf } from '../../sandbox/lifetime';
import { ENDING_MINUTES } from '../../stacks/sandbox';

test.each([
  ['15m', 900],
  ['4h', 14_400],
  ['1.5h', 5400],
  ['14d', 1_209_600],
])('%s is %d seconds', (text, seconds) => {
  expect(lifetimeOf(text)).toBe(seconds);
});

test.each([
  ['4', 'it takes minutes, hours or days'],
  ['h', 'it takes minutes, hours or days'],
  ['-4h', 'it takes minutes, hours or days'],
  ['4h30m', 'it takes minutes, hours or days'],
  ['14m', 'it takes at least 15m, because'],
  ['0h', 'it takes at least 15m, because'],
  ['15d', 'it takes at most 14d, because'],
])('%s is refused', (text, says) => {
  expect(() => lifetimeOf(text)).toThrow(`--ttl is ${text.match(/^\d+[mhd]$/) ? text : `"${text}"`}`);
  expect(() => lifetimeOf(text)).toThrow(says);
});

test.each([
  [0, '0 min'],
  [-60, '0 min'],
  [89, '1 min'],
  [14_399, '4 h'],
  [12_000, '3 h 20 min'],
  [187_200, '2 d 4 h'],
  [86_400 + 300, '1 d'],
])('%d seconds are %s', (seconds, words) => expect(inWords(seconds)).toBe(words));

/** Its deletion is paid too, and an hour that has begun. */
const paid = (hours: number) => Math.ceil(hours + ENDING_MINUTES / 60);

describe('the term of a sandbox', () => {
  const now = new Date('2026-11-22T12:00:00.900Z');
  const at = (time: string) => new Date(`2026-11-22T${time}Z`);
  const existing = { created: at('10:00:00'), expires: at('13:00:00') };

  test('is four hours for a new one, or what is asked for', () => {
    expect(termOf(undefined, undefined, now)).toEqual({ expires: at('16:00:00'), hours: paid(4) });
    expect(termOf(900, undefined, now).expires).toEqual(at('12:15:00'));
  });

  test('stays what it is, and is paid from the beginning', () => {
    expect(termOf(undefined, existing, now)).toEqual({ expires: at('13:00:00'), hours: paid(3) });
  });

  test('becomes what is asked for', () => {
    expect(termOf(2 * 3600, existing, now)).toEqual({ expires: at('14:00:00'), hours: paid(4) });
    expect(termOf(900, existing, now)).toEqual({ expires: at('12:15:00'), hours: paid(2.25) });
  });

  test.each([
    ['an hour that has begun', 60 * 60 - ENDING_MINUTES * 60 + 1, 2],
    ['an hour that has just ended', 60 * 60 - ENDING_MINUTES * 60, 1],
  ])('is paid by whole hours: %s', (_, lifetime, hours) => {
    const second = at('12:00:00');
    expect(termOf(lifetime, undefined, second).hours).toBe(hours);
  });

  test('is new where hardly any of it is left', () => {
    expect(termOf(undefined, { ...existing, expires: at('12:14:00') }, now)).toEqual({ expires: at('16:00:00'), hours: paid(6) });
  });

  test('of one that is past its end and still there is paid from the beginning', () => {
    expect(termOf(undefined, { ...existing, expires: at('11:00:00') }, now).hours).toBe(paid(6));
  });
});
