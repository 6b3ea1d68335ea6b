import type { Growth } from '../plan/growth';
import type { Matter } from '../plan/migration-order';
import type { Source } from '../plan/source';
import { print } from './print';

/** What the update from the stage before leaves to people, and in which order. */
export function explainGrowth({ from, migrations, interruptions, moves }: Growth): void {
  print(`\nFrom ${from} in place`);
  if (migrations.length === 0) print('  everything that holds data is updated where it is');
  for (const { part, region, from: left, to, because, down, source } of migrations) {
    print(`  ${part} in ${region}: from ${left} to ${to}, because ${because} (${named(source)})`);
    print(`    down: ${down}`);
  }
  for (const { part, region, from: left, to, effect, source } of interruptions)
    print(`  ${part} in ${region}: ${left} becomes ${to} where it is; ${effect} (${named(source)})`);
  print('\n  In this order');
  moves.forEach(({ does, matters }, i) => {
    print(`  ${String(i + 1).padStart(2)}. ${does ?? matters.map(line).join('; ')}`);
    if (does) for (const matter of matters) print(`        ${line(matter)}`);
  });
}

const line = ({ part, region, what }: Matter): string => `${part} in ${region}: ${what}`;

const named = ({ title, date, confidence }: Source): string => `${title}, ${date}${confidence === 'stated' ? '' : `, ${confidence}`}`;
