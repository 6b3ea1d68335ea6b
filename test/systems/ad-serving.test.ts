import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import ads from '../../systems/ad-serving';

const stages = Object.keys(ads.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(ads, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);

test('every stage of the sheet and its scale point are there', () => {
  expect(stages).toEqual(['start', 'growth', 'scale', 'seed-001']);
});

test('nothing but the memory of the ad server is needed for a contextual ad', () => {
  for (const stage of stages) {
    const needed = home(stage).flows.filter((f) => f.from === 'ad-server' && !f.soft);
    expect(needed.map(({ to }) => to)).toEqual([]);
  }
});

test('only users who consented are looked up, and a cap is counted once an impression', () => {
  const d = home('scale');
  const known = d.workload.requestsPeak! * d.workload.consentShare!;
  for (const id of ['caps', 'segments']) for (const flow of flows(d, 'ad-server', id)) expect(flow.rate.peak).toBeCloseTo(known);
  expect(
    flows(d, 'ad-server', 'caps')
      .map(({ verb }) => verb)
      .sort(),
  ).toEqual(['reads', 'writes']);
});

test('caps expire and are kept over a restart, on enough shards to lose a node of each', () => {
  const caps = part(home('growth'), 'cache', 'caps');
  expect(caps).toMatchObject({ topology: 'cluster', eviction: 'volatile-ttl', snapshots: true, replicasPerShard: 1 });
});

test('past a million requests a campaign has one leader, which is found by name', () => {
  expect(part(home('growth'), 'stateful', 'budget-leaders')).toBeUndefined();
  expect(part(home('scale'), 'stateful', 'budget-leaders')).toMatchObject({ ownsKeys: true, peers: false });
});

test('a budget is one for all regions: each is given a share by the minute and says what it spent', () => {
  for (const stage of ['growth', 'scale']) {
    for (const d of plan(ads, stage).deployments) {
      expect(part(d, 'keyValue', 'budget-shares').spec).toMatchObject({ partitionKey: 'bundle', sortKey: 'region', multiRegion: true });
      const verbs = flows(d, 'budget-sharing', 'budget-shares').map(({ verb }) => verb);
      expect(verbs.sort()).toEqual(['reads', 'writes']);
      expect(flows(d, 'budget-sharing', stage === 'growth' ? 'budgets' : 'budget-leaders').length).toBeGreaterThan(0);
    }
  }
  expect(part(home('start'), 'keyValue', 'budget-shares')).toBeUndefined();
});

test('segments come from what users saw, by night', () => {
  expect(flows(home('growth'), 'profiles', 'events-archive').map(({ verb }) => verb)).toEqual(['reads', 'writes']);
  expect(flows(home('growth'), 'segment-loader', 'segments')).toHaveLength(1);
});

test('events wait on the pod while the log is away; a report is five minutes behind at most', () => {
  const d = home('growth');
  expect(flows(d, 'ad-server', 'events')[0]!.soft).toBe(true);
  const { drainSeconds, scratchBytes } = part(d, 'service', 'ad-server');
  expect(drainSeconds).toBe(60);
  // An hour of a full pod.
  expect(scratchBytes).toBeGreaterThanOrEqual(2000 * d.workload.eventBytes! * 3600);
  const lag = d.alarms.find(({ part: id, watched }) => id === 'events' && watched === 'consumer lag')!;
  expect(lag.threshold).toBeCloseTo((300 * 1.54 * d.workload.requestsPeak!) / 100);
});

test('what is billed comes from the archive, once a night, and not from counters', () => {
  const d = home('growth');
  expect(d.flows.filter((f) => f.to === 'billed' && f.verb === 'writes').map(({ from }) => from)).toEqual(['billing']);
  expect(d.flows.filter((f) => f.from === 'billing' && f.verb === 'reads').map(({ to }) => to)).toEqual(['events-archive']);
});

test('reports have two copies of every row, and can be made again from the archive', () => {
  expect(part(home('growth'), 'stateful', 'reports')).toMatchObject({ replicas: 2, peers: true, rebuiltFrom: 'the archive of events' });
});

test('three regions, with one writer of campaigns', () => {
  const copies = plan(ads, 'growth').deployments.map((d) => part(d, 'relational', 'campaigns').copyOf);
  expect(copies).toEqual([undefined, 'us-east-1', 'us-east-1']);
});

test('a slow decision, a cap that is forgotten and a report five minutes late are alarms', () => {
  const d = home('scale');
  const threshold = (watched: string) => d.alarms.find((alarm) => alarm.watched === watched)!.threshold;
  expect(threshold('latency p99')).toBe(0.1);
  expect(threshold('evictions')).toBe(1);
  expect(threshold('consumer lag')).toBeGreaterThan(0);
});
