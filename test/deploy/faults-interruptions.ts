import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findSandboxes } from '../../sandbox/find';
import { commandLine, documentOf } from './command-line';
import { GIVEN, OWNER, STAGE, SYSTEM } from './faults-sandbox';
import { startGateway } from './gateway';
import type { Surroundings } from './surroundings';

const UP = [
  ...['sandbox', 'up', SYSTEM, '--stage', STAGE, '--owner', OWNER, '--yes'],
  ...Object.entries(GIVEN).flatMap(([name, value]) => ['--parameter', `${name}=${value}`]),
];
const NAME = `${SYSTEM}-${STAGE}-${OWNER}`;
const DOWN = ['sandbox', 'down', NAME, '--yes'];

/** One sandbox, its `up` killed, interrupted and cut off in turn, then brought up whole; and deleted, its `down` told to end on the way. */
export async function interruptedRuns(surroundings: Surroundings): Promise<void> {
  const { checks, account, emulator } = surroundings;
  const killed = await runUntil(UP, /-network done/, (child) => child.kill('SIGKILL'));
  checks.check(killed.code === null, `killed, it ended with ${killed.code}`);
  const rooms = await roomsOf(surroundings);
  checks.check(rooms.includes('expiry') && rooms.includes('network') && !rooms.includes('edge'), `killed midway, there is ${rooms}`);

  const interrupted = await runUntil(UP, /-data done/, (child) => child.kill('SIGINT'));
  const says = new RegExp(`interrupted; .*ends by itself at .*same command again.*sandbox down ${NAME}`);
  checks.check(
    interrupted.code === 130 && says.test(interrupted.stderr),
    `interrupted, it ends with ${interrupted.code}: ${interrupted.stderr.slice(-300)}`,
  );

  const gateway = await startGateway({ emulator });
  const cut = await runUntil(UP, /-compute done/, () => void gateway.stop(), { AWS_ENDPOINT_URL: gateway.endpoint });
  const last = cut.stderr.trim().split('\n').at(-1)!;
  checks.check(
    cut.code === 1 && /AWS cannot be reached .*AWS_ENDPOINT_URL.*same command again/.test(last),
    `cut off, it ends with ${cut.code}: ${last}`,
  );

  const { expires } = (await findSandboxes(account)).find(({ name }) => name === NAME)!;
  const whole = await documentOf<{ expires: string; resources: number }>(...UP);
  checks.check(whole.expires === expires?.toISOString(), `going on moved the expiry from ${expires?.toISOString()} to ${whole.expires}`);
  const [alive] = await documentOf<{ name: string; state: string }[]>('sandbox', 'list');
  checks.check(alive?.name === NAME && alive.state === 'up', `in the end list says ${JSON.stringify(alive)}`);

  const left = (await roomsOf(surroundings)).length;
  for (const [signal, code, room] of [
    ['SIGTERM', 143, 'edge'],
    ['SIGINT', 130, 'compute'],
  ] as const) {
    // prettier-ignore
    const ended = await runUntil(DOWN, new RegExp(`-${room} done`), (child) => child.kill(signal));
    const goesOn = new RegExp(
      `interrupted; AWS .*, and nothing else; the rest of ${NAME} goes by itself from .* on.*sandbox list.*sandbox down ${NAME}`,
    );
    checks.check(
      ended.code === code && goesOn.test(ended.stderr),
      `down, told to end by ${signal}, ends with ${ended.code}: ${ended.stderr.slice(-400)}`,
    );
  }
  const still = await roomsOf(surroundings);
  checks.check(still.length < left && still.includes('expiry'), `after that there is ${still}`);
  const down = await commandLine(...DOWN);
  checks.check(down.code === 0 && (await roomsOf(surroundings)).length === 0, `down ends with ${down.code}: ${down.stderr.slice(-300)}`);

  const gone = await startGateway({ emulator });
  await gone.stop();
  process.env.AWS_ENDPOINT_URL = gone.endpoint;
  const nobody = await commandLine('sandbox', 'list');
  process.env.AWS_ENDPOINT_URL = surroundings.gateway.endpoint;
  checks.check(
    nobody.code === 1 && /^scaleprint: AWS cannot be reached [^\n]*ECONNREFUSED[^\n]*\n$/.test(nobody.stderr),
    `no emulator: ${nobody.stderr}`,
  );
}

const roomsOf = async ({ account }: Surroundings): Promise<string[]> =>
  (await findSandboxes(account)).filter(({ name }) => name === NAME).flatMap(({ stacks }) => stacks.map(({ room }) => room));

/** Runs the command line in a process of its own and does something to it when it says something. */
async function runUntil(
  args: readonly string[],
  says: RegExp,
  then: (child: ReturnType<typeof spawn>) => void,
  env: Record<string, string> = {},
) {
  const root = join(__dirname, '../..');
  const child = spawn(process.execPath, [join(root, 'bin/run.js'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  let stderr = '';
  let done = false;
  child.stderr!.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (done || !says.test(stderr)) return;
    done = true;
    then(child);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  process.off('exit', end);
  return { code, stderr };
}
