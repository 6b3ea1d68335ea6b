import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { count, usd } from '../../bin/print';
import { scaleprint } from './command-line';

const WIDTH = 120;

test('a bill drops what the names of all stacks start with, in both of its sections', () => {
  const { stdout } = scaleprint(['cost', 'rate-limiter', '--stage', 'reference-design']);
  const [, lines] = stdout.split(/^Other companies.*$/m);
  expect(stdout).toContain('\nAWS\n');
  expect(lines).toMatch(/^data\/quota/m);
  // The title names the stage, no line does.
  expect(stdout.match(/rate-limiter.reference-design/g)).toHaveLength(1);
});

test('published figures and their reasons fit a page', () => {
  const { stdout } = scaleprint(['claims', 'rate-limiter']);
  const lines = stdout.split('\n');
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => line.length > WIDTH)).toEqual([]);
});

test('a reader who has seen enough is no mistake', () => {
  const run = join(__dirname, '../../bin/run.js');
  const { stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${run}" plan marketplace --all --json | head -n 1`], {
    encoding: 'utf8',
  });
  expect([stdout, stderr]).toEqual(['[\n', '']);
});

test.each([
  [0, '$0'],
  [0.001, '<$0.01'],
  [4.6, '$4.60'],
  [12_345.6, '$12,346'],
])('%d USD read %s', (amount, text) => {
  expect(usd(amount)).toBe(text);
});

test('one line, two lines', () => {
  expect([1, 2, 0, 1200].map((n) => count(n, 'line'))).toEqual(['1 line', '2 lines', '0 lines', '1,200 lines']);
});
