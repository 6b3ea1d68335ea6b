import '../temporary-folder';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { nearest } from '../../plan/input-error';
import { type Result, type Section, SECTIONS, unusedGaps } from './sections';

/** Sections at a time, one a core. */
const AT_ONCE = 2;

const running = new Set<ChildProcess>();
/** The exit code once the run was told to end. */
let toldToEnd: number | undefined;

/** Runs the sections that are named, or all. @returns the exit code */
async function main(names: readonly string[]): Promise<number> {
  const all = Object.keys(SECTIONS);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Error(`unknown section "${unknown}"; ${nearest(unknown, all)}`);
  const chosen = all.filter((name) => names.length === 0 || names.includes(name));
  const queue = chosen.filter((name) => !SECTIONS[name]!.alone);
  const results = new Map<string, Result>();
  const work = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) results.set(name, await runApart(name, SECTIONS[name]!));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const name of chosen.filter((one) => SECTIONS[one]!.alone)) results.set(name, await runApart(name, SECTIONS[name]!));

  const meeting = all.filter((name) => SECTIONS[name]!.meetsGaps).map((name) => results.get(name));
  // After a failure some were simply not reached.
  if (meeting.every((result) => result?.failures.length === 0)) {
    const unused = unusedGaps(meeting.flatMap((result) => result!.gaps));
    const failures = unused.map((key) => `emulator-gaps.ts lists a gap that nothing deployed needs any more: ${key}`);
    results.set('gaps', { passed: failures.length === 0 ? 1 : 0, failures, gaps: [] });
  }
  let failed = 0;
  for (const [name, { passed, failures }] of results) {
    for (const failure of failures) console.log(`FAILED ${name}: ${failure}`);
    console.log(`${name}: ${passed} passed, ${failures.length} failed`);
    failed += failures.length;
  }
  return failed === 0 ? 0 : 1;
}

/** In a process of its own, so that its environment, its emulator and its faults are its own; what it prints comes in one piece. */
async function runApart(name: string, { minutes }: Section): Promise<Result> {
  if (toldToEnd !== undefined) return { passed: 0, failures: ['the run was told to end'], gaps: [] };
  const since = Date.now();
  const child = fork(join(__dirname, 'section-process.ts'), [name], { execArgv: ['--require', 'ts-node/register'], silent: true });
  running.add(child);
  let printed = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  let result: Result | undefined;
  let late = false;
  child.once('message', (message) => (result = message as Result));
  const timer = setTimeout(() => {
    late = true;
    child.kill();
  }, minutes * 60_000);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  running.delete(child);
  console.log(`== ${name}, ${((Date.now() - since) / 1000).toFixed(0)} s\n${printed}`);
  const why = late ? `it took longer than ${minutes} minutes` : `its process ended with ${signal ?? `exit code ${code}`}`;
  return result ?? { passed: 0, failures: [why], gaps: [] };
}

// Its sections end first, with what they started; then the folder they worked in goes.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.once(signal, () => {
    toldToEnd = code;
    for (const child of running) child.kill();
  });
main(process.argv.slice(2)).then(
  (code) => process.exit(toldToEnd ?? code),
  (error: Error) => {
    console.log(`${error.message}\n0 passed, 1 failed`);
    process.exit(1);
  },
);
