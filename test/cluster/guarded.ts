import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LOG_LINES = 8;
/** Waits until nobody holds its input open, which is when whoever started it is gone, however that came about. */
const GUARD =
  'while read -r pid; do [ "$pid" = none ] && pids= || pids="$pids $pid"; done; [ -z "$pids" ] || kill -9 $pids 2>/dev/null; rm -rf "$0"';

/** Programs and a temporary folder that do not outlive this process, even where it is killed. */
export class Guarded {
  readonly folder = mkdtempSync(join(tmpdir(), 'scaleprint-cluster-'));
  private readonly guard = spawn('sh', ['-c', GUARD, this.folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  private readonly programs: { name: string; child: ChildProcess }[] = [];

  file = (name: string): string => join(this.folder, name);

  run(program: string, name: string, args: readonly string[]): void {
    const log = openSync(this.file(`${name}.log`), 'a');
    const child = spawn(program, args, { stdio: ['ignore', log, log] });
    closeSync(log);
    child.once('error', () => undefined);
    if (child.pid) this.guard.stdin.write(`${child.pid}\n`);
    this.programs.push({ name, child });
  }

  /** The first program that is no longer running, and what it said last. */
  get ended(): string | undefined {
    const found = this.programs.find(({ child }) => !isRunning(child));
    return found && `${found.name} ended: ${this.lastOf(found.name)}`;
  }

  /** The last lines a program wrote. */
  lastOf = (name: string): string =>
    readFileSync(this.file(`${name}.log`), 'utf8')
      .trim()
      .split('\n')
      .slice(-LOG_LINES)
      .join('\n');

  /** The last one started first. */
  async stop(): Promise<void> {
    for (const { child } of this.programs.splice(0).reverse()) {
      if (!isRunning(child)) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    if (!isRunning(this.guard)) return;
    this.guard.stdin.end('none\n');
    await once(this.guard, 'exit');
  }
}

const isRunning = ({ pid, exitCode, signalCode }: ChildProcess): boolean => pid !== undefined && exitCode === null && signalCode === null;
