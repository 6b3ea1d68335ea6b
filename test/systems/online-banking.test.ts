import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import banking from '../../systems/online-banking';
import { synthesized, templateOf } from '../stacks/synthesized';

const stages = Object.keys(banking.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(banking, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);
const chosen = (stage: string, about: string, set: Record<string, number> = {}): string =>
  plan(banking, stage, set).decisions.find((d) => d.about === about)!.chosen;

test('every stage of the sheet and every scale point is there', () => {
  expect(stages).toEqual(['start', 'growth', 'scale', 'seed-001', 'seed-001-readme']);
});

test('money fails closed: no movement without its score and its posting, and only the ledger writes the books', () => {
  for (const stage of stages) {
    const d = home(stage);
    for (const from of ['card-auth', 'payments-hub'])
      for (const to of ['risk', 'ledger']) {
        expect(flows(d, from, to)).not.toEqual([]);
        expect(new Set(flows(d, from, to).map((f) => f.soft ?? false))).toEqual(new Set([false]));
      }
    if (stage === 'start') continue;
    const writers = d.flows.filter((f) => f.to === 'ledger-db' && f.verb === 'writes').map((f) => f.from);
    expect(new Set(writers)).toEqual(new Set(['ledger', 'books-check']));
  }
});

test('a bus, a feature store or a network that is down stops no posting', () => {
  const d = home('growth');
  for (const [from, to] of [
    ['ledger', 'events'],
    ['risk', 'features'],
    ['payments-hub', 'rails'],
    ['payments-hub', 'processor'],
  ] as const)
    expect(flows(d, from, to)).toMatchObject([{ soft: true }]);
});

test('shards from 1M accounts on, larger ones past 50K postings a second', () => {
  expect(part(home('start'), 'relational', 'core')).toMatchObject({ topology: 'multi-az', shards: 1 });
  const growth = part(home('growth'), 'relational', 'ledger-db');
  expect(growth.shards).toBeGreaterThan(1);
  expect(growth.readersPerShard).toBeGreaterThan(0);
  expect(chosen('seed-001', 'ledger', { postingsPeak: 50e3 })).toMatch(/8 vCPU/);
  expect(chosen('seed-001', 'ledger', { postingsPeak: 50_001 })).toMatch(/16 vCPU/);
});

test('between shards the second leg waits in a queue that loses nothing, and is posted by the ledger', () => {
  const d = home('growth');
  expect(part(d, 'queue', 'second-legs')).toMatchObject({ maxReceives: 20, retentionSeconds: 14 * 86_400, deadLetterAlarm: 1 });
  expect(new Set(flows(d, 'second-leg', 'ledger').map((f) => f.soft ?? false))).toEqual(new Set([false]));
  expect(flows(d, 'ledger', 'second-legs')[0]!.rate.peak).toBeCloseTo(0.15 * d.workload.postingsPeak!);
  expect(part(home('start'), 'queue', 'second-legs')).toBeUndefined();
});

test('records and audit trail are locked for seven years: nobody deletes, not even the root of the account', () => {
  const template = templateOf(synthesized(plan(banking, 'start')), 'us-east-1-data');
  const locks = Object.values(template.findResources('AWS::S3::Bucket')).flatMap((bucket) =>
    bucket.Properties.ObjectLockConfiguration ? [bucket.Properties.ObjectLockConfiguration.Rule.DefaultRetention] : [],
  );
  expect(locks).toEqual([
    { Mode: 'COMPLIANCE', Days: 2555 },
    { Mode: 'COMPLIANCE', Days: 2555 },
  ]);
});

test('a lost region costs less than a minute of postings: the other has copies, and their lag is watched', () => {
  const { deployments } = plan(banking, 'growth');
  const [, second] = deployments;
  for (const id of ['ledger-db', 'customers', 'card-numbers']) expect(part(second!, 'relational', id).copyOf).toBe('us-east-1');
  expect(second!.alarms).toContainEqual(expect.objectContaining({ part: 'ledger-db', watched: 'replication lag', threshold: 60 }));
  for (const d of deployments) for (const id of ['records', 'audit-log']) expect(part(d, 'objectStore', id).spec.multiRegion).toBe(true);
});

test('each of two active regions carries the whole peak, and the books are written in one', () => {
  const { deployments, workload } = plan(banking, 'scale');
  expect(deployments.map(({ region }) => [region.role, region.share])).toEqual([
    ['active', 0.5],
    ['active', 0.5],
  ]);
  for (const d of deployments) {
    expect(flows(d, 'cards', 'card-auth')[0]!.rate.peak).toBeCloseTo(0.6 * workload.postingsPeak!);
    expect(flows(d, 'cards', 'card-auth')[0]!.rate.average).toBeCloseTo((0.6 * workload.transactionsPerDay!) / 86_400 / 2);
  }
  expect(part(deployments[1]!, 'relational', 'ledger-db').copyOf).toBe('us-east-1');
  for (const id of ['archiver', 'close-of-day', 'books-check'])
    expect(deployments.filter((d) => part(d, 'job', id)).map((d) => d.region.name)).toEqual(['us-east-1']);
});

test('keys and numbers of cards are reached by one service, which stands where no way leads out', () => {
  const d = home('growth');
  const { tier, isolated } = part(d, 'service', 'card-issuing');
  expect(isolated).toBe(true);
  expect(d.nodeGroups.find((g) => g.tier === tier)!.services).toEqual(['card-issuing']);
  for (const id of ['card-keys', 'card-numbers'])
    expect(new Set(d.flows.filter((f) => f.to === id).map((f) => f.from))).toEqual(new Set(['card-issuing']));
  expect(part(d, 'hsm', 'card-keys').keys.map(({ use }) => use)).toEqual(['security codes', 'PIN verification', 'PIN blocks']);
});

test('the day is compared beside the ledger and within two hours; what came from networks wakes who posts it', () => {
  const d = home('scale');
  const { timeoutHours, id } = part(d, 'sparkJob', 'reconciliation');
  expect(timeoutHours).toBeLessThanOrEqual(2);
  expect(new Set(d.flows.filter((f) => f.from === id).map((f) => f.to))).toEqual(new Set(['records', 'exchange']));
  expect(flows(d, 'exchange', 'files-arrived')).toHaveLength(1);
  expect(new Set(flows(d, 'clearing', 'ledger').map((f) => f.soft ?? false))).toEqual(new Set([false]));
  expect(part(d, 'sparkJob', 'regulatory-reports').runs).toBeCloseTo(1, 0);
});

test('sign-in has a firewall, cards an entrance and nodes of their own with the objective as alarm', () => {
  const d = home('growth');
  expect(part(d, 'loadBalancer', 'login').firewall).toEqual({ requestsPerAddress: 100 });
  expect(d.alarms).toContainEqual(expect.objectContaining({ part: 'cards', watched: 'latency p99', threshold: 0.3 }));
  expect(part(d, 'service', 'card-auth').tier).not.toBe(part(d, 'service', 'accounts').tier);
});

test('a case is looked at within a day', () => {
  for (const stage of stages)
    expect(home(stage).alarms).toContainEqual(expect.objectContaining({ part: 'cases', watched: 'oldest message', threshold: 86_400 }));
});

test('a model is trained and checked every day, older ones are kept to go back to, and scores go on without their bucket', () => {
  const { deployments } = plan(banking, 'growth');
  for (const d of deployments) {
    expect(part(d, 'objectStore', 'models').spec.versioned).not.toBe(false);
    expect(flows(d, 'risk', 'models')).toMatchObject([{ soft: true }]);
  }
  const d = deployments[0]!;
  expect(part(d, 'job', 'model-check').schedule).toBe('0 3 * * *');
  for (const id of ['training', 'model-check'])
    expect([
      flows(d, id, 'customers').length,
      flows(d, id, 'models')
        .map(({ verb }) => verb)
        .sort(),
    ]).toEqual([1, ['reads', 'writes']]);
});

test('cards have a second processor, and both may be away', () => {
  expect(flows(home('start'), 'payments-hub', 'second-processor')).toEqual([]);
  for (const stage of ['growth', 'scale'])
    for (const to of ['processor', 'second-processor']) expect(flows(home(stage), 'payments-hub', to)).toMatchObject([{ soft: true }]);
});

test('what networks and books disagree on becomes a case', () => {
  for (const stage of stages) {
    const from = home(stage)
      .flows.filter((f) => f.to === 'cases' && f.verb === 'publishes')
      .map((f) => f.from);
    expect(from).toEqual(expect.arrayContaining(['risk', 'clearing']));
  }
});

test.each(stages)('%s has no more consumers than partitions', (stage) => {
  for (const d of plan(banking, stage).deployments) {
    const partitions = (name: string) => part(d, 'kafka', 'events').topics.find((t) => t.name === name)!.partitions;
    for (const id of ['notifier', 'features-writer'])
      expect(part(d, 'service', id)?.pods.peak ?? 0).toBeLessThanOrEqual(partitions('account-events'));
    expect(part(d, 'service', 'audit-writer').pods.peak).toBeLessThanOrEqual(partitions('audit'));
  }
});
