import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estimate } from '../cost/estimate';
import { PriceBook } from '../cost/price-book';
import type { Plan } from '../plan/plan';
import { bill } from './bill';
import { keep } from './kept';
import { synthesize, type Synthesis, type SynthesisOptions } from './synthesize';

// What is done with one stage at a time, by whichever thread is free: plain data in, plain data out.

const book = PriceBook.open();

/** What lies written of a stage. */
export interface Inventory extends Synthesis {
  /** CloudFormation resources of all templates. */
  resources: number;
  /** Kubernetes objects of all manifests. */
  objects: number;
}

/** Writes a stage, and counts what it wrote. */
export function write(plan: Plan, folder: string, options?: SynthesisOptions): Inventory {
  const written = synthesize(plan, folder, options);
  const sum = (files: string[], count: (text: string) => number) => files.reduce((n, file) => n + count(readFileSync(file, 'utf8')), 0);
  return {
    ...written,
    resources: sum(written.templates, (text) => Object.keys((JSON.parse(text) as { Resources?: object }).Resources ?? {}).length),
    objects: sum(written.manifests, (text) => text.split(/^---$/m).length),
  };
}

/** Writes a stage and, beside it, its `bill.json` and what both were made of. */
export function writeWithBill(plan: Plan, folder: string, options?: SynthesisOptions): Estimate {
  synthesize(plan, folder, options);
  const estimate = bill(folder, book);
  writeFileSync(join(folder, 'bill.json'), JSON.stringify(estimate, null, 2));
  keep(plan, folder, options);
  return estimate;
}

/** The bill of a stage that is written only to be priced. */
export function price(plan: Plan): Estimate {
  const folder = mkdtempSync(join(tmpdir(), 'scaleprint-'));
  try {
    synthesize(plan, join(folder, 'stage'));
    return bill(join(folder, 'stage'), book);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
