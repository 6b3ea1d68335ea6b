import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import type { PartRef } from '../plan/part-ref';
import { partitionsFor } from '../plan/sizing/kafka-partitions';
import { pod } from '../plan/sizing/service';
import { table } from '../plan/sizing/wide-column-table';
import { assumed, capacity, derived, remembered, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above } from '../plan/trigger';
import { DAY, GIB, perDay, type Rate, rate, steady, sum, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const row = seed('001', 7);
const ch = (chapter: string) => seed('001', 7, chapter);

const workload = Workload.of({
  availability: figure('ratio', 'share of time that mail is taken and mailboxes open', 0.999, ch('ch1')),
  users: figure('users', 'mailboxes'),
  peakFactor: figure('ratio', 'busiest moment over the average', 2.6, derived(ch('ch1'), '300K/s over 115K/s')),
  textBytes: figure('bytes each', 'text and headers of a mail', 10e3, derived(ch('ch1'), '100 TB over 10B mails')),
  attachmentShare: figure('ratio', 'mails with an attachment', 0.3, ch('ch1')),
  attachmentBytes: figure('bytes each', 'an attachment', 2e6, ch('ch1')),
  dedupeSaving: figure('ratio', 'attachments that are there already', 0.3, ch('ch2, ch3')),
  mailboxBytes: figure('bytes each', 'an average mailbox', 2e9, ch('ch1')),
  rulesCatch: figure('ratio', 'mails that rules and blacklists decide', 0.8, ch('ch2')),
  cleanShare: figure('ratio', 'received mails that are no spam', 0.55, remembered('a little less than half of all mail is spam')),
  programShare: figure('ratio', 'active users whose mail program idles (IMAP)', 0.2, assumed('the others use the web and apps')),
  requestsPerUser: figure('per user', 'requests of an active user a day', 60, assumed('inbox ten times, mails opened, moved, flagged')),
  searchesPerUser: figure('per user', 'searches of an active user a day', 0.5, assumed('one every other day')),
  openedShare: figure('ratio', 'received attachments that are opened', 0.1, assumed('an active user gets thirty a day')),
  deferredShare: figure('ratio', 'sent mails that the first try does not deliver', 0.05, assumed('greylisting, full mailboxes')),
  searchDays: figure('days', 'days of mail in the search cluster', 7, assumed('older mail is searched in one file of its user')),
  elsewhereShare: figure(
    'ratio',
    'mails that come in at another region than that of their mailbox',
    0.05,
    assumed('most is written near its reader'),
  ),
  localShare: figure('ratio', 'mails between two users of ours, which never leave', 0.2, assumed('a fifth')),
  onlineShare: figure('ratio', 'active users who are online at once', 0.1, assumed('at the busiest hour')),
})
  .and({
    mailsPerDay: figure('per day', 'mails, half of them in and half out', (w) => 20 * w.users, derived(ch('ch1'), '10B of 500M users')),
    mailBytes: figure('bytes each', 'a mail with its attachments', (w) => w.textBytes + w.attachmentShare * w.attachmentBytes, ch('ch1')),
  })
  .and({
    mailsPeak: figure('per second', 'mails at the busiest moment', (w) => w.peakFactor * perDay(w.mailsPerDay), ch('ch1')),
    dailyActiveUsers: figure('users', 'users of a day', (w) => w.mailsPerDay / 200, derived(ch('ch1'), '10B mails of 50M users')),
    keptDays: figure('days', 'days of mail in a mailbox', (w) => w.mailboxBytes / (20 * w.mailBytes), derived(ch('ch1'), '2 GB, 20 a day')),
  })
  .and({
    mailsKept: figure('items', 'mails in all mailboxes', (w) => w.mailsPerDay * w.keptDays, derived(ch('ch1'), 'those days')),
    online: figure('connections', 'users online at once', (w) => w.onlineShare * w.dailyActiveUsers, assumed('a tenth')),
  })
  .and({
    attachmentStore: figure(
      'bytes',
      'attachments, each content once',
      (w) => w.mailsKept * w.attachmentShare * w.attachmentBytes * (1 - w.dedupeSaving),
      derived(ch('ch1, ch2'), '2 GB a mailbox, 30 % saved'),
    ),
  });

/** US-East, US-West and EU keep the mailboxes of those who live there (ch4); the shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.4, role: 'active' },
  { name: 'us-west-2', share: 0.3, role: 'active' },
  { name: 'eu-west-1', share: 0.3, role: 'active' },
];

/** Text is compressed to two fifths in topics and in the store: assumed. */
const PACKED = 0.4;
/** Texts of one object: those of a second of one processor. */
const PACK = 100;
/** Attachments travel by SMTP and IMAP in base64. */
const BASE64 = 1.37;
/** Owner, folder, thread, sender, subject, date, flags, place of the text; with two indexes: assumed. */
const ROW_BYTES = 600;
const INDEX_BYTES = 1e3;
/** Waits before a mail is tried again (ch3). */
const RETRIES = ['1m', '5m', '30m', '2h', '6h', '24h'];
const PRIMARY = capacity(625, derived(seed('001', 1, 'ch4'), '10K writes/s by 16 vCPU (db.r5.4xlarge)'));
const PROCESSED = capacity(250, assumed('4 ms of a vCPU: headers, thread, folder, row'));
const FOLDERS = capacity(20e3, derived(ch('ch3'), 'push holds 100K in 5 GB; an open folder takes five times that: assumed'));
const PAGES = capacity(500, assumed('4 ms of two vCPU a page or command'));
const SMTP = capacity(375, derived(ch('ch4'), '10 receivers take 15K/s, the peak of 1B a day; 8 vCPU each, assumed'));

export default system('email-service', {
  title: 'Email service provider',
  summary: 'Mailboxes with SMTP in and out, spam and virus filters, search and push; an attachment is stored once, whoever gets it.',
  aliases: ['email', 'gmail', 'mail-provider'],
  sources: [{ seed: '001', row: 7 }],
  workload,
  headline: { users: 'users', peak: 'mailsPeak' },

  stages: {
    launch: stage('0 to 10M users, 100K mails a day', ch('ch4'), { users: 10e6, mailsPerDay: 100e3, availability: 0.99 }),
    growth: stage('10M to 100M users, 1B mails a day', ch('ch4'), { users: 100e6, mailsPerDay: 1e9 }),
    scale: stage('100M to 500M users, 10B mails a day', ch('ch1, ch4'), { users: 500e6, mailsPerDay: 10e9, mailsPeak: 300e3 }),
    beyond: stage('over 500M users; twice as many as before, assumed', ch('ch4'), { users: 1e9, mailsPerDay: 20e9 }),
    'seed-001': stage('10B mails a day', row, { users: 500e6, mailsPerDay: 10e9 }),
    'seed-001-readme': stage('10B mails a day, 500K a second at peak, 99.95 %', ch('README'), {
      users: 500e6,
      mailsPerDay: 10e9,
      mailsPeak: 500e3,
      availability: 0.9995,
    }),
  },

  regions: (w) => [
    when(
      above('users', w.users, 100e6, ch('ch4')),
      'US-East, US-West and EU',
      'a mailbox lives where its user does, with all that is known of him; Europe’s stay in Europe',
      () => REGIONS,
    ),
    otherwise('one region', 'senders try again for days; zones are enough', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const mails = rate(perDay(w.mailsPerDay), w.mailsPeak);
    const [received, sent] = [times(mails, 0.5), times(mails, 0.5)];
    const [fromOthers, toOthers] = [times(received, 1 - w.localShare), times(sent, 1 - w.localShare)];
    const [fromPrograms, fromWeb] = [times(sent, w.programShare), times(sent, 1 - w.programShare)];
    const byUsers = (each: number) => times(rate(1, w.peakFactor), perDay(each * w.dailyActiveUsers));
    const [requests, searches] = [byUsers(w.requestsPerUser), byUsers(w.searchesPerUser)];
    const attached = (of: Rate) => times(of, w.attachmentShare);
    const newOnes = (of: Rate) => times(attached(of), 1 - w.dedupeSaving);
    const opened = times(attached(received), w.openedShare);
    const [byPrograms, byWeb] = [times(opened, w.programShare), times(opened, 1 - w.programShare)];
    const synced = times(received, w.programShare);
    const wire = w.textBytes + BASE64 * w.attachmentShare * w.attachmentBytes;
    const packed = PACKED * w.textBytes;
    const [put, get] = [{ sends: w.attachmentBytes }, { returns: w.attachmentBytes }];

    const sharded = above('users', world.users, 10e6, ch('ch4'));
    const global = above('users', world.users, 100e6, ch('ch4'));
    const beyond = above('users', world.users, 500e6, ch('ch4'));
    b.oneMachineUntil(
      [sharded, 'the loss of a machine must not stop the mail of all'],
      [above('mails per second at peak', world.mailsPeak, 20, assumed('filtering them fills two vCPU')), 'one machine is full'],
    );

    const tier = sharded.fires ? 'mailboxes' : 'mail';
    const smtp = (id: string, on: string, does: string) =>
      b.service(id, { does, tier: on, perPod: { requestsPerSecond: SMTP }, pod: pod(2, 4), drainSeconds: 120 });
    const { receiver, submission } = b.decide('SMTP', [
      when(sharded, 'receivers, submission and senders apart', 'port 25 is open to everybody: a flood there must not stop users', () => ({
        receiver: smtp('smtp-receiver', 'smtp', 'takes mail of others: SPF, DKIM, DMARC; refuses unknown users'),
        submission: smtp('submission', tier, 'takes mail of mail programs, with app passwords'),
      })),
      otherwise('one SMTP server', 'three mails a second', () => {
        const mta = smtp('mta', tier, 'takes mail, queues it, hands it on');
        return { receiver: mta, submission: mta };
      }),
    ]);
    const does = 'folders, threads, search, sending; signs addresses of attachments';
    const api = b.service('mailbox-api', { does, tier, perPod: { requestsPerSecond: PAGES }, pod: pod(2, 4) });
    const folders = { connections: w.programShare * w.dailyActiveUsers, drainSeconds: 300 };
    const imap = b.service('imap', {
      ...folders,
      does: 'IMAP and POP3; tells those who idle',
      tier,
      perPod: { connections: FOLDERS, requestsPerSecond: PAGES },
      pod: pod(2, 6),
      scaleOn: 'connections',
    });

    // Ways in. SPF and the limit of 100 mails a minute go by the address of the client, which the balancers pass on.
    const at = (port: number, protocol: 'tcp' | 'tls') => ({ listener: { port, protocol, proxyProtocol: true } });
    const mx = b.front('mx', { layer: 4, newConnectionsPerSecond: (50e3 / 57.9e3) * fromOthers.average, drainSeconds: 120 });
    mx.routesTo(receiver, fromOthers, { sends: wire, ...at(25, 'tcp') });
    b.front('programs', { layer: 4, ...folders })
      .routesTo(submission, times(fromPrograms, 0.9), { sends: wire, ...at(465, 'tls') })
      .routesTo(submission, times(fromPrograms, 0.1), { sends: wire, ...at(587, 'tcp') })
      .routesTo(imap, synced, { sends: 300, returns: w.textBytes, ...at(993, 'tls') })
      .routesTo(imap, byPrograms, { returns: BASE64 * w.attachmentBytes, ...at(993, 'tls') })
      .routesTo(imap, times(synced, 0.05), { sends: 100, returns: w.textBytes, ...at(995, 'tls') });
    b.front('web', { layer: 7 })
      .routesTo(api, requests, { sends: 800, returns: 8e3 })
      .routesTo(api, searches, { returns: 10e3 })
      .routesTo(api, fromWeb, { sends: w.textBytes, returns: 200 })
      .alarm('latency p99', 1, derived(ch('ch1'), 'inbox 200 ms, search 1 s'));
    b.decide('who takes mail for the domain', [
      otherwise('one MX name, which the nearest region answers', 'a sender that finds nobody tries again', () =>
        b.mailDomain({ dmarc: 'reject' }),
      ),
      reject('anycast', 'a cent and a half a GB: 1.5M USD a month at 4B mails a day, and mail can wait for milliseconds', ch('ch4')),
    ]);

    const attachments = b.decide('attachments', [
      otherwise('bucket, named by the SHA-256 of their bytes', 'what a thousand people get lies there once', () =>
        b.objectStore('attachments', {
          holds: 'attachments by their hash',
          bytes: w.attachmentStore,
          objectBytes: w.attachmentBytes,
          versioned: false,
          lifecycle: [{ afterDays: 14, to: 'instant archive' }],
          coldShare: { 'instant archive': 1 - 14 / w.keptDays },
        }),
      ),
      reject('local disk', 'seven terabytes cost ten times as much on the machine, and are lost with it', ch('ch4')),
      reject(
        'no upload of what is there',
        'it tells a stranger that somebody has a file, and gives it to who knows its hash',
        remembered('Dropship, 2011'),
      ),
    ]);
    // Browsers put what they send there themselves; that it is the content of its name, S3 checks.
    b.clients.writes(attachments, attached(fromWeb), { ...put, returns: 0 });
    receiver.writes(attachments, newOnes(fromOthers), put);
    submission.writes(attachments, newOnes(fromPrograms), put);
    imap.reads(attachments, byPrograms, get);
    // Its permissions are what addresses are signed with.
    api.reads(attachments, times(byWeb, 1e-3), { soft: true }).writes(attachments, times(attached(fromWeb), 1e-3), { soft: true });
    b.decide('attachments to browsers and apps', [
      otherwise('from the bucket, by addresses that S3 signs', 'an address that leaks opens one file for some minutes', () =>
        b.clients.reads(attachments, byWeb, get),
      ),
      reject(
        'a CDN with keys of its own (CloudFront)',
        'cheaper by the GB and there while the bucket is down, but keys to keep and to change, for files that most people open once',
        ch('ch4'),
      ),
    ]);

    // Mailboxes.
    const rows = w.mailsKept * ROW_BYTES;
    const looked = capacity(0.7 * w.mailsPerDay * ROW_BYTES + GIB, assumed('rows of a week, of the tenth of users who look'));
    const postgres = { engine: 'postgres', queriesPerVcpu: PRIMARY, hotBytes: looked } as const;
    const store = b.decide('mailboxes', [
      when(beyond, 'wide-column store', 'more shards than anybody moves by hand; a folder is one partition, newest first', () =>
        b.wideColumn('mailboxes', {
          holds: 'mails by folder, without their text; threads',
          bytes: rows,
          tables: [
            table('mails', {
              partition: { user_id: 'bigint', folder: 'int' },
              order: { received_at: 'timestamp DESC', mail_id: 'bigint DESC' },
              columns: { thread_id: 'bigint', sender: 'text', subject: 'text', flags: 'int', pack: 'text', files: 'text' },
              rowBytes: ROW_BYTES,
              share: 0.8,
            }),
            table('threads', {
              partition: { user_id: 'bigint' },
              order: { thread_id: 'bigint DESC' },
              columns: { last_mail_at: 'timestamp', unread: 'int' },
              rowBytes: 100,
              share: 0.2,
            }),
          ],
        }),
      ),
      when(sharded, 'PostgreSQL sharded by user', 'a page asks one shard, and one that is lost is few users for minutes', () =>
        b.relational('mailboxes', {
          ...postgres,
          holds: 'mails without their text, threads, filters, outbox',
          topology: 'aurora',
          bytes: rows,
          sharding: 'by hash',
          maxVcpu: 16,
          readersAtLeast: 1,
          pitrDays: 35,
        }),
      ),
      otherwise('one PostgreSQL, with text and its index (GIN)', 'sixteen million mails', () =>
        b.relational('mailboxes', {
          ...postgres,
          holds: 'mails with text and index, threads, filters, users, outbox with the time of the next try',
          topology: 'single',
          bytes: rows + 1.5 * w.mailsKept * w.textBytes,
          strongReads: true,
        }),
      ),
      reject('Cassandra from the start', 'mail, thread and unread count change together: one transaction of a shard', ch('README')),
    ]);

    const [source, port] = [row, 25];
    const others = b.decide('mail to others', [
      otherwise(
        'own senders, behind NAT',
        'how often mail bounces is the reputation that it is delivered by; NAT takes 4.5 cents a GB',
        () => b.external('mail-servers', { does: 'mail servers of others', host: 'mx.example.net', port, source }),
      ),
      reject(
        'senders with addresses of their own',
        'spare NAT, but hundreds of addresses would have to be warmed up and named in SPF',
        assumed('an address is trusted after weeks of little mail'),
      ),
      reject('SES', 'a tenth of a cent a mail: 12M USD a month at 4B a day, without bytes', assumed('list price')),
    ]);
    const feeds = b.external('threat-feeds', { does: 'blacklists, signatures', host: 'feeds.example.com', source });
    // A temporary failure is tried again after 1, 5 and 30 minutes, 2, 6 and 24 hours; half of those left each time: assumed.
    const again = times(toOthers, 2 * w.deferredShare);

    const deletions = times(mails, 1 / PACK);
    const lag = derived(ch('ch4'), '100K are 9 s of growth’s average; from there on new mail is answered with 4xx');
    // As many as consumers with a zone lost; those of senders are full with bytes first.
    const log = b.decide('mail that was accepted', [
      when(sharded, 'Kafka', 'mailboxes, index and senders read it at their own pace, and once more after a fault', () => {
        const topic = (name: string, n: number, days = 1) => ({ name, partitions: n, retentionSeconds: days * DAY });
        const topics = [
          topic('incoming_mail', partitionsFor(received, PROCESSED.value)),
          topic('outgoing_mail', partitionsFor(sent, 100)),
          // First in, first due: all of a topic wait equally long.
          ...RETRIES.map((wait) => topic(`retry_${wait}`, 24, 4)),
          topic('arrivals', partitionsFor(times(received, 0.2), PROCESSED.value)),
          topic('deletions', partitionsFor(deletions, 20)),
        ];
        const messagesPerBroker = capacity(33e3, derived(seed('001', 1, 'ch4'), '100K/s, every message on three brokers'));
        const mail = b.kafka('mail', { topics, retentionSeconds: DAY, messagesPerBroker });
        return mail.alarm('consumer lag', Math.max(100e3, 9 * mails.average), lag);
      }),
      otherwise('queue of the SMTP server, in the database', 'a mail a second', () => undefined),
      reject('SQS', 'what was read is gone: no second reader, and no index that is built once more', ch('ch2')),
    ]);
    const jobs = { tier: log ? 'processing' : 'mail', pod: pod(0.25, 0.5), source: row };
    const updates = b.job('threat-feeds-job', { ...jobs, does: 'fetches blacklists and signatures', schedule: '7 * * * *' });
    updates.calls(feeds, steady(1 / 3600), { returns: 50e6 });
    if (!log) {
      const filter = b.service('filter', {
        does: 'SpamAssassin and ClamAV, while the sender waits: what is refused with 5xx was never ours',
        tier: 'mail',
        perPod: {
          requestsPerSecond: capacity(2.25, derived(ch('ch2, ch3'), '10 ms of rules, 150 ms of scan for three in ten; an eighth of it')),
        },
        pod: { ...pod(0.125, 2, assumed('signatures take 1.3 GB, whatever is scanned')), scratchBytes: GIB },
      });
      receiver
        .calls(filter, received, { sends: wire })
        .writes(store, times(mails, 2), { sends: w.textBytes })
        .reads(store, times(mails, 2))
        .reads(attachments, attached(toOthers), get)
        .calls(others, toOthers, { sends: wire, soft: true })
        .calls(others, again, { sends: 1e3, soft: true });
      api
        .reads(store, requests, { returns: 8e3 })
        .reads(store, searches, { returns: 10e3 })
        .writes(store, times(requests, 0.3))
        .calls(submission, fromWeb, { sends: w.textBytes });
      imap.reads(store, synced, { returns: w.textBytes }).writes(store, times(synced, 0.3));
      updates.writes(store, steady(1 / 3600), { sends: 50e6 });
      return;
    }

    // What every server asks first: whose address it is, where he lives, what he may. Who sends too much is known to all of them.
    const accounts = b.keyValue('accounts', {
      holds: 'shard of each address, quota, app passwords, key of the mailbox, without which it is erased',
      partitionKey: 'address',
      bytes: 1e3 * w.users,
      itemBytes: 1e3,
    });
    const files = b.keyValue('attachment-index', {
      holds: 'how many mails refer to each hash, and the verdict of its scan',
      partitionKey: 'sha256',
      bytes: 150 * (w.attachmentStore / w.attachmentBytes),
      itemBytes: 150,
    });
    const counted = capacity(100e3, assumed('counters with an expiry, in pipelines'));
    const commands = 1.5 * world.mailsPeak + (world.peakFactor * world.requestsPerUser * world.dailyActiveUsers) / DAY;
    const many = above('commands per second', commands, 0.75 * counted.value, assumed('three quarters of a node'));
    const topology = b.decide('limits and reputation', [
      when(many, 'Redis Cluster', 'a counter is one key, and shards by it', () => 'cluster' as const),
      otherwise('Redis', 'one node counts all', () => undefined),
      reject('limits in each server', 'a sender has connections to all of them', row),
    ]);
    const state = b.cache('limits', {
      holds: 'mails by client, user and domain, bounces, reputation of senders, results of searches for 300 s',
      bytes: 150 * (0.02 * w.users + 5 * w.dailyActiveUsers),
      opsPerNode: counted,
      topology,
      eviction: 'volatile-ttl',
    });
    const accept = (server: PartRef, taken: Rate) =>
      server
        .reads(accounts, taken, { returns: 300 })
        .writes(state, taken, { sends: 100, soft: true })
        .writes(files, attached(taken), { sends: 150 })
        .publishes(log, taken, { sends: packed });
    accept(receiver, fromOthers);
    accept(submission, fromPrograms);
    accept(api, fromWeb);
    const elsewhere = b.decide('mail for another region', [
      when(
        global,
        'passed through to it',
        'a hash of each address and the region of its mailbox are all that regions tell each other',
        () => {
          const directory = b.keyValue('directory', {
            holds: 'region of each address, by its hash',
            partitionKey: 'address_hash',
            bytes: 100 * w.users * b.place.regions.length,
            itemBytes: 100,
            multiRegion: true,
          });
          const regions = b.external('other-regions', {
            does: 'our receivers in other regions',
            host: 'mx.mail.example.com',
            port,
            source: row,
          });
          receiver.reads(directory, fromOthers, { returns: 100 });
          api.writes(directory, times(requests, 1e-5), { sends: 100 });
          receiver.calls(regions, times(fromOthers, w.elsewhereShare), { sends: wire });
          return { directory, regions };
        },
      ),
      otherwise('none', 'there is one', () => undefined),
      reject('accounts in every region', 'passwords and quotas of Europeans would lie in the United States', ch('ch4')),
    ]);
    // Settings, passwords, quotas used.
    api.writes(accounts, times(requests, 0.01), { sends: 300 });

    // Filters. Rules decide four mails in five; while the model is down or full they stand alone.
    const models = b.objectStore('models', { holds: 'models, blacklists, mails reported as spam', bytes: 200e9, objectBytes: 1e6 });
    updates.writes(models, steady(1 / 3600), { sends: 50e6 });
    const rules = b.service('spam-filter', {
      does: 'scores 0 to 100 by rules, blacklists, reputation: inbox to 50, warning to 80, spam above',
      tier: 'filters',
      perPod: { requestsPerSecond: capacity(200, derived(ch('ch2'), '10 ms a mail on each of two vCPU')) },
      pod: pod(2, 4),
    });
    rules.reads(models, steady(1), { returns: 1e6, soft: true }).writes(state, received, { sends: 200, soft: true });
    const batches = derived(ch('ch2'), '200 ms for 64 mails: assumed; one at a time, 100 GPUs would score 500 a second');
    const onGpus = (share: number) => {
      const gpu = { tier: 'gpu', pod: { ...pod(3, 12), gpu: 1 } };
      const perPod = { requestsPerSecond: capacity(320, batches) };
      const model = b.service('spam-model', { ...gpu, does: 'scores in batches what rules leave open', perPod });
      rules.calls(model, times(received, (1 - w.rulesCatch) * share), { sends: w.textBytes, soft: true });
      model.reads(models, steady(0.1), { returns: 1e6, soft: true });
      const retrain = b.job('retrain', { ...jobs, ...gpu, does: 'trains on a week of reports', schedule: '0 4 * * 0' });
      retrain.reads(models, rate(0.2, 100), { returns: 1e6 }).writes(models, rate(2e-6, 1), { sends: 1e9 });
    };
    b.decide('spam model', [
      when(beyond, 'a small one with the rules, a large one on GPUs', 'the small one decides three in four: assumed', () => onGpus(0.25)),
      when(global, 'on GPUs', 'a fifth of all mail for 200 ms is more than processors can take', () => onGpus(1)),
      otherwise('Bayesian, with the rules', 'part of their 10 ms', () => {}),
      reject('inline, with an SMTP reject', 'a sender waits 500 ms at most; the largest attachment is scanned for 3 s', ch('ch3')),
    ]);

    // What is new is scanned; without a verdict it stays locked in the mailbox.
    const scans = b.queue('to-scan', { holds: 'new attachments', maxReceives: 3, visibilitySeconds: 60 });
    scans.alarm('oldest message', 60, derived(ch('ch3'), 'six tries of 10 s'));
    const stored = sum([attached(fromWeb), newOnes(fromOthers), newOnes(fromPrograms)]);
    attachments.publishes(scans, stored, { sends: 1e3 });
    const scan = capacity(26, derived(ch('ch3'), '150 ms on each of four vCPU'));
    b.worker('virus-scanner', 'scans attachments', scan, {
      tier: 'scan',
      pod: { ...pod(4, 8), scratchBytes: GIB },
      interruptible: true,
    })
      .consumes(scans, stored, { returns: 1e3 })
      .reads(attachments, newOnes(mails), get)
      .writes(files, newOnes(mails), { sends: 150 });

    // Into the mailbox: first the text, then the row that points at it.
    const texts = b.objectStore('texts', {
      holds: 'texts, a hundred an object, each encrypted with the key of its mailbox',
      bytes: w.mailsKept * packed,
      objectBytes: PACK * packed,
      versioned: false,
      lifecycle: [{ afterDays: 30, to: 'instant archive' }],
      coldShare: { 'instant archive': 1 - 30 / w.keptDays },
    });
    const processing = { tier: 'processing', pod: pod(1, 2), drainSeconds: 60 };
    const queueDepthPerPod = capacity(1000, derived(ch('ch4'), 'a lag of 10K adds ten consumers'));
    const filing = 'filters of users, threads, folders';
    const processor = b.worker('mail-processor', filing, PROCESSED, { ...processing, queueDepthPerPod });
    const clean = times(received, w.cleanShare);
    processor
      .consumes(log, mails, { returns: packed })
      .calls(rules, received, { sends: w.textBytes })
      .reads(files, attached(received))
      .writes(texts, times(mails, 1 / PACK), { sends: PACK * packed })
      .writes(store, mails, { sends: ROW_BYTES })
      .publishes(log, clean, { sends: 200 });
    imap.reads(store, synced, { returns: 2e3 }).writes(store, times(synced, 0.3)).reads(texts, synced, { returns: packed });
    api
      .reads(texts, times(requests, 1 / 3), { returns: packed })
      .writes(store, times(requests, 0.3))
      .writes(state, requests, { soft: true });
    b.decide('first page of an inbox', [
      when(beyond, 'ready in Redis', 'an app opens with no query to the store', () => {
        const inboxes = b.cache('inboxes', {
          holds: 'newest fifty mails of users of the day',
          bytes: 6e3 * w.dailyActiveUsers,
          opsPerNode: capacity(50e3, assumed('a page of 6 KB')),
          topology: 'cluster',
          eviction: 'allkeys-lru',
        });
        processor.writes(inboxes, mails, { sends: 300, soft: true });
        api.reads(inboxes, times(requests, 0.5), { returns: 6e3, soft: true }).reads(store, times(requests, 0.55), { returns: 6e3 });
      }),
      otherwise('from the store', 'one query for fifty rows', () => api.reads(store, requests, { returns: 6e3 })),
    ]);

    // Out. What six retries do not deliver comes back to its sender as a bounce.
    const delivery = { tier: 'smtp', pod: pod(2, 4), drainSeconds: 120 };
    const sender = b
      .worker('smtp-sender', 'delivers, as many at once as a domain takes', SMTP, delivery)
      .consumes(log, toOthers, { returns: packed })
      .consumes(log, again, { returns: packed })
      .publishes(log, again, { sends: packed })
      .reads(attachments, attached(toOthers), get)
      .writes(state, toOthers, { sends: 100, soft: true })
      .calls(others, toOthers, { sends: wire })
      .calls(others, again, { sends: 1e3 })
      .writes(store, times(sent, 0.1), { sends: 1e3 });
    if (elsewhere)
      sender
        .reads(elsewhere.directory, sent, { returns: 100 })
        .calls(elsewhere.regions, times(sent, w.localShare * w.elsewhereShare), { sends: wire });

    // Deleted mail: trash and spam go after 30 days, and an attachment with the last mail that refers to it.
    b.job('expiry', { ...jobs, does: 'empties trash and spam of 30 days ago', schedule: '0 5 * * *' })
      .writes(store, steady(0.1))
      .publishes(log, rate(0.5 * deletions.average, 12 * deletions.average), { sends: 3e3 });
    for (const server of [api, imap]) server.publishes(log, times(deletions, 0.25), { sends: 3e3, soft: true });
    const hundred = capacity(20, assumed('a hundred mails a message'));
    b.worker('reference-counter', 'takes references back, deletes contents that have none', hundred, processing)
      .consumes(log, deletions, { returns: 3e3 })
      .writes(files, attached(mails), { sends: 150 })
      .writes(attachments, times(newOnes(mails), 1 / 1000), { sends: 100e3 });

    // Search. Without the cluster the inbox stays up, and what is older than a week is found.
    const segment = (w.mailsKept * INDEX_BYTES) / w.users;
    const [index, segments] = b.decide('search', [
      otherwise('a week in the cluster, all of it in a file of each user', 'who searches has one mailbox: few megabytes to read', () => [
        b.search('mail-index', {
          holds: 'subject, text, sender and date of a week, routed by user',
          bytes: w.searchDays * w.mailsPerDay * INDEX_BYTES,
          queriesPerNode: capacity(200, assumed('a query asks the one shard of its user')),
        }),
        b.objectStore('segments', {
          holds: 'indexes, one object a user; programs',
          bytes: w.users * segment,
          objectBytes: segment,
          versioned: false,
        }),
      ]),
      reject(
        'all mail in the cluster',
        'at 10B a day half a year of it takes a thousand nodes, for three hundred searches a second',
        ch('ch1'),
      ),
    ]);
    index.alarm('latency p99', 1, ch('ch1'));
    b.worker('indexer', 'writes mails to the index, 500 a request', capacity(500, assumed('2 ms of a vCPU a mail')), processing)
      .consumes(log, mails, { returns: packed })
      .writes(index, times(mails, 1 / 500), { sends: 500 * w.textBytes });
    const weekly = steady(w.users / (7 * DAY));
    b.sparkJob('segmenter', {
      does: 'adds the texts of a week to the index of each user',
      schedule: '0 1 * * 6',
      program: 'segments',
      executors: Math.ceil((7 * w.mailsPerDay * packed) / 400e9),
      executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('an executor of a usual size') },
      hours: capacity(8, assumed('an executor sorts and indexes 50 GB an hour')),
    })
      .reads(texts, steady(mails.average / PACK), { returns: PACK * packed })
      .reads(segments, weekly, { returns: segment })
      .writes(segments, weekly, { sends: segment });
    api
      .reads(index, searches, { returns: 10e3, soft: true })
      .reads(segments, times(searches, 0.5), { returns: segment, soft: true })
      .reads(state, searches, { returns: 10e3, soft: true });

    // New mail: phones are told by their makers, browsers over a socket while there are not too many.
    const told = times(clean, 1 - w.programShare);
    const [apns, fcm] = [
      b.external('apns', { does: 'pushes to iOS', host: 'api.push.apple.com', source: row }),
      b.external('fcm', { does: 'pushes to Android and browsers', host: 'fcm.googleapis.com', source: row }),
    ];
    b.worker('notifier', 'tells phones of new mail', capacity(2500, assumed('many calls at once over HTTP/2')), processing)
      .consumes(log, told, { returns: 200 })
      .calls(apns, times(told, 0.4), { sends: 300, soft: true })
      .calls(fcm, times(told, 0.6), { sends: 300, soft: true });
    b.decide('browsers that are open', [
      when(above('users online', world.online, 1e6, ch('ch3')), 'web push', 'a socket would be open for two mails an hour', () => {}),
      otherwise('WebSockets', 'shown within a second', () => {
        const sockets = b.service('push', {
          does: 'holds a socket for each browser',
          protocol: 'websocket',
          tier: 'mailboxes',
          perPod: { connections: capacity(100e3, ch('ch3')) },
          pod: pod(2, 5, ch('ch3')),
          connections: w.online,
          scaleOn: 'connections',
          drainSeconds: 120,
        });
        const shown = times(told, 0.1);
        b.front('sockets', { layer: 4, connections: w.online, drainSeconds: 120 }).routesTo(sockets, shown, { sends: 50, returns: 300 });
        sockets.consumes(log, clean, { returns: 200 });
      }),
      reject('asking every minute', 'sixty requests an hour for two mails', ch('ch3')),
    ]);

    const audit = b.objectStore('audit', {
      holds: 'who signed in, exported, erased or opened a mailbox for a court',
      bytes: 365 * requests.average * DAY * 0.1 * 200,
      objectBytes: 8e6,
      // No source says how long: assumed.
      lockYears: 1,
      lifecycle: [{ afterDays: 30, to: 'instant archive' }],
      coldShare: { 'instant archive': 335 / 365 },
    });
    api.writes(audit, times(requests, (0.1 * 200) / 8e6), { sends: 8e6, soft: true });
    b.job('probe', { ...jobs, does: 'sends itself a mail and waits for it', schedule: '* * * * *' })
      .calls(submission, steady(1 / 60), { sends: w.textBytes })
      .calls(api, steady(0.5));
  },

  claims: [
    claim('peak', 'seed-001', 'mails per second at peak', 500e3, 'per second', ch('README')).against(
      (e) => e.figure('mailsPeak'),
      'ch1 has 300K/s, 2.6 times the average; README 500K/s, 4.3 times, which has a stage of its own.',
    ),
    claim('attachments-day', 'scale', 'bytes of attachments per day', 3e15, 'bytes', ch('ch1')).against(
      (e) => e.figure('mailsPerDay') * e.figure('attachmentShare') * e.figure('attachmentBytes'),
      'Three in ten of 10B mails with 2 MB each; 3 PB are those of the 5B that come in. Sent mails have attachments too.',
    ),
    claim('deduplicated', 'scale', 'bytes of attachments stored per day', 500e12, 'bytes', ch('ch1')).against(
      (e) => e.figure('attachmentStore') / e.figure('keptDays'),
      '500 TB of 3 PB would be 83 % saved; ch2 and ch3 say 30 %.',
    ),
    claim('storage', 'scale', 'storage', 1e15, 'bytes', ch('ch1')).against(
      (e) => e.figure('attachmentStore'),
      '500M mailboxes of 2 GB are 1 EB, 0.69 EB with 30 % saved; 1 PB is what two days bring at ch1’s own 500 TB.',
    ),
    claim('index', 'scale', 'search index', 100e12, 'bytes', ch('ch1')).against(
      (e) => e.figure('mailsPerDay') * e.figure('searchDays') * INDEX_BYTES,
      '10B x 10 KB is the text of one day, against a history of ten years; an index of a mail takes 1 KB (ch4: 10 TB for 10B), and the cluster holds a week.',
    ),
    claim('search-nodes', 'scale', 'nodes of the search cluster', 50, 'nodes', ch('ch4')).against(
      (e) => e.count('mail-index'),
      '70 TB with a replica and room for merges are 47 nodes of 4.3 TB; a lost zone takes half as many again, and each region has three masters.',
    ),
    claim('shards', 'scale', 'mailbox shards', 64, 'shards', ch('ch4')).against(
      (e) => e.shards('mailboxes'),
      '300K rows a second and 44K changes of flags and states; 16 vCPU write 7K at 70 %. By bytes it would be eight: 1 PB of rows.',
    ),
    claim('shards-growth', 'growth', 'mailbox shards', 4, 'shards', ch('ch4')).against(
      (e) => e.shards('mailboxes'),
      'A tenth of the mails of 64 shards.',
    ),
    claim('brokers', 'scale', 'Kafka brokers', 12, 'brokers', ch('ch4')).against(
      (e) => e.count('mail'),
      'Text is in the message, 4 KB of it: 300K/s are 1.2 GB/s, 3.6 GB/s with copies, which must fit with a zone lost in each region.',
    ),
    claim('gpus', 'scale', 'GPUs for the spam model', 100, 'GPUs', ch('ch4')).against(
      (e) => e.count('spam-model'),
      'A fifth of 150K/s in batches are 94 GPUs at 320/s, at 100 %; 80 % and a lost zone make nearly twice that.',
    ),
    claim('receivers', 'growth', 'vCPUs of SMTP receivers', 80, 'vCPU', derived(ch('ch4'), '10 of 8 vCPU')).against(
      (e) => e.vcpu('smtp-receiver', 'peak'),
      'At peak 12K mails/s bring 0.83 MB each, 80 Gbit/s in and as much out to the bucket; the network of the machines is full first.',
    ),
  ],
});
