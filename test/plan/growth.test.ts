import { growInPlace, grownThrough } from '../../plan/growth';
import { type Plan, plan } from '../../plan/plan';
import { growthPath } from '../../plan/system';
import { loadSystem } from '../../systems';

const of = (system: string, stage: string) => plan(loadSystem(system), stage);
const part = (p: Plan, id: string) => p.deployments[0]!.parts.find((x) => x.id === id)!;
const gib = (p: Plan) => {
  const metadata = part(p, 'metadata');
  return metadata.kind === 'relational' && metadata.storage.type === 'gp3' ? metadata.storage.gib : NaN;
};

test('a stage that fits in place is what it was, and says where it comes from', () => {
  const [launch, traction] = [of('marketplace', 'launch'), of('marketplace', 'traction')];
  const growth = { from: 'launch', migrations: [], interruptions: [{ part: 'database' }, { part: 'box' }] };
  expect(growInPlace(launch, traction)).toMatchObject({ ...traction, growth });
});

test('a stage that stays is interrupted by nothing, and deployed all the same', () => {
  const launch = of('marketplace', 'launch');
  expect(growInPlace(launch, launch).growth).toEqual({
    ...{ from: 'launch', migrations: [], interruptions: [] },
    moves: [
      { does: 'deploy the stacks', matters: [] },
      { does: 'apply the manifests', matters: [] },
    ],
  });
});

test('volumes do not shrink, and say so', () => {
  const [scale, production] = [of('notifications', 'scale'), of('notifications', 'production')];
  expect(gib(production)).toBeLessThan(gib(scale));
  const grown = growInPlace(scale, production);
  expect(gib(grown)).toBe(gib(scale));
  expect(part(grown, 'metadata').reason).toContain('AWS shrinks none');
});

test('what an environment once had it keeps through later stages', () => {
  const [scale, production, hyper] = ['scale', 'production', 'hyper'].map((stage) => of('notifications', stage)) as [Plan, Plan, Plan];
  expect(gib(grownThrough([scale, production], hyper))).toBe(gib(scale));
  expect(gib(grownThrough([production], hyper))).toBe(gib(hyper));
  expect(grownThrough([scale, production], hyper).growth!.from).toBe('production');
  expect(grownThrough([], hyper)).toBe(hyper);
});

test('brokers keep their volumes and topics their partitions', () => {
  const [hyper, massive] = [of('marketplace', 'hyper'), of('marketplace', 'massive')];
  const [before, after, grown] = [hyper, massive, growInPlace(hyper, massive)].map((p) => part(p, 'events'));
  if (before?.kind !== 'kafka' || after?.kind !== 'kafka' || grown?.kind !== 'kafka') throw new Error('events are not in Kafka');
  expect(after.storageGibPerBroker).toBeLessThan(before.storageGibPerBroker);
  expect(grown.storageGibPerBroker).toBe(before.storageGibPerBroker);
  for (const [i, { partitions }] of grown.topics.entries())
    expect(partitions).toBe(Math.max(before.topics[i]!.partitions, after.topics[i]!.partitions));
});

test('scale points of single sources are no step of growth', () => {
  expect(growthPath(loadSystem('marketplace'))).toEqual(['launch', 'traction', 'growth', 'scale', 'hyper', 'massive']);
});
