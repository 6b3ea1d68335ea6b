import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import email from '../../systems/email-service';
import { synthesized, templateOf } from '../stacks/synthesized';

const stages = Object.keys(email.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(email, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) =>
  d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K] | undefined;
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);
const chosen = (stage: string, about: string, set: Record<string, number> = {}) =>
  plan(email, stage, set).decisions.find((d) => d.about === about)?.chosen;

test('every stage of the sheet and its scale points are there', () => {
  expect(stages).toEqual(['launch', 'growth', 'scale', 'beyond', 'seed-001', 'seed-001-readme']);
  expect(email.claims.filter(({ stage }) => !stages.includes(stage))).toEqual([]);
});

test('launch is one machine and one database, which takes mail on port 25 and says who may send in its name', () => {
  const d = home('launch');
  expect([d.platform, part(d, 'relational', 'mailboxes')!.topology]).toEqual(['k3s', 'single']);
  expect(d.parts.filter(({ kind }) => ['kafka', 'search', 'cache', 'keyValue'].includes(kind))).toEqual([]);
  const records = templateOf(synthesized(plan(email, 'launch')), 'us-east-1-edge').findResources('AWS::Route53::RecordSet');
  const all = Object.values(records).map(({ Properties }) => `${Properties.Type} ${JSON.stringify(Properties.ResourceRecords)}`);
  expect(all.filter((record) => record.startsWith('MX'))).toHaveLength(1);
  expect(all.join()).toContain('p=reject');
});

test('each protocol has its port; what begins in the clear is passed through, and servers are told the address of the client', () => {
  const listeners = home('growth').flows.flatMap(({ from, listener }) =>
    (from === 'mx' || from === 'programs') && listener ? [listener] : [],
  );
  const byPort = Object.fromEntries(listeners.map(({ port, protocol }) => [port, protocol]));
  expect(byPort).toEqual({ 25: 'tcp', 465: 'tls', 587: 'tcp', 993: 'tls', 995: 'tls' });
  expect(listeners.every(({ proxyProtocol }) => proxyProtocol)).toBe(true);
});

test('a flood on port 25 reaches neither the balancer nor the machines that mailboxes are behind', () => {
  const d = home('growth');
  const [open, users] = [part(d, 'service', 'smtp-receiver')!, ['mailbox-api', 'imap', 'submission'].map((id) => part(d, 'service', id)!)];
  expect(users.map(({ tier }) => tier)).not.toContain(open.tier);
  expect(d.flows.filter(({ from }) => from === 'mx').map(({ to }) => to)).toEqual(['smtp-receiver']);
});

test('a content is stored and scanned once, however many mails carry it', () => {
  const d = home('scale');
  const { attachmentShare, mailsKept, attachmentBytes, dedupeSaving } = d.workload as Record<string, number>;
  expect(part(d, 'objectStore', 'attachments')!.spec.bytes).toBeCloseTo(0.7 * mailsKept! * attachmentShare! * attachmentBytes!, -6);
  const kept = (saving: number) => flows(home('scale', { dedupeSaving: saving }), 'virus-scanner', 'attachments')[0]!.rate.average;
  expect(kept(0.6) / kept(dedupeSaving!)).toBeCloseTo(0.4 / 0.7);
  expect(part(d, 'keyValue', 'attachment-index')!.spec.partitionKey).toBe('sha256');
  // A content goes with the last mail that refers to it.
  expect(flows(d, 'reference-counter', 'attachments')).toHaveLength(1);
});

test('scanners come and go with their queue; what they could not scan three times is set aside', () => {
  const d = home('growth');
  expect(flows(d, 'attachments', 'to-scan')).toHaveLength(1);
  expect(part(d, 'queue', 'to-scan')!.maxReceives).toBe(3);
  expect(part(d, 'service', 'virus-scanner')).toMatchObject({ interruptible: true, scaleOn: 'queue depth' });
});

test('whoever scans has room for what the largest attachment unpacks to, once for each it scans at once', () => {
  expect(part(home('launch'), 'service', 'filter')!.scratchBytes).toBeGreaterThanOrEqual(10 * 25e6);
  expect(part(home('growth'), 'service', 'virus-scanner')!.scratchBytes).toBeGreaterThanOrEqual(4 * 10 * 25e6);
});

test('what is not delivered is tried six times, and its topics keep it longer than the three days that takes', () => {
  const retries = part(home('growth'), 'kafka', 'mail')!.topics.filter(({ name }) => name.startsWith('retry_'));
  expect(retries.map(({ name }) => name.slice(6))).toEqual(['1m', '5m', '30m', '2h', '6h', '24h']);
  for (const { retentionSeconds } of retries) expect(retentionSeconds).toBeGreaterThan(3 * 86_400);
  expect(new Set(flows(home('launch'), 'mta', 'mail-servers').map((f) => f.soft))).toEqual(new Set([true]));
});

test('mail between two users of ours never leaves', () => {
  const wide = (localShare: number) => {
    const d = home('growth', { localShare });
    return [flows(d, 'smtp-sender', 'mail-servers')[0]!, flows(d, 'mx', 'smtp-receiver')[0]!].map(({ rate }) => rate.average);
  };
  expect(wide(0.5)).toEqual(wide(0).map((average) => expect.closeTo(average / 2, 6)));
});

test('rules alone decide while the model on its GPUs is down or full', () => {
  expect(part(home('growth'), 'service', 'spam-model')).toBeUndefined();
  const d = home('scale');
  expect(part(d, 'service', 'spam-model')!.gpu).toEqual({ count: 1, model: 't4' });
  expect(flows(d, 'spam-filter', 'spam-model')).toMatchObject([{ soft: true }]);
  expect(flows(d, 'mail-processor', 'spam-filter')[0]!.soft).toBeUndefined();
});

test('the inbox stays up without search, and old mail is found without the cluster', () => {
  const d = home('scale');
  for (const to of ['mail-index', 'segments', 'limits'])
    expect(new Set(flows(d, 'mailbox-api', to).map((f) => f.soft))).toEqual(new Set([true]));
  expect(
    flows(d, 'segmenter', 'segments')
      .map(({ verb }) => verb)
      .sort(),
  ).toEqual(['reads', 'writes']);
});

test('a backlog adds consumers at 1000 mails each, and at nine seconds of mail somebody is told', () => {
  const d = home('growth');
  expect(part(d, 'service', 'mail-processor')!.scaleTarget).toBe(1000);
  const lag = d.alarms.find(({ part: id, watched }) => id === 'mail' && watched === 'consumer lag')!;
  expect(lag.threshold).toBeCloseTo(Math.max(100e3, (9 * 1e9) / 86_400), -3);
});

test.each(stages)('%s has no more consumers than partitions', (stage) => {
  for (const d of plan(email, stage).deployments) {
    const partitions = (name: RegExp) =>
      part(d, 'kafka', 'mail')?.topics.reduce((n, t) => n + (name.test(t.name) ? t.partitions : 0), 0) ?? Infinity;
    const pods = (id: string) => part(d, 'service', id)?.pods.peak ?? 0;
    expect(pods('mail-processor')).toBeLessThanOrEqual(partitions(/coming|outgoing/));
    expect(pods('smtp-sender')).toBeLessThanOrEqual(partitions(/outgoing/));
    expect(pods('notifier')).toBeLessThanOrEqual(partitions(/arrivals/));
    expect(pods('reference-counter')).toBeLessThanOrEqual(partitions(/deletions/));
  }
});

test('mailboxes grow from one database over shards to a wide column, and regions keep their own', () => {
  expect(['launch', 'growth', 'beyond'].map((stage) => chosen(stage, 'mailboxes'))).toEqual([
    'one PostgreSQL, with text and its index (GIN)',
    'PostgreSQL sharded by user',
    'wide-column store',
  ]);
  expect(part(home('growth'), 'relational', 'mailboxes')!).toMatchObject({ pitrDays: 35, multiRegion: false });
  const { deployments } = plan(email, 'scale');
  expect(deployments.map(({ region }) => region.name)).toEqual(['us-east-1', 'us-west-2', 'eu-west-1']);
  for (const d of deployments) expect(part(d, 'relational', 'mailboxes')!.multiRegion).toBe(false);
});

test('what is known of Europeans stays in Europe: regions share a hash and a region for each address, and hand mail on', () => {
  const { deployments } = plan(email, 'scale');
  for (const d of deployments) {
    const shared = d.parts.filter((p) => 'spec' in p && (p.spec as { multiRegion?: boolean }).multiRegion).map((p) => p.id);
    expect(shared).toEqual(['directory']);
    expect(part(d, 'keyValue', 'directory')!.spec.itemBytes).toBeLessThanOrEqual(100);
    const handedOn = d.flows.filter((f) => f.to === 'other-regions').map((f) => f.from);
    expect(handedOn).toEqual(['smtp-receiver', 'smtp-sender']);
  }
  expect(part(home('growth'), 'keyValue', 'directory')).toBeUndefined();
});

test('attachments come from their bucket at every stage, by addresses that the mailbox signs', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(d.parts.filter(({ kind }) => kind === 'edge')).toEqual([]);
    expect(
      flows(d, 'clients', 'attachments')
        .map(({ verb }) => verb)
        .sort(),
    ).toEqual(['reads', 'writes']);
    expect(
      flows(d, 'mailbox-api', 'attachments')
        .map(({ verb }) => verb)
        .sort(),
    ).toEqual(['reads', 'writes']);
  }
});

test('a shard that is lost has a stand-in that takes over, and a scanner that is stuck is noticed within a minute', () => {
  for (const stage of ['growth', 'scale']) {
    const d = home(stage);
    expect(part(d, 'relational', 'mailboxes')).toMatchObject({ topology: 'aurora' });
    expect(part(d, 'relational', 'mailboxes')!.readersPerShard).toBeGreaterThan(0);
    expect(d.alarms).toContainEqual(expect.objectContaining({ part: 'to-scan', watched: 'oldest message', threshold: 60 }));
  }
});

test('browsers keep a socket until a million users are online', () => {
  expect(chosen('growth', 'browsers that are open', { online: 1e6 })).toBe('WebSockets');
  expect(chosen('growth', 'browsers that are open', { online: 1.001e6 })).toBe('web push');
});
