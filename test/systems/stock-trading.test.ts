import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import trading from '../../systems/stock-trading';
import { synthesized, templateOf } from '../stacks/synthesized';

const stages = Object.keys(trading.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(trading, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const between = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);
const chosen = (stage: string, about: string, set: Record<string, number> = {}): string =>
  plan(trading, stage, set).decisions.find((d) => d.about === about)!.chosen;

test('every stage of the sheet and its scale points are there', () => {
  expect(stages).toEqual(['launch', 'growth', 'scale', 'high-frequency', 'seed-001', 'seed-001-readme']);
});

describe.each(stages)('%s', (stage) => {
  const d = home(stage);

  test('every engine has a hot standby in another zone that reads what it reads, and a thread for its symbols', () => {
    const engines = part(d, 'machines', 'engines');
    expect([engines.placement, engines.standbys]).toEqual(['cluster', engines.active]);
    const read = between(d, 'engines', 'order-log').filter((f) => f.verb === 'consumes');
    const called = between(d, 'order-gateway', 'engines').reduce((n, f) => n + f.rate.peak, 0);
    expect(read.reduce((n, f) => n + f.rate.peak, called)).toBeCloseTo(2 * d.workload.ordersPeak!, 6);
  });

  test('an order is on the log before it is matched, and its outcome before anybody hears of it', () => {
    const written = d.flows.filter((f) => f.to === 'order-log' && f.verb === 'publishes' && f.rate.peak >= d.workload.ordersPeak! * 0.99);
    expect(written.map((f) => f.sentBytes)).toEqual(expect.arrayContaining([200, 300]));
    expect(d.flows.some((f) => f.from === 'engines' && f.to === 'accounts')).toBe(false);
  });

  test('without the risk check, or what it asks, no order passes', () => {
    expect(between(d, 'order-gateway', 'risk-check').map((f) => f.soft ?? false)).toEqual([false]);
    const power = d.parts.some((p) => p.id === 'buying-power') ? 'buying-power' : 'accounts';
    expect(between(d, 'risk-check', power).map((f) => f.soft ?? false)).toEqual([false]);
  });

  test('no topic has more consumers than partitions', () => {
    const topic = (name: string) => d.parts.flatMap((p) => (p.kind === 'kafka' ? p.topics : [])).find((t) => t.name === name)!.partitions;
    for (const id of ['fill-processor', 'surveillance', 'compliance-service'])
      expect(part(d, 'service', id).pods.peak).toBeLessThanOrEqual(topic('executions'));
    expect(part(d, 'service', 'execution-service').pods.peak).toBeLessThanOrEqual(topic('routes'));
    expect(part(d, 'service', 'market-data-service').pods.peak).toBeLessThanOrEqual(topic('quotes'));
  });

  test('a subscriber gets one update a second, a professional ten, however often prices change', () => {
    const pushes = (id: string) => between(d, 'sockets', id).reduce((n, f) => n + f.rate.peak, 0);
    const { concurrent, professionalShare } = d.workload as { concurrent: number; professionalShare: number };
    expect(pushes('stream')).toBeCloseTo((1 - professionalShare) * concurrent, 0);
    expect(pushes('professional-stream')).toBeCloseTo(10 * professionalShare * concurrent, 0);
  });
});

test('a feed that falls silent has another beside it, and when neither speaks prices grow old while orders wait for nobody', () => {
  for (const stage of stages)
    for (const feed of ['exchange-feed', 'backup-feed'])
      expect(between(home(stage), 'feed-adapter', feed).map((f) => f.soft)).toEqual([true]);
});

test('a user is counted before an order is checked, and the count holds up nobody', () => {
  for (const stage of stages)
    expect(between(home(stage), 'order-gateway', 'prices').map((f) => [f.verb, f.soft])).toEqual([['writes', true]]);
});

test('accounts have a reader in another zone, and positions are looked up while orders are written', () => {
  for (const stage of stages) expect(part(home(stage), 'relational', 'accounts').readersPerShard).toBeGreaterThan(0);
});

test('a burst of quotes meets other brokers than orders do', () => {
  for (const stage of stages) expect(between(home(stage), 'feed-adapter', 'order-log')).toEqual([]);
});

test('symbols share threads at launch; popular ones get engines, and a processor each where matching must not wait', () => {
  const processors = (stage: string) =>
    plan(trading, stage)
      .deployments.map((d) => part(d, 'machines', 'engines'))
      .reduce((n, { active, vcpu }) => n + active * (vcpu - 2), 0);
  expect(processors('launch')).toBe(2);
  expect(processors('scale')).toBeGreaterThanOrEqual(100);
  expect(processors('scale')).toBeLessThan(200);
  expect(processors('high-frequency')).toBeGreaterThanOrEqual(1000);
});

test.each([
  ['growth', 'ordersPeak', 50e3, 'from gateway to engine', 'called by name', 'through the log'],
  ['launch', 'users', 1e6, 'accounts and positions', 'one PostgreSQL', 'PostgreSQL sharded by account'],
])('%s: above %s = %d, %s changes', (stage, figure, threshold, about, below, beyond) => {
  expect(chosen(stage, about, { [figure]: threshold })).toBe(below);
  expect(chosen(stage, about, { [figure]: threshold * 1.001 })).toBe(beyond);
});

test('a symbol that nears what a thread matches is split', () => {
  expect(chosen('scale', 'hottest symbol', { hottestPeak: 399e3 })).toBe('one thread');
  expect(chosen('scale', 'hottest symbol', { hottestPeak: 400e3 })).toMatch(/^split/);
});

test('each region matches its own symbols and keeps its own accounts', () => {
  const { deployments } = plan(trading, 'high-frequency');
  expect(deployments.map((d) => d.region.name)).toEqual(['us-east-1', 'eu-west-1']);
  for (const d of deployments) expect(part(d, 'relational', 'accounts').multiRegion).toBe(false);
  expect(deployments.reduce((n, d) => n + d.workload.popular!, 0)).toBeCloseTo(1000);
});

test('one machine carries a platform of ten thousand accounts that may be down for hours a month', () => {
  const d = home('launch', { users: 10e3, availability: 0.99 });
  expect(d.platform).toBe('k3s');
  expect(part(d, 'stateful', 'engines').count).toBe(1);
});

describe('synthesized', () => {
  const stacks = synthesized(plan(trading, 'growth'));
  const data = templateOf(stacks, 'us-east-1-data');

  test('nobody deletes from the audit archive for seven years', () => {
    data.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 7 * 365 } } },
    });
  });

  test('engines stand near to each other and nobody scales them', () => {
    const compute = templateOf(stacks, 'us-east-1-compute');
    const engines = part(home('growth'), 'machines', 'engines');
    compute.resourceCountIs('AWS::EC2::PlacementGroup', 2);
    compute.hasResourceProperties('AWS::EC2::PlacementGroup', { Strategy: 'cluster' });
    expect(Object.keys(compute.findResources('AWS::EC2::Instance'))).toHaveLength(engines.count);
  });

  test('operators hear of a thousand messages not read, of one discrepancy, and of a second of lag', () => {
    const alarms = JSON.stringify(templateOf(stacks, 'us-east-1-operations').findResources('AWS::CloudWatch::Alarm'));
    const heard = [
      /order-log: consumer lag at or above 1000\b/,
      /discrepancies: queue depth at or above 1\b/,
      /accounts: replication lag at or above 1\b/,
    ];
    for (const alarm of heard) expect(alarms).toMatch(alarm);
  });
});
