import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonTools } from '../../scripts/python-tools';
import { freePorts } from '../cluster/free-ports';

export const ACCOUNT = '123456789012';

const START_SECONDS = 60;
const KEPT_LINES = 200;

/**
 * A local AWS of its own (docs/decisions/0008): ministack, on a free port of the loopback interface. It ends with this process, however
 * that ends: a kill -9 closes the emulator's input, and that ends it and all it started.
 */
export class Emulator {
  private readonly lines: string[] = [];

  private constructor(
    private readonly server: ChildProcess,
    readonly endpoint: string,
    private readonly folder: string,
  ) {
    const keep = (chunk: Buffer) => this.lines.splice(0, Math.max(0, this.lines.push(...chunk.toString().split('\n')) - KEPT_LINES));
    server.stdout?.on('data', keep);
    server.stderr?.on('data', keep);
    process.once('exit', () => this.stop());
  }

  /** @throws {Error} saying what to install when Python is missing, or the emulator does not answer within a minute */
  static async start(): Promise<Emulator> {
    const python = join(pythonTools(), 'python');
    if (!existsSync(python)) throw new Error(`${python} is missing: run \`node scripts/python-tools.js\``);
    const [port] = await freePorts(1);
    const folder = mkdtempSync(join(tmpdir(), 'scaleprint-emulator-'));
    const env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      // Without Docker it keeps databases and clusters as records instead of starting them.
      DOCKER_HOST: 'unix:///nonexistent',
      TMPDIR: folder,
      // Functions find the AWS SDK here as they do in Lambda's runtime.
      NODE_PATH: join(__dirname, '../../node_modules'),
    };
    const server = spawn(python, [join(__dirname, 'emulator.py')], { cwd: folder, detached: true, stdio: ['pipe', 'pipe', 'pipe'], env });
    const emulator = new Emulator(server, `http://127.0.0.1:${port}`, folder);
    let gone: string | undefined;
    server.once('error', (error) => (gone = error.message));
    server.once('exit', (code, signal) => (gone = `it ended with ${signal ?? `exit code ${code}`}`));
    const deadline = Date.now() + START_SECONDS * 1000;
    while (!(await answers(emulator.endpoint))) {
      if (!gone && Date.now() > deadline) gone = `it does not answer at ${emulator.endpoint} after ${START_SECONDS} s`;
      if (gone) {
        emulator.stop();
        throw new Error(
          `cannot start the AWS emulator: ${gone}\n${emulator.lines.join('\n')}\nremove .cache/python-* and run \`node scripts/python-tools.js\``,
        );
      }
      await sleep(100);
    }
    return emulator;
  }

  stop(): void {
    const { pid } = this.server;
    if (pid !== undefined && this.server.exitCode === null && this.server.signalCode === null) {
      try {
        // Its own group: whatever it started goes with it.
        process.kill(-pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(1000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
