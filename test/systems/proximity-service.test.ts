import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import proximity from '../../systems/proximity-service';

const stages = Object.keys(proximity.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(proximity, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flow = (d: Deployment, from: string, to: string) => d.flows.find((f) => f.from === from && f.to === to)!;

test('every stage of the sheet and its scale points are there', () => {
  expect(stages).toEqual(['mvp', 'production', 'scale', 'seed-001', 'seed-001-readme']);
});

test('a million places that stand still are one machine and one database', () => {
  const { platform, parts } = home('mvp');
  expect([platform, parts.map(({ kind }) => kind).sort()]).toEqual(['k3s', ['relational', 'service', 'service']]);
});

test('a prefix that fills a core is split into cells, of which a search reads nine less those its pod remembers', () => {
  const commands = (d: Deployment) => flow(d, 'query', 'places').rate.peak / d.workload.queriesPeak!;
  expect(commands(home('production'))).toBe(6);
  expect(commands(home('production', { densestShare: 0.3 }))).toBe(4.5);
  expect(commands(home('scale'))).toBeCloseTo(4.5);
});

test('without the index searches are still answered, by the database', () => {
  for (const stage of ['production', 'scale']) {
    const d = home(stage);
    expect([flow(d, 'query', 'places').soft, flow(d, 'query', 'objects').soft]).toEqual([true, true]);
    expect(flow(d, 'query', 'spatial').soft).toBeUndefined();
  }
  expect(part(home('scale'), 'relational', 'spatial').readersPerShard).toBeGreaterThanOrEqual(2);
});

test('positions pass a log on their way to the index, fifty a message, and its lag is watched', () => {
  const d = home('scale');
  expect(flow(d, 'location-update', 'positions-log').rate.peak).toBeCloseTo(d.workload.updatesPeak! / 50);
  expect(flow(d, 'indexer', 'objects').rate.peak).toBeCloseTo(d.workload.updatesPeak!);
  expect(d.alarms.map(({ part: id, watched }) => `${id} ${watched}`)).toContain('positions-log consumer lag');
});

test('nobody keeps where people were: the log forgets after an hour', () => {
  const { topics } = part(home('scale'), 'kafka', 'positions-log');
  expect(topics.map(({ retentionSeconds }) => retentionSeconds)).toEqual([3600]);
  expect(home('scale').parts.some(({ kind }) => kind === 'objectStore')).toBe(false);
});

test('devices keep a connection each, at layer 4, where requests are not billed', () => {
  const d = home('scale');
  const balancer = part(d, 'loadBalancer', 'positions');
  expect([balancer.layer, balancer.connections.peak]).toEqual([4, d.workload.objects]);
});

test('borders are tested in three regions past ten million places, and events that nobody took end in dead letters', () => {
  expect(part(home('production'), 'service', 'geofencing')).toBeUndefined();
  const { deployments } = plan(proximity, 'scale');
  expect(deployments).toHaveLength(3);
  for (const d of deployments) {
    expect(part(d, 'service', 'geofencing').pods.peak).toBeGreaterThan(0);
    expect(part(d, 'queue', 'border-events').maxReceives).toBe(5);
  }
});
