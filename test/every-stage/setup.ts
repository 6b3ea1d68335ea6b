import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Job, performAll } from '../../pipeline/stage-pool';
import { plan } from '../../plan/plan';
import { pythonTools } from '../../scripts/python-tools';
import { allSystems } from '../../systems';
import { CACHE, folderOf, SANDBOXES } from './place';
import { sandboxOf, sandboxOptions } from './sandbox';

const ROOT = join(__dirname, '../..');
const SOURCES = ['constructs', 'cost', 'k8s', 'pipeline', 'plan', 'stacks', 'systems', 'test/every-stage', 'package-lock.json'];

/** Synthesizes every stage and its sandbox once per state of the sources, on all cores; the tests of all stages read the result. */
export default async function setup(): Promise<void> {
  // Made here, once: the tests that use it run at the same time.
  pythonTools();
  const state = hashOf(SOURCES.map((name) => join(ROOT, name)));
  const mark = join(CACHE, 'state');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === state) return;
  [CACHE, SANDBOXES].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(CACHE, { recursive: true });
  const plans = allSystems().flatMap((system) => Object.keys(system.stages).map((stage) => plan(system, stage)));
  const stages = plans.map((p): Job<'writeWithBill'> => [p, folderOf(p)]);
  const sandboxes = plans.map((p): Job<'writeWithBill'> => [sandboxOf(p), folderOf(p, SANDBOXES), { sandbox: sandboxOptions(p) }]);
  await performAll('writeWithBill', [...stages, ...sandboxes]);
  writeFileSync(mark, state);
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const files = path.endsWith('.json') ? [''] : readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
    for (const file of files) if (/\.\w+$/.test(file || path)) hash.update(file).update(readFileSync(join(path, file)));
  }
  return hash.digest('hex');
}
