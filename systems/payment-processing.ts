import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { smallPod } from '../plan/sizing/small-pod';
import { assumed, capacity, derived, docs, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, anyOf, atLeast, wanted } from '../plan/trigger';
import { DAY, HOUR, MONTH, perDay, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('000', 3, chapter);
const perPayment = derived(ch('ch01'), 'reference figure divided by 27.4K payments a day');

const workload = Workload.of({
  availability: figure('ratio', 'share of time payments are taken', 0.9999, ch('ch01')),
  designRate: figure('per second', 'internal operations per second the stage is built for', 2000, ch('ch01, ch08')),
  operationsPerPayment: figure('each', 'internal operations of one payment', 5, ch('ch01')),
  designMargin: figure('each', 'times the busiest moment that the design rate is', 2, ch('ch01')),
  lightRequestsPerPayment: figure('each', 'provider webhooks, ten status polls and other small requests', 12.1, perPayment),
  averageAmount: figure('USD', 'amount of a payment', 50, derived(ch('index'), '500M USD over 10M payments')),
  paymentBytes: figure('bytes each', 'rows of one payment: payment, provider log, ledger, fraud, audit', 5e3, ch('ch01')),
  auditBytes: figure('bytes each', 'audit trail of one payment', 2e3, ch('ch01')),
  retentionDays: figure('days', 'days that financial records are kept', 2555, ch('ch03')),
  providerAvailability: figure('ratio', 'measured uptime of the first provider', 0.9995, assumed('status pages show 99.95 to 99.99 %')),
  euResidency: figure('yes or no', 'EU card-holder data must stay in the EU', 0, ch('ch08')),
  survivesRegionLoss: figure('yes or no', 'payments must go on when a region is lost', 0, ch('ch08')),
})
  .and({
    paymentsPeak: figure(
      'per second',
      'payments at the busiest moment of the year',
      (w) => w.designRate / w.operationsPerPayment / w.designMargin,
      derived(ch('ch01'), '200 on Black Friday x 5 operations x 2'),
    ),
  })
  .and({
    paymentsPerDay: figure(
      'per day',
      'payments on an average day',
      (w) => 137 * w.paymentsPeak,
      derived(ch('ch01'), '27.4K against 200/s'),
    ),
  })
  .and({
    databaseBytes: figure('bytes', 'rows until retention ends', (w) => w.paymentsPerDay * w.retentionDays * w.paymentBytes, ch('ch01')),
    cacheBytes: figure(
      'bytes',
      'idempotency results (1 KB, 24 h) of the busiest day and two velocity sets (100 bytes, 2 h)',
      (w) => 1e3 * (w.paymentsPerDay + 4 * HOUR * w.paymentsPeak) + 2 * 100 * 2 * HOUR * w.paymentsPeak,
      derived(ch('ch01, ch06'), 'the peak of Black Friday lasts 4 h; bytes assumed'),
    ),
    storedTokens: figure('items', 'stored cards', (w) => 109.5 * w.paymentsPerDay, perPayment),
    eventsPeak: figure('per second', 'broker events at peak, two a payment', (w) => 2 * w.paymentsPeak, perPayment),
  });

/** The recovery region is sized for all of the traffic that it may have to take over. */
const HOME_AND_RECOVERY: readonly Region[] = [
  { name: HOME_REGION, share: 1, role: 'active' },
  { name: 'eu-west-1', share: 1, role: 'recovery' },
];

/** Queues of the broker (000#3 ch02, ch05), the last for payments to retry (004#5); retries assumed. */
const QUEUES = [
  { name: 'webhooks', deadLetter: true, maxRetry: 8, ttlSeconds: DAY },
  { name: 'settlement', deadLetter: true, maxRetry: 5 },
  { name: 'reconciliation', deadLetter: true, maxRetry: 5 },
  { name: 'analytics', deadLetter: false, maxRetry: 1, ttlSeconds: DAY },
  { name: 'payment-retries', deadLetter: true, maxRetry: 5, ttlSeconds: DAY },
];

/** Work by the clock; what moves money asks the payment service, which alone knows the providers. */
const JOBS = [
  { id: 'settlement', schedule: '0 23 * * *', does: 'settles captures, alerts past T+3', moves: true, source: ch('ch04') },
  { id: 'recent-reconciliation', schedule: '*/5 * * * *', does: 'rebuilds charges the database lacks', moves: true, source: ch('ch07') },
  { id: 'full-reconciliation', schedule: '30 1 * * *', does: 'matches the day against provider files', moves: true, source: ch('ch05') },
  { id: 'duplicate-detector', schedule: '*/5 * * * *', does: 'refunds the later of two equal charges', moves: true, source: ch('ch07') },
  { id: 'auth-sweeper', schedule: '0 * * * *', does: 'voids overdue holds, never in the first 4 h', moves: true, source: ch('ch04') },
  { id: 'ledger-check', schedule: '15 * * * *', does: 'debit equals credit in every currency', moves: false, source: ch('ch03') },
  { id: 'partitions', schedule: '0 0 1 * *', does: 'creates the next month, drops what retention ends', moves: false, source: ch('ch03') },
];

export default system('payment-processing', {
  title: 'Payment processing system',
  summary: 'Authorises, captures, settles and refunds through card providers; idempotency, a double-entry ledger, a small card-data scope.',
  aliases: ['payments', 'payment-system'],
  sources: [
    { seed: '000', row: 3 },
    { seed: '003', row: 6 },
    { seed: '004', row: 5 },
  ],
  workload,
  headline: { peak: 'paymentsPeak' },

  stages: {
    'day-1': stage('launch in one region, 99.9 %', ch('ch08'), { designRate: 500, availability: 0.999 }),
    production: stage('full reference volume in one region, 99.99 %', ch('ch08'), {
      designRate: 2000,
      paymentsPerDay: 27_400,
      availability: 0.9999,
    }),
    'multi-region': stage('the same with EU residency and a region to recover in', ch('ch08'), {
      designRate: 2000,
      paymentsPerDay: 27_400,
      availability: 0.9999,
      euResidency: 1,
      survivesRegionLoss: 1,
    }),
    'seed-000': stage('10M payments a year, 500M USD', seed('000', 3, 'index'), { designRate: 2000, paymentsPerDay: 10e6 / 365 }),
    'seed-003': stage('1M transactions a day of 50 USD', seed('003', 6), {
      paymentsPerDay: 1e6,
      paymentsPeak: 50,
      averageAmount: 50,
      paymentBytes: 1e3,
      retentionDays: 5 * 365,
    }),
    'seed-004': stage('1000 payments per second', seed('004', 5), { paymentsPeak: 1000, availability: 0.9999 }),
  },

  regions: (w) => [
    when(
      anyOf(wanted('EU residency', w.euResidency, ch('ch08')), wanted('survival of a region', w.survivesRegionLoss, ch('ch08'))),
      'home region and an EU region to recover in',
      'writes stay in one region: an active-active ledger costs 50 ms a write; the switch takes 15 to 60 minutes and up to 30 s of commits',
      () => HOME_AND_RECOVERY,
    ),
    otherwise('one region', 'nothing asks for a second one', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const isActive = b.place.region.role === 'active';
    const multiRegion = b.place.regions.length > 1;
    const payments = rate(isActive ? perDay(w.paymentsPerDay) : 0, w.paymentsPeak);
    const requests = times(payments, 1 + w.lightRequestsPerPayment);
    const mustSurvive = atLeast('availability', world.availability, 0.9995, derived(ch('ch08'), 'between the goals of 99.9 and 99.99 %'));

    // 99.9 % leaves 43 minutes a month to replace the one machine; database and documents live elsewhere.
    b.oneMachineUntil(
      [mustSurvive, 'every component is duplicated'],
      [
        above('payments per second at peak', world.paymentsPeak, 100, assumed('taking and scoring them fills 8 vCPU')),
        'one machine is full',
      ],
    );

    const operationsPerRequest = (w.operationsPerPayment + 0.1 * w.lightRequestsPerPayment) / (1 + w.lightRequestsPerPayment);
    const how = '2000 operations/s on 3 x 4 vCPU; a payment takes five, a light request a tenth (assumed)';
    const payment = b.service('payment', {
      // Each hop would cost 1 to 2 ms and another 0.1 % of availability (ch02).
      does: 'orchestrates payments; ledger and provider router with circuit breakers are modules of it',
      tier: 'payments',
      perPod: { requestsPerSecond: capacity(2000 / 12 / operationsPerRequest, derived(ch('ch08'), how)) },
      pod: pod(1, 4, derived(ch('ch08'), 'a quarter of a 4 vCPU / 16 GB server')),
      drainSeconds: 60,
    });
    const gateway = b.service('gateway', {
      does: 'API keys, HMAC request signatures, rate limits',
      tier: 'payments',
      perPod: { requestsPerSecond: capacity(1000, assumed('a quarter of a vCPU checks a thousand signatures per second')) },
      pod: pod(0.25, 0.25),
    });
    const call = { sends: 830, returns: 1e3 };
    const front = b.front('front', { layer: 7, drainSeconds: 60 }).alarm('latency p99', 2, ch('ch01 (authorise end to end)'));
    front.routesTo(gateway, requests, call);
    gateway.calls(payment, requests, call);

    const month = 30.4 * world.paymentsPerDay * world.paymentBytes;
    const reports = assumed('a report over more evicts what payments need');
    const reader = b.decide('reports and reconciliation', [
      when(above('bytes written in a month', month, 2e9, reports), 'a read replica', 'scans stay off the payment path', () => 1),
      otherwise('on the primary', 'a month of rows is scanned in seconds', () => 0),
    ]);
    const readersAtLeast = isActive ? reader : 0;
    const recentBytes = 2e9 + 10 * w.paymentsPerDay * w.paymentBytes;
    const postgres = {
      holds: 'payments, provider transactions, ledger, idempotency keys, merchants, in monthly partitions',
      engine: 'postgres',
      // No commit may be lost: it is on two disks from the first day.
      topology: 'multi-az',
      bytes: w.databaseBytes,
      hotBytes: capacity(recentBytes, assumed('rows until they settle, ten days with indexes, and 2 GB for the server itself')),
      strongReads: true,
      queriesPerVcpu: capacity(250, derived(ch('ch08'), '2000 operations/s on 8 vCPU')),
      readersAtLeast,
      pitrDays: 35,
      multiRegion,
    } as const;
    const database = b.decide('payments and ledger', [
      when(
        above('sustained payments per second', world.paymentsPeak, 500, ch('ch03')),
        'PostgreSQL sharded by merchant, a ledger in each shard',
        'one primary would need 32 vCPU; a payment touches one merchant, so no commit spans shards',
        () => b.relational('database', { ...postgres, sharding: 'by hash', maxVcpu: 8 }),
      ),
      otherwise('one PostgreSQL with the ledger inside', 'debit, credit and payment commit together; 350 GB in seven years', () =>
        b.relational('database', postgres),
      ),
      reject('a distributed database', 'a few writes per second; correctness first', ch('ch03')),
      reject('a ledger store of its own', 'gives up the common commit', ch('ch05')),
    ]);
    // In the recovery region the database itself is the copy that must not fall behind.
    if (readersAtLeast || !isActive) database.alarm('replication lag', 30, ch('ch08'));

    const redis = (topology?: 'cluster') =>
      b
        .cache('redis', {
          holds: 'idempotency results (PostgreSQL has the last word), velocity sets, rate limits, states for polls',
          bytes: w.cacheBytes,
          opsPerNode: capacity(100e3, seed('000', 4, 'ch01')),
          topology,
          eviction: 'volatile-ttl',
        })
        .alarm('memory used', 0.85, assumed('evicted keys are looked up in PostgreSQL, slower'));
    const slowCopy = assumed('copying more to a new replica takes minutes');
    const velocity = b.decide('idempotency and velocity', [
      when(above('bytes in memory', world.cacheBytes, 50e9, slowCopy), 'Redis Cluster', 'one node is too large', () => redis('cluster')),
      when(mustSurvive, 'Redis with failover', 'payments keep their speed', () => redis()),
      otherwise('one Redis', 'without it keys are looked up in PostgreSQL', () => redis()),
    ]);

    const documents = b.objectStore('documents', {
      holds: 'receipts (10 KB) and dispute evidence (100 GB at the reference volume)',
      bytes: w.paymentsPerDay * (10e3 * w.retentionDays + 100e9 / 27_400),
      objectBytes: 10e3,
      lifecycle: [{ afterDays: w.retentionDays, to: 'delete' }],
      multiRegion,
    });
    const auditFileBytes = (w.auditBytes * w.paymentsPerDay) / 1440;
    const audit = b.objectStore('audit-log', {
      holds: 'append-only audit trail, a file a minute',
      bytes: w.auditBytes * w.paymentsPerDay * w.retentionDays,
      objectBytes: auditFileBytes,
      lockYears: Math.ceil(w.retentionDays / 365),
      multiRegion,
    });

    // Three commits: pending row with its key, the provider's answer, result with ledger entries. Before them key and merchant are read.
    const operations = times(payments, w.operationsPerPayment);
    payment.writes(database, times(operations, 3 / 5), { sends: 1700 }).reads(database, times(operations, 2 / 5));
    payment
      // Without Redis, keys are looked up in PostgreSQL.
      .writes(velocity, times(payments, 2), { sends: 1e3, soft: true })
      .reads(velocity, times(payments, w.lightRequestsPerPayment), { returns: 1e3, soft: true });
    // No payment waits for its receipt.
    payment.writes(documents, payments, { sends: 10e3, soft: true });

    // References to stored cards; card numbers stay with the providers.
    const levelOne = docs('Visa and Mastercard merchant levels: level 1 above 6M transactions a year', '2026-11-22');
    b.decide('stored cards', [
      when(
        above('payments a year', 365 * world.paymentsPerDay, 6e6, levelOne),
        'token service with a database of its own',
        'level 1 is audited on site; the visit shrinks to one isolated tier',
        () => {
          const token = b.service('token', {
            does: 'maps stored cards to the tokens of both providers, for the payment service alone',
            tier: 'card-data',
            isolated: true,
            perPod: { requestsPerSecond: capacity(200, derived(ch('ch01'), '10 to 20 ms a token, three at a time')) },
            pod: pod(0.25, 0.5),
          });
          const tokens = b.relational('tokens', {
            holds: 'provider tokens, last four digits, fingerprints',
            engine: 'postgres',
            topology: 'multi-az',
            bytes: 1e3 * w.storedTokens,
            strongReads: true,
            queriesPerVcpu: capacity(1000, assumed('a look-up by key is a quarter of an operation of the ledger')),
            sharding: 'by hash',
            pitrDays: 35,
            // Under residency each region keeps the cards of its own customers.
            multiRegion: multiRegion && !world.euResidency,
          });
          payment.calls(token, payments);
          token.reads(tokens, payments).writes(tokens, times(payments, 0.1));
        },
      ),
      otherwise('references in the payment database', 'tokens are made by the provider in the browser; self-assessment does', () => {}),
      reject('own card vault', 'puts every service into the scope of the audit', ch('ch08')),
    ]);

    const provider = (id: string, does: string, host: string, share: number) => {
      const perMonth = payments.average * MONTH * share;
      const charges = [
        { charge: 'card payment volume', perMonth: perMonth * w.averageAmount, description: `share of the amounts through ${id}` },
        { charge: 'card payment', perMonth, description: `fixed fee of payments through ${id}` },
      ];
      const psp = b.external(id, { does, host, source: ch('ch08'), ...(perMonth > 0 && { charges }) });
      payment.calls(psp, times(payments, 2 * share), { sends: 1e3, returns: 2e3 });
    };
    b.decide('payment providers', [
      when(
        above('availability goal', w.availability, w.providerAvailability, ch('ch07, ch08')),
        'Stripe, and Adyen kept warm with 5 %',
        'the goal passes the uptime of one; five errors in 60 s or 5 s at p99 move all traffic',
        () => {
          provider('stripe', 'first card provider, with its fraud model', 'api.stripe.com', 0.95);
          provider('adyen', 'second card provider, priced like the first', 'checkout-live.adyen.com', 0.05);
        },
      ),
      otherwise('Stripe alone', 'one integration to start with', () =>
        provider('stripe', 'card provider, with its fraud model', 'api.stripe.com', 1),
      ),
      reject('half and half', 'two sources in every reconciliation', ch('ch08')),
    ]);
    // Until it takes over, the second region holds API, database copy and Redis only (ch08); the rest comes up with the switch.
    if (!isActive) return;

    const scoring = derived(ch('ch06, ch08'), '50 ms a score; a payment server has 4');
    const busyScoring = above('vCPUs busy scoring', 0.05 * world.paymentsPeak, 4, scoring);
    const scorer = b.decide('fraud scoring', [
      when(busyScoring, 'fraud service', 'scores would starve the payment path; when it is slow, rules alone decide', () => {
        const fraud = b.service('fraud', {
          does: 'velocity rules and a model, within 100 ms',
          tier: 'payments',
          perPod: { requestsPerSecond: capacity(25, derived(ch('ch08'), '2 x 8 vCPU score 200/s with one lost')) },
          pod: pod(1, 4, derived(ch('ch08'), 'an eighth of an 8 vCPU / 32 GB engine')),
        });
        payment.calls(fraud, payments, { soft: true });
        return fraud;
      }),
      otherwise('rules in the payment service', "the provider's managed model scores besides", () => payment),
      reject('own machine-learning pipeline', 'does not pay at 10M payments a year', ch('ch06')),
    ]);
    scorer.reads(velocity, times(payments, 6), { soft: true }).writes(velocity, times(payments, 2), { soft: true });

    const broker = b.decide('events', [
      when(above('events per second at peak', world.eventsPeak, 100e3, ch('ch02')), 'Kafka', 'volume and replay', () => {
        const topics = QUEUES.map(({ name }) => ({ name, partitions: 24, retentionSeconds: 7 * DAY }));
        const messagesPerBroker = capacity(100e3, assumed('small messages on one broker'));
        return b.kafka('events', { topics, retentionSeconds: 7 * DAY, messagesPerBroker });
      }),
      otherwise('RabbitMQ', 'dead letters and publisher confirms for 55K events a day', () =>
        b
          .rabbitmq('events', {
            queues: QUEUES,
            messagesPerBroker: capacity(20e3, assumed('persistent messages with confirms on 8 vCPU')),
          })
          .alarm('dead letters', 1, ch('ch05'))
          .alarm('queue depth', 10e3, assumed('half a minute of the peak')),
      ),
      reject(
        'SQS',
        'would cost cents at 55K events a day',
        assumed('the source weighs RabbitMQ against Kafka alone; worth asking its author'),
      ),
      reject('two mirrored nodes', 'lose acknowledged messages in a partition; quorum queues take three', ch('ch02, ch08')),
    ]);
    const events = times(payments, 2);
    const half = times(events, 0.5);
    // Without the broker, webhooks and settlement wait.
    payment.publishes(broker, events, { sends: 1e3, soft: true });
    const worker = (id: string, does: string, memoryGib: number, queue?: string) =>
      b
        .worker(id, does, capacity(100, assumed('half a vCPU delivers or books a hundred messages per second')), {
          pod: pod(0.5, memoryGib, derived(ch('ch08'), 'a quarter of a 2 vCPU worker')),
          podsAtLeast: 2,
          drainSeconds: 60,
        })
        .consumes(broker, half, { queue });
    const merchants = b.external('merchants', { does: 'webhook addresses of merchants', host: 'webhooks.example.com', source: ch('ch04') });
    worker('webhook-sender', 'signs and delivers webhooks, with growing pauses', 1, 'webhooks').calls(merchants, half);
    worker('event-consumer', 'settlement, reconciliation, analytics and retries; ships the audit trail', 2)
      .writes(database, half)
      // Payments to try again: assumed, one in a hundred.
      .calls(payment, times(half, 0.01), { sends: 1e3, returns: 2e3 })
      .writes(audit, steady(1 / 60), { sends: auditFileBytes });
    for (const { id, moves, ...spec } of JOBS) {
      const job = b.job(id, { ...spec, tier: 'workers', pod: smallPod });
      job.reads(database, rate(0.1, 2), { returns: 2e3 }).writes(database, rate(0.01, 2));
      if (moves) job.calls(payment, rate(0.01, 2), { sends: 1e3, returns: 2e3 });
    }
  },

  claims: [
    claim(
      'own-infrastructure',
      'production',
      'own infrastructure, per month',
      9500,
      'USD/month',
      seed('000', 3, 'highlights, comparison table'),
    ).against(
      (e) => e.monthly({ section: 'aws' }),
      'The text runs 3 x 4 vCPU of API, 2 x 8 of fraud, 4 x 2 of workers and 3 Redis all year for its four busiest hours; ours idle at 0.3 payments/s on nine small nodes.',
    ),
    claim('provider-fees', 'production', 'provider fees, per month', 1.26e6, 'USD/month', seed('000', 3, 'highlights')).against(
      (e) => e.monthly({ section: 'thirdParty' }),
      '41.7M USD a month x 2.9 % + 834K payments x 0.30 USD = 1.46M at list price; the claim is 3.0 % all in, a negotiated price.',
    ),
    claim('provider-share', 'production', 'share of provider fees in the whole', 0.993, 'ratio', seed('000', 3, 'highlights')).against(
      (e) => e.monthly({ section: 'thirdParty' }) / e.monthly(),
      '1.26M / (1.26M + 9.5K) = 99.3 %; infrastructure hardly matters beside card fees.',
    ),
    claim('annual-volume', 'seed-000', 'payment volume, per year', 500e6, 'USD/year', seed('000', 3, 'comparison table')).against(
      (e) => e.figure('paymentsPerDay') * 365 * e.figure('averageAmount'),
      '10M payments x 50 USD; the region-risk note of ch08 uses about nine times as much.',
    ),
    claim('average-tps', 'production', 'payments per second on average', 0.3, 'payments/s', ch('ch01')).against(
      (e) => perDay(e.figure('paymentsPerDay')),
      '27,400 / 86,400 s = 0.32; the 2 TPS and 55K a day of later chapters count calls to providers.',
    ),
    claim('design-tps', 'seed-000', 'operations per second at peak', 2000, 'operations/s', seed('000', 3, 'index')).against(
      (e) => e.figure('paymentsPeak') * e.figure('operationsPerPayment'),
      '200 payments x 5 operations = 1000; the text doubles it for margin, our head-room lies in the sizing of each part.',
    ),
    claim('seven-years', 'seed-000', 'database after seven years', 350e9, 'bytes', ch('ch01')).against(
      (e) => e.figure('databaseBytes'),
      '10M a year x 5 KB x 7 years = 350 GB.',
    ),
    claim(
      'payment-servers',
      'production',
      'vCPUs of payment servers at peak',
      12,
      'vCPU',
      derived(ch('ch08'), '3 servers of 4 vCPU'),
    ).against(
      (e) => e.vcpu('payment', 'peak'),
      '2620 requests/s / (352 x 0.8) = 10 pods of 1 vCPU, 15 with a zone lost; the text counts no status polls.',
    ),
    claim('broker-nodes', 'production', 'RabbitMQ nodes', 2, 'nodes', ch('ch08')).against(
      (e) => e.count('events'),
      'Two mirrored nodes lose acknowledged messages in a partition; quorum queues take three. One would carry 55K events a day.',
    ),
    claim('daily-volume-003', 'seed-003', 'payment volume, per day', 50e6, 'USD/day', seed('003', 6)).against(
      (e) => e.figure('paymentsPerDay') * e.figure('averageAmount'),
      '1M transactions x 50 USD; ten such days are the whole year of case study 000.',
    ),
    claim('five-years-003', 'seed-003', 'database after five years', 1.8e12, 'bytes', seed('003', 6)).against(
      (e) => e.figure('databaseBytes'),
      '1M a day x 1 KB x 1825 days = 1.83 TB; "forever" is sized for five years.',
    ),
  ],
});
