import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import chat from '../../systems/real-time-chat';

const stages = Object.keys(chat.stages);
const of = (stage: string, set: Record<string, number> = {}) => plan(chat, stage, set);
const home = (stage: string, set: Record<string, number> = {}) => of(stage, set).deployments[0]!;
const ids = (d: Deployment) => d.parts.map((p) => p.id);
const part = <K extends Kind>(d: Deployment, kind: K, id: string) =>
  d.parts.find((p) => p.id === id && p.kind === kind) as PartByKind[K] | undefined;
const chosen = (stage: string, about: string, set: Record<string, number> = {}) =>
  of(stage, set).decisions.find((d) => d.about === about)?.chosen;
const count = (stage: string, id: string) =>
  of(stage).deployments.reduce((n, d) => n + d.cells * (d.parts.find((p) => p.id === id)?.count ?? 0), 0);

test('every stage of the sheets is there, smallest first, then the scale points of single sources', () => {
  expect(stages.slice(0, 3)).toEqual(['mvp', 'growth', 'scale']);
  expect(stages.slice(3)).toEqual(['seed-001', 'seed-001-ch1', 'seed-001-readme', 'seed-002', 'seed-003', 'seed-004']);
});

describe.each(stages)('%s', (stage) => {
  test('has no more consumers than partitions', () => {
    for (const d of of(stage).deployments) {
      const topics = part(d, 'kafka', 'events')?.topics ?? [];
      const partitions = (name: string) => topics.find((t) => t.name === name)?.partitions ?? Infinity;
      expect(part(d, 'service', 'fan-out')?.pods.peak ?? 0).toBeLessThanOrEqual(partitions('group.messages'));
      expect(part(d, 'service', 'notification-service')?.pods.peak ?? 0).toBeLessThanOrEqual(partitions('offline_messages'));
    }
  });

  test('has claims of existing stages only, and tables that share all writes', () => {
    expect(chat.claims.filter((c) => !stages.includes(c.stage))).toEqual([]);
    const messages = part(home(stage), 'wideColumn', 'messages');
    if (messages) expect(messages.tables.reduce((n, t) => n + t.share, 0)).toBeCloseTo(1, 9);
  });
});

describe('the path of growth', () => {
  test('launch is one zone with five gateways, one Redis and one PostgreSQL', () => {
    const mvp = home('mvp');
    expect(mvp.zones).toBe(1);
    expect(part(mvp, 'service', 'ws-gateway')!.pods.peak).toBe(5);
    expect(part(mvp, 'cache', 'redis')!.topology).toBe('single');
    expect(part(mvp, 'relational', 'messages')!.count).toBe(1);
    expect(mvp.parts.filter((p) => p.kind === 'kafka' || p.kind === 'wideColumn')).toEqual([]);
  });

  test('one machine is enough while it holds every connection', () => {
    expect(home('mvp', { connections: 2000 }).platform).toBe('k3s');
    expect(ids(home('mvp', { connections: 2000 }))).not.toContain('sockets');
    expect(home('mvp', { connections: 2001 }).platform).toBe('eks');
  });

  test('growth splits services, shards by conversation and puts Kafka behind the acknowledgement', () => {
    const growth = home('growth');
    expect(ids(growth)).toEqual(
      expect.arrayContaining(['message-service', 'presence-service', 'group-service', 'notification-service', 'events']),
    );
    expect(part(growth, 'relational', 'messages')!.shards).toBeGreaterThanOrEqual(4);
    expect(of('growth').deployments).toHaveLength(1);
  });

  test('scale runs in three regions with over a thousand gateways', () => {
    const { deployments } = of('scale');
    expect(deployments).toHaveLength(3);
    expect(deployments.reduce((n, d) => n + d.region.share, 0)).toBeCloseTo(1, 9);
    expect(count('scale', 'ws-gateway')).toBeGreaterThanOrEqual(1500);
  });

  test('each stage has at least the gateways and brokers of the one before', () => {
    for (const id of ['ws-gateway', 'events']) {
      const counts = ['mvp', 'growth', 'scale'].map((s) => count(s, id));
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
    }
  });

  test('only the connections tell the index row from chapter 1', () => {
    expect(count('seed-001', 'ws-gateway') * 9).toBeLessThan(count('seed-001-ch1', 'ws-gateway'));
    expect(count('seed-001', 'messages')).toBeCloseTo(count('seed-001-ch1', 'messages'), -1);
  });
});

describe('thresholds move the topology', () => {
  test.each([
    ['growth', 'dailyActiveUsers', 10e6, 'regions', 'one region', 'US, EU and Asia-Pacific'],
    ['mvp', 'messagesPeak', 5000 / 11, 'services', 'one service', 'history, messages, presence, groups and media apart'],
    ['mvp', 'messagesPeak', 1000, 'fan-out to groups and to those who are offline', 'inside the request', 'Kafka'],
    ['mvp', 'messagesPeak', 8000, 'message store', 'one PostgreSQL', 'PostgreSQL sharded by conversation'],
    ['mvp', 'retentionDays', 100, 'message store', 'one PostgreSQL', 'PostgreSQL sharded by conversation'],
    [
      'scale',
      'messagesPeak',
      1e6,
      'message store',
      'PostgreSQL sharded by conversation',
      'Cassandra (Keyspaces), people and groups in PostgreSQL',
    ],
    ['scale', 'largestGroup', 10e3, 'largest groups', 'pushed to every member', 'pulled on opening, pushed to those mentioned'],
  ])('%s: above %s = %d, %s changes', (stage, figure, threshold, about, below, beyond) => {
    expect(chosen(stage, about, { [figure]: threshold })).toBe(below);
    expect(chosen(stage, about, { [figure]: threshold * 1.001 })).toBe(beyond);
  });

  test('sources that ask for a wide-column store get it, partitioned by conversation and month', () => {
    for (const stage of ['seed-001-readme', 'seed-002', 'seed-003']) {
      const [messages] = part(home(stage), 'wideColumn', 'messages')!.tables;
      expect(messages!.partitionKey.map((c) => c.name)).toEqual(['conversation_id', 'month']);
      expect(messages!.clustering).toMatchObject([{ name: 'message_id', order: 'DESC' }]);
    }
    expect(chosen('seed-002', 'message store', { wideColumn: 0 })).toBe('PostgreSQL sharded by conversation');
  });

  test('sources without media have neither bucket nor edge', () => {
    expect(ids(home('seed-003'))).not.toEqual(expect.arrayContaining(['media']));
    expect(ids(home('seed-003'))).not.toEqual(expect.arrayContaining(['cdn']));
    expect(ids(home('growth'))).toEqual(expect.arrayContaining(['media', 'cdn']));
  });
});

describe('load', () => {
  const world = (stage: string, set: Record<string, number>, value: (d: Deployment) => number) =>
    of(stage, set).deployments.reduce((n, d) => n + d.cells * value(d), 0);

  test('10M connections with a heartbeat every 30 s renew presence and registry 667K times a second', () => {
    const renewals = world('scale', {}, (d) =>
      d.flows.filter((f) => f.from === 'presence-service' && f.to === 'sessions').reduce((n, f) => n + f.rate.peak, 0),
    );
    expect(renewals).toBeCloseTo((2 * 10e6) / 30, 0);
  });

  test('a heartbeat of 10 s triples them', () => {
    const writes = (heartbeatSeconds: number) =>
      world('scale', { heartbeatSeconds }, (d) => part(d, 'cache', 'sessions')!.load.writes.peak);
    expect(writes(10) - writes(30)).toBeCloseTo(2 * 10e6 * (1 / 10 - 1 / 30), 0);
  });

  test('everybody who gets a message gets it over the bus or as a push', () => {
    for (const stage of stages) {
      const d = home(stage);
      const sum = (keep: (f: Deployment['flows'][number]) => boolean) => d.flows.filter(keep).reduce((n, f) => n + f.rate.peak, 0);
      const shown = sum((f) => f.from === 'ws-gateway' && f.verb === 'reads');
      const pushed = sum((f) => f.to === 'fcm' || f.to === 'apns');
      expect((shown + pushed) / (1.8 * d.workload.messagesPeak!)).toBeCloseTo(1, 9);
    }
  });

  test('capacity of a broker counts three copies of every message', () => {
    const brokers = part(home('scale'), 'kafka', 'events')!;
    expect(brokers.dimensions.find((x) => x.name === 'messages')!.perUnit).toBeCloseTo(100e3 / 3, 6);
  });

  test('a shard of Aurora holds 7 TB at most', () => {
    for (const d of of('scale').deployments) {
      const messages = part(d, 'relational', 'messages')!;
      expect(d.workload.storeBytes! / messages.shards).toBeLessThanOrEqual(7e12);
    }
  });
});
