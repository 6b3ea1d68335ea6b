import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Answer {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command line as scripts do; colours off. */
export function scaleprint(args: readonly string[], environment: Record<string, string> = {}): Answer {
  const run = join(__dirname, '..', '..', 'bin', 'run.js');
  const env = { ...process.env, NO_COLOR: '1', ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [run, ...args], { encoding: 'utf8', env, maxBuffer: 64 * 1024 ** 2 });
  return { code: status, stdout, stderr };
}
