import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { scaleprint } from './command-line';

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-temporary-'));
const out = join(folder, 'out');
afterEach(() => readdirSync(folder).forEach((name) => rmSync(join(folder, name), { recursive: true })));
afterAll(() => rmSync(folder, { recursive: true }));

/** ts-node keeps the compiled compiler there from run to run. */
const CACHE = /^v8-compile-cache-/;
/** What is written for a while: in the temporary folder, and beside what it becomes. */
const halfWritten = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /(^scaleprint-[^/]*|^cdk[^/]*|\/\.[^/]*)$/.test(path));
/** Nobody answers there, so that nothing reaches AWS. */
const NOWHERE = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nobody' };
const environment = { TMPDIR: folder, ...NOWHERE };

test.each([
  ['a bill', 0, ['cost', 'marketplace', '--stage', 'launch']],
  ['a stage that nobody has', 2, ['cost', 'marketplace', '--stage', 'nope']],
  ['a sandbox without AWS', 1, ['sandbox', 'up', 'marketplace', '--stage', 'launch', '--yes', '--parameter', 'DomainName=example.com']],
])('%s leaves nothing behind', (_, exit, args) => {
  const { code, stderr } = scaleprint(args, environment);
  expect([code, stderr.includes('    at ')]).toEqual([exit, false]);
  expect(readdirSync(folder).filter((name) => !CACHE.test(name))).toEqual([]);
});

test.each([
  ['SIGTERM', 143, ['synth', 'rate-limiter', '--all', '--out', out]],
  ['SIGINT', 130, ['cost', 'rate-limiter', '--all']],
] as const)(
  '%s in the middle of it leaves nothing half-written',
  async (signal, exit, args) => {
    const child = spawn(process.execPath, [join(__dirname, '../../bin/run.js'), ...args], {
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    });
    while (halfWritten().length === 0 && child.exitCode === null) await sleep(5);
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(exit);
    expect(halfWritten()).toEqual([]);
  },
  60_000,
);
