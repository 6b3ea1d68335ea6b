import type { Growth } from '../plan/growth';
import { print } from './print';

/** What the update from the stage before leaves to people. */
export function explainGrowth({ from, migrations }: Growth): void {
  print(`\nFrom ${from} in place`);
  if (migrations.length === 0) print('  everything that holds data is updated where it is');
  for (const { part, region, from: left, to, because, steps, down, source } of migrations) {
    print(`  ${part} in ${region}: from ${left} to ${to}, because ${because} (${source.title}, ${source.date})`);
    steps.forEach((step, i) => print(`    ${i + 1}. ${step}`));
    print(`    down: ${down}`);
  }
}
