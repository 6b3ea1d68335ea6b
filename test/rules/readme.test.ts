import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { overviewOf, overviewTable } from '../../bin/overview';
import { everyStage } from '../every-stage';

const ROOT = join(__dirname, '../..');
const SHOWN = 'marketplace';

const printed = overviewTable(everyStage.map(([, { plan, bill }]) => overviewOf(plan, bill)));
const table = stripVTControlCharacters(printed).replace(/ +$/gm, '');
const [head, ...rows] = table.split('\n') as [string, ...string[]];

/** What stands in a page between these words, a blank line and the end of the block. */
const tables: [page: string, after: string, expected: string[]][] = [
  ['README.md', 'Of a marketplace they say:', [head, ...rows.filter((row) => row.startsWith(SHOWN))]],
  ['docs/stages.md', 'at AWS and at others.', [head, ...rows]],
];

test.each(tables)('the table of %s is what `npm start` prints', (page, after, expected) => {
  const path = join(ROOT, page);
  const block = new RegExp(`(?<=${after}\n\n\`\`\`\n)[\\s\\S]+?(?=\`\`\`)`);
  expect(expected.length).toBeGreaterThan(2);
  const text = expected.map((line) => `${line}\n`).join('');
  if (process.env.UPDATE_SNAPSHOTS)
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(block, () => text),
    );
  expect(block.exec(readFileSync(path, 'utf8'))?.[0]).toBe(text);
});
