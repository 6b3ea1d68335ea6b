import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import game from '../../systems/multiplayer-game';
import { synthesized, templateOf } from '../stacks/synthesized';

const stages = Object.keys(game.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(game, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);

test('every stage of the sheet is there, and nothing is said to come from the source but its row', () => {
  expect(stages).toEqual(['launch', 'growth', 'scale']);
  const sources = [...Object.values(game.workload.figures), ...Object.values(game.stages), ...game.claims].map(({ source }) => source);
  expect(sources.filter((source) => source?.confidence === 'stated')).toEqual([]);
});

// What an expert looks for, first: where the simulation runs and how players reach it.
test('players speak UDP to hosts near them, and no balancer, edge or NAT is between', () => {
  const { deployments } = plan(game, 'scale');
  expect(deployments.map(({ region }) => region.name)).toHaveLength(7);
  for (const d of deployments) {
    expect(flows(d, 'clients', 'matches')[0]!.rate.peak).toBeCloseTo((700e3 * 30) / 7, 0);
    expect(d.flows.filter((f) => f.to === 'matches').map((f) => f.from)).toEqual(['fleet-allocator', 'clients']);
    expect(part(d, 'hostFleet', 'matches').ports).toEqual({ from: 7000, to: 7099 });
  }
});

// Second: a match is never cut short by scaling or a release.
test('a host goes when its last match has ended, and the allocator alone sends it', () => {
  const fleet = part(home('launch'), 'hostFleet', 'matches');
  expect(fleet.drainSeconds).toBeGreaterThan(game.workload.resolve({ concurrentPlayers: 1 }).matchSeconds!);
  const compute = templateOf(synthesized(plan(game, 'launch')), 'us-east-1-compute');
  compute.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', { NewInstancesProtectedFromScaleIn: true });
  compute.hasResourceProperties('AWS::AutoScaling::LifecycleHook', { HeartbeatTimeout: 1500 });
  const mayEnd = Object.entries(compute.findResources('AWS::IAM::Policy')).filter(([, { Properties }]) =>
    /TerminateInstanceInAutoScalingGroup.*AutoScalingGroupARN/.test(JSON.stringify(Properties)),
  );
  expect(mayEnd.map(([id]) => id)).toEqual([expect.stringMatching(/Identityfleetallocator/)]);
});

// Third: seats are there before players ask for them.
test.each([
  ['launch', 20],
  ['growth', 201],
  ['scale', 2002],
])('at %s a fifth of the hosts waits for the next matches', (stage, count) => {
  const fleets = plan(game, stage).deployments.map((d) => ({ d, fleet: part(d, 'hostFleet', 'matches') }));
  expect(fleets.reduce((n, { fleet }) => n + fleet.count, 0)).toBe(count);
  for (const { d, fleet } of fleets) expect(fleet.count * 7).toBeGreaterThanOrEqual(1.2 * d.workload.matches! - 1e-6);
});

test('a lost host takes seven matches with it, and no larger one is bought to save a little', () => {
  for (const stage of stages)
    expect(part(home(stage), 'hostFleet', 'matches')).toMatchObject({ sessionsPerHost: 7, instanceType: 'c7g.4xlarge' });
});

test('a match goes on while stores are down: its host waits for none of them', () => {
  for (const stage of stages) expect(home(stage).flows.filter((f) => f.from === 'matches' && !f.soft)).toEqual([]);
});

test('results wait while the player store is slow: a message a match for two weeks, an alarm after a minute', () => {
  const d = home('growth');
  expect(part(d, 'queue', 'results')).toMatchObject({ maxReceives: 5, retentionSeconds: 14 * 86_400 });
  expect(flows(d, 'matches', 'results')[0]!.rate.peak).toBeCloseTo(d.workload.startsPeak!);
  expect(flows(d, 'result-writer', 'players')[0]!.rate.peak).toBeCloseTo(100 * d.workload.startsPeak!);
  expect(d.alarms).toContainEqual(expect.objectContaining({ part: 'results', watched: 'oldest message', threshold: 60 }));
});

test('a reconnect storm does not hold up the queue for matches: each has a Redis from the second stage on', () => {
  const caches = (stage: string) => home(stage).parts.flatMap(({ id, kind }) => (kind === 'cache' ? [id] : []));
  expect(caches('launch')).toEqual(['redis']);
  expect(caches('growth')).toEqual(['presence', 'matchmaking', 'leaderboards']);
});

test('all who are online hold a connection, also with a zone lost', () => {
  for (const { parts, workload } of plan(game, 'scale').deployments) {
    const gateways = parts.find((p) => p.id === 'lobby-gateway') as PartByKind['service'];
    expect((gateways.count * 2 * 12.5e3) / 3).toBeGreaterThanOrEqual(workload.concurrentPlayers!);
  }
});

test('purchases lose nothing with a zone, whatever the stage, and can be taken back five weeks', () => {
  for (const stage of stages)
    expect(part(home(stage), 'relational', 'ledger')).toMatchObject({
      topology: stage === 'launch' ? 'multi-az' : 'aurora',
      pitrDays: 35,
    });
});

test('who moves finds profile and purchases: the table is global, the ledger one', () => {
  for (const stage of ['growth', 'scale'])
    for (const d of plan(game, stage).deployments) {
      expect(part(d, 'keyValue', 'players').spec.multiRegion).toBe(true);
      expect(part(d, 'relational', 'ledger').copyOf).toBe(d.region.name === 'us-east-1' ? undefined : 'us-east-1');
    }
});

test('telemetry is learnt from, and replays are looked at', () => {
  for (const stage of stages)
    for (const id of ['telemetry', 'replays'])
      expect(home(stage).flows.filter((f) => f.to === id && f.verb === 'reads').length).toBeGreaterThan(0);
});

test('telemetry is batched by match, kept for two days to read again and for thirty as files', () => {
  const d = home('scale');
  const events = part(d, 'kafka', 'events');
  expect(events.topics).toEqual([{ name: 'telemetry', partitions: 96, retentionSeconds: 48 * 3600 }]);
  expect(flows(d, 'matches', 'events')[0]).toMatchObject({ sentBytes: 30e3, rate: { peak: expect.closeTo(11_667 / 7, 0) } });
  expect(part(d, 'objectStore', 'telemetry').spec.lifecycle).toEqual([{ afterDays: 30, to: 'delete' }]);
  expect(part(home('launch'), 'sparkJob', 'nightly-scoring')).toMatchObject({ program: 'telemetry' });
});

test('logins pass limits an address, patches pass no server of ours', () => {
  const d = home('growth');
  expect(part(d, 'edge', 'account').spec).toMatchObject({ firewall: true, requestsPerAddress: 300 });
  expect(d.flows.filter((f) => f.from === 'cdn').map((f) => f.to)).toEqual(['builds']);
});

test('a leaderboard that is lost stops neither match nor result', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(flows(d, 'matches', 'boards')).toEqual([]);
    for (const { soft } of flows(d, 'api', 'boards')) expect(soft).toBe(true);
  }
});

test('telemetry two minutes behind is an alarm', () => {
  const d = home('scale');
  const alarm = d.alarms.find(({ watched }) => watched === 'consumer lag')!;
  expect(alarm.threshold).toBeCloseTo(120 * d.workload.matches!);
});
