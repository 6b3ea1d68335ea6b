import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Synthesizing every stage in one process against one `cdk synth` process a stage; a sample of stages stands for the latter. */
const SAMPLE = [
  ['marketplace', 'launch'],
  ['marketplace', 'scale'],
  ['payment-processing', 'production'],
];

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-bench-'));
const root = join(__dirname, '..');

function seconds(command: string, args: string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

try {
  const list = JSON.parse(spawnSync('node', ['bin/run.js', 'list', '--json'], { cwd: root, encoding: 'utf8' }).stdout) as {
    stages: unknown[];
  }[];
  const stages = list.reduce((n, s) => n + s.stages.length, 0);
  const together = seconds('node', ['bin/run.js', 'all', '--out', join(folder, 'all'), '--json']);
  const apart = SAMPLE.map(([system, stage], i) =>
    seconds('npx', ['cdk', 'synth', '--quiet', '-c', `system=${system}`, '-c', `stage=${stage}`, '--output', join(folder, `cdk-${i}`)]),
  );
  const each = apart.reduce((a, b) => a + b, 0) / apart.length;
  console.log(
    `${stages} stages planned, synthesized and priced in one process: ${together.toFixed(1)} s, ${(together / stages).toFixed(2)} s each`,
  );
  console.log(`one cdk synth process a stage: ${each.toFixed(2)} s each (mean of ${SAMPLE.length})`);
  console.log(`ratio ${((each * stages) / together).toFixed(1)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
