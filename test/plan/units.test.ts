import { bytes, DAY, GIB, MONTH, percent, perDay, rate, short, steady, sum, times } from '../../plan/units';

test.each([
  [0, '0'],
  [7, '7'],
  [0.012345, '0.0123'],
  [0.9995, '0.9995'],
  [999, '999'],
  [999.6, '1K'],
  [1000, '1K'],
  [37_500, '37.5K'],
  [999_999, '1M'],
  [1_250_000, '1.25M'],
  [2.74e9, '2.74B'],
  [6.5e12, '6.5T'],
  [5e16, '50000T'],
  [-1500, '-1.5K'],
])('%d in short is %s', (n, text) => {
  expect(short(n)).toBe(text);
});

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [1024, '1 KiB'],
  [1.5 * GIB, '1.5 GiB'],
  [64 * 1024 * GIB, '64 TiB'],
  [2 * 1024 ** 5, '2 PiB'],
])('%d bytes are %s', (n, text) => {
  expect(bytes(n)).toBe(text);
});

test('percent has three digits', () => {
  expect([percent(0.53333), percent(1), percent(0)]).toEqual(['53.3 %', '100 %', '0 %']);
});

test('rates are scaled and added by average and by peak', () => {
  expect(times(rate(1, 4), 3)).toEqual(rate(3, 12));
  expect(sum([rate(1, 4), steady(2)])).toEqual(rate(3, 6));
  expect(sum([])).toEqual(steady(0));
});

test('a day has 86,400 seconds, a month 730 hours', () => {
  expect([perDay(86_400), DAY, MONTH]).toEqual([1, 86_400, 2_628_000]);
});
