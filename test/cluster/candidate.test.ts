import { allocatable } from '../../plan/catalogue/node-room';
import { GRAVITON } from '../../plan/catalogue/ec2';
import { type Deployment, plan } from '../../plan/plan';
import { reservedTiers } from '../../plan/tiers';
import { loadSystem } from '../../systems';
import { podsAtPeak as podsOfManifests, podsOfCluster } from '../k8s/scheduler';
import { tiny } from '../k8s/tiny-system';
import { TIER } from './addons';
import { type Candidate, candidatesOf, peakOf, podsAtPeak, runOf } from './candidate';
import { ZONE } from './nodes';

const [tinyPlan, payments] = [plan(tiny, 'zones'), plan(loadSystem('payment-processing'), 'seed-004')];
const cases = [tinyPlan, payments].map((p): [string, Candidate, Deployment] => [p.system, candidatesOf(p)[0]!, p.deployments[0]!]);

test.each(cases)('%s: as many nodes a zone as the group may have, with what it allocates', (_, { nodes }, { nodeGroups, zones }) => {
  expect(new Set(nodes.map(({ metadata }) => metadata.name)).size).toBe(nodes.length);
  for (const group of nodeGroups) {
    const own = nodes.filter(({ metadata }) => metadata.labels[TIER] === group.tier);
    expect(own).toHaveLength(group.nodes.max);
    for (const zone of new Set(own.map(({ metadata }) => metadata.labels[ZONE])))
      expect(own.filter(({ metadata }) => metadata.labels[ZONE] === zone)).toHaveLength(group.nodes.max / zones);
    const room = allocatable(GRAVITON.find(({ name }) => name === group.instanceType)!);
    for (const { status } of own) {
      expect(Number.parseInt(status.allocatable.cpu)).toBe(Math.floor(room.vcpu * 1000 + 1e-6));
      expect(Number(status.allocatable.memory)).toBeCloseTo(room.memoryBytes, -1);
      expect(Number(status.allocatable.pods)).toBe(room.pods);
    }
  }
});

test('nodes of reserved tiers are tainted, and no others', () => {
  const [, { nodes }, deployment] = cases[1]!;
  const tainted = nodes.filter(({ spec }) => spec.taints.length > 0).map(({ metadata }) => metadata.labels[TIER]);
  expect(new Set(tainted)).toEqual(reservedTiers(deployment));
  expect(tainted.length).toBeGreaterThan(0);
  expect(tainted.length).toBeLessThan(nodes.length);
});

test.each(cases)("%s: the busiest moment has the pods that test/k8s reads, and the cluster's own", (_, candidate, deployment) => {
  expect(podsAtPeak(candidate)).toBe(podsOfManifests(candidate.objects).length);
  const addons = candidate.addons.filter(({ kind }) => kind === 'Deployment').map((o) => peakOf(o, candidate.objects));
  expect(addons.reduce((a, b) => a + b, 0)).toBe(podsOfCluster(deployment).length);
});

test('the run of a CronJob is its pod', () => {
  const job = cases[0]![1].objects.find(({ kind }) => kind === 'CronJob')!;
  const run = runOf(job);
  expect(run).toMatchObject({ kind: 'Pod', metadata: { name: 'sweep-run', namespace: 'tiny' }, spec: { serviceAccountName: 'sweep' } });
});
