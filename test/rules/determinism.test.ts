import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORD } from '../../pipeline/kept';
import { everyStage, firstAndLargest } from '../every-stage';
import { folderOf } from '../every-stage/place';

const cases = firstAndLargest(everyStage);
const chosen = cases.map(([, stage]) => stage);
const elsewhere = mkdtempSync(join(tmpdir(), 'scaleprint-determinism-'));

beforeAll(() => {
  const worker = join(__dirname, '../every-stage/worker.js');
  const again = spawnSync(process.execPath, [worker, JSON.stringify(chosen.map(({ name }) => name)), elsewhere], {
    cwd: tmpdir(),
    // Another day, another alphabet: Kiribati is a day ahead of Hawaii, and Turkish knows an i without a dot.
    env: { ...process.env, TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
    encoding: 'utf8',
  });
  expect(again.stderr).toBe('');
  expect(again.status).toBe(0);
}, 600_000);
afterAll(() => rmSync(elsewhere, { recursive: true }));

/** Everything that is written, but for what CDK notes about the place it wrote to, and what we note of the files there. */
function filesOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const noted = (name: string) => name.endsWith('.metadata.json') || name === RECORD;
  const paths = names.flatMap(({ parentPath, name }) => (noted(name) ? [] : [join(parentPath, name)]));
  return new Map(paths.sort().map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]));
}

test.each(cases)('%s is the same in another folder, time zone and language', (_, stage) => {
  const [first, second] = [stage.folder, folderOf(stage.name, elsewhere)].map(filesOf);
  expect([...second!.keys()]).toEqual([...first!.keys()]);
  expect([...second!].filter(([path, text]) => text !== first!.get(path)).map(([path]) => path)).toEqual([]);
});
