import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { allSystems } from '../systems';

/**
 * The same stages synthesized by one command of ours, which writes templates and manifests, and by one `cdk synth` process a stage,
 * which writes templates: `node -r ts-node/register bench/synth.ts [SYSTEM ...]`, of every system by default.
 */
const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'scaleprint-bench-'));

function seconds(command: string, args: string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return (performance.now() - start) / 1000;
}

const ours = (...args: string[]): number =>
  seconds(process.execPath, ['bin/run.js', 'synth', ...args, '--all', '--out', join(folder, 'ours'), '--json']);
// No notices: what is measured must not wait for the network.
const theirs = (system: string, stage: string): number =>
  seconds(join(root, 'node_modules', '.bin', 'cdk'), [
    ...['synth', '--quiet', '--no-notices', '-c', `system=${system}`, '-c', `stage=${stage}`],
    ...['--output', join(folder, 'theirs', system, stage)],
  ]);

try {
  const given = process.argv.slice(2);
  const systems = allSystems().filter(({ id }) => given.length === 0 || given.includes(id));
  const together = given.length === 0 ? ours() : systems.reduce((sum, { id }) => sum + ours(id), 0);
  const apart = systems.flatMap(({ id, stages }) => Object.keys(stages).map((stage) => theirs(id, stage)));
  const sum = apart.reduce((a, b) => a + b, 0);
  console.log(`${apart.length} stages, ${availableParallelism()} cores`);
  console.log(`one cdk synth process a stage: ${sum.toFixed(1)} s, ${(sum / apart.length).toFixed(2)} s each`);
  console.log(
    `one command, manifests included: ${together.toFixed(1)} s, ${(together / apart.length).toFixed(2)} s each, ${(sum / together).toFixed(1)} times as fast`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
