import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import type { PartRef } from '../plan/part-ref';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, remembered, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, GIB, MINUTE, perDay, rate, type Rate, steady, sum, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 14, chapter);
const perAccount = derived(ch('ch1'), 'reference figure divided by 100M accounts');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that cards are authorised', 0.9999, ch('README, ch1')),
  accounts: figure('items', 'accounts of customers'),
  readsPerTransaction: figure('each', 'looks at balances and entries for each transaction', 10, derived(ch('ch1'), '200K/s over 20K/s')),
  cardShare: figure('ratio', 'transactions by card', 0.6, assumed('most of what private customers do is paid by card')),
  internalShare: figure('ratio', 'transfers between two accounts of the bank', 0.15, assumed('between own accounts and friends')),
  recordBytes: figure('bytes each', 'record of a transaction', 200, ch('ch1')),
  hotDays: figure('days', 'days of entries in the ledger itself', 31, assumed('the statement that is still open')),
  retentionDays: figure('days', 'days that financial records are kept', 2555, ch('ch1')),
  escalatedShare: figure('ratio', 'scores that people look at', 0.01, ch('ch1')),
})
  .and({
    users: figure('users', 'customers', (w) => w.accounts / 3, ch('ch1')),
    transactionsPerDay: figure('per day', 'transactions', (w) => 2 * w.accounts, perAccount),
    postingsPeak: figure('per second', 'postings and holds at the busiest moment', (w) => 200e-6 * w.accounts, perAccount),
    readsPeak: figure('per second', 'looks at balances and entries at the busiest moment', (w) => 2e-3 * w.accounts, perAccount),
    cards: figure('items', 'cards in use', (w) => 0.7 * w.accounts, assumed('savings accounts have none')),
  })
  .and({
    hotBytes: figure(
      'bytes',
      'a batch, its debit and its credit, doubled by indexes, and a balance for each account',
      (w) => w.transactionsPerDay * w.hotDays * 3 * w.recordBytes * 2 + BALANCE_BYTES * w.accounts,
      derived(ch('ch1'), 'rows of 200 bytes; indexes and balances assumed'),
    ),
    coldBytes: figure('bytes', 'records until retention ends', (w) => w.transactionsPerDay * w.retentionDays * w.recordBytes, ch('ch1')),
  });

/** Each shard is written at home; the other region has copies of all, and takes over with them. */
const TWO_SITES: readonly Region[] = [
  { name: HOME_REGION, share: 0.5, role: 'active' },
  { name: 'us-west-2', share: 0.5, role: 'active' },
];

/** A posting goes to the database once and does the work of four statements: batch with its key, entries, two balances under their limits, event. */
const STATEMENTS = 4;
const QUERIES_PER_VCPU = capacity(
  1500,
  assumed('four statements a transaction; marketplace (000#1 ch06) measures 3000 transactions/s on 8 vCPU'),
);
/** Customer, account or card with its history; the state of a payment. */
const PROFILE_BYTES = 3e3;
const PAYMENT_BYTES = 1e3;
/** Ledger and available balance, with the index. */
const BALANCE_BYTES = 300;
/** Of the audit trail. */
const AUDIT_BYTES = 500;
/** Records of a network file that are posted as one piece of work. */
const CHUNK = 10e3;

const AUDITED = capacity(2e3, assumed('batches of small messages'));
const NOTIFIED = capacity(200, assumed('renders and sends'));

export default system('online-banking', {
  title: 'Online banking system',
  summary:
    'Keeps accounts in a double-entry ledger; postings, holds and scores in front of it, networks, close of day and locked records behind.',
  aliases: ['core-banking', 'banking'],
  sources: [{ seed: '001', row: 14 }],
  workload,
  headline: { users: 'users', peak: 'readsPeak' },

  stages: {
    start: stage('0 to 1M accounts', ch('ch4'), { accounts: 1e6 }),
    growth: stage('1M to 20M accounts', ch('ch4'), { accounts: 20e6 }),
    scale: stage('20M to more than 100M accounts', ch('ch4'), { accounts: 100e6 }),
    'seed-001': stage('100M accounts, 20K postings and 200K looks a second', seed('001', 14, 'row and ch1'), { accounts: 100e6 }),
    'seed-001-readme': stage('100K transactions a second', ch('README'), { accounts: 100e6, postingsPeak: 100e3 }),
  },

  regions: (w) => [
    when(
      above('accounts', w.accounts, 1e6, ch('ch4')),
      'two active regions',
      'looks are answered at both sites; copies seconds old lose less than a minute with a region; a posting goes home to its shard, which takes 70 of 300 ms',
      () => TWO_SITES,
    ),
    otherwise('one region', 'no copy elsewhere is asked for below 1M accounts', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const { region, regions } = b.place;
    const isHome = region.name === regions[0]!.name;
    const multiRegion = regions.length > 1;
    /** With the peak that comes when the other region is lost. */
    const alone = (r: Rate) => rate(r.average, r.peak / region.share);

    const postings = rate(perDay(w.transactionsPerDay), w.postingsPeak);
    const looks = rate(w.readsPerTransaction * postings.average, w.readsPeak);
    const onCards = times(postings, w.cardShare);
    const payments = times(postings, 1 - w.cardShare);
    // Customers sign in once a day, when they pay.
    const logins = times(postings, w.users / w.transactionsPerDay);
    const escalated = times(postings, w.escalatedShare);
    const grown = above('accounts', world.accounts, 1e6, ch('ch4'));

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.999, ch('ch1')), 'no lost machine may stop payments'],
      [above('looks per second', world.readsPeak, 300, assumed('they fill two vCPU')), 'one machine is full'],
    );

    const service = (id: string, tier: string, does: string, requests: number, why: string) =>
      b.service(id, {
        does,
        tier,
        perPod: { requestsPerSecond: capacity(requests, assumed(why)) },
        pod: pod(0.5, 0.5),
        drainSeconds: 60,
      });
    const gateway = service('gateway', 'web', 'sessions, bound devices, rate limits', 1000, 'a token is checked in half a millisecond');
    const accounts = service('accounts', 'web', 'balances, entries, statements, limits, freezes', 400, 'one look by key, rendered');
    const identity = service('identity', 'web', 'OAuth2, MFA; KYC and screening of who joins', 25, 'a password hash takes 20 ms');
    const support = service('support', 'web', 'disputes, refunds, adjustments with their trail', 25, 'pages of many queries');
    const hub = service('payments-hub', 'money', 'routes transfers, ACH, wire, instant; cut-offs', 100, 'four steps a payment');
    const cardAuth = service('card-auth', 'money', 'card, score and hold within 300 ms', 150, 'three calls, each awaited');
    const ledger = service('ledger', 'money', 'posts a batch once for each key, all legs or none', 250, 'one transaction a posting');

    // Balances are rows beside the entries: a posting checks the limit and changes them in its own transaction.
    const postgres = { engine: 'postgres', queriesPerVcpu: QUERIES_PER_VCPU, pitrDays: 35, multiRegion } as const;
    const today = w.hotBytes / w.hotDays + BALANCE_BYTES * w.accounts;
    const books = { ...postgres, holds: 'batches by idempotency key, entries (append-only), holds, balances, outbox', bytes: w.hotBytes };
    const profiles = PROFILE_BYTES * (w.users + w.accounts + w.cards);
    const people = {
      ...postgres,
      holds: 'customers, accounts with limits and freezes, cards by token, payments, cases',
      bytes: profiles + w.transactionsPerDay * (1 - w.cardShare) * w.hotDays * PAYMENT_BYTES,
      strongReads: true,
    };
    const hot = (bytes: number) => capacity(bytes + GIB, assumed('entries and customers of a day, all balances, 1 GB for the server'));
    const sharded = (maxVcpu: number) => ({
      ledgerDb: b.relational('ledger-db', { ...books, hotBytes: hot(today), topology: 'aurora', sharding: 'by hash', maxVcpu }),
      customers: b.relational('customers', { ...people, hotBytes: hot(profiles / 4), topology: 'aurora', sharding: 'by hash' }),
    });
    const further = above('postings per second at peak', world.postingsPeak, 50e3, ch('ch3'));
    const { ledgerDb, customers } = b.decide('ledger', [
      when(further, 'PostgreSQL in shards of 16 vCPU', 'of 8 there would be fifty, each with its failovers', () => sharded(16)),
      when(grown, 'PostgreSQL in shards of 8 vCPU by account, customers apart', 'a shard that fails takes few along', () => sharded(8)),
      otherwise('one PostgreSQL with read replicas', 'legs, balances and key commit together; looks go to replicas', () => {
        const hotBytes = hot(today + profiles / 4);
        const one = { ...books, ...people, holds: `${books.holds}; ${people.holds}`, bytes: books.bytes + people.bytes, hotBytes };
        const core = b.relational('core', { ...one, strongReads: false, topology: 'multi-az', readersAtLeast: 2 });
        return { ledgerDb: core, customers: core };
      }),
      reject('a specialised ledger engine', 'faster at two legs, but holds, limits and keys would commit elsewhere', ch('ch3')),
      reject('shards by range of accounts', 'the newest accounts are the busiest, and all in the last range', ch('ch4')),
      reject('shards owned by several regions', 'by hash half of all transfers would be under way between regions', ch('ch4')),
      reject('balances computed from events', 'what is read late can be spent twice', ch('ch1 (double spend 0)')),
    ]);
    ledgerDb.alarm('cpu', 0.7, assumed('rows stay locked longer when the processor waits'));
    ledgerDb.alarm('replication lag', multiRegion ? MINUTE : 5, multiRegion ? ch('README') : assumed('an older balance brings calls'));
    b.decide('accounts of the bank itself', [
      otherwise('entries in each shard, summed at close', 'no posting waits for a row that all of them touch', () => undefined),
      reject('a balance row for each', 'every card payment would queue for one lock', assumed('a row commits some hundred times a second')),
    ]);
    const counters = b.cache('counters', {
      holds: 'velocity of cards and accounts, rate limits, sessions',
      bytes: 1e3 * w.users + 200 * w.cards,
      opsPerNode: capacity(100e3, assumed('small reads and increments, pipelined')),
      topology: grown.fires ? 'cluster' : undefined,
      eviction: 'volatile-ttl',
    });

    // Ways in: customers and staff on devices that are bound, their sign-in behind a firewall, the card network.
    b.front('app', { layer: 7, drainSeconds: 60 })
      .routesTo(gateway, alone(looks), { returns: 2e3 })
      .routesTo(gateway, alone(payments), { sends: 1e3, returns: 1e3 })
      .routesTo(gateway, alone(escalated), { returns: 20e3 })
      .alarm('latency p99', 0.8, ch('ch1, ch4 (p95)'));
    b.front('login', { layer: 7, firewall: { requestsPerAddress: 100 } }).routesTo(identity, alone(logins), { sends: 1e3, returns: 2e3 });
    b.front('cards', { layer: 7, drainSeconds: 60 })
      .routesTo(cardAuth, alone(onCards), { sends: 500, returns: 200 })
      .alarm('latency p99', 0.3, ch('ch1, ch4 (p95)'))
      .alarm('error share', 1e-4, derived(ch('ch1'), '99.99 % of authorisations'));

    gateway
      .writes(counters, alone(looks), { soft: true, sends: 100 })
      .calls(accounts, alone(looks), { returns: 2e3 })
      .calls(hub, alone(payments), { sends: 1e3, returns: 1e3 })
      .calls(support, alone(escalated), { returns: 20e3, soft: true });
    accounts.reads(ledgerDb, alone(looks), { returns: 1e3 });
    const partner = (id: string, does: string, host: string) => b.external(id, { does, host, source: seed('001', 14) });
    const screening = partner('screening', 'identity documents, OFAC and other sanctions lists', 'api.screening.example.com');
    // One customer in a thousand joins, or opens something, on a day.
    identity
      .reads(customers, alone(logins), { returns: 1e3 })
      .writes(customers, logins)
      .calls(screening, times(logins, 1e-3), { sends: 100e3, returns: 2e3, soft: true });
    support.reads(customers, alone(escalated), { returns: 10e3 }).calls(ledger, times(escalated, 0.1), { sends: 1e3 });

    // Money moves once it is scored, within its limits, and posted. Without score or ledger it does not.
    const { risk, features, models } = b.decide<{ risk: PartRef; features?: PartRef; models?: PartRef }>('fraud scoring', [
      when(grown, 'models over a feature store', 'learnt from cases, rolled back when their precision falls', () => {
        const windows = b.keyValue('features', {
          holds: 'what an account and its cards did in a day, a week and a month',
          partitionKey: 'account_id',
          ttlAttribute: 'expires_at',
          bytes: 1e3 * w.accounts,
          itemBytes: 1e3,
          multiRegion,
        });
        const models = b.objectStore('models', { holds: 'each model with what it caught', bytes: 50e9, objectBytes: 100e6, multiRegion });
        const scores = service('risk', 'risk', 'rules, trees over features; names on lists', 75, 'a thousand trees take 5 ms');
        scores
          .reads(windows, alone(postings), { returns: 1e3, soft: true })
          .reads(models, steady(1 / MINUTE), { returns: 100e6, soft: true });
        return { risk: scores, features: windows, models };
      }),
      otherwise('rules', 'limits and velocity; there are no cases to learn from yet', () => {
        const rules = service('risk', 'money', 'rules over counters; names on lists', 250, 'a handful of look-ups');
        return { risk: rules };
      }),
      reject('scores after the answer', 'what left by wire or instantly does not come back', ch('README (before approval)')),
    ]);
    risk.reads(counters, alone(times(postings, 4)), { soft: true }).writes(counters, alone(times(postings, 2)), { soft: true });
    cardAuth.reads(customers, alone(onCards)).calls(risk, alone(onCards), { sends: 1e3 }).calls(ledger, alone(onCards));
    hub
      .reads(customers, alone(payments))
      .writes(customers, times(payments, 2), { sends: 1e3 })
      .calls(risk, alone(payments), { sends: 1e3 })
      .calls(ledger, alone(payments), { sends: 1e3 });
    ledger.writes(ledgerDb, times(postings, STATEMENTS), { sends: 400 });

    // Wire and instant are a twentieth of what leaves the bank; the rest is in files. 3DS and controls: one card payment in twenty.
    const controls = '3DS, tokens, controls and chargebacks of cards';
    const rails = b.decide('ways out', [
      when(grown, 'own access to networks, two card processors', 'errors of the first processor move cards to the second', () => {
        const second = partner('second-processor', controls, 'api.second-processor.example.com');
        hub.calls(second, times(onCards, 0.0025), { sends: 1e3, soft: true });
        return partner('rails', 'ACH operator, Fedwire, RTP, SEPA', 'rails.example.com');
      }),
      otherwise('a partner bank, one card processor', 'their access, their cut-offs', () =>
        partner('rails', 'ACH and wire through a partner bank', 'files.partner-bank.example.com'),
      ),
      reject(
        'own card processing',
        'hardware would check a code or PIN 120M times a day, 730K USD a month at 2 USD for 10K; the processor includes it',
        derived(ch('ch3'), '100M accounts; list price of AWS Payment Cryptography'),
      ),
    ]);
    hub.calls(partner('processor', controls, 'api.processor.example.com'), times(onCards, 0.05), { sends: 1e3, soft: true });
    hub.calls(rails, times(payments, 0.05), { sends: 2e3, returns: 1e3, soft: true });
    b.decide('card numbers', [
      when(grown, 'issued in an isolated tier, keys in hardware', 'numbers, codes and PINs are where no way leads out', () => {
        const issuing = b.service('card-issuing', {
          does: 'makes numbers, codes and PINs of cards; others know tokens',
          tier: 'card-data',
          isolated: true,
          perPod: { requestsPerSecond: capacity(50, assumed('three requests to hardware')) },
          pod: pod(0.5, 1),
        });
        const keys = b.hsm('card-keys', {
          holds: 'keys of the issuer',
          keys: [
            { name: 'codes', use: 'security codes' },
            { name: 'pins', use: 'PIN verification' },
            { name: 'pin-blocks', use: 'PIN blocks' },
          ],
        });
        const vault = { holds: 'encrypted card numbers by token', topology: 'aurora', strongReads: true, bytes: 500 * w.cards } as const;
        const numbers = b.relational('card-numbers', { ...postgres, ...vault });
        // A card lives three years; one holder in ten changes the PIN in a year.
        const perYear = w.cards * (1 / 3 + 0.1);
        const issued = rate(perDay(perYear / 365), (5 * perDay(perYear)) / 365);
        accounts.calls(issuing, alone(issued), { soft: true });
        issuing.writes(numbers, issued).reads(numbers, alone(issued)).writes(keys, times(issued, 2)).reads(keys, issued);
      }),
      otherwise('with the processor', 'it issues the cards; we know tokens', () => undefined),
    ]);

    const cold = { afterDays: 90, to: 'instant archive' } as const;
    const locked = {
      lifecycle: [cold],
      coldShare: { 'instant archive': 1 - cold.afterDays / w.retentionDays },
      lockYears: Math.ceil(w.retentionDays / 365),
      multiRegion,
    };
    const holds = 'entries of each hour by range of accounts, for statements that are closed';
    const records = b.objectStore('records', { ...locked, holds, bytes: world.coldBytes, objectBytes: 4e6 });
    // One look in a thousand goes past the open statement, to a range in each day of a month.
    accounts.reads(records, alone(times(looks, 30e-3)), { returns: 2e3, soft: true });
    const trail = perDay(w.transactionsPerDay * (1 + w.escalatedShare) + w.users);
    const fileBytes = trail * MINUTE * AUDIT_BYTES;
    const audit = b.objectStore('audit-log', {
      ...locked,
      holds: 'who did what, and who allowed it: a file a minute',
      // The other region has a copy of what is written at home besides its own.
      bytes: (trail * DAY * w.retentionDays * AUDIT_BYTES) / (isHome ? 1 : region.share),
      objectBytes: fileBytes,
    });

    const topic = (name: string, partitions: number) => ({ name, partitions, retentionSeconds: 7 * DAY });
    // Twice what the notifier needs at peak: consumers past the partitions idle.
    const readers = 48 * Math.ceil((2 * w.postingsPeak) / NOTIFIED.value / 48);
    const auditors = 24 * Math.ceil((3 * w.postingsPeak) / AUDITED.value / 24);
    const events = b.kafka('events', {
      topics: [topic('account-events', readers), topic('audit', auditors)],
      retentionSeconds: 7 * DAY,
      messagesPerBroker: capacity(100e3, assumed('small messages on one broker')),
    });
    events.alarm('consumer lag', 100e3, assumed('customers hear a minute late of what they paid'));
    // Sent after the commit; what was not lies in the outbox.
    for (const [from, told] of [
      [ledger, postings],
      [identity, logins],
      [support, escalated],
    ] as const)
      from.publishes(events, told, { soft: true });

    b.decide('records nobody rewrites', [
      otherwise('buckets locked for seven years', 'no key and no administrator deletes before that', () => undefined),
      reject('append-only tables', 'whoever owns the database may drop them', assumed('superusers pass every grant')),
      reject('a ledger database of AWS', 'QLDB was closed in 2025', remembered('end of support of Amazon QLDB, 2025-07-31')),
    ]);
    b.worker('audit-writer', 'writes the trail into its locked bucket', AUDITED)
      .consumes(events, sum([postings, logins, escalated]))
      .writes(audit, steady(1 / MINUTE), { sends: fileBytes });
    const push = b.channel('push', { medium: 'push', messageBytes: 500 });
    const mail = b.channel('mail', { medium: 'email', messageBytes: 20e3 });
    const monthly = rate(perDay(w.users / 30), perDay(w.users / 3));
    b.worker('notifier', 'tells of payments, sign-ins, statements', NOTIFIED)
      .consumes(events, postings)
      .sends(push, postings)
      .sends(mail, monthly, { sends: 20e3 });
    if (features)
      b.worker('features-writer', 'keeps what accounts did up to date', capacity(500, assumed('one row a posting')))
        .consumes(events, postings)
        .writes(features, postings, { sends: 1e3 });

    const cases = b.queue('cases', { holds: 'scores for people to look at', maxReceives: 5, retentionSeconds: 7 * DAY });
    cases.alarm('oldest message', DAY, ch('ch4'));
    risk.publishes(cases, escalated, { soft: true, sends: 2e3 });
    b.worker('case-desk', 'opens cases, freezes accounts', capacity(50, assumed('four statements a case')))
      .consumes(cases, escalated, { returns: 2e3 })
      .writes(customers, times(escalated, 2), { sends: 2e3 });
    b.decide('transfers between shards', [
      when(grown, 'two batches, each against the clearing account of its shard', 'what is under way stands in the books', () => {
        const between = times(postings, w.internalShare);
        const legs = b.queue('second-legs', { holds: 'legs for another shard', maxReceives: 20, retentionSeconds: 14 * DAY });
        legs.alarm('oldest message', 10 * MINUTE, assumed('customers ask where their money is'));
        ledger.publishes(legs, between, { soft: true }).writes(ledgerDb, times(between, STATEMENTS), { sends: 400 });
        b.worker('second-leg', 'posts the other leg once, or gives the first back', capacity(100, assumed('a transaction each')), {
          drainSeconds: 60,
        })
          .consumes(legs, between)
          .calls(ledger, between);
      }),
      otherwise('one transaction', 'both accounts are in one database', () => undefined),
      reject('two-phase commit', 'a coordinator that fails leaves rows locked in both shards', ch('README')),
    ]);
    // Files, checks and closing work on all accounts at once, where the shards are written.
    if (!isHome) return;

    const perSecond = perDay(world.transactionsPerDay);
    const filed = perSecond * (1 - world.internalShare);
    const chunk = CHUNK * world.recordBytes;
    // Not copied: what is lost is fetched from the networks again.
    const exchange = b.objectStore('exchange', {
      holds: 'NACHA files, returns, clearing files, differences, the feed of the general ledger',
      bytes: filed * DAY * world.retentionDays * world.recordBytes,
      objectBytes: chunk,
      lifecycle: [
        { afterDays: 90, to: 'deep archive' },
        { afterDays: world.retentionDays, to: 'delete' },
      ],
      coldShare: { 'deep archive': 1 - 90 / world.retentionDays },
    });
    const arrived = b.queue('files-arrived', {
      holds: 'pieces of network files',
      maxReceives: 5,
      visibilitySeconds: 600,
      retentionSeconds: 7 * DAY,
    });
    // They come within six hours. A hundred records are one commit and a twentieth of their statements.
    const pieces = rate(filed / CHUNK, (4 * filed) / CHUNK);
    exchange.publishes(arrived, pieces, { sends: 1e3 });
    b.worker(
      'clearing',
      'turns holds into postings, books returns back, makes a case of each difference',
      capacity(0.1, assumed('10K records in ten seconds')),
      {
        drainSeconds: 60,
      },
    )
      .consumes(arrived, pieces, { returns: 1e3 })
      .reads(exchange, pieces, { returns: chunk })
      .calls(ledger, times(pieces, CHUNK / 100), { sends: 20e3 })
      .publishes(cases, rate(1e-6 * filed, 1), { sends: 2e3 });
    ledger.writes(ledgerDb, times(pieces, (CHUNK * STATEMENTS) / 20), { sends: 4e3 });

    const job = (id: string, does: string, schedule: string, source = seed('001', 14)) =>
      b.job(id, { does, tier: 'workers', schedule, pod: pod(0.25, 0.5), source });
    job('file-exchange', 'sends NACHA files at each cut-off, fetches returns and clearing files', '0 14,18,21 * * 1-5')
      .reads(customers, pieces, { returns: chunk })
      .writes(exchange, times(pieces, 2), { sends: chunk })
      .calls(rails, times(pieces, 2), { sends: chunk, returns: chunk });
    if (models)
      for (const [id, does, schedule, returns] of [
        ['training', 'learns from the cases of a quarter', '0 3 * * 0', 1e9],
        ['model-check', 'holds scores against what cases found; puts the last good model back', '0 3 * * *', 10e6],
      ] as const)
        b.job(id, { does, schedule, tier: 'workers', pod: { ...pod(2, 8), scratchBytes: 4 * GIB }, source: seed('001', 14) })
          .reads(customers, steady(100 / DAY), { returns })
          .reads(models, steady(2 / DAY), { returns: 100e6 })
          .writes(models, steady(1 / DAY), { sends: 100e6 });
    job('outbox-sweeper', 'sends what was committed and not sent', '* * * * *').reads(ledgerDb, steady(1)).publishes(events, rate(0.01, 1));
    job('books-check', 'debit equals credit; holds that have passed', '*/5 * * * *')
      .reads(ledgerDb, steady(1))
      .writes(ledgerDb, steady(0.1));
    job('archiver', 'locks entries of the hour away, drops days past the open statement', '5 * * * *')
      .reads(ledgerDb, steady(perSecond / 1e3), { returns: 1e3 * world.recordBytes })
      .writes(records, steady((perSecond * world.recordBytes) / 4e6), { sends: 4e6 });
    job('close-of-day', 'sums accounts of the bank, feeds the general ledger within 2 h', '0 5 * * *', ch('ch4'))
      .reads(ledgerDb, steady(1))
      .writes(exchange, steady(24 / DAY), { sends: 1e6 });
    const day = rate((2 * filed) / CHUNK, 50);
    b.decide('reconciliation', [
      when(grown, 'Spark over files and records', 'a day is compared in an hour, beside the ledger and not on it', () =>
        b
          .sparkJob('reconciliation', {
            does: 'compares the day with the networks; differences come back as files',
            schedule: '0 6 * * *',
            program: 'exchange',
            executors: Math.max(2, Math.ceil(world.transactionsPerDay / 10e6)),
            executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('10M records of both sides are joined in memory') },
            hours: capacity(1, assumed('10M records an executor')),
            timeoutHours: 2,
          })
          .reads(records, day, { returns: 4e6 })
          .reads(exchange, day, { returns: chunk })
          .writes(exchange, rate(1e-3, 1), { sends: 1e6 }),
      ),
      otherwise('a pod', 'two million records fit its memory', () =>
        job('reconciliation', 'compares the day with the networks', '0 6 * * *', ch('ch4'))
          .reads(records, day, { returns: 4e6 })
          .reads(exchange, day, { returns: chunk })
          .publishes(cases, rate(1e-6 * filed, 1)),
      ),
      reject('continuous', 'the rails that settle by files are most of it', ch('ch3')),
    ]);
    b.decide('reports to regulators', [
      when(above('accounts', world.accounts, 20e6, ch('ch4')), 'Spark over records', 'months of all accounts pass the ledger by', () =>
        b
          .sparkJob('regulatory-reports', {
            does: 'sums records by what regulators ask for, every month',
            schedule: '0 8 2 * *',
            program: 'exchange',
            executors: 20,
            executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('a month in pieces of a day') },
            hours: capacity(4, assumed('a month of 200M records a day at 80M an hour and executor')),
          })
          .reads(records, rate((perSecond * world.recordBytes) / 4e6, 200), { returns: 4e6 })
          .reads(exchange, steady(1e-3))
          .writes(exchange, steady(1e-4), { sends: 10e6 }),
      ),
      otherwise('queries on a reader', 'written by the people who file them', () => undefined),
    ]);
  },

  claims: [
    claim('average-writes', 'seed-001', 'transactions a second, average', 20e3, 'per second', ch('ch1')).against(
      (e) => perDay(e.figure('transactionsPerDay')),
      '200M a day over 86,400 s; 20K is the peak, 8.6 times as much.',
    ),
    claim('readme-rate', 'seed-001', 'transactions a second, peak', 100e3, 'per second', ch('README')).against(
      (e) => e.figure('postingsPeak'),
      'ch1 counts 20K postings a second. 100K at the same ratio of peak to average would be a billion a day, ten for each account.',
    ),
    claim('raw-per-day', 'seed-001', 'records of a day', 40e9, 'bytes', ch('ch1')).against(
      (e) => e.figure('transactionsPerDay') * e.figure('recordBytes'),
      '200M x 200 bytes.',
    ),
    claim('indexed-per-day', 'seed-001', 'a day in the ledger, with indexes', 1e12, 'bytes', ch('ch1')).against(
      (e) => (e.figure('hotBytes') - BALANCE_BYTES * e.figure('accounts')) / e.figure('hotDays'),
      'A batch, a debit and a credit of 200 bytes, doubled by indexes, are 1.2 KB; 1 TB would be 5 KB a transaction, and 2.5 PB in seven years.',
    ),
    claim('hot-ledger', 'seed-001', 'ledger in PostgreSQL', [1e12, 5e12], 'bytes', ch('ch1')).against(
      (e) => e.figure('hotBytes'),
      '31 days of 240 GB. 5 TB hold three weeks, less than the statement that is open.',
    ),
    claim('cold-ledger', 'seed-001', 'cold ledger after seven years', 100e12, 'bytes', ch('ch1')).against(
      (e) => e.figure('coldBytes'),
      '40 GB x 2555 days.',
    ),
    claim('fraud-scores', 'seed-001', 'fraud scores a second, peak', 50e3, 'per second', ch('ch1')).against(
      (e) => e.figure('postingsPeak'),
      'What moves money is scored once. 50K would be two and a half scores for each posting.',
    ),
    claim(
      'escalations',
      'seed-001',
      'scores that people look at, a day',
      0.01 * 50e3 * DAY,
      'per day',
      derived(ch('ch1'), '1 % of 50K/s'),
    ).against(
      (e) => e.figure('escalatedShare') * e.figure('transactionsPerDay'),
      'Of 200M a day. Two million cases a day are still 20,000 people with a hundred each; the share has to fall by a hundred.',
    ),
    claim(
      'ledger-shards',
      'seed-001',
      'primaries of the ledger',
      1,
      'primaries',
      derived(ch('ch3'), '20K writes/s against 50K of one database'),
    ).against(
      (e) => e.shards('ledger-db') / 2,
      'Half are copies. 95K statements a second, legs of two shards and cleared files among them, are 8K for 8 vCPU; one database would need a hundred.',
    ),
  ],
});
