import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { PriceBook } from '../cost/price-book';
import { bill } from '../pipeline/bill';
import { write } from '../pipeline/tasks';
import { plan } from '../plan/plan';
import { SIZING } from '../plan/sizing';
import type { System } from '../plan/system';

const ROOT = join(__dirname, '..');
const CACHE = join(ROOT, '.cache');

/** The example a contributor pastes, as a file of its own beside the rooms it imports from. */
function example(): System {
  const [, code] = /```ts\n([\s\S]+?)```/.exec(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8'))!;
  mkdirSync(CACHE, { recursive: true });
  const file = join(CACHE, 'contributing-example.ts');
  writeFileSync(file, code!);
  return jest.requireActual<{ default: System }>(file).default;
}

describe('the example of CONTRIBUTING.md', () => {
  const system = example();

  test.each(Object.keys(system.stages))('synthesizes and is priced whole at %s', (stage) => {
    const folder = mkdtempSync(join(tmpdir(), 'scaleprint-'));
    try {
      const { resources } = write(plan(system, stage), join(folder, stage));
      const { unpriced, monthly } = bill(join(folder, stage), PriceBook.open());
      expect(resources).toBeGreaterThan(50);
      expect(unpriced).toEqual([]);
      expect(monthly.total).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('grows from one machine to a cluster by its trigger', () => {
    expect(Object.keys(system.stages).map((stage) => plan(system, stage).deployments[0]!.platform)).toEqual(['k3s', 'eks']);
  });
});

describe('the table of CONTRIBUTING.md', () => {
  const rows = [...readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| `(\w+)` \| (.*?) \|/gm)];
  const listed = new Map(rows.map(([, method, required]) => [method!, [...required!.matchAll(/`(\w+)`/g)].map(([, field]) => field!)]));

  test('has every kind of part, and no other', () => {
    expect([...listed.keys()].sort()).toEqual(Object.keys(SIZING).sort());
  });

  test.each(Object.keys(SIZING))('names the required fields of %s', (kind) => {
    expect([...listed.get(kind)!].sort()).toEqual(requiredFields(kind).sort());
  });
});

/** Members of a kind's spec that are not optional, as its source declares them. */
function requiredFields(kind: string): string[] {
  const file = join(ROOT, 'plan', 'sizing', `${kind.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}.ts`);
  const name = `${kind[0]!.toUpperCase()}${kind.slice(1)}Spec`;
  const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const spec = statements.find((one): one is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(one) && one.name.text === name)!;
  return spec.members.filter((member) => !member.questionToken).map((member) => (member.name as ts.Identifier).text);
}
