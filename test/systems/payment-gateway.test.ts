import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import gateway from '../../systems/payment-gateway';
import { synthesized, templateOf } from '../stacks/synthesized';

const stages = Object.keys(gateway.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(gateway, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);
const callers = (d: Deployment, to: string) => new Set(d.flows.filter((f) => f.to === to).map((f) => f.from));
const chosen = (stage: string, about: string, set: Record<string, number> = {}): string =>
  plan(gateway, stage, set).decisions.find((d) => d.about === about)!.chosen;

test('every stage of the sheet and its scale point are there', () => {
  expect(stages).toEqual(['mvp', 'production', 'scale', 'seed-001']);
});

test('numbers of cards go past the API: browsers and the router alone reach the vault, from whose nodes no way leads out', () => {
  for (const d of plan(gateway, 'scale').deployments) {
    expect(callers(d, 'vault')).toEqual(new Set(['cards', 'psp-router']));
    const inside = ['vault', 'rewrap', 'key-rotation'];
    for (const id of ['card-numbers', 'card-keys']) expect([...callers(d, id)].every((from) => inside.includes(from))).toBe(true);
    expect(d.nodeGroups.find((g) => g.tier === 'card-data')!.services).toEqual(expect.arrayContaining(['vault', 'rewrap']));
    for (const id of ['vault', 'rewrap']) expect(part(d, 'service', id).isolated).toBe(true);
  }
  expect(part(home('mvp'), 'service', 'vault')).toBeUndefined();
  expect(chosen('mvp', 'card numbers', { providers: 2 })).toMatch(/^own vault/);
});

test('known tokens work without hardware; new cards wait in a queue of the same tier, and someone is called after ten minutes', () => {
  const d = home('production');
  expect(new Set(flows(d, 'vault', 'card-keys').map((f) => f.soft))).toEqual(new Set([true]));
  expect(flows(d, 'vault', 'pending-cards')).toMatchObject([{ soft: true }]);
  expect(callers(d, 'pending-cards')).toEqual(new Set(['vault', 'rewrap']));
  expect(d.alarms).toContainEqual(expect.objectContaining({ part: 'pending-cards', watched: 'oldest message', threshold: 600 }));
});

test('hardware is asked for data keys, not for cards, and the key changes four times a year', () => {
  const d = home('seed-001');
  const asked = d.flows.filter((f) => f.to === 'card-keys').reduce((n, f) => n + f.rate.average, 0);
  expect(asked).toBeLessThan(0.01 * flows(d, 'psp-router', 'vault')[0]!.rate.average);
  expect(part(d, 'job', 'key-rotation').schedule).toBe('0 3 1 */2 *');
  const template = templateOf(synthesized(plan(gateway, 'production')), 'us-east-1-data');
  template.hasResourceProperties('AWS::PaymentCryptography::Key', {
    Exportable: false,
    KeyAttributes: { KeyUsage: 'TR31_D0_SYMMETRIC_DATA_ENCRYPTION_KEY' },
  });
});

test('a second provider answers when the first is silent, and gets what it missed; one alone is waited for', () => {
  const soft = (stage: string) =>
    home(stage)
      .flows.filter((f) => f.from === 'psp-router' && ['stripe', 'adyen', 'braintree'].includes(f.to))
      .map((f) => Boolean(f.soft));
  expect(soft('mvp')).toEqual([false]);
  expect(soft('production')).toEqual([true, true]);
  expect(soft('scale')).toEqual([true, true, true]);
  const asked = home('production')
    .flows.filter((f) => f.from === 'psp-router' && ['stripe', 'adyen'].includes(f.to))
    .reduce((n, f) => n + f.rate.peak, 0);
  expect(asked / home('production').workload.transactionsPeak!).toBeCloseTo(1.02);
});

test('Europe is cleared in Europe', () => {
  const europe = plan(gateway, 'scale').deployments.find(({ region }) => region.name === 'eu-west-1')!;
  expect(part(europe, 'external', 'braintree')).toBeUndefined();
  expect(flows(europe, 'psp-router', 'adyen')[0]!.rate.peak).toBeGreaterThan(3 * flows(europe, 'psp-router', 'stripe')[0]!.rate.peak);
});

test('a score that is late is done without: rules first, trees above 1K/s, GPUs above 5K/s', () => {
  expect(part(home('mvp'), 'service', 'fraud')).toBeUndefined();
  expect(part(home('production'), 'service', 'fraud').gpu).toBeUndefined();
  const d = home('scale');
  expect(part(d, 'service', 'fraud').gpu).toEqual({ count: 1, model: 't4' });
  expect(flows(d, 'payment-api', 'fraud')).toMatchObject([{ soft: true, sentBytes: 5000 }]);
  const { tables } = part(d, 'wideColumn', 'fraud-scores');
  expect(tables.map((t) => t.ttlSeconds)).toEqual([90 * 86_400, 90 * 86_400]);
  expect(tables[1]!.clustering).toEqual([{ name: 'scored_at', type: 'timestamp', order: 'DESC' }]);
});

test('payment, key and entries are in one database, on two disks, sharded by merchant above 5K/s', () => {
  for (const stage of stages)
    expect(part(home(stage), 'relational', 'payments')).toMatchObject({ topology: 'multi-az', pitrDays: 35, multiRegion: false });
  const one = part(home('production'), 'relational', 'payments');
  expect([one.shards, one.readersPerShard > 0]).toEqual([1, true]);
  expect(part(home('scale'), 'relational', 'payments').shards).toBeGreaterThan(1);
  expect(new Set(flows(home('production'), 'payment-api', 'payments').map((f) => f.soft ?? false))).toEqual(new Set([false]));
  expect(flows(home('production'), 'payment-api', 'payments').map(({ verb }) => verb)).toContain('writes');
});

test('a webhook that a merchant does not take is a row, then a message of its own queue, then a dead letter', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect([...callers(d, 'merchants')].sort()).toEqual(['redelivery', 'webhooks']);
    expect([callers(d, 'deliveries'), flows(d, 'webhooks', 'payments')[0]!.verb]).toEqual([
      new Set(['retry-clock', 'redelivery']),
      'writes',
    ]);
    expect(part(d, 'queue', 'deliveries')).toMatchObject({ maxReceives: 5, retentionSeconds: 2 * 86_400 });
  }
});

test('statements come from every provider, some twenty megabytes at once, and are what payments are compared with', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(callers(d, 'statements')).toContain('books');
    const asked = d.flows.filter((f) => f.from === 'psp-router' && part(d, 'external', f.to)).map((f) => f.to);
    const fetched = d.flows.filter((f) => f.from === 'statement-fetch' && f.verb === 'calls');
    expect(new Set(fetched.map((f) => f.to))).toEqual(new Set(asked));
    expect(fetched.reduce((n, f) => n + f.rate.average * f.returnedBytes, 0)).toBeCloseTo(200 * (d.workload.transactionsPerDay! / 86_400));
  }
});

test('a database that runs full is noticed before queries take a second, and reads have copies', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(d.alarms).toContainEqual(expect.objectContaining({ part: 'payments', watched: 'cpu', threshold: 0.7 }));
    expect(part(d, 'relational', 'payments').readersPerShard).toBeGreaterThan(0);
  }
});

test('ledger and trail cannot be rewritten for seven years', () => {
  const template = templateOf(synthesized(plan(gateway, 'mvp')), 'us-east-1-data');
  const modes = Object.values(template.findResources('AWS::S3::Bucket')).flatMap((bucket) =>
    bucket.Properties.ObjectLockConfiguration ? [bucket.Properties.ObjectLockConfiguration.Rule.DefaultRetention] : [],
  );
  expect(modes).toEqual([
    { Mode: 'COMPLIANCE', Days: 2555 },
    { Mode: 'COMPLIANCE', Days: 2555 },
  ]);
});

test('what does not match becomes a message, ten of them an alarm, and none is older than a day', () => {
  const d = home('production');
  expect(flows(d, 'differences', 'unmatched')).toHaveLength(1);
  const watched = d.alarms.filter((a) => a.part === 'unmatched').map((a) => [a.watched, a.threshold]);
  expect(watched).toEqual([
    ['oldest message', 86_400],
    ['queue depth', 10],
  ]);
  expect(part(d, 'job', 'settlement').schedule).toBe('0 2 * * *');
  expect(part(d, 'sparkJob', 'reconciliation').schedule).toBe('0 6 * * *');
});

test('who types numbers of others by the thousand is refused by a firewall', () => {
  const template = templateOf(synthesized(plan(gateway, 'production')), 'us-east-1-compute');
  const [acl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
  expect(acl!.Properties.Rules[0].Statement.RateBasedStatement).toMatchObject({ AggregateKeyType: 'IP', Limit: 100 });
});

test('an answer past half a second, and refusals that are no banks, wake somebody', () => {
  for (const stage of stages)
    expect(home(stage).alarms).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ part: 'api', watched: 'latency p99', threshold: 0.5 }),
        expect.objectContaining({ part: 'api', watched: 'error share', threshold: 0.05 }),
      ]),
    );
});

test.each(stages)('%s has no more consumers than partitions', (stage) => {
  for (const d of plan(gateway, stage).deployments) {
    const { partitions } = part(d, 'kafka', 'events').topics.find(({ name }) => name === 'payment-events')!;
    for (const id of ['webhooks', 'ledger', 'audit-writer']) expect(part(d, 'service', id).pods.peak).toBeLessThanOrEqual(partitions);
  }
});
