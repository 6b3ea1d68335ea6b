import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import authentication from '../../systems/authentication';
import { synthesized, templateOf } from '../stacks/synthesized';

const stages = Object.keys(authentication.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(authentication, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);

test('every phase of the sheet and its scale point are there', () => {
  expect(stages).toEqual(['single-node', 'horizontal', 'global', 'seed-002']);
});

test('hashes have nodes of their own, with a processor for each that is under way: a flood stops no refresh', () => {
  const d = home('global');
  const { pods, vcpu, tier } = part(d, 'service', 'passwords');
  expect(tier).not.toBe(part(d, 'service', 'tokens').tier);
  const left = (pods.peak * 2) / 3;
  expect(left * vcpu).toBeGreaterThanOrEqual(d.workload.hashesPeak! * d.workload.hashSeconds!);
});

test('verification reads files: neither service nor database is on the way', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(flows(d, 'clients', 'keys')).toHaveLength(1);
    expect(d.flows.filter((f) => f.from === 'keys').map((f) => f.to)).toEqual(['public-keys']);
  }
});

test('a chain of tokens is renewed where it began, from the last commit', () => {
  for (const d of plan(authentication, 'global').deployments) {
    expect(part(d, 'relational', 'sign-ins')).toMatchObject({ topology: 'multi-az', readersPerShard: 0, multiRegion: false });
    expect(flows(d, 'tokens', 'sign-ins').map(({ verb }) => verb)).toEqual(expect.arrayContaining(['reads', 'writes']));
  }
});

test('one writer of users, so that an address of mail is unique in the world', () => {
  const [first, second] = plan(authentication, 'global').deployments.map((d) => part(d, 'relational', 'users'));
  expect([first!.copyOf, second!.copyOf]).toEqual([undefined, 'us-east-1']);
});

test('a revoked token is never forgotten for want of memory', () => {
  for (const stage of ['horizontal', 'global']) expect(part(home(stage), 'cache', 'revoked').eviction).toBe('noeviction');
});

test('a provider that is down stops its own people only; registration waits for the database alone', () => {
  const d = home('global');
  for (const id of ['google', 'apple']) expect(new Set(flows(d, 'tokens', id).map((f) => f.soft))).toEqual(new Set([true]));
  expect(flows(d, 'passwords', 'accounts')).toEqual([]);
  expect(part(d, 'queue', 'accounts')).toMatchObject({ retentionSeconds: 7 * 86_400, maxReceives: 10 });
});

test('floods of one address end at a firewall before the balancer, in every region', () => {
  const assembly = synthesized(plan(authentication, 'global'));
  for (const region of ['us-east-1', 'eu-west-1']) {
    const template = templateOf(assembly, `${region}-compute`);
    const [acl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
    expect(acl!.Properties.Rules[0].Statement.RateBasedStatement).toMatchObject({ AggregateKeyType: 'IP', Limit: 10_000 });
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
  }
});

test('who did what cannot be rewritten for a year', () => {
  expect(part(home('horizontal'), 'objectStore', 'audit').spec.lockYears).toBe(1);
});

test('above 100M users they are sharded, and so are their sign-ins', () => {
  const chosen = (users: number) =>
    plan(authentication, 'global', { users }).decisions.find((d) => d.about === 'users and sign-ins')!.chosen;
  expect(chosen(100e6)).toBe('Aurora over both regions, sign-ins in each');
  expect(chosen(100.1e6)).toBe('Aurora over both regions, sharded by user');
  for (const id of ['users', 'sign-ins']) expect(part(home('global', { users: 1e9 }), 'relational', id).shards).toBeGreaterThan(1);
});

test('somebody is told before memory of revoked tokens is full, pools run dry, or a sign-in takes half a second', () => {
  for (const stage of ['horizontal', 'global']) {
    const watched = home(stage).alarms.map((a) => [a.part, a.watched, a.threshold]);
    const pool = stage === 'global' ? 'sign-ins' : 'users';
    expect(watched).toEqual(
      expect.arrayContaining([
        ['revoked', 'memory used', 0.7],
        [pool, 'connections', 400],
        ['web', 'latency p99', 0.5],
      ]),
    );
  }
});

test('a lost primary of Redis has a stand-in in another zone', () => {
  for (const stage of ['horizontal', 'global']) expect(part(home(stage), 'cache', 'revoked').replicasPerShard).toBe(1);
});
