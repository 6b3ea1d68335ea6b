import { growInPlace } from '../../plan/growth';
import type { Migration } from '../../plan/migration';
import { inOrder } from '../../plan/migration-order';
import type { PHASES } from '../../plan/migration-way';
import { plan } from '../../plan/plan';
import { growthPath } from '../../plan/system';
import { allSystems, loadSystem } from '../../systems';

/** The order as its reader sees it: a deployment by its name, anything else by its part. */
const orderOf = (system: string, from: string, to: string) =>
  growInPlace(plan(loadSystem(system), from), plan(loadSystem(system), to)).growth!.moves.map(
    ({ does, matters }) => does ?? matters[0]!.part,
  );

/** Something that moves in steps of some phases. */
const moving = (part: string, ...phases: (typeof PHASES)[number][]) =>
  ({ part, region: 'us-east-1', steps: phases.map((phase) => ({ phase, what: `${phase} of ${part}` })) }) as unknown as Migration;
const told = (migrations: Migration[]) => inOrder(migrations, []).flatMap(({ matters }) => matters.map(({ what }) => what));

test('box and events of one step have one order', () => {
  expect(orderOf('payment-processing', 'day-1', 'production')).toEqual([
    'box',
    'deploy the stacks up to compute',
    'apply the manifests',
    'deploy the other stacks',
    ...['events', 'box', 'events'],
  ]);
});

test('queues are emptied before their consumers lose what they need, and everything is copied before writers stop', () => {
  expect(told([moving('a', 'stop', 'data'), moving('b', 'drain', 'data')])).toEqual(['drain of b', 'stop of a', 'data of a', 'data of b']);
  expect(told([moving('a', 'copy', 'switch'), moving('b', 'copy', 'switch')])).toEqual([
    ...['copy of a', 'copy of b'],
    ...['switch of a', 'switch of b'],
  ]);
  expect(orderOf('marketplace', 'scale', 'hyper').slice(0, 3)).toEqual(['events', 'database', 'deploy the stacks up to data']);
});

test('stacks are deployed in as few goes as it takes', () => {
  const goes = (...migrations: Migration[]) => inOrder(migrations, []).flatMap(({ does }) => does ?? []);
  const [copied, entered] = [moving('a', 'data', 'copy', 'remove'), moving('b', 'data', 'compute', 'edge')];
  expect(goes()).toEqual(['deploy the stacks', 'apply the manifests']);
  expect(goes(copied)).toEqual(['deploy the stacks up to data', 'deploy the other stacks', 'apply the manifests']);
  expect(goes(entered)).toEqual(['deploy the stacks up to compute', 'apply the manifests', 'deploy the other stacks']);
  expect(goes(copied, entered)).toEqual([
    ...['deploy the stacks up to data', 'deploy the stacks up to compute', 'apply the manifests', 'deploy the other stacks'],
  ]);
});

test('nothing is lost on the way into the one list', () => {
  for (const system of allSystems())
    for (const [i, stage] of growthPath(system).slice(1).entries()) {
      const { migrations, interruptions, moves } = growInPlace(plan(system, growthPath(system)[i]!), plan(system, stage)).growth!;
      const listed = moves.flatMap(({ matters }) => matters.map(({ part, what }) => `${part}: ${what}`)).sort();
      const steps = migrations.flatMap(({ part, steps: own }) => own.map(({ what }) => `${part}: ${what}`));
      expect(listed).toEqual([...steps, ...interruptions.map(({ part, effect }) => `${part}: ${effect}`)].sort());
      expect(moves.filter(({ does, matters }) => !does && matters.length !== 1)).toEqual([]);
    }
});
