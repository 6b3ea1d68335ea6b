import { Checks } from './checks';
import { type Outcome, report, shareOf, tableOf } from './report';

const outcome = (fate: Outcome['fate'], type = 'AWS::S3::Bucket'): Outcome => ({ logicalId: 'Id', type, fate });
const outcomes = [outcome('created'), outcome('created', 'AWS::KMS::Key'), outcome('listed'), outcome('left out')];
const floored = (floor: number) => {
  const checks = new Checks();
  report({ system: 'polls', stage: 'launch', floor }, outcomes, checks);
  return checks.failures;
};

beforeEach(() => jest.spyOn(console, 'log').mockImplementation());
afterEach(() => jest.restoreAllMocks());

test('the share counts what its own service confirms', () => {
  expect(shareOf(outcomes)).toBe(0.5);
  expect(shareOf([])).toBe(0);
});

test('the table has a row a type and the total', () => {
  const rows = tableOf(outcomes)
    .split('\n')
    .filter((line) => /Bucket|Key|total/.test(line));
  expect(
    rows.map((row) =>
      row
        .split('│')
        .map((cell) => cell.trim())
        .slice(1, 6),
    ),
  ).toEqual([
    ['AWS::KMS::Key', '1', '1', '', ''],
    ['AWS::S3::Bucket', '3', '1', '1', ''],
    ['total', '4', '2', '1', ''],
  ]);
});

test('a share below its floor fails, and so does a floor that does not follow', () => {
  expect(floored(0.5)).toEqual([]);
  expect(floored(0.46)).toEqual([]);
  expect(floored(0.51)).toEqual([expect.stringContaining('the floor is 51.0 %')]);
  expect(floored(0.44)).toEqual([expect.stringContaining('raise it to 0.5')]);
});
