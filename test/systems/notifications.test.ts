import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import notifications from '../../systems/notifications';

const stages = Object.keys(notifications.stages);
const of = (stage: string, set: Record<string, number> = {}) => plan(notifications, stage, set);
const home = (stage: string, set: Record<string, number> = {}) => of(stage, set).deployments[0]!;
const kinds = (d: Deployment) => new Set<Kind>(d.parts.map((p) => p.kind));
const ids = (d: Deployment) => d.parts.map((p) => p.id);
const part = <K extends Kind>(d: Deployment, kind: K, id: string) =>
  d.parts.find((p) => p.id === id && p.kind === kind) as PartByKind[K] | undefined;
const chosen = (stage: string, about: string, set: Record<string, number> = {}) =>
  of(stage, set).decisions.find((d) => d.about === about)?.chosen;
const flow = (d: Deployment, from: string, verb: string, to: string) =>
  d.flows.filter((f) => f.from === from && f.verb === verb && f.to === to).reduce((n, f) => n + f.rate.peak, 0);

test('every stage of the sheet is there, smallest first, then the scale points of single sources', () => {
  expect(stages).toEqual(['mvp', 'real-time', 'scale', 'production', 'hyper', 'seed-000', 'seed-002', 'seed-003', 'seed-004']);
});

describe.each(stages)('%s', (stage) => {
  test('has no more consumers than partitions', () => {
    for (const d of of(stage).deployments) {
      const topics = part(d, 'kafka', 'log')?.topics ?? [];
      const partitions = (name: string) => topics.find((t) => t.name === name)?.partitions ?? Infinity;
      const pods = (id: string) => part(d, 'service', id)?.pods.peak ?? 0;
      expect(pods('router')).toBeLessThanOrEqual(partitions('raw'));
      expect(pods('tracker')).toBeLessThanOrEqual(partitions('delivery'));
      for (const medium of ['push', 'email', 'sms']) expect(pods(`${medium}-sender`)).toBeLessThanOrEqual(partitions(medium));
    }
  });

  test('gives every claim an existing stage, and every table its share of the writes', () => {
    expect(notifications.claims.filter((c) => !stages.includes(c.stage))).toEqual([]);
    for (const d of of(stage).deployments) {
      const store = part(d, 'wideColumn', 'store');
      if (store) expect(store.tables.reduce((n, t) => n + t.share, 0)).toBeCloseTo(1, 9);
    }
  });
});

describe('the path of growth', () => {
  test('launch is one machine and one database: no balancer, broker, Redis or Keyspaces', () => {
    const mvp = home('mvp');
    expect(mvp.platform).toBe('k3s');
    expect(kinds(mvp)).toEqual(new Set<Kind>(['service', 'relational', 'channel']));
    expect(mvp.nodeGroups).toHaveLength(1);
  });

  test('polling, WebSockets in the app servers, a fleet behind a layer-4 balancer', () => {
    expect(['mvp', 'real-time', 'scale', 'production'].map((s) => chosen(s, 'in-app delivery'))).toEqual([
      'polling',
      'WebSockets in the app servers',
      'WebSocket fleet',
      'WebSocket fleet',
    ]);
    expect(part(home('real-time'), 'service', 'api')!.protocol).toBe('websocket');
    expect(part(home('production'), 'loadBalancer', 'sockets')!.layer).toBe(4);
    expect(part(home('production'), 'service', 'gateway')!.kernel['net.netfilter.nf_conntrack_max']).toBe('2000000');
  });

  test('inline, Redis, RabbitMQ, Kafka', () => {
    const about = 'queue between API and providers';
    expect(['mvp', 'real-time', 'scale', 'production'].map((s) => chosen(s, about))).toEqual([
      'none',
      'Redis job queue',
      'RabbitMQ',
      'Kafka',
    ]);
  });

  test('pub/sub, then a connection map', () => {
    expect(chosen('real-time', 'way to the server of a user')).toBe('Redis pub/sub');
    expect(chosen('scale', 'way to the server of a user')).toMatch('connection map');
  });

  test('SQL until 10M users, Keyspaces beyond', () => {
    expect(kinds(home('scale'))).not.toContain('wideColumn');
    expect(kinds(home('production'))).toContain('wideColumn');
  });

  test('three regions past 50M users, in the shares of the 45 servers', () => {
    expect(of('production').deployments).toHaveLength(1);
    const shares = of('hyper').deployments.map((d) => d.region.share * 45);
    expect(shares).toEqual([20, 15, 10]);
  });

  test('each stage has at least the gateways, brokers and Redis shards of the one before', () => {
    const count = (stage: string, id: string) =>
      of(stage).deployments.reduce((n, d) => n + (d.parts.find((p) => p.id === id)?.count ?? 0), 0);
    const growing = stages.slice(0, 5);
    for (const id of ['redis', 'gateway', 'log']) {
      const counts = growing.map((s) => count(s, id));
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
    }
  });
});

describe('thresholds move the topology', () => {
  test.each([
    ['real-time', 'users', 1e6, 'way to the server of a user', 'Redis pub/sub', 'connection map in Redis, then a direct call'],
    ['real-time', 'users', 1e6, 'fast state', 'Redis', 'Redis Cluster'],
    ['scale', 'users', 10e6, 'inbox and delivery log', 'SQL', 'Cassandra (Keyspaces)'],
    ['production', 'users', 50e6, 'regions', 'one region', 'US, EU and Asia-Pacific'],
    ['mvp', 'connections', 750 * 30, 'in-app delivery', 'polling', 'WebSockets in the app servers'],
    ['mvp', 'broadcastAudience', 1e6, 'broadcasts', 'a row for each recipient', 'stored once, merged on read'],
    ['mvp', 'notificationsPeak', 40, 'queue between API and providers', 'none', 'Redis job queue'],
    ['mvp', 'notificationsPeak', 1000, 'queue between API and providers', 'Redis job queue', 'RabbitMQ'],
    ['scale', 'notificationsPeak', 50e3, 'queue between API and providers', 'RabbitMQ', 'Kafka'],
  ])('%s: above %s = %d, %s changes', (stage, figure, threshold, about, below, beyond) => {
    expect(chosen(stage, about, { [figure]: threshold })).toBe(below);
    expect(chosen(stage, about, { [figure]: threshold * 1.001 })).toBe(beyond);
  });

  test('200M notifications a day are enough for Kafka', () => {
    const about = 'queue between API and providers';
    expect(chosen('scale', about, { notificationsPerDay: 199e6 })).toBe('RabbitMQ');
    expect(chosen('scale', about, { notificationsPerDay: 200e6 })).toBe('Kafka');
  });

  test('a source that asks for priorities and SQL gets them, whatever the volume', () => {
    const d = home('seed-002');
    expect(kinds(d)).toContain('rabbitmq');
    expect(kinds(d)).not.toContain('kafka');
    expect(part(d, 'relational', 'log-store')!.engine).toBe('postgres');
    expect(chosen('seed-002', 'queue between API and providers', { priorityQueues: 0 })).toBe('Kafka');
    expect(chosen('seed-002', 'inbox and delivery log', { sqlLog: 0 })).toBe('Cassandra (Keyspaces)');
  });

  test('sources without connections have no gateway and no polls', () => {
    for (const stage of ['seed-002', 'seed-003', 'seed-004']) expect(ids(home(stage))).not.toContain('gateway');
  });
});

describe('load', () => {
  test('renewing 5M connections every 30 s is 167K Redis commands a second', () => {
    const d = home('production');
    expect(flow(d, 'gateway', 'writes', 'redis')).toBeCloseTo(5e6 / 30, 0);
    expect(part(d, 'cache', 'redis')!.load.writes.peak).toBeGreaterThan(167e3);
  });

  test('faster heartbeats need more Redis commands, more connections more gateways', () => {
    const commands = (set: Record<string, number>) => part(home('production', set), 'cache', 'redis')!.load.writes.peak;
    expect(commands({ heartbeatSeconds: 10 }) - commands({})).toBeCloseTo(5e6 / 10 - 5e6 / 30, 0);
    const gateways = [1e6, 2e6, 5e6, 10e6].map((connections) => part(home('production', { connections }), 'service', 'gateway')!.pods.peak);
    expect(gateways).toEqual([...new Set(gateways)].sort((a, b) => a - b));
  });

  test('channels carry what the source counts at its design rate', () => {
    const { flows } = home('seed-000');
    const to = (...targets: string[]) =>
      flows.filter((f) => targets.includes(f.to) && f.verb !== 'publishes').reduce((n, f) => n + f.rate.peak, 0);
    expect(to('fcm', 'apns')).toBeCloseTo(40e3, 3);
    expect(to('email')).toBeCloseTo(15e3, 3);
    expect(to('sms')).toBeCloseTo(2e3, 3);
  });

  test('the store holds 13.5 TB in 90 days and expires them', () => {
    const store = part(home('seed-000'), 'wideColumn', 'store')!;
    expect(store.bytes).toBeCloseTo(13.5e12, -6);
    expect(store.tables.map((t) => t.ttlSeconds)).toEqual([7_776_000, 7_776_000, 7_776_000]);
    expect(store.load.writes.peak).toBeCloseTo(3.5 * 100e3, 3);
    expect(store.load.writes.average).toBeCloseTo((3.5 * 200e6) / 86_400, 3);
  });
});
