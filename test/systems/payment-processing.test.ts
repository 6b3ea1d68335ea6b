import { InputError } from '../../plan/input-error';
import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import payments from '../../systems/payment-processing';

const stages = Object.keys(payments.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(payments, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) =>
  d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K] | undefined;
const chosen = (stage: string, about: string, set: Record<string, number> = {}): string =>
  plan(payments, stage, set).decisions.find((d) => d.about === about)!.chosen;

test('every stage of the sheet and every scale point is there', () => {
  expect(stages).toEqual(['day-1', 'production', 'multi-region', 'seed-000', 'seed-003', 'seed-004']);
});

describe.each(stages)('%s', (stage) => {
  test('card fees are those of the payments, charged once', () => {
    const { workload, deployments } = plan(payments, stage);
    const charges = deployments.flatMap((d) => d.parts).flatMap((p) => (p.kind === 'external' ? (p.spec.charges ?? []) : []));
    const charged = (name: string) => charges.filter((c) => c.charge === name).reduce((sum, c) => sum + c.perMonth, 0);
    const perMonth = (workload.paymentsPerDay! * 365) / 12;
    expect(charged('card payment')).toBeCloseTo(perMonth, 0);
    expect(charged('card payment volume')).toBeCloseTo(perMonth * workload.averageAmount!, -1);
  });

  test('no commit lives on one disk only', () => {
    expect(part(home(stage), 'relational', 'database')).toMatchObject({ topology: 'multi-az', pitrDays: 35 });
  });

  test('jobs run in one region', () => {
    const withJobs = plan(payments, stage).deployments.filter((d) => d.parts.some((p) => p.kind === 'job'));
    expect(withJobs.map((d) => d.region.role)).toEqual(['active']);
  });
});

test('what moves money by the clock asks the payment service, and what keeps books does not', () => {
  for (const stage of stages) {
    const { flows } = home(stage);
    const asking = new Set(flows.filter((f) => f.to === 'payment').map((f) => f.from));
    for (const id of ['settlement', 'full-reconciliation', 'duplicate-detector', 'auth-sweeper']) expect(asking).toContain(id);
    for (const id of ['ledger-check', 'partitions']) expect(asking).not.toContain(id);
  }
});

test('99.99 % duplicates what 99.9 % has once', () => {
  const once = home('production', { availability: 0.999, paymentsPeak: 50 });
  const twice = home('production', { paymentsPeak: 50 });
  expect([once.platform, once.zones, twice.platform, twice.zones]).toEqual(['k3s', 1, 'eks', 3]);
  for (const id of ['redis', 'events']) expect(once.parts.find((p) => p.id === id)!.count).toBe(1);
  for (const id of ['redis', 'events', 'payment', 'gateway']) expect(twice.parts.find((p) => p.id === id)!.count).toBeGreaterThan(1);
});

test.each(['euResidency', 'survivesRegionLoss'])('%s opens a region to recover in, which holds API, database copy and Redis', (wish) => {
  const { deployments } = plan(payments, 'production', { [wish]: 1 });
  expect(deployments.map((d) => d.region.role)).toEqual(['active', 'recovery']);
  const recovery = deployments[1]!;
  expect(part(recovery, 'relational', 'database')).toMatchObject({ multiRegion: true });
  expect(part(recovery, 'relational', 'tokens')).toMatchObject({ multiRegion: wish !== 'euResidency' });
  expect(recovery.parts.filter((p) => ['job', 'rabbitmq', 'kafka'].includes(p.kind))).toEqual([]);
  expect(part(recovery, 'service', 'payment')!.pods.peak).toBe(part(deployments[0]!, 'service', 'payment')!.pods.peak);
});

test('one PostgreSQL up to 500 payments per second, shards beyond', () => {
  expect(part(home('production', { paymentsPeak: 200 }), 'relational', 'database')!.shards).toBe(1);
  expect(chosen('production', 'payments and ledger', { paymentsPeak: 500 })).toMatch(/^one PostgreSQL/);
  expect(part(home('production', { paymentsPeak: 501 }), 'relational', 'database')!.shards).toBeGreaterThan(1);
});

test('Kafka above 100K events per second', () => {
  expect(chosen('seed-004', 'events', { eventsPeak: 100e3 })).toBe('RabbitMQ');
  expect(chosen('seed-004', 'events', { eventsPeak: 100e3 + 1 })).toBe('Kafka');
});

test('a second provider as soon as the goal passes the uptime of one, with a twentieth of the payments', () => {
  expect(chosen('day-1', 'payment providers')).toBe('Stripe alone');
  const { flows } = home('production');
  const to = (id: string) => flows.find((f) => f.to === id)!.rate.average;
  expect(to('adyen') / (to('adyen') + to('stripe'))).toBeCloseTo(0.05);
});

test('the token service stands alone on its nodes, reached by the payment service only', () => {
  const d = home('production');
  const { tier } = part(d, 'service', 'token')!;
  expect(d.parts.filter((p) => (p.kind === 'service' || p.kind === 'job') && p.tier === tier).map((p) => p.id)).toEqual(['token']);
  expect(d.flows.filter((f) => f.to === 'token').map((f) => f.from)).toEqual(['payment']);
  expect(d.flows.filter((f) => f.to === 'tokens').every((f) => f.from === 'token')).toBe(true);
});

test('the audit trail cannot be changed for as long as records are kept', () => {
  expect(part(home('production'), 'objectStore', 'audit-log')!.spec.lockYears).toBe(7);
});

test('a busier system never gets smaller', () => {
  const sizes = [50, 100, 200, 400, 800, 1600, 6400].map((paymentsPeak) => {
    const d = home('production', { paymentsPeak });
    return [d.nodeGroups.reduce((n, g) => n + g.nodes.max * g.vcpu, 0), part(d, 'relational', 'database')!.count];
  });
  for (const dimension of [0, 1]) {
    const values = sizes.map((s) => s[dimension]!);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  }
});

test('claims name stages that exist', () => {
  for (const { stage } of payments.claims) expect(stages).toContain(stage);
  expect(() => plan(payments, 'day1')).toThrow(InputError);
});
