import { unresolvedIn } from '../../../k8s/cell';
import { inEnvironment } from '../../../plan/environment';
import { plan } from '../../../plan/plan';
import { smallest } from '../../../plan/smallest';
import { tierFilesOf } from '../../../sandbox/apps/tier-files';
import { SandboxError } from '../../../sandbox/sandbox-error';
import { allSystems } from '../../../systems';
import { tinyPlan } from '../../k8s/tiny-system';
import { madeUpOutputs } from './made-up';

const stages = allSystems().flatMap((system) => Object.keys(system.stages).map((stage): [string, string] => [system.id, stage]));
const sandboxOf = (id: string, stage: string) =>
  inEnvironment(
    smallest(
      plan(
        allSystems().find((s) => s.id === id)!,
        stage,
      ),
    ),
    `${stage}-alice`,
  );

test.each(stages)('%s %s: with the outputs it asks for nothing is left open, and each that is missing is named', (id, stage) => {
  const planned = sandboxOf(id, stage);
  const outputs = madeUpOutputs(planned);
  const tiers = tierFilesOf(planned, outputs);
  expect(tiers).toHaveLength(planned.deployments.reduce((sum, { cells }) => sum + cells, 0));
  for (const { manifests, controllers, cell } of tiers) {
    expect(manifests.map(({ path }) => path)).toEqual(expect.arrayContaining(['00-namespace.yaml', '01-shared.yaml']));
    for (const { text } of [...manifests, ...(controllers ? [controllers] : [])]) expect(unresolvedIn(text)).toEqual([]);
    expect(controllers !== undefined).toBe(cell.deployment.platform === 'eks');
  }
  const [stack, values] = Object.entries(outputs)[0] ?? [];
  if (!stack) throw new Error('asks for nothing');
  const [gone] = Object.keys(values!);
  const without = { ...outputs, [stack]: Object.fromEntries(Object.entries(values!).filter(([name]) => name !== gone)) };
  const message = expect.stringContaining(`stack ${stack} has no output ${gone}, which `);
  expect(() => tierFilesOf(planned, without)).toThrow(expect.objectContaining({ name: SandboxError.name, message }));
});

test('there are stages', () => expect(stages.length).toBeGreaterThan(30));

test('files are those of their own cell', () => {
  const tiers = tierFilesOf(tinyPlan('cells'), madeUpOutputs(tinyPlan('cells')));
  expect(tiers.length).toBeGreaterThan(1);
  expect(new Set(tiers.map(({ name }) => name)).size).toBe(tiers.length);
  tiers.forEach(({ name, manifests, controllers }) => {
    expect(controllers).toMatchObject({ path: 'helmfile.yaml', text: expect.stringContaining(`kubeContext: ${name}`) });
    expect(new Set(manifests.map(({ path }) => path)).size).toBe(manifests.length);
  });
});

test("the user's image takes the placeholder's place", () => {
  const [tier] = tierFilesOf(tinyPlan('zones'), madeUpOutputs(tinyPlan('zones')), 'registry.example/{service}:1');
  expect(tier!.manifests.find(({ path }) => path === 'shop.yaml')!.text).toContain('image: registry.example/shop:1');
});
