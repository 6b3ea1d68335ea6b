import { firingsPerSecond, schedulerExpression } from '../../plan/cron';
import { DAY } from '../../plan/units';

test.each([
  ['0 2 * * *', 1],
  ['*/5 * * * *', 288],
  ['0 */6 * * *', 4],
  ['30 8-17 * * 1-5', (10 * 5) / 7],
  ['0,30 0 1 * *', 2 / 31],
  ['0 0 1 1 *', 1 / 31 / 12],
  ['10/20 * * * *', 72],
])('%s fires %d times a day', (cron, times) => {
  expect(firingsPerSecond(cron) * DAY).toBeCloseTo(times, 10);
});

test('EventBridge Scheduler takes a day of the month or of the week, whose names start with Sunday', () => {
  expect(['0 2 * * *', '*/5 8-17 * * 1-5', '0 0 1 */3 *', '0 3 * * 0,6'].map(schedulerExpression)).toEqual([
    'cron(0 2 * * ? *)',
    'cron(*/5 8-17 ? * MON,TUE,WED,THU,FRI *)',
    'cron(0 0 1 */3 ? *)',
    'cron(0 3 ? * SUN,SAT *)',
  ]);
});

test.each([
  ['0 2 * *', 'has 4 fields'],
  ['60 2 * * *', '"60" is no minute'],
  ['0 2 0 * *', '"0" is no day of the month'],
  ['0 2 * * 7', '"7" is no day of the week'],
  ['0 5-2 * * *', '"5-2" is no hour'],
  ['*/0 2 * * *', '"*/0" is no minute'],
  ['@daily 2 * * *', '"@daily" is no minute'],
])('refuses %s', (cron, message) => {
  expect(() => firingsPerSecond(cron)).toThrow(message);
});

test('refuses days of the month and of the week together', () => {
  expect(() => schedulerExpression('0 2 1 * 1')).toThrow('take one of them');
});
