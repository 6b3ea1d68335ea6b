import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { goTools, MissingTool } from '../../scripts/go-tools';

let [folder, cache] = ['', ''];
const before = { ...process.env };

/** A stand-in for Go on the PATH: notes each build, and does what a test wants of it. */
function stand(version: string, build: string): void {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const out = 'while [ "$1" != -o ]; do shift; done; out=$2';
  const text = `#!/bin/sh\nif [ "$1" = version ]; then echo "go version go${version} linux/amd64"; exit; fi\necho build >> ${folder}/builds\n${out}\n${build}\n`;
  writeFileSync(join(bin, 'go'), text);
  chmodSync(join(bin, 'go'), 0o755);
  process.env.PATH = [bin, before.PATH].join(delimiter);
}

const builds = (): number => readFileSync(join(folder, 'builds'), 'utf8').trim().split('\n').length;
const left = (): string[] => readdirSync(join(cache, 'scaleprint'));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scaleprint-go-'));
  cache = process.env.XDG_CACHE_HOME = join(folder, 'cache');
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  process.env = { ...before };
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('without Go it says which one is needed and how to get it', async () => {
  process.env.PATH = join(folder, 'nothing');
  await expect(goTools('kubernetes')).rejects.toThrow(MissingTool);
  await expect(goTools('kubernetes')).rejects.toThrow(/Go is missing: kubernetes needs 1\.26\.0.*https:\/\/go\.dev/);
});

test('a Go that cannot fetch a newer one is not enough', async () => {
  stand('1.19.8', 'exit 1');
  await expect(goTools('kubernetes')).rejects.toThrow(/Go is 1\.19/);
});

test('two at once build once, and leave the programs only', async () => {
  stand('1.26.8', 'mkdir -p "$GOCACHE" && sleep 0.3 && echo made > "$out/program"');
  const [one, other] = await Promise.all([goTools('kubernetes'), goTools('kubernetes')]);
  expect(one).toBe(other);
  expect(readFileSync(join(one, 'program'), 'utf8')).toBe('made\n');
  expect(builds()).toBe(1);
  expect(left()).toEqual([expect.stringMatching(/^go-kubernetes-[0-9a-f]{12}$/)]);
  await goTools('kubernetes');
  expect(builds()).toBe(1);
});

test('a build that fails says what Go said, and the next one goes on from what it compiled', async () => {
  stand('1.26.8', 'mkdir -p "$GOCACHE" && touch "$GOCACHE/compiled"; echo "no such module" >&2; exit 1');
  await expect(goTools('kubernetes')).rejects.toThrow(/no such module/);
  expect(left()).toEqual([expect.stringMatching(/\.partial$/)]);
  stand('1.26.8', '[ -e "$GOCACHE/compiled" ] && echo made > "$out/program"');
  expect(existsSync(join(await goTools('kubernetes'), 'program'))).toBe(true);
  expect(left()).toHaveLength(1);
});

test('the lock of a process that is no more does not hold anybody up', async () => {
  stand('1.26.8', 'echo made > "$out/program"');
  const built = await goTools('kubernetes');
  rmSync(built, { recursive: true });
  writeFileSync(`${built}.lock`, '4194305');
  expect(await goTools('kubernetes')).toBe(built);
});
