import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFolder } from '../../pipeline/write-folder';
import { InputError } from '../../plan/input-error';

let folder: string;
const inFolder = (...names: string[]) => join(folder, ...names);
const fillWith = (text: string) => (temporary: string) => writeFileSync(join(temporary, 'plan.json'), text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scaleprint-write-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a new folder appears with its parents and what it was filled with', () => {
  writeFolder(inFolder('dist', 'launch'), fillWith('new'));
  expect(readFileSync(inFolder('dist', 'launch', 'plan.json'), 'utf8')).toBe('new');
  expect(readdirSync(inFolder('dist'))).toEqual(['launch']);
});

test('what filling returns is passed on', () => {
  expect(writeFolder(inFolder('launch'), () => 7)).toBe(7);
});

test('what was there before is replaced whole', () => {
  mkdirSync(inFolder('launch'));
  writeFileSync(inFolder('launch', 'stale.json'), 'old');
  writeFolder(inFolder('launch'), fillWith('new'));
  expect(readdirSync(inFolder('launch'))).toEqual(['plan.json']);
  expect(readdirSync(folder)).toEqual(['launch']);
});

test('nobody sees the folder while it is being filled', () => {
  writeFolder(inFolder('launch'), (temporary) => {
    fillWith('new')(temporary);
    expect(readdirSync(folder)).not.toContain('launch');
  });
});

describe('when filling fails halfway', () => {
  const failing = (temporary: string) => {
    fillWith('half')(temporary);
    throw new Error('out of ideas');
  };

  test('the old content stays, and nothing temporary', () => {
    mkdirSync(inFolder('launch'));
    writeFileSync(inFolder('launch', 'plan.json'), 'old');
    expect(() => writeFolder(inFolder('launch'), failing)).toThrow('out of ideas');
    expect(readFileSync(inFolder('launch', 'plan.json'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['launch']);
  });

  test('no new folder is left behind', () => {
    expect(() => writeFolder(inFolder('launch'), failing)).toThrow('out of ideas');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a file in the way', () => {
  test('of the folder is not overwritten', () => {
    writeFileSync(inFolder('launch'), 'mine');
    expect(() => writeFolder(inFolder('launch'), fillWith('new'))).toThrow(InputError);
    expect(readFileSync(inFolder('launch'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['launch']);
  });

  test('of its parent is a mistake that names the place', () => {
    writeFileSync(inFolder('dist'), 'mine');
    const place = inFolder('dist', 'marketplace', 'launch');
    expect(() => writeFolder(place, fillWith('new'))).toThrow(InputError);
    expect(() => writeFolder(place, fillWith('new'))).toThrow(`cannot write to "${place}"`);
    expect(readFileSync(inFolder('dist'), 'utf8')).toBe('mine');
  });
});

test('others may read what was written', () => {
  writeFolder(inFolder('launch'), fillWith('new'));
  writeFolder(inFolder('plain'), (temporary) => mkdirSync(join(temporary, 'made-by-hand')));
  const modeOf = (...names: string[]) => statSync(inFolder(...names)).mode & 0o777;
  expect(modeOf('launch')).toBe(modeOf('plain', 'made-by-hand'));
});

test('a place where nothing can be made is a mistake, not a wait', () => {
  expect(() => writeFolder('/proc/some/folder', fillWith('{}'))).toThrow('cannot write to "/proc/some/folder"');
});
