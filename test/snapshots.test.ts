import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { everyStage } from './every-stage';
import { snapshotOf } from './snapshot-of';

const FOLDER = join(__dirname, 'snapshots');
/** A reviewer reads these; 1.5 MB was agreed for the first five systems. */
const MOST_BYTES = 8e6;
const updating = Boolean(process.env.UPDATE_SNAPSHOTS);

const fileOf = (system: string, stage: string) => join(FOLDER, system, `${stage}.yaml`);

test.each(everyStage)('%s is as the last review left it', (_, stage) => {
  const { system, stage: name } = stage.name;
  const text = stringify(snapshotOf(stage), { lineWidth: 0 });
  const file = fileOf(system, name);
  if (updating) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  // A new stage has no snapshot yet: `npm run snapshots` writes it, the diff is what the reviewer reads.
  expect(existsSync(file)).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
});

test('no snapshot outlives its stage, and all of them stay readable', () => {
  const stages = everyStage.map(([, { name }]) => fileOf(name.system, name.stage));
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(FOLDER, name));
  const strays = files.filter((file) => !stages.includes(file));
  if (updating) strays.forEach((file) => rmSync(file));
  else expect(strays).toEqual([]);
  expect(stages.reduce((bytes, file) => bytes + statSync(file).size, 0)).toBeLessThan(MOST_BYTES);
});
