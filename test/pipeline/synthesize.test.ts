import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../pipeline/synthesize';
import { InputError } from '../../plan/input-error';
import { plan } from '../../plan/plan';
import marketplace from '../../systems/marketplace';

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-synthesize-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const launch = plan(marketplace, 'launch');

test('a stage takes the place of its last synthesis and bill', () => {
  const place = join(folder, 'again');
  synthesize(launch, place);
  writeFileSync(join(place, 'bill.json'), '{}');
  const { templates, manifests } = synthesize(launch, place);
  expect(existsSync(join(place, 'bill.json'))).toBe(false);
  for (const file of [...templates, ...manifests]) expect(readFileSync(file, 'utf8').length).toBeGreaterThan(0);
  expect(templates.length).toBeGreaterThan(3);
});

test('what somebody else put there is not lost', () => {
  const place = join(folder, 'shared');
  mkdirSync(place);
  writeFileSync(join(place, 'notes.txt'), 'mine');
  expect(() => synthesize(launch, place)).toThrow(InputError);
  expect(() => synthesize(launch, place)).toThrow('also holds "notes.txt", which would be lost; move it or name another folder');
  expect(readdirSync(place)).toEqual(['notes.txt']);
});
