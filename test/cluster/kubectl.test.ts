import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (module: string, file: string) => readFileSync(join(__dirname, '../tools/go', module, file), 'utf8');
const first = (pattern: RegExp, text: string) => pattern.exec(text)?.[1];

test('kubectl is of the version of the control plane', () => {
  const kubernetes = first(/k8s\.io\/kubernetes v(\S+)/, read('kubernetes', 'go.mod'));
  expect(kubernetes).toMatch(/^1\.\d+\.\d+$/);
  expect(first(/k8s\.io\/kubectl v(\S+)/, read('kubectl', 'go.mod'))).toBe(kubernetes!.replace(/^1/, '0'));
  expect(first(/gitVersion=v(\S+)/, read('kubectl', 'ldflags'))).toBe(kubernetes);
});
