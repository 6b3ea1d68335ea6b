import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PriceBook } from '../../cost/price-book';
import { bill } from '../../pipeline/bill';
import { synthesize } from '../../pipeline/synthesize';
import { plan } from '../../plan/plan';
import { loadSystem } from '../../systems';
import { folderOf, type StageName } from './place';

export function synthesizeStages(stages: readonly StageName[]): void {
  const book = PriceBook.open();
  for (const name of stages) {
    synthesize(plan(loadSystem(name.system), name.stage), folderOf(name));
    writeFileSync(join(folderOf(name), 'bill.json'), JSON.stringify(bill(folderOf(name), book), null, 2));
  }
}
