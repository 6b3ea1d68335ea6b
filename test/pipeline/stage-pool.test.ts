import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Job, performAll } from '../../pipeline/stage-pool';
import type { Inventory } from '../../pipeline/tasks';
import { tinyPlan } from '../stacks/tiny-shop';

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-pool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STAGES = ['box', 'one-zone', 'zones', 'cells'];
const jobsIn = (root: string): Job<'write'>[] => [...STAGES, ...STAGES].map((stage, i) => [tinyPlan(stage), join(folder, root, `${i}`)]);
const filesIn = (root: string) =>
  readdirSync(join(folder, root), { recursive: true, withFileTypes: true })
    // CDK notes in its metadata which line of code a finding was acknowledged in.
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.metadata.json'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

describe('two threads', () => {
  const done: string[] = [];
  const jobs = jobsIn('two');
  let results: Inventory[];
  beforeAll(async () => {
    results = await performAll('write', jobs, ([plan]) => done.push(plan.stage), 2);
  }, 60_000);

  test('answer in the order of the jobs, whatever was finished first', () => {
    expect(results.map((written) => written.folder)).toEqual(jobs.map(([, place]) => place));
  });

  test('tell of each stage once', () => {
    expect(done.sort()).toEqual([...STAGES, ...STAGES].sort());
  });

  test('write and count what one does', async () => {
    const alone = await performAll('write', jobsIn('one'), undefined, 1);
    const counts = (all: Inventory[]) => all.map(({ resources, objects }) => [resources, objects]);
    expect(counts(results)).toEqual(counts(alone));
    const [one, two] = ['one', 'two'].map((root) =>
      filesIn(root).map((file) => [file.replace(join(folder, root), ''), readFileSync(file, 'utf8')]),
    );
    expect(one!.length).toBeGreaterThan(100);
    expect(two).toEqual(one);
  }, 60_000);
});

test('what fails in a thread fails by name, and leaves nothing half-written', async () => {
  const jobs = jobsIn('failing');
  const taken = join(folder, 'taken');
  writeFileSync(taken, 'mine');
  jobs[3]![1] = taken;
  await expect(performAll('write', jobs, undefined, 2)).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringContaining(`cannot write to "${taken}"`),
  });
  expect(readFileSync(taken, 'utf8')).toBe('mine');
  const places = readdirSync(join(folder, 'failing'));
  expect(places.filter((place) => place.startsWith('.'))).toEqual([]);
  // The stages under way were finished, the others were not begun.
  expect(places.length).toBeLessThan(jobs.length - 1);
  for (const place of places) expect(readdirSync(join(folder, 'failing', place)).sort()).toContain('plan.json');
}, 60_000);
