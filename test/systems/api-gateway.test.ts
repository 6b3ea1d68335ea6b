import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import gateway from '../../systems/api-gateway';
import { find, objectsOf } from '../k8s/read-manifests';
import { synthesized, templateOf } from '../stacks/synthesized';

const stages = Object.keys(gateway.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(gateway, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);

test('stages of the sheet after one of our own, and both of its scale points', () => {
  expect(stages).toEqual(['launch', 'mvp', 'production', 'scale', 'seed-001', 'seed-001-ch1']);
});

test('a request waits for its backend alone: Redis, etcd, keys, cache, logs and metrics may all be away', () => {
  for (const stage of stages) {
    const awaited = home(stage).flows.filter((f) => f.from === 'gateway' && !f.soft);
    expect(awaited.map(({ to }) => to)).toEqual(['backends']);
  }
});

test('etcd is a quorum over the zones in each region, and half an hour of changes is the most that is lost with it', () => {
  for (const d of plan(gateway, 'production').deployments) {
    expect(part(d, 'stateful', 'etcd')).toMatchObject({ count: 3, sets: ['etcd'], peers: true });
    expect(part(d, 'job', 'etcd-backup').schedule).toBe('*/30 * * * *');
    expect(flows(d, 'etcd-backup', 'backups')[0]!.sentBytes).toBe(d.workload.configBytes);
  }
  const set = find(objectsOf(plan(gateway, 'production'), {}, 'us-east-1/'), 'StatefulSet', 'etcd');
  const [spread] = set.spec.template.spec.topologySpreadConstraints;
  expect(spread).toMatchObject({ topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' });
});

test('a version that one region releases is in the others within ten seconds, and older ones are kept to go back to', () => {
  for (const d of plan(gateway, 'production').deployments) {
    expect(part(d, 'objectStore', 'configuration').spec).toMatchObject({ multiRegion: true });
    expect(part(d, 'objectStore', 'configuration').spec.versioned).not.toBe(false);
    expect(flows(d, 'control-plane', 'configuration').find(({ verb }) => verb === 'reads')!.rate.average).toBeGreaterThanOrEqual(2 / 10);
    // Own releases, and those of the two others.
    const [written, applied] = [flows(d, 'control-plane', 'configuration'), flows(d, 'control-plane', 'etcd')].map(
      (to) => to.find(({ verb }) => verb === 'writes')!.rate.peak,
    );
    expect(applied).toBe(3 * written!);
  }
});

test('nobody changes routes over the network: one way in, to the gateway alone, and the control plane answers nobody', () => {
  for (const stage of stages) expect(home(stage).flows.filter((f) => f.to === 'control-plane' || f.to === 'etcd-backup')).toEqual([]);
  const template = templateOf(synthesized(plan(gateway, 'seed-001')), 'us-east-1-compute');
  template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 1);
  template.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 1);
});

test('the balancer pools connections of clients and lets nodes finish: layer 7, a minute to drain on both sides', () => {
  const d = home('scale');
  expect(part(d, 'loadBalancer', 'way-in')).toMatchObject({ layer: 7, drainSeconds: 60 });
  expect(part(d, 'service', 'gateway').drainSeconds).toBe(60);
  // Clients keep 80 times as many as are under way.
  expect(part(d, 'loadBalancer', 'way-in').connections.peak).toBeGreaterThan(80 * d.workload.underWay!);
  expect(part(d, 'service', 'gateway').dimensions.find(({ name }) => name === 'connections')!.demand).toBe(d.workload.underWay);
});

test('one bucket of a user in a region, on one shard, gone with its window; a pair carries a region of production', () => {
  for (const [stage, topology, shards] of [
    ['mvp', 'failover', 1],
    ['production', 'failover', 1],
    ['scale', 'cluster', 5],
  ] as const)
    expect(part(home(stage), 'cache', 'limits')).toMatchObject({ topology, shards, eviction: 'volatile-ttl' });
  expect(part(home('launch'), 'cache', 'limits')).toBeUndefined();
  const d = home('scale');
  const checks = flows(d, 'gateway', 'limits').filter(({ verb }) => verb === 'writes');
  expect(checks[0]!.rate.peak).toBe(d.workload.requestsPeak);
});

test('tokens that must be void at once are looked up for each request', () => {
  const asked = (revocation: number) => part(home('production', { revocation }), 'cache', 'limits').load.reads.peak;
  expect(asked(1) - asked(0)).toBeCloseTo(home('production').workload.requestsPeak!, 0);
});

test('past 100K routes they are looked up in a table, and etcd stays below what it is made for', () => {
  expect(part(home('production'), 'keyValue', 'routes')).toBeUndefined();
  const d = home('production', { routes: 1e6 });
  expect(part(d, 'keyValue', 'routes').spec).toMatchObject({ partitionKey: 'host', sortKey: 'prefix' });
  expect(part(d, 'stateful', 'etcd').utilisation).toBeLessThan(0.8);
});

test('lines of the access log stay in their region for thirty days, are never more than a buffer late, and are read after', () => {
  for (const stage of ['production', 'scale'])
    for (const d of plan(gateway, stage).deployments) {
      const { spec } = part(d, 'objectStore', 'access-log');
      expect(spec).toMatchObject({ versioned: false, lifecycle: [{ afterDays: 30, to: 'delete' }] });
      expect(spec.multiRegion ?? false).toBe(false);
      const [written] = flows(d, 'gateway', 'access-log');
      expect((written!.sentBytes * 10) / 500).toBeLessThanOrEqual(100e3 + 1);
      expect(flows(d, 'log-reader', 'access-log')[0]!.rate.average).toBe(written!.rate.average);
    }
});

test('nothing on the way bills by the request', () => {
  for (const stage of stages)
    for (const d of plan(gateway, stage).deployments) {
      expect(d.parts.filter((p) => p.kind === 'edge' || p.kind === 'function')).toEqual([]);
      for (const p of d.parts) if (p.kind === 'loadBalancer') expect(p.firewall).toBeUndefined();
    }
});

test('nodes of ch4 lose a zone at the peak and stay below the 80 % at which they would be joined by others', () => {
  const d = home('scale');
  const { pods } = part(d, 'service', 'gateway');
  const left = Math.floor((pods.peak * 2) / 3) / 4;
  expect(d.workload.requestsPeak! / (left * d.workload.requestsPerNode!)).toBeLessThanOrEqual(0.8 + 1e-9);
});

test('keys of tokens come from who issues them, at every stage, and a process that has them goes on without', () => {
  for (const stage of stages)
    for (const d of plan(gateway, stage).deployments) {
      const [asked] = flows(d, 'gateway', 'identity');
      // Each process asks once in five minutes.
      expect([asked!.soft, asked!.rate.peak * 300 >= 3]).toEqual([true, true]);
    }
});

test('what is kept is looked at: lines and traces by queries, snapshots by a drill', () => {
  for (const stage of stages) expect(flows(home(stage), 'searches', 'access-log')).toHaveLength(1);
  const d = home('scale');
  expect(part(d, 'lake', 'searches').tables.map(({ name }) => name)).toEqual(['requests', 'spans']);
  expect([flows(d, 'searches', 'traces').length, flows(d, 'restore-drill', 'backups').length]).toEqual([1, 1]);
});

test('somebody is woken when a hundredth of the answers are errors, or Redis takes five milliseconds', () => {
  for (const stage of ['production', 'scale'])
    expect(home(stage).alarms).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ part: 'way-in', watched: 'error share', threshold: 0.01 }),
        expect.objectContaining({ part: 'limits', watched: 'latency p99', threshold: 0.005 }),
      ]),
    );
});
