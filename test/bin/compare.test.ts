import { scaleprint } from './command-line';

test('systems without the stage are named, so that nobody takes them for free', () => {
  const { code, stdout } = scaleprint(['compare', 'url-shortener', 'rate-limiter', '--stage', 'launch']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^url-shortener +launch +\$/m);
  expect(stdout).toContain('\nwithout a stage "launch": rate-limiter\n');
});

test('stages of one system stand in a table without a word more', () => {
  const { stdout } = scaleprint(['compare', 'url-shortener']);
  expect(stdout).not.toContain('without a stage');
});
