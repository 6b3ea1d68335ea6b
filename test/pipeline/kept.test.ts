import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptBill, RECORD } from '../../pipeline/kept';
import { writeWithBill } from '../../pipeline/tasks';
import { tinyPlan } from '../stacks/tiny-shop';

const root = mkdtempSync(join(tmpdir(), 'scaleprint-kept-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const folder = join(root, 'box');
const box = tinyPlan('box');
const template = () => {
  const name = readdirSync(join(folder, 'cdk.out')).find((file) => file.endsWith('.template.json'))!;
  return join(folder, 'cdk.out', name);
};

beforeEach(() => void writeWithBill(box, folder), 60_000);

test('the bill of what lies there is the one that was made', () => {
  expect(keptBill(box, folder)).toEqual(JSON.parse(readFileSync(join(folder, 'bill.json'), 'utf8')));
});

test('another plan, other options or no folder have to be made', () => {
  expect(keptBill({ ...box, system: 'other' }, folder)).toBeUndefined();
  expect(keptBill(box, folder, { disposable: true })).toBeUndefined();
  expect(keptBill(box, join(root, 'nowhere'))).toBeUndefined();
});

test('a record that was cut off is none', () => {
  const record = join(folder, RECORD);
  writeFileSync(record, readFileSync(record, 'utf8').slice(0, -10));
  expect(keptBill(box, folder)).toBeUndefined();
});

test('a file that was edited, removed or added has to be made again', () => {
  const text = readFileSync(template(), 'utf8');
  const { atime, mtimeMs } = statSync(template());
  // Edited within the clock's step, to another length; or to the same length, later.
  writeFileSync(template(), `${text} `);
  utimesSync(template(), atime, new Date(mtimeMs));
  expect(keptBill(box, folder)).toBeUndefined();
  writeWithBill(box, folder);
  utimesSync(template(), atime, new Date(mtimeMs + 5000));
  expect(keptBill(box, folder)).toBeUndefined();
  writeWithBill(box, folder);
  rmSync(template());
  expect(keptBill(box, folder)).toBeUndefined();
  writeWithBill(box, folder);
  writeFileSync(join(folder, 'k8s', 'mine.yaml'), '');
  expect(keptBill(box, folder)).toBeUndefined();
});
