import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a run of the command line came to. */
export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

const ROOT = join(__dirname, '../..');
const MILLISECONDS = 120_000;

/** Runs the real command line in a process of its own, with this process's environment; it ends within two minutes in any case. */
export async function commandLine(...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [join(ROOT, 'bin/run.js'), ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const run: Run = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (run.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (run.stderr += chunk.toString()));
  const end = () => child.kill('SIGKILL');
  const timer = setTimeout(end, MILLISECONDS);
  process.once('exit', end);
  [run.code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  process.off('exit', end);
  return run;
}

/** The JSON document that a run with `--json` prints. @throws {Error} with what it says when it failed */
export async function documentOf<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await commandLine(...args, '--json');
  if (code !== 0)
    throw new Error(`scaleprint ${args.join(' ')} ended with ${code}: ${stderr.split('\n').filter(Boolean).slice(-3).join(' / ')}`);
  return JSON.parse(stdout) as T;
}
