import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import { INTERRUPTION_NOTICE } from '../../plan/spot';
import scheduler from '../../systems/task-scheduler';
import { synthesized, templateOf } from '../stacks/synthesized';

const stages = Object.keys(scheduler.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(scheduler, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) =>
  d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K] | undefined;
const between = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);
const chosen = (stage: string, about: string, set: Record<string, number> = {}): string =>
  plan(scheduler, stage, set).decisions.find((d) => d.about === about)!.chosen;
const EXECUTORS = ['executors', 'steady-executors'];

test('every stage of the sheet and its scale points are there', () => {
  expect(stages).toEqual(['start', 'growth', 'scale', 'seed-001', 'seed-001-readme']);
});

describe.each(stages)('%s', (stage) => {
  const d = home(stage);
  const queued = d.flows.filter((f) => f.from === 'orchestrator' && f.verb === 'publishes' && f.to !== 'dead-letters');

  test('most executors may be taken back, within the notice and with nobody waiting for them; some may not', () => {
    const [spot, steady] = EXECUTORS.map((id) => part(d, 'service', id)!);
    expect([spot!.interruptible ?? false, steady!.interruptible ?? false]).toEqual([true, false]);
    expect(spot!.drainSeconds).toBeLessThan(INTERRUPTION_NOTICE.seconds);
    expect(d.flows.filter((f) => EXECUTORS.includes(f.to))).toEqual([]);
  });

  test('a task is a row before it is queued, so that it waits there while the broker is away', () => {
    expect(new Set(queued.map((f) => f.soft))).toEqual(new Set([true]));
    const rows = between(d, 'orchestrator', 'metadata').filter((f) => f.verb === 'writes');
    expect(new Set(rows.map((f) => f.soft ?? false))).toEqual(new Set([false]));
    expect(rows.reduce((n, f) => n + 20 * f.rate.average, 0)).toBeGreaterThanOrEqual(5 * (d.workload.tasksPerDay! / 86_400));
  });

  test('what is due in one second starts within four', () => {
    const started = (moment: 'average' | 'peak') => queued.reduce((n, f) => n + f.rate[moment], 0);
    expect(d.workload.tasksPeak! / started('peak')).toBeLessThan(4);
    expect(started('average') / started('peak')).toBeGreaterThan(0.6);
  });

  test('no topic has more consumers than partitions', () => {
    const topics = part(d, 'kafka', 'tasks')?.topics;
    if (!topics) return;
    const partitions = (keep: (name: string) => boolean) => topics.filter((t) => keep(t.name)).reduce((n, t) => n + t.partitions, 0);
    expect(part(d, 'service', 'dispatcher')!.pods.peak).toBeLessThanOrEqual(partitions((name) => name.startsWith('tasks-')));
    expect(part(d, 'service', 'orchestrator')!.pods.peak).toBeLessThanOrEqual(partitions((name) => name === 'results'));
  });
});

test('partitions are twice the dispatchers that a peak needs, over three priorities', () => {
  const partitions = (stage: string) =>
    part(home(stage), 'kafka', 'tasks')!
      .topics.filter((t) => t.name.startsWith('tasks-'))
      .map((t) => t.partitions);
  expect(partitions('growth')).toEqual([3, 6, 3]);
  expect(partitions('scale')).toEqual([6, 12, 6]);
});

test('below 8M tasks a day requests cost less than three brokers', () => {
  expect(chosen('seed-001', 'task queue')).toBe('SQS, a queue a priority');
  expect(chosen('seed-001', 'task queue', { tasksPerDay: 8.1e6 })).toBe('RabbitMQ with priorities');
  const d = home('seed-001');
  for (const id of ['tasks-high', 'tasks-normal', 'tasks-low'])
    expect([part(d, 'queue', id)!.maxReceives, between(d, 'executors', id).length]).toEqual([5, 1]);
});

test('code of several tenants runs where nothing else does, without a way out and without a look at secrets of others', () => {
  expect([1, 2].map((tenants) => chosen('start', 'code of tenants', { tenants }))).toEqual([
    'pods of its own',
    'nodes of its own, without a way out',
  ]);
  for (const stage of stages) {
    const d = home(stage);
    for (const id of EXECUTORS) {
      expect(part(d, 'service', id)!.isolated ?? false).toBe(stage !== 'start');
      expect(d.nodeGroups.find((g) => g.tier === id)!.services).toEqual([id]);
      const asked = d.flows.filter((f) => f.from === id).map((f) => d.parts.find((p) => p.id === f.to)!.kind);
      expect(asked).toContain('service');
      for (const kind of ['objectStore', 'keyValue', 'relational']) expect(asked).not.toContain(kind);
    }
    const readers = d.flows.filter((f) => f.to === 'tenant-secrets').map((f) => f.from);
    expect(new Set(readers)).toEqual(new Set(['portal-api', 'task-files']));
  }
});

test('records that have left the database are found by who asks for them', () => {
  const d = home('growth');
  expect([between(d, 'portal-api', 'history')[0]!.soft, between(d, 'history', 'metadata-archive').length]).toEqual([true, 1]);
});

test.each([
  ['task queue', 'RabbitMQ with priorities', /^Kafka/],
  ['metadata', 'one PostgreSQL', /sharded by tenant/],
  ['timers', 'a look at the table of schedules every second', /^timing wheels/],
  ['leases', 'rows of PostgreSQL', /^etcd/],
])('above 10M tasks a day, %s changes', (about, below, beyond) => {
  expect(chosen('start', about, { tasksPerDay: 10e6 })).toBe(below);
  expect(chosen('start', about, { tasksPerDay: 10.1e6 })).toMatch(beyond);
});

test('a hundred thousand timers are no table to look through', () => {
  expect(chosen('start', 'timers', { timers: 100e3 })).toMatch(/^a look/);
  expect(chosen('start', 'timers', { timers: 100.1e3 })).toMatch(/^timing wheels/);
});

test('leases are three members of one quorum in three zones, and a hundredth of what they can do: no lease a task', () => {
  const leases = part(home('scale'), 'stateful', 'leases')!;
  expect([leases.sets, leases.replicas]).toEqual([['leases'], 3]);
  expect(leases.load.writes.peak).toBeLessThan(0.01 * home('scale').workload.tasksPeak!);
  const executors = part(home('scale'), 'service', 'executors')!;
  // A heartbeat every ten seconds of each that is busy.
  expect(between(home('scale'), 'executors', 'leases')[0]!.rate.peak * 10).toBeLessThanOrEqual(executors.pods.peak);
});

test('each shard of the wheel has a leader and a standby in another zone, and 250K timers at most', () => {
  const { sets, replicas, volume, rebuiltFrom } = part(home('scale'), 'stateful', 'timing-wheel')!;
  expect(replicas).toBe(2);
  expect(2e6 / sets.length).toBeLessThanOrEqual(250e3);
  expect([volume, rebuiltFrom]).toEqual([undefined, expect.stringContaining('metadata')]);
});

test('one control plane decides what is due: the other region has a copy of its database and the way in', () => {
  const { deployments } = plan(scheduler, 'scale');
  expect(deployments.map((d) => d.region.role)).toEqual(['active', 'recovery']);
  expect(part(deployments[1]!, 'relational', 'metadata')!.copyOf).toBe('us-east-1');
  expect(deployments[1]!.parts.filter((p) => p.kind === 'service').map((p) => p.id)).toEqual(['portal-api']);
});

test('one machine runs a million tasks a day of somebody who can wait', () => {
  expect(home('start', { tasksPerDay: 1e6 }).platform).toBe('k3s');
  expect(home('start').platform).toBe('eks');
});

describe('synthesized', () => {
  const stacks = synthesized(plan(scheduler, 'growth'));

  test('logs are read at once for a month and kept for a year', () => {
    const buckets = Object.entries(templateOf(stacks, 'us-east-1-data').findResources('AWS::S3::Bucket'));
    const [, logs] = buckets.find(([id]) => id.startsWith('logs'))!;
    const rules = JSON.stringify(logs.Properties.LifecycleConfiguration);
    expect(rules).toContain('"ExpirationInDays":365');
    expect(rules).toContain('"StorageClass":"GLACIER_IR","TransitionInDays":30');
  });

  test('operators hear of more dead letters than a hundredth of the tasks of an hour, of a full database, and of half a second of tasks that wait', () => {
    const alarms = JSON.stringify(templateOf(stacks, 'us-east-1-operations').findResources('AWS::CloudWatch::Alarm'));
    const heard = [
      /dead-letters: queue depth at or above 41667\b/,
      /tasks: consumer lag at or above 833\b/,
      /metadata: cpu at or above 0.7\b/,
    ];
    for (const alarm of heard) expect(alarms.slice(alarms.search(alarm)).slice(0, 60)).toMatch(alarm);
  });
});
