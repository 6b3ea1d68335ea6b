import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Estimate } from '../cost/estimate';
import type { Plan } from '../plan/plan';
import type { SynthesisOptions } from './synthesize';

/** What a stage's folder was made of, and the files that came of it. */
export const RECORD = '.made-of.json';

interface Record {
  madeOf: string;
  files: string[];
}

/** What turns a plan into files and a bill; systems only say what the plan is. */
const ROOT = join(__dirname, '..');
const SOURCES = ['constructs', 'cost', 'k8s', 'pipeline', 'plan', 'stacks', 'package-lock.json'];

let sources: string | undefined;

/** Notes what a folder is made of, once all that belongs to it is written. */
export function keep(plan: Plan, folder: string, options?: SynthesisOptions): void {
  const record: Record = { madeOf: madeOf(plan, options), files: filesIn(folder) };
  writeFileSync(join(folder, RECORD), JSON.stringify(record));
}

/**
 * The bill of a stage that lies in a folder already, made of the same plan by the same code.
 *
 * @returns undefined when it has to be made, also because somebody touched a file of it
 */
export function keptBill(plan: Plan, folder: string, options?: SynthesisOptions): Estimate | undefined {
  const file = join(folder, RECORD);
  if (!existsSync(file)) return undefined;
  const record = JSON.parse(readFileSync(file, 'utf8')) as Record;
  const isSame = record.madeOf === madeOf(plan, options) && JSON.stringify(record.files) === JSON.stringify(filesIn(folder));
  return isSame ? (JSON.parse(readFileSync(join(folder, 'bill.json'), 'utf8')) as Estimate) : undefined;
}

function madeOf(plan: Plan, options: SynthesisOptions = {}): string {
  sources ??= digest(SOURCES.flatMap((name) => filesUnder(join(ROOT, name))).map((file) => readFileSync(file)));
  return digest([sources, process.version, JSON.stringify([plan, options])]);
}

function digest(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(part.length)).update(part);
  return hash.digest('hex');
}

/** Each with its size and the time it was written, as an index of Git tells files that were touched. */
const filesIn = (folder: string): string[] =>
  filesUnder(folder)
    .filter((file) => file !== join(folder, RECORD))
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${file.slice(folder.length)} ${size} ${mtimeMs}`;
    });

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
