import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KUBERNETES_VERSION } from '../../constructs/kubernetes-cluster';
import { CHARTS } from '../../k8s/charts';

const read = (file: string) => readFileSync(join(__dirname, '../tools/go', file), 'utf8');
const all = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map(([, found]) => found);

test('the control plane is of the version that the templates ask EKS for', () => {
  const goMod = read('kubernetes/go.mod');
  const [version] = all(/^\s*k8s\.io\/kubernetes v(\S+)/gm, goMod);
  expect(version).toMatch(new RegExp(`^${KUBERNETES_VERSION.replace('.', '\\.')}\\.\\d+$`));
  const staged = all(/=> k8s\.io\/\S+ v(\S+)/g, goMod);
  expect(staged.length).toBeGreaterThan(30);
  expect(new Set(staged)).toEqual(new Set([version!.replace(/^1/, '0')]));
  const [major, minor] = KUBERNETES_VERSION.split('.');
  expect(all(/version\.git\w+=(\S+)/g, read('kubernetes/ldflags'))).toEqual([`v${version}`, major, minor]);
});

test("KEDA's definitions are those of its chart", () => {
  expect(all(/kedacore\/keda\/v2 v(\S+)/g, read('keda/go.mod'))).toEqual([CHARTS.find(({ name }) => name === 'keda')!.version]);
});
