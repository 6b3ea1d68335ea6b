import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { overviewOf, overviewTable } from '../../bin/overview';
import { everyStage } from '../every-stage';

const README = join(__dirname, '../../README.md');
const TABLE = /(?<=`npm start` ends with this table:\n\n```\n)[\s\S]+?(?=```)/;

test('the table of the README is what `npm start` prints', () => {
  const printed = overviewTable(everyStage.map(([, { plan, bill }]) => overviewOf(plan, bill)));
  const table = stripVTControlCharacters(printed).replace(/ +$/gm, '');
  const readme = readFileSync(README, 'utf8');
  if (process.env.UPDATE_SNAPSHOTS)
    writeFileSync(
      README,
      readme.replace(TABLE, () => `${table}\n`),
    );
  expect(TABLE.exec(readFileSync(README, 'utf8'))?.[0]).toBe(`${table}\n`);
});
