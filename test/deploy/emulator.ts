import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonTools } from '../../scripts/python-tools';

const START_SECONDS = 30;
const KEPT_LINES = 200;

/**
 * A local AWS of its own, gone when this process ends. It is moto: ministack 1.5.33 knows more of our types (55 of 62 and 60 of 77 resources,
 * against 50 and 55), but no machine and no rule between security groups, and of 16 seeded mistakes it saw 4 where moto saw 11.
 */
export class Emulator {
  private readonly lines: string[] = [];

  private constructor(
    private readonly server: ChildProcess,
    /** The host must be spelled localhost: S3 and CloudFormation of the emulator do not answer to 127.0.0.1. */
    readonly endpoint: string,
  ) {
    const keep = (chunk: Buffer) => this.lines.splice(0, Math.max(0, this.lines.push(...chunk.toString().split('\n')) - KEPT_LINES));
    server.stdout?.on('data', keep);
    server.stderr?.on('data', keep);
    process.once('exit', () => this.stop());
  }

  /** @throws {Error} saying what to install when the emulator is missing or does not answer within 30 seconds */
  static async start(): Promise<Emulator> {
    const program = join(pythonTools(), 'moto_server');
    if (!existsSync(program))
      throw new Error(`${program} is missing: list moto[server] in test/tools/requirements.txt, then run \`node scripts/python-tools.js\``);
    const port = await freePort();
    const server = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
    const emulator = new Emulator(server, `http://localhost:${port}`);
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

  /** What the emulator's own code failed with since it was last asked; its answers do not say. */
  async lastError(): Promise<string | undefined> {
    await sleep(200); // The log comes after the answer.
    return this.lines.splice(0).findLast((line) => /^[\w.]*(Error|Exception)\b/.test(line));
  }

  stop(): void {
    this.server.kill('SIGKILL');
  }
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(1000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
