import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { bringUpApps } from '../../../sandbox/apps';
import { tinyPlan } from '../../k8s/tiny-system';
import { account, madeUpOutputs } from './made-up';

const plan = tinyPlan('zones');
const outputs = madeUpOutputs(plan);
const root = mkdtempSync(join(tmpdir(), 'scaleprint-gitops-'));
const gitops = join(root, 'clusters');
const write = () => bringUpApps(plan, outputs, account, { gitops, watch: () => undefined });
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('writes what it would have applied, with the endpoints, and applies nothing', async () => {
  const ways = await write();
  expect(ways.join('\n')).toContain(join(gitops, 'controllers/us-east-1/helmfile.yaml'));
  expect(ways.join('\n')).toContain(join(gitops, 'k8s/us-east-1'));
  const files = readdirSync(join(gitops, 'k8s/us-east-1'));
  expect(files).toEqual(expect.arrayContaining(['00-namespace.yaml', '01-shared.yaml', 'shop.yaml']));
  // Anything else makes Argo CD and Flux take the folder for something else.
  for (const file of files) expect(file).toMatch(/^[\w-]+\.yaml$/);
  expect(files).not.toContain('kustomization.yaml');
  const shared = parseAllDocuments(readFileSync(join(gitops, 'k8s/us-east-1/01-shared.yaml'), 'utf8')).map((d) => d.toJS());
  const endpoints = shared.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'endpoints');
  expect(endpoints.data).toMatchObject({ CARTS_TABLE: 'value-of-CartsTable', STOCK_URL: 'http://stock' });
});

test('a second time takes the place of the first, and of nothing else', async () => {
  await write();
  writeFileSync(join(gitops, 'README.md'), 'mine');
  await expect(write()).rejects.toThrow('also holds "README.md", which would be lost');
  expect(readFileSync(join(gitops, 'README.md'), 'utf8')).toBe('mine');
  expect(existsSync(join(gitops, 'k8s'))).toBe(true);
});
