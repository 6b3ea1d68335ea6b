import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import type { PartRef } from '../plan/part-ref';
import { pod } from '../plan/sizing/service';
import { table } from '../plan/sizing/wide-column-table';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, GIB, MINUTE, perDay, rate, steady, sum, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 25, chapter);

const workload = Workload.of({
  availability: figure('ratio', 'share of time that payments are taken', 0.9999, ch('README, ch1')),
  transactionsPeak: figure('per second', 'transactions at the busiest moment'),
  providers: figure('each', 'payment service providers that are connected'),
  peakFactor: figure('ratio', 'Black Friday over an ordinary day', 5, derived(ch('ch1'), '10K/s over 2K/s')),
  newCardShare: figure(
    'ratio',
    'payments with a card that is seen for the first time',
    0.1,
    assumed('nine in ten customers were there before'),
  ),
  challengedShare: figure('ratio', 'payments that score above 50 and go through 3-D Secure', 0.05, assumed('one in twenty is doubted')),
  retriedShare: figure(
    'ratio',
    'payments that are tried again later',
    0.01,
    derived(ch('ch1'), '2 % fail, half of them for a while: assumed'),
  ),
  missedShare: figure(
    'ratio',
    'webhooks that a merchant does not take at once',
    0.01,
    assumed('a hundredth of their servers is down or slow'),
  ),
  askedLaterShare: figure(
    'ratio',
    'payments looked up once they have left the database',
    1e-4,
    assumed('disputes and audits of merchants'),
  ),
  hotDays: figure('days', 'days of transactions in the database', 35, assumed('what is captured, refunded and settled within a month')),
  retentionDays: figure('days', 'days that transactions and ledger are kept', 2555, ch('ch1')),
  scoreDays: figure('days', 'days that fraud scores are kept', 90, seed('001', 25)),
  requestBytes: figure('bytes each', 'authorisation that a merchant sends', 2e3, ch('ch1')),
  answerBytes: figure('bytes each', 'answer to it', 500, ch('ch1')),
  featureBytes: figure('bytes each', 'features of a score', 5e3, ch('ch1')),
  ledgerBytes: figure('bytes each', 'entries of a transaction, debit and credit', 1e3, ch('ch1')),
})
  .and({
    transactionsPerDay: figure('per day', 'transactions', (w) => (w.transactionsPeak / w.peakFactor) * DAY, ch('ch1')),
  })
  .and({
    cards: figure('items', 'cards in the vault', (w) => 3 * w.transactionsPerDay, assumed('a card pays every third day somewhere')),
    hotBytes: figure(
      'bytes',
      'transactions with their entries and indexes',
      (w) => w.transactionsPerDay * w.hotDays * 3 * w.ledgerBytes,
      derived(ch('ch1'), 'entries of 1 KB; as much for the transaction, and half of both for indexes: assumed'),
    ),
    archiveBytes: figure(
      'bytes',
      'entries until retention ends, compressed',
      (w) => (w.transactionsPerDay * w.retentionDays * w.ledgerBytes) / COMPRESSION,
      derived(ch('ch1'), '1 KB for seven years, a fifth of it as columns: assumed'),
    ),
  });

/** Traffic of ch1; what comes from elsewhere is taken in the United States. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.5, role: 'active' },
  { name: 'eu-west-1', share: 0.3, role: 'active' },
  { name: 'ap-southeast-1', share: 0.2, role: 'active' },
];

/** Assumed of repetitive records that are stored by column. */
const COMPRESSION = 5;
const QUERIES_PER_VCPU = capacity(500, assumed('commits of two rows; marketplace (000#1 ch06) measures 375 of four statements'));
/** Hosts of providers. */
const PROVIDERS = { stripe: 'api.stripe.com', adyen: 'checkout-live.adyen.com', braintree: 'payments.braintree-api.com' };
/** Records of a provider's statement in one object. */
const PIECE = 100e3;
/** Assumed bytes of one such record. */
const STATEMENT = 200;

export default system('payment-gateway', {
  title: 'Payment gateway processor',
  summary:
    'Takes payments of merchants: cards go straight into an isolated vault, each payment is scored, routed to one of several providers and booked.',
  aliases: ['psp-gateway'],
  sources: [{ seed: '001', row: 25 }],
  workload,
  headline: { peak: 'transactionsPeak' },

  stages: {
    mvp: stage('1K transactions a second, one provider', ch('ch4'), { transactionsPeak: 1e3, providers: 1 }),
    production: stage('5K transactions a second, two providers', ch('ch4'), { transactionsPeak: 5e3, providers: 2 }),
    scale: stage('10K transactions a second in three regions', ch('ch4'), { transactionsPeak: 10e3, providers: 3 }),
    'seed-001': stage('10K a second at peak, 172M a day', ch('ch1'), {
      transactionsPeak: 10e3,
      transactionsPerDay: 172e6,
      providers: 3,
    }),
  },

  regions: (w) => [
    when(
      above('transactions per second', w.transactionsPeak, 5e3, ch('ch4')),
      'three active regions, each with its own merchants',
      'a payment stays where its merchant, its provider and its law are; each commit is on two disks of one region',
      () => REGIONS,
    ),
    otherwise('one region', 'three zones; one database has the last word on every key', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const { region } = b.place;
    const payments = rate(perDay(w.transactionsPerDay), w.transactionsPeak);
    const retried = times(payments, w.retriedShare);
    const several = above('providers', world.providers, 1, ch('ch4'));
    const grown = above('transactions per second', world.transactionsPeak, 1e3, ch('ch4'));
    const global = above('transactions per second', world.transactionsPeak, 5e3, ch('ch4'));

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.999, assumed('43 minutes a month')), 'merchants sell nothing meanwhile'],
      [
        above('transactions per second', world.transactionsPeak, 50, derived(ch('ch1, ch4'), '100/s on 8 vCPU, half of them for the rest')),
        'one machine is full',
      ],
    );

    // 100 transactions a second on a server of 8 vCPU, shared by taking, routing and asking: half to each of two services.
    const server = {
      perPod: { requestsPerSecond: capacity(50, derived(ch('ch1, ch4'), '100/s on 8 vCPU, half of them to route')) },
      pod: pod(2, 4),
    };
    const api = b.service('payment-api', {
      does: 'keys of merchants, limits, idempotency, orchestration; knows tokens only',
      tier: 'api',
      ...server,
      drainSeconds: 60,
    });
    const router = b.service('psp-router', {
      does: 'picks a provider by card, region, fee and success; the next one after 500 ms; puts the number in',
      tier: 'psp',
      ...server,
      drainSeconds: 60,
    });
    const status = b.service('status', {
      does: 'tells merchants what became of a payment, from replicas',
      tier: 'api',
      perPod: { requestsPerSecond: capacity(400, assumed('one row by its key, rendered')) },
      pod: pod(0.5, 0.5),
    });
    const callbacks = b.service('callbacks', {
      does: 'checks signatures of providers, passes their events on',
      tier: 'api',
      perPod: { requestsPerSecond: capacity(500, assumed('a signature and a message')) },
      pod: pod(0.5, 0.5),
    });

    // Transactions and their entries: one commit with the key before the provider is asked, one with both legs after it.
    const postgres = { engine: 'postgres', topology: 'multi-az', pitrDays: 35 } as const;
    const shared = {
      ...postgres,
      holds: 'transactions, unique by merchant and idempotency key; ledger entries, append-only; merchants, payouts, retries',
      bytes: w.hotBytes,
      hotBytes: capacity(w.hotBytes / w.hotDays / 4 + GIB, assumed('payments of six hours, and 1 GB for the server')),
      queriesPerVcpu: QUERIES_PER_VCPU,
    };
    const database = b.decide('transactions and ledger', [
      when(global, 'PostgreSQL sharded by merchant', 'a payment and its payout touch one merchant, so no commit spans shards', () =>
        b.relational('payments', { ...shared, sharding: 'by hash', maxVcpu: 16, readersAtLeast: 1 }),
      ),
      otherwise(
        'one PostgreSQL with read replicas',
        'a primary of 32 vCPU takes 10K commits a second; statuses and reports go to replicas',
        () => b.relational('payments', { ...shared, readersAtLeast: 1 }),
      ),
      reject('a ledger database of its own', 'between two commits a payment is without its entries', ch('ch1 (database and ledger)')),
      reject(
        'copies of merchants in other regions',
        'behind by seconds they lose payments, in step they add 70 ms and more',
        ch('ch1 (no loss)'),
      ),
      reject('one global database', 'European payments would be kept and answered elsewhere', ch('ch4')),
    ]);
    database.alarm('cpu', 0.7, assumed('queries of a second, at which ch4 adds replicas, begin here'));
    database.alarm('replication lag', 30, assumed('a merchant who asks for a status sees it within half a minute'));
    b.decide('idempotency', [
      otherwise('a unique key in the row of the payment', 'key and payment are committed together and live as long', () => undefined),
      reject('a store of its own', 'a key that is lost or evicted there charges twice', seed('001', 25)),
    ]);
    const counters = b.cache('counters', {
      holds: 'velocity of cards and addresses, limits of merchants, success of providers by minute',
      bytes: 200 * w.cards * 0.1,
      opsPerNode: capacity(100e3, assumed('small reads and increments, pipelined')),
      eviction: 'volatile-ttl',
    });

    // Ways in: merchants and providers; browsers of card holders have one of their own.
    b.front('api', { layer: 7, drainSeconds: 60 })
      .routesTo(api, payments, { sends: w.requestBytes, returns: w.answerBytes })
      .routesTo(status, payments, { returns: w.answerBytes })
      .routesTo(callbacks, times(payments, 2), { sends: 1e3, returns: 100 })
      .alarm('latency p99', 0.5, ch('ch1'))
      .alarm('error share', 0.05, derived(ch('ch2'), 'success below 95 %; refusals of banks are no errors'));
    api
      .writes(database, payments, { sends: 1e3 })
      .writes(database, payments, { sends: w.ledgerBytes })
      .writes(counters, times(payments, 3), { sends: 100, soft: true })
      .calls(router, payments, { sends: w.requestBytes, returns: w.answerBytes });
    status.reads(database, payments, { returns: w.answerBytes });
    router.reads(counters, payments, { soft: true }).writes(counters, payments, { sends: 100, soft: true });

    // Card numbers.
    b.decide('card numbers', [
      when(several, 'own vault: an isolated tier, keys in hardware', "a provider's token is worth nothing at the next one", () => {
        const isolated = { tier: 'card-data', isolated: true, drainSeconds: 60 } as const;
        const perPod = { requestsPerSecond: capacity(500, assumed('a number is encrypted or decrypted in a millisecond of two')) };
        const vault = b.service('vault', {
          does: 'turns numbers into tokens for browsers, and back for the router alone; keeps no security code',
          ...isolated,
          perPod,
          pod: pod(1, 1),
        });
        const keys = b.hsm('card-keys', { holds: 'the key that wraps data keys', keys: [{ name: 'numbers', use: 'card numbers' }] });
        const numbers = b.relational('card-numbers', {
          ...postgres,
          holds: 'encrypted numbers by token, fingerprints, wrapped data keys with their age',
          bytes: 500 * w.cards,
          strongReads: true,
          queriesPerVcpu: capacity(1500, assumed('a row by its key')),
          sharding: 'by hash',
        });
        const pending = b.queue('pending-cards', {
          holds: 'numbers under the last data key, until hardware answers again',
          maxReceives: 100,
          visibilitySeconds: 60,
          retentionSeconds: DAY,
        });
        pending.alarm('oldest message', 600, seed('001', 25));
        const added = times(payments, w.newCardShare);
        const fields = { serves: 'script and frame that numbers are typed into', ttlSeconds: 300, hitRatio: 0.999 };
        const files = b.objectStore('card-fields', {
          holds: 'script and frame, put there by each release',
          bytes: 50e6,
          objectBytes: 50e3,
        });
        const edge = b.edge('fields', fields);
        b.clients.routesTo(edge, added, { returns: 50e3 });
        edge.reads(files, times(added, 1 - fields.hitRatio), { returns: 50e3 });
        // Thieves try stolen numbers by the thousand.
        b.front('cards', { layer: 7, drainSeconds: 60, firewall: { requestsPerAddress: 100 } })
          .routesTo(vault, added, { sends: 500, returns: 200 })
          .alarm('error share', 0.01, assumed('new cards are refused'));
        // It hands the number to the provider, so the router is audited too; nothing else outside the tier is.
        router.calls(vault, payments, { sends: 100, returns: 200 });
        // A data key serves ten thousand cards and is kept unwrapped in memory for an hour.
        const asked = times(payments, 1e-3);
        vault
          .writes(numbers, added)
          .reads(numbers, payments)
          .reads(keys, asked, { soft: true })
          .writes(keys, times(added, 1e-4), { soft: true })
          .publishes(pending, times(added, 1e-3), { soft: true });
        const rewrap = b.service('rewrap', {
          does: 'gives pending cards a data key',
          protocol: 'worker',
          ...isolated,
          perPod: { messagesPerSecond: capacity(50, assumed('one request to hardware')) },
          pod: pod(0.25, 0.5),
          scaleOn: 'queue depth',
        });
        rewrap.consumes(pending, times(added, 1e-3)).writes(keys, times(added, 1e-4)).writes(numbers, times(added, 1e-3));
        // Four times a year every data key is unwrapped and wrapped anew; the numbers stay as they are.
        const aDay = rate((w.cards / 10e3) * (4 / (365 * DAY)), 20);
        b.job('key-rotation', {
          does: 'wraps all data keys with a new key, without a pause',
          tier: 'card-data',
          schedule: '0 3 1 */2 *',
          pod: pod(0.25, 0.5),
          source: seed('001', 25),
        })
          .reads(keys, aDay)
          .writes(keys, aDay)
          .reads(numbers, aDay)
          .writes(numbers, aDay);
      }),
      otherwise('tokens of the provider', 'its script takes the number in the browser; self-assessment does', () => undefined),
      reject('hardware asked for every payment', '5B requests a month are 1M USD at 2 USD for 10K', derived(seed('001', 25), 'list price')),
    ]);

    // Providers. Fees are taken from what merchants are paid and are none of the gateway's costs.
    const providers: { psp: PartRef; share: number }[] = [];
    const provider = (id: keyof typeof PROVIDERS, share: number) => {
      const psp = b.external(id, { does: 'authorises, captures, refunds', host: PROVIDERS[id], source: seed('001', 25) });
      providers.push({ psp, share });
      // What one is too slow for the next one gets: a hundredth.
      return router.calls(psp, times(payments, share + (several.fires ? 0.01 : 0)), { sends: 2e3, returns: 1e3, soft: several.fires });
    };
    b.decide('providers', [
      when(
        above('providers', world.providers, 2, ch('ch4')),
        'three or more, by region and currency',
        'a payment is cleared where it is made',
        () => {
          const american = region.name.startsWith('us-');
          provider('stripe', american ? 0.6 : 0.2);
          provider('adyen', american ? 0.1 : 0.8);
          if (american) provider('braintree', 0.3);
        },
      ),
      when(several, 'two, the better one first', 'the next answers when one is silent for 500 ms; below 99 % one is taken out', () => {
        provider('stripe', 0.7);
        provider('adyen', 0.3);
      }),
      otherwise('one', 'one integration; nobody pays while it is down', () => provider('stripe', 1)),
      reject(
        'straight to the card networks',
        'a licence as acquirer, for the fee of providers',
        assumed('the chapters name providers only'),
      ),
    ]);

    // Fraud.
    const scored = { sends: w.featureBytes, returns: 200, soft: true };
    const history = (engine: PartRef) => {
      const seconds = w.scoreDays * DAY;
      const scores = b.wideColumn('fraud-scores', {
        holds: 'scores with their reasons, by transaction and by card',
        bytes: w.transactionsPerDay * w.scoreDays * 700,
        tables: [
          table('scores', {
            partition: { transaction_id: 'uuid' },
            columns: { score: 'int', ip: 'text', device: 'text', risk_factors: 'text' },
            rowBytes: 500,
            share: 0.5,
            ttlSeconds: seconds,
          }),
          table('scores_by_card', {
            partition: { card_token: 'uuid' },
            order: { scored_at: 'timestamp DESC' },
            columns: { score: 'int', merchant_id: 'uuid' },
            rowBytes: 200,
            share: 0.5,
            ttlSeconds: seconds,
          }),
        ],
      });
      engine.reads(scores, payments, { returns: 4e3, soft: true }).writes(scores, times(payments, 2), { soft: true });
      engine.reads(counters, payments, { soft: true });
      api.calls(engine, payments, scored);
    };
    const challenge = () => {
      const acs = b.external('three-ds', { does: '3-D Secure of card issuers', host: '3ds.example.com', source: ch('ch3') });
      api.calls(acs, times(payments, w.challengedShare), { sends: 2e3, returns: 2e3, soft: true });
    };
    b.decide('fraud scoring', [
      when(global, 'trees and a neural net on GPUs', 'both in one answer; rules alone decide when it does not come', () => {
        const gpu = b.service('fraud', {
          does: 'scores a payment within 100 ms',
          tier: 'gpu',
          perPod: { requestsPerSecond: capacity(500, derived(ch('ch1'), '10K/s on 20 T4')) },
          pod: { ...pod(3, 12), gpu: 1 },
        });
        history(gpu);
        challenge();
      }),
      when(grown, 'gradient-boosted trees', 'a processor adds a thousand trees in 5 ms; rules alone decide when they are down', () => {
        const perPod = { requestsPerSecond: capacity(150, assumed('a thousand trees take 5 ms')) };
        history(b.service('fraud', { does: 'scores a payment within 100 ms', tier: 'fraud', perPod, pod: pod(1, 2) }));
        challenge();
      }),
      otherwise('rules on velocity', 'counters in the API; there are no cases to learn from yet', () => undefined),
      reject('scores after the answer', 'only should the model take more than 200 ms', ch('ch3')),
    ]);

    // What others hear of.
    const topic = (name: string, partitions: number, days: number) => ({ name, partitions, retentionSeconds: days * DAY });
    // Twice what deliveries need at peak: consumers past the partitions idle.
    const readers = 48 * Math.ceil((2 * payments.peak) / 100 / 48);
    const events = b.kafka('events', {
      topics: [topic('payment-events', readers, 3), topic('psp-callbacks', 48, 7)],
      retentionSeconds: 5 * DAY,
      messagesPerBroker: capacity(100e3, assumed('small messages on one broker')),
    });
    events.alarm('consumer lag', 50e3, assumed('a merchant hears of a payment ten seconds late'));
    // Sent after the commit; what was not lies in the database until the sweeper has sent it.
    api.publishes(events, payments, { sends: 1e3, soft: true });
    // A provider whose event is not taken sends it again.
    callbacks.publishes(events, times(payments, 2), { sends: 1e3, soft: true });
    const merchants = b.external('merchants', {
      does: 'addresses that merchants gave',
      host: 'webhooks.example.com',
      source: seed('001', 25),
    });
    const missed = times(payments, w.missedShare);
    const worker = (id: string, does: string, perSecond: number, why: string) =>
      b.worker(id, does, capacity(perSecond, assumed(why)), { drainSeconds: 60 });
    worker('ledger', 'books captures, refunds and disputes, ten of a merchant in a commit', 500, 'a tenth of a commit each')
      .consumes(events, times(payments, 2), { returns: 1e3 })
      .writes(database, times(payments, 0.1), { sends: 10 * w.ledgerBytes });
    worker('webhooks', 'signs and delivers what merchants asked to hear', 100, 'ten at a time wait for a merchant')
      .consumes(events, payments, { returns: 1e3 })
      .calls(merchants, payments, { sends: 1e3, returns: 100, soft: true })
      .writes(database, missed, { sends: 1e3 });

    // What may succeed later, after a minute, five, an hour, a day: rows until then. Payments go to another provider from the second time on.
    const again = { maxReceives: 5, retentionSeconds: 2 * DAY };
    const retries = b.queue('retries', { ...again, holds: 'payments whose time has come' });
    const deliveries = b.queue('deliveries', {
      ...again,
      holds: 'webhooks whose time has come, of merchants that did not take them',
      // A merchant who is gone for a day is written to; many at once are ours to look at.
      deadLetterAlarm: 100,
    });
    const job = (id: string, does: string, schedule: string) =>
      b.job(id, { does, tier: 'workers', schedule, pod: pod(0.5, 1), source: seed('001', 25) });
    api.writes(database, retried);
    job('outbox-sweeper', 'sends what was committed and not sent', '* * * * *').reads(database, steady(1)).publishes(events, rate(0.01, 1));
    job('retry-clock', 'queues what is due', '* * * * *')
      .reads(database, sum([retried, missed]))
      .publishes(retries, retried)
      .publishes(deliveries, missed, { sends: 1e3 });
    worker(
      'redelivery',
      'delivers again, sets the next time; after the fourth the message is a dead letter',
      20,
      'a slow merchant is waited for',
    )
      .consumes(deliveries, missed, { returns: 1e3 })
      .calls(merchants, missed, { sends: 1e3, returns: 100, soft: true })
      .writes(database, missed, { sends: 200 });
    worker('retry', 'asks the router again, changes the provider', 20, 'a provider answers in 200 ms')
      .consumes(retries, retried)
      .calls(router, retried, { sends: w.requestBytes, returns: w.answerBytes })
      .writes(database, retried, { sends: w.ledgerBytes });

    // Records for seven years.
    const cold = { afterDays: 90, to: 'instant archive' } as const;
    const locked = {
      lifecycle: [cold],
      coldShare: { 'instant archive': 1 - cold.afterDays / w.retentionDays },
      lockYears: Math.ceil(w.retentionDays / 365),
    };
    const minute = (payments.average * MINUTE * w.ledgerBytes) / COMPRESSION;
    const archive = b.objectStore('ledger-archive', {
      ...locked,
      holds: 'entries by merchant and day, as columns',
      bytes: w.archiveBytes,
      objectBytes: 64e6,
    });
    const audit = b.objectStore('audit-log', {
      ...locked,
      holds: 'who asked for what: a file a minute, numbers masked to four digits',
      bytes: (minute / MINUTE) * DAY * w.retentionDays,
      objectBytes: minute,
    });
    worker('audit-writer', 'writes the trail into its locked bucket', 2e3, 'batches of small messages')
      .consumes(events, times(payments, 3), { returns: 1e3 })
      .writes(audit, steady(1 / MINUTE), { sends: minute });
    const archived = (payments.average * w.ledgerBytes) / COMPRESSION / 64e6;
    job('archiver', 'locks entries of the hour away, drops days past the last refund', '10 * * * *')
      .reads(database, steady(payments.average / 1e3), { returns: 1e3 * w.ledgerBytes })
      .writes(archive, steady(archived), { sends: 64e6 });

    // The day: paid out at two, compared at six, unmatched ones for people.
    const bank = b.external('bank', { does: 'takes files of payouts', host: 'files.bank.example.com', source: seed('001', 25) });
    const pieces = rate(payments.average / PIECE, 10);
    const statements = b.objectStore('statements', {
      holds: 'statements of providers, payouts, what did not match',
      bytes: w.transactionsPerDay * w.retentionDays * STATEMENT,
      objectBytes: PIECE * STATEMENT,
      lifecycle: [
        { afterDays: 90, to: 'deep archive' },
        { afterDays: w.retentionDays, to: 'delete' },
      ],
      coldShare: { 'deep archive': 1 - 90 / w.retentionDays },
    });
    job('settlement', 'sums the day of each merchant, less fees, and sends payouts', '0 2 * * *')
      .reads(database, steady(payments.average / 1e3), { returns: 1e3 * 100 })
      .writes(database, steady(0.1 * perDay(w.transactionsPerDay / 1e3)))
      .writes(statements, steady(10 / DAY), { sends: 10e6 })
      .calls(bank, steady(10 / DAY), { sends: 10e6 });
    const fetch = job('statement-fetch', 'fetches statements of the day from providers', '0 5 * * *');
    for (const { psp, share } of providers) fetch.calls(psp, times(pieces, share), { returns: PIECE * STATEMENT });
    fetch.writes(statements, pieces, { sends: PIECE * STATEMENT });
    const books = b.lake('books', {
      holds: 'payments that have left the database, and what providers said of them within three months',
      tables: [
        {
          name: 'entries',
          store: 'ledger-archive',
          columns: {
            merchant: 'string',
            payment: 'string',
            account: 'string',
            amount: 'bigint',
            currency: 'string',
            booked_at: 'timestamp',
          },
          partitions: 'daily',
          sinceYear: 2026,
        },
        {
          name: 'statements',
          store: 'statements',
          columns: { provider: 'string', payment: 'string', amount: 'bigint', fee: 'bigint', currency: 'string', cleared_at: 'timestamp' },
          partitions: 'daily',
          sinceYear: 2026,
        },
      ],
      querySeconds: capacity(10, assumed('a day of one merchant')),
    });
    const late = times(payments, w.askedLaterShare);
    status.reads(books, late, { scans: 100e6, returns: 2e3, soft: true });
    books.reads(archive, late, { returns: 50e6 }).reads(statements, late, { returns: 50e6 });
    b.decide('reconciliation', [
      when(grown, 'Spark over statements and archive', 'the day of all providers is joined beside the database', () => {
        const differences = b.objectStore('differences', {
          holds: 'one object for each payment that does not match',
          bytes: 1e-6 * w.transactionsPerDay * 90 * 2e3,
          objectBytes: 2e3,
          lifecycle: [{ afterDays: 90, to: 'delete' }],
        });
        const unmatched = b.queue('unmatched', { holds: 'payments to ask providers about', maxReceives: 5, retentionSeconds: 7 * DAY });
        unmatched.alarm('oldest message', DAY, ch('ch1')).alarm('queue depth', 10, seed('001', 25));
        // One payment in a million.
        const open = rate(1e-6 * payments.average, 1);
        b.sparkJob('reconciliation', {
          does: 'matches the day against statements of providers',
          schedule: '0 6 * * *',
          program: 'statements',
          executors: Math.max(2, Math.ceil(w.transactionsPerDay / 10e6)),
          executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('10M records of both sides are joined in memory') },
          hours: capacity(1, assumed('10M records an executor')),
        })
          .reads(statements, pieces, { returns: PIECE * STATEMENT })
          .reads(archive, steady(archived), { returns: 64e6 })
          .writes(differences, open, { sends: 2e3 });
        differences.publishes(unmatched, open, { sends: 1e3 });
        worker('inquiries', 'asks the provider, books what is found, leaves the rest to people', 10, 'three requests each')
          .consumes(unmatched, open)
          .reads(differences, open, { returns: 2e3 })
          .calls(router, open, { returns: 2e3 })
          .writes(database, open, { sends: w.ledgerBytes });
      }),
      otherwise('by hand', 'queries over statements of one provider and the archive', () => undefined),
    ]);
  },

  claims: [
    claim('per-day', 'scale', 'transactions a day', 172e6, 'per day', ch('ch1')).against(
      (e) => e.figure('transactionsPerDay'),
      '10K/s at peak are 2K/s all day, 172.8M: ch1 rounds down.',
    ),
    claim('database', 'seed-001', 'records after seven years', 50e12, 'bytes', ch('ch1')).against(
      (e) => e.figure('transactionsPerDay') * e.figure('retentionDays') * e.figure('ledgerBytes'),
      '172M a day x 1 KB x 2555 days are 440 TB. A month of it stays in PostgreSQL, the rest lies compressed in a locked bucket.',
    ),
    claim('minutes-down', 'seed-001', 'minutes down in a year', 43, 'minutes', ch('ch1, ch4')).against(
      (e) => (1 - e.figure('availability')) * 365 * 24 * 60,
      '0.0001 of 525,600 minutes. 43 minutes are a month at 99.9 %.',
    ),
    claim('api-vcpus', 'seed-001', 'vCPUs of API servers', 800, 'vCPU', derived(ch('ch1'), '100 nodes of 8 vCPU')).against(
      (e) => e.vcpu('payment-api', 'peak') + e.vcpu('psp-router', 'peak'),
      'The same 100 transactions for 8 vCPU, at 80 % of it and with a zone lost: 800 / 0.8 x 1.5. Retries come on top.',
    ),
    claim('gpus', 'seed-001', 'GPUs that score', 20, 'GPUs', ch('ch1')).against(
      (e) => e.count('fraud'),
      '10K/s / 500 / 0.8 x 1.5 for a lost zone, rounded up in each of three regions. At night nine machines are left.',
    ),
    claim('production-vcpus', 'production', 'vCPUs of API servers', 400, 'vCPU', derived(ch('ch4'), '50 servers of 8 vCPU')).against(
      (e) => e.vcpu('payment-api', 'peak') + e.vcpu('psp-router', 'peak'),
      'As at 10K: a quarter for head-room, half for a lost zone.',
    ),
    claim('one-provider', 'mvp', 'transactions a month that one provider is enough for', 1e6, 'per month', ch('ch3')).against(
      (e) => 30 * e.figure('transactionsPerDay'),
      'ch4 starts with one provider at 1K/s, which is 500 times as much; the stages follow ch4.',
    ),
  ],
});
