import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PriceBook } from '../../cost/price-book';
import { bill } from '../../pipeline/bill';
import { synthesize } from '../../pipeline/synthesize';
import { plan } from '../../plan/plan';
import { loadSystem } from '../../systems';
import { folderOf, type StageName } from './place';

/** @param root folder to write them under; by default where the tests of all stages read them */
export function synthesizeStages(stages: readonly StageName[], root?: string): void {
  const book = PriceBook.open();
  for (const name of stages) {
    const folder = folderOf(name, root);
    synthesize(plan(loadSystem(name.system), name.stage), folder);
    writeFileSync(join(folder, 'bill.json'), JSON.stringify(bill(folder, book), null, 2));
  }
}
