import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Estimate } from '../cost/estimate';
import type { Plan } from '../plan/plan';
import type { SynthesisOptions } from './synthesize';

/** Of a stage's folder: what it was made of, and the files that came of it. */
export const RECORD = '.made-of';

/** What turns a plan into files and a bill; systems only say what the plan is. */
const ROOT = join(__dirname, '..');
const SOURCES = ['constructs', 'cost', 'k8s', 'pipeline', 'plan', 'stacks', 'package-lock.json'];

let sources: string | undefined;

/** Notes what a folder is made of, once all that belongs to it is written. */
export const keep = (plan: Plan, folder: string, options?: SynthesisOptions): void =>
  writeFileSync(join(folder, RECORD), recordOf(plan, folder, options));

/**
 * The bill of a stage that lies in a folder already, made of the same plan by the same code.
 *
 * @returns undefined when it has to be made, also because somebody touched a file of it
 */
export function keptBill(plan: Plan, folder: string, options?: SynthesisOptions): Estimate | undefined {
  const record = join(folder, RECORD);
  if (!existsSync(record) || readFileSync(record, 'utf8') !== recordOf(plan, folder, options)) return undefined;
  return JSON.parse(readFileSync(join(folder, 'bill.json'), 'utf8')) as Estimate;
}

/** Files with their size and the time they were written, as an index of Git tells those that were touched. */
function recordOf(plan: Plan, folder: string, options: SynthesisOptions = {}): string {
  sources ??= digest(SOURCES.flatMap((name) => filesUnder(join(ROOT, name))).map((file) => readFileSync(file)));
  const madeOf = digest([sources, process.version, JSON.stringify([plan, options])]);
  const files = filesUnder(folder).filter((file) => file !== join(folder, RECORD));
  const lines = files.map((file) => {
    const { size, mtimeMs } = statSync(file);
    return `${file.slice(folder.length)} ${size} ${mtimeMs}`;
  });
  return [madeOf, ...lines, ''].join('\n');
}

function digest(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length} `).update(part);
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
