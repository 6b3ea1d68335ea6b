import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import rides from '../../systems/ride-sharing';
import { synthesized, templateOf } from '../stacks/synthesized';

const stages = Object.keys(rides.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(rides, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);
const numbered = (d: Deployment, name: string) => d.parts.filter((p) => new RegExp(`^${name}-\\d+$`).test(p.id)).map((p) => p.id);

test('every stage of the sheet, its row and its first chapter are there', () => {
  expect(stages).toEqual(['single-city-mvp', 'multi-city', 'global', 'seed-001', 'seed-001-bundle', 'seed-001-ch1']);
});

test('a city starts on one machine, with five pods of 2500 sockets', () => {
  const d = home('single-city-mvp');
  expect(d.platform).toBe('k3s');
  expect(part(d, 'service', 'ws-gateway').pods.peak).toBe(5);
});

test('cities share neither database nor cache nor topic: dispatch of one island asks for its own drivers', () => {
  const d = home('multi-city');
  for (const name of ['live', 'trips', 'dispatch', 'surge']) expect(numbered(d, name)).toHaveLength(10);
  for (let n = 1; n <= 10; n++)
    for (const from of [`dispatch-${n}`, `surge-${n}`]) {
      const asked = d.flows.filter((f) => f.from === from && /^(live|trips)-/.test(f.to)).map((f) => f.to);
      expect(new Set(asked)).toEqual(new Set([`live-${n}`]));
    }
  const topics = part(d, 'kafka', 'events').topics.map(({ name }) => name);
  for (let n = 1; n <= 10; n++) expect(topics).toEqual(expect.arrayContaining([`requests-${n}`, `trips-${n}`, `positions-${n}`]));
});

test('what fails one island fails no request of another', () => {
  const d = home('global');
  const needed = plan(rides, 'global').availability.entries.flatMap((e) => e.path.map((t) => t.part));
  expect(needed).toEqual(expect.arrayContaining(['live-1', 'trips-1']));
  for (const id of [...numbered(d, 'live'), ...numbered(d, 'trips')].filter((one) => !one.endsWith('-1'))) expect(needed).not.toContain(id);
});

test('in the templates each island has a Redis and a Multi-AZ database of its own, and topics', () => {
  const stacks = synthesized(plan(rides, 'multi-city'));
  const data = [...stacks.keys()].filter((name) => name.includes('data'));
  const count = (type: string) => data.reduce((n, name) => n + Object.keys(templateOf(stacks, name).findResources(type)).length, 0);
  expect(count('AWS::ElastiCache::ReplicationGroup')).toBe(10);
  expect(count('AWS::RDS::DBInstance')).toBe(10);
  expect(count('AWS::MSK::Topic')).toBe(31);
});

test('a position is a command or two of Redis and a tenth of a message, and no row', () => {
  for (const stage of stages) {
    const d = home(stage);
    const positions = d.workload.positionsPeak!;
    const from = d.platform === 'k3s' ? 'app' : 'location';
    const toRedis = d.flows.filter((f) => f.from === from && /^live-/.test(f.to) && f.verb === 'writes');
    expect(toRedis.reduce((n, f) => n + f.rate.peak, 0) / positions).toBeCloseTo(1.1);
    const toDatabase = d.flows.filter((f) => /^trips-\d/.test(f.to) && f.verb === 'writes').reduce((n, f) => n + f.rate.peak, 0);
    expect(toDatabase).toBeLessThan(positions / 50);
    if (d.platform === 'eks') expect(flows(d, 'location', 'events')).toMatchObject([{ rate: { peak: positions / 10 }, soft: true }]);
  }
});

test('more than 500 drivers in a cell get dispatchers of their own, who take its share of requests', () => {
  expect(part(home('multi-city'), 'service', 'hot-dispatch')).toBeUndefined();
  const d = home('global');
  const consumed = (id: string) => part(d, 'service', id).load.consumed.peak;
  const all = numbered(d, 'dispatch').reduce((n, id) => n + consumed(id), consumed('hot-dispatch'));
  expect(all).toBeCloseTo(d.workload.requestsPeak!, 6);
  expect(consumed('hot-dispatch') / all).toBeCloseTo(0.03);
  expect(part(home('global', { busiestCell: 500 }), 'service', 'hot-dispatch')).toBeUndefined();
});

test('a request waits in the log, with a partition for every process that may take it', () => {
  for (const stage of ['multi-city', 'global', 'seed-001-ch1']) {
    const d = home(stage);
    const { topics } = part(d, 'kafka', 'events');
    for (const id of numbered(d, 'dispatch'))
      expect(part(d, 'service', id).pods.peak).toBeLessThanOrEqual(
        topics.find(({ name }) => name === id.replace('dispatch', 'requests'))!.partitions,
      );
    expect(part(d, 'service', 'dispatch-1').scaleOn).toBe('queue depth');
  }
});

test('without surge there is a base fare: nobody waits for prices or arrival times', () => {
  const asked = home('global').flows.filter(({ from, to }) => from === 'pricing' || to === 'eta');
  expect(asked.length).toBeGreaterThan(10);
  for (const f of asked) expect(f.soft).toBe(true);
});

test('a fare is held with the request and captured within a week', () => {
  const d = home('global');
  expect(flows(d, 'trips', 'psp')).toMatchObject([{ rate: { peak: d.workload.requestsPeak } }]);
  expect(flows(d, 'settlement', 'psp')).toMatchObject([{ rate: { peak: d.workload.ridesPeak } }]);
  expect(part(d, 'queue', 'captures')).toMatchObject({ retentionSeconds: 7 * 86_400, maxReceives: 12, deadLetterAlarm: 1 });
});

test('tracks go after two years, and get cheaper after a month', () => {
  expect(part(home('global'), 'objectStore', 'tracks').spec.lifecycle).toEqual([
    { afterDays: 30, to: 'intelligent tiering' },
    { afterDays: 730, to: 'delete' },
  ]);
});

test('regions share nothing but the log of trips and payments', () => {
  const { deployments } = plan(rides, 'global');
  expect(deployments).toHaveLength(3);
  for (const d of deployments) {
    for (const id of numbered(d, 'trips')) expect(part(d, 'relational', id)).toMatchObject({ multiRegion: false, pitrDays: 35 });
    expect(d.parts.flatMap((p) => (p.kind === 'objectStore' && p.spec.multiRegion ? p.id : []))).toEqual(['rides']);
  }
});

test('rides of last season are still looked up where they went', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(flows(d, d.platform === 'k3s' ? 'app' : 'api', 'rides').map(({ verb }) => verb)).toEqual(['reads']);
  }
});

test('gateways scale on sockets and let go of them in half a minute', () => {
  expect(part(home('global'), 'service', 'ws-gateway')).toMatchObject({ scaleOn: 'connections', drainSeconds: 30 });
});

test('a lost Redis has a copy in another zone, and is told by ten milliseconds; a lost database likewise', () => {
  const d = home('global');
  for (const id of numbered(d, 'live')) {
    expect(part(d, 'cache', id)).toMatchObject({ topology: 'cluster', replicasPerShard: 1 });
    expect(d.alarms).toContainEqual(expect.objectContaining({ part: id, watched: 'latency p99', threshold: 0.01 }));
  }
  for (const id of numbered(d, 'trips')) expect(part(d, 'relational', id).topology).toBe('multi-az');
});

test('all sockets find a place when those of a lost zone come back at once', () => {
  for (const stage of stages.filter((name) => name !== 'single-city-mvp'))
    for (const d of plan(rides, stage).deployments) {
      const { pods } = part(d, 'service', 'ws-gateway');
      expect(Math.floor((pods.peak * (d.zones - 1)) / d.zones) * 2500).toBeGreaterThanOrEqual(d.workload.connections!);
    }
});

test('fifty thousand messages behind are an alarm', () => {
  for (const stage of ['multi-city', 'global'])
    expect(home(stage).alarms).toContainEqual(expect.objectContaining({ part: 'events', watched: 'consumer lag', threshold: 50e3 }));
});
