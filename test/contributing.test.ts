import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PriceBook } from '../cost/price-book';
import { bill } from '../pipeline/bill';
import { synthesize } from '../pipeline/synthesize';
import { plan } from '../plan/plan';
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
      const { resources } = synthesize(plan(system, stage), join(folder, stage));
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
