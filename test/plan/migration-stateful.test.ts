import { growInPlace } from '../../plan/growth';
import { migrationsBetween } from '../../plan/migration';
import type { Plan } from '../../plan/plan';
import type { StatefulPart } from '../../plan/sizing/stateful';
import { setsThatMove } from '../k8s/immutable-sets';
import { tinyStateful, tinyStatefulPlan } from './tiny-stateful';

const stages = Object.keys(tinyStateful.stages);
const ids = (before: Plan, after: Plan) =>
  migrationsBetween(before, after)
    .filter(({ part }) => !['box', 'cluster'].includes(part))
    .map(({ region, part }) => `${region} ${part}`);
/** The plan with one stateful part changed. */
const changed = (plan: Plan, id: string, change: (part: StatefulPart) => Partial<StatefulPart>): Plan => ({
  ...plan,
  deployments: plan.deployments.map((d) => ({
    ...d,
    parts: d.parts.map((p) => (p.kind === 'stateful' && p.id === id ? { ...p, ...change(p) } : p)),
  })),
});
const wayOf = (before: Plan, after: Plan) => migrationsBetween(before, after).filter(({ part }) => part !== 'box')[0]!;
const zones = tinyStatefulPlan('zones');

describe.each(stages.flatMap((from) => stages.filter((to) => to !== from).map((to) => [from, to])))('from %s to %s', (from, to) => {
  const before = tinyStatefulPlan(from!);
  const after = growInPlace(before, tinyStatefulPlan(to!));

  test('names the parts whose volumes the manifests alone do not bring there, and no others', () => {
    expect(ids(before, after).filter((id) => !id.endsWith(' log') && !id.endsWith(' backups'))).toEqual(setsThatMove(before, after));
  });

  test('shrinks no volume', () => {
    const gib = (plan: Plan, id: string) => (plan.deployments[0]!.parts.find((p) => p.id === id) as StatefulPart).volume!.gib;
    for (const id of ['leases', 'reports']) expect(gib(after, id)).toBeGreaterThanOrEqual(gib(before, id));
  });
});

test('some steps move something and some do not', () => {
  const moves = stages.slice(1).map((to, i) => setsThatMove(tinyStatefulPlan(stages[i]!), tinyStatefulPlan(to)).length);
  expect(moves).toContain(0 < Math.max(...moves) ? Math.max(...moves) : NaN);
  expect(setsThatMove(zones, zones)).toEqual([]);
});

test('what holds the only copy is restored on new machines; what is rebuilt is not named', () => {
  const [box, zone] = ['box', 'zone'].map((stage) => tinyStatefulPlan(stage));
  const moves = migrationsBetween(box!, zone!).filter(({ part }) => ['leases', 'reports', 'owners'].includes(part));
  expect(moves.map(({ part }) => part)).toEqual(['leases']);
  expect(moves[0]!.steps.at(-1)!.what).toBe('restore leases from its backup');
});

test('a volume grows and gets faster under its pod, and the set is made anew around it', () => {
  const larger = wayOf(
    zones,
    changed(zones, 'leases', ({ volume }) => ({ volume: { ...volume!, gib: 10 } })),
  );
  expect(larger.steps.map(({ phase }) => phase)).toEqual(['prepare', 'compute', 'manifests']);
  expect(larger.steps.map(({ what }) => what).join('\n')).toMatch(
    /`kubectl patch pvc`\) to 10Gi[^]*--cascade=orphan[^]*volumes of the new sort/,
  );
  expect(larger.down).toMatch(/^nothing/);
  const faster = wayOf(
    zones,
    changed(zones, 'leases', ({ volume }) => ({ volume: { ...volume!, iops: 4000 } })),
  );
  expect(faster.steps[0]!.what).toMatch(/4000 IOPS and 125 MiB\/s by `aws ec2 modify-volume`/);
});

test('copies join in place; new sets take keys over', () => {
  const more = changed(zones, 'leases', () => ({ replicas: 5, count: 5 }));
  expect([ids(zones, more), setsThatMove(zones, more)]).toEqual([[], []]);
  const sets = changed(zones, 'reports', () => ({ sets: ['reports-1', 'reports-2'], count: 4 }));
  expect(setsThatMove(zones, sets)).toEqual(['us-east-1 reports']);
  expect(wayOf(zones, sets).because).toBe('keys stay in the member they are in');
});
