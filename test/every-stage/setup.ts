import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonTools } from '../../scripts/python-tools';
import { allSystems } from '../../systems';
import { CACHE, type StageName } from './place';

const ROOT = join(__dirname, '../..');
const SOURCES = ['constructs', 'cost', 'k8s', 'pipeline', 'plan', 'stacks', 'systems', 'package-lock.json'];
const WORKERS = 2;

/** Synthesizes every stage once per state of the sources, on both cores; the tests of all stages read the result. */
export default async function setup(): Promise<void> {
  // Made here, once: the tests that use it run at the same time.
  pythonTools();
  const state = hashOf(SOURCES.map((name) => join(ROOT, name)));
  const mark = join(CACHE, 'state');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === state) return;
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  const stages = allSystems().flatMap(({ id, stages }): StageName[] => Object.keys(stages).map((stage) => ({ system: id, stage })));
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(stages.filter((__, i) => i % WORKERS === worker))));
  writeFileSync(mark, state);
}

function work(stages: StageName[]): Promise<void> {
  return new Promise((done, failed) => {
    const child = fork(join(__dirname, 'worker.js'), [JSON.stringify(stages)], { execArgv: ['--stack-trace-limit=10'] });
    child.on('exit', (code) => (code === 0 ? done() : failed(new Error(`synthesizing every stage failed with exit code ${code}`))));
  });
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const files = path.endsWith('.json') ? [''] : readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
    for (const file of files) if (/\.\w+$/.test(file || path)) hash.update(file).update(readFileSync(join(path, file)));
  }
  return hash.digest('hex');
}
