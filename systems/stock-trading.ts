import type { Region } from '../plan/blueprint';

import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import type { Part } from '../plan/sizing';
import { pod } from '../plan/sizing/service';
import { assumed, type Capacity, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, anyOf, atLeast, wanted } from '../plan/trigger';
import { DAY, HOUR, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 10, `folder 08, ${chapter}`);
const folder = seed('001', 10, 'folder 08');
const perAccount = derived(ch('ch1'), 'reference figure divided by 10M accounts');
const perSymbol = derived(ch('ch1'), 'reference figure divided by 10K symbols');

const workload = Workload.of({
  availability: figure('ratio', 'share of market hours in which orders are taken', 0.9999, ch('ch1, ch4')),
  users: figure('users', 'accounts'),
  sessionSeconds: figure('seconds', 'a trading day: 09:30 to 16:00', 6.5 * HOUR, ch('ch1')),
  sessionDays: figure('days', 'trading days of a year', 252, derived(ch('ch1'), 'Monday to Friday, without holidays')),
  openingFactor: figure('each', 'orders at the open over the average of a trading day', 10, assumed('the first minutes are the busiest')),
  professionalShare: figure('ratio', 'subscribers to market data who are professionals', 0, ch('ch2, ch4')),
  fix: figure('yes or no', 'institutions send orders by FIX, and matching must not wait for a processor', 0, ch('ch4')),
  fixShare: figure('ratio', 'orders that come by FIX where it is offered', 0.5, assumed('programs send as many orders as all people')),
  pushesRetail: figure('per second each', 'updates to a retail subscriber', 1, ch('ch2')),
  pushesProfessional: figure('per second each', 'updates to a professional', 10, ch('ch2')),
  routedShare: figure('ratio', 'orders that find a better price at another exchange', 0.05, assumed('most are matched here')),
  historyDays: figure('days', 'days that orders stay in the database', 30, assumed('what an account shows; older ones are in the archive')),
  retentionYears: figure('each', 'years that orders and fills are kept', 7, folder),
})
  .and({
    ordersPeak: figure('per second', 'orders at the open', (w) => 0.01 * w.users, perAccount),
    concurrent: figure('connections', 'users watching at the open', (w) => 0.1 * w.users, perAccount),
    positions: figure('items', 'positions held', (w) => 10 * w.users, perAccount),
    symbols: figure('items', 'symbols traded', (w) => 1e-3 * w.users, perAccount),
  })
  .and({
    ordersPerDay: figure(
      'per day',
      'orders of a trading day, with changes and cancellations',
      (w) => (w.ordersPeak / w.openingFactor) * w.sessionSeconds,
      derived(ch('ch1'), 'the peak over 23,400 s, by the factor of the open'),
    ),
    quotesPeak: figure('per second', 'quotes from the feeds at the busiest moment', (w) => 100 * w.symbols, perSymbol),
    popular: figure('items', 'symbols with an engine of their own', (w) => 0.1 * w.symbols, derived(ch('ch1, ch4'), '1000 of 10K')),
    hottestPeak: figure('per second', 'orders for the busiest symbol', (w) => 0.05 * w.ordersPeak, assumed('a share in the news')),
  })
  .and({
    bookBytes: figure(
      'bytes',
      'order books in memory: 100K resting orders of a popular symbol, 1000 of another, 100 bytes each',
      (w) => 100 * (100e3 * w.popular + 1000 * (w.symbols - w.popular)),
      derived(ch('ch3'), '100K resting orders a book; the other figures are assumed'),
    ),
    archiveBytes: figure(
      'bytes',
      'orders and fills until retention ends, 600 bytes an order',
      (w) => 600 * w.ordersPerDay * w.sessionDays * w.retentionYears,
      derived(folder, '7 years; three events of 200 bytes an order are assumed'),
    ),
  });

/** What a thread matches; risk reservations and rows are committed in batches. */
const MATCHES = capacity(500e3, ch('ch3'));
const BATCH = 20;
const ROWS_PER_ORDER = 5;
const QUOTES_A_MESSAGE = 20;
/** An order, and what became of it. */
const ORDER = { sends: 200, returns: 100 };
/** Symbols whose latest prices lie under one key of the cache, and what they take. */
const PACK = { symbols: 100, bytes: 4000 };

/** Each region matches the symbols listed there; shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.6, role: 'active' },
  { name: 'eu-west-1', share: 0.4, role: 'active' },
];

/** A machine keeps two processors for itself. */
const threadsOf = (parts: readonly Part[]) => parts.reduce((n, p) => n + (p.kind === 'machines' ? p.active * (p.vcpu - 2) : 0), 0);

export default system('stock-trading', {
  title: 'Stock trading platform',
  summary: 'Orders pass a risk check, are written to a log and matched in memory, one thread a symbol; positions follow from the log.',
  aliases: ['stock-exchange', 'trading-platform', 'matching-engine'],
  sources: [{ seed: '001', row: 10 }],
  workload,
  headline: { users: 'users', peak: 'ordersPeak' },

  stages: {
    launch: stage('0 to 1M users, 10K orders a second', ch('ch4'), { users: 1e6 }),
    growth: stage('1M to 5M users, 50K orders a second', ch('ch4'), { users: 5e6 }),
    scale: stage('5M to 10M users, 100K orders a second', ch('ch4'), { users: 10e6, professionalShare: 0.01 }),
    'high-frequency': stage('20M users in two regions, orders by FIX', derived(ch('ch4'), 'beyond 10M users; twice is assumed'), {
      users: 20e6,
      professionalShare: 0.01,
      fix: 1,
      popular: 1000,
    }),
    'seed-001': stage('10M accounts, 100K orders a second at peak; the index says NASDAQ', ch('ch1'), { users: 10e6 }),
    'seed-001-readme': stage('100K orders a second all day', ch('README'), { users: 10e6, openingFactor: 1 }),
  },

  regions: (w) => [
    when(
      wanted('professional clients by FIX', w.fix, ch('ch4')),
      'the United States and the European Union',
      'each supervisor wants its symbols matched and its records kept at home',
      () => REGIONS,
    ),
    otherwise('one region', 'a symbol has one book, and a thread that orders it', () => oneRegion),
  ],

  blueprint(w, b, world) {
    // A month of 24-hour days sees an open for a few minutes of 21 days.
    const open = (w.sessionSeconds * w.sessionDays) / (365 * DAY);
    const inSession = (peak: number, factor: number) => rate((open * peak) / factor, peak);
    const orders = inSession(w.ordersPeak, w.openingFactor);
    const quotes = inSession(w.quotesPeak, w.openingFactor);
    const perBatch = times(orders, 1 / BATCH);
    const many = above('orders per second at peak', world.ordersPeak, 50e3, ch('ch4'));
    const grown = above('orders per second at peak', world.ordersPeak, 10e3, ch('ch4'));
    const professionals = above('share of professionals', world.professionalShare, 0, ch('ch3, ch4'));

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.9995, assumed('22 minutes a month')), 'a standby takes over in 5 to 10 s'],
      [above('orders per second at peak', world.ordersPeak, 200, assumed('checking them fills two vCPU')), 'one machine is full'],
    );

    // Taking an order.
    const serve = (id: string, does: string, tier: string, vcpu: number, requestsPerSecond: Capacity) =>
      b.service(id, { does, tier, perPod: { requestsPerSecond }, pod: pod(vcpu, vcpu), drainSeconds: 60 });
    const limits = 'checks tokens and orders, gives ids, limits each user to 100 orders a second';
    const gateway = serve('order-gateway', limits, 'orders', 2, capacity(2000, derived(ch('ch4'), '1 ms an order on two processors')));
    const checks = 'buying power, price collar of 10 %, 1000 open orders a user and symbol; without it every order is refused';
    const risk = serve('risk-check', checks, 'orders', 1, capacity(4000, derived(ch('ch3'), '1 to 2 ms, most of it spent waiting')));
    const holdings = 'positions, cash and history of an account';
    const positions = serve('position-service', holdings, 'workers', 1, capacity(500, assumed('one query a request')));

    const consumers = 3 * Math.ceil(((2 * w.ordersPeak) / 2000 + 3) / 3);
    const feeders = 3 * Math.ceil(((2 * (w.quotesPeak + w.ordersPeak)) / 50e3 + 3) / 3);
    const routers = 3 * Math.ceil(((2 * w.routedShare * w.ordersPeak) / 500 + 3) / 3);
    const messagesPerBroker = capacity(100e3 / 3, assumed('100K small messages/s on one broker, each on three'));
    const routed = times(orders, w.routedShare);
    const { log, feed } = b.decide('event log', [
      otherwise('Kafka for orders, and another for quotes', 'no order waits behind a burst of quotes, which are worth an hour', () => {
        const topic = (name: string, partitions: number, retentionSeconds = 7 * DAY) => ({ name, partitions, retentionSeconds });
        const topics = [topic('orders', consumers), topic('executions', consumers), topic('routes', routers)];
        const quoted = { topics: [topic('quotes', feeders, HOUR)], retentionSeconds: HOUR, messagesPerBroker };
        const log = b.kafka('order-log', { topics, retentionSeconds: 7 * DAY, messagesPerBroker });
        return { log: log.alarm('consumer lag', 1000, ch('ch4')), feed: b.kafka('market-data', quoted) };
      }),
      reject('a topic a symbol', '10K topics with three copies are 30K partitions; a key keeps order too', folder),
      reject('SQS', 'has no replay: a book is rebuilt from its log', folder),
    ]);

    // Matching.
    const quiet = w.symbols - w.popular;
    const threads = b.decide('engines and processors', [
      when(
        wanted('matching must not wait for a processor', world.fix, ch('ch4')),
        'a processor for each popular symbol',
        'an engine that polls for orders keeps its processor; what it buys is microseconds',
        () => Math.ceil(w.popular) + Math.ceil(quiet / 1000),
      ),
      when(
        grown,
        'an engine for each popular symbol, ten to a processor',
        'one that fails halts one symbol; at a hundred orders a second it is busy one part in 5000',
        () => Math.ceil(w.popular / 10) + Math.ceil(quiet / 1000),
      ),
      otherwise('engines of 500 symbols', 'a thread matches 500K orders a second', () => Math.ceil(w.symbols / 500)),
      reject('FPGA matching, kernel bypass (DPDK)', 'save microseconds of a budget of 10 ms, most of which is the way there', ch('ch4')),
      reject('pods', 'a node that is drained or scaled takes its books with it', ch('ch3')),
    ]);
    const split = b.decide('hottest symbol', [
      when(
        atLeast('orders per second for one symbol', world.hottestPeak, 0.8 * MATCHES.value, ch('ch3')),
        'split over engines, merged at the end of the day',
        'nears what one thread matches; two books of one symbol may trade at two prices meanwhile',
        () => Math.ceil(world.hottestPeak / (0.5 * MATCHES.value)),
      ),
      otherwise('one thread', 'one thread alone decides who came first', () => 0),
    ]);
    const engines = b.machines('engines', {
      does: 'match by price, then time, a thread a symbol, in memory',
      perThread: { requestsPerSecond: MATCHES, messagesPerSecond: MATCHES },
      bytes: w.bookBytes,
      rebuiltFrom: 'the last snapshot and the order log',
      threadsAtLeast: threads + split,
      standby: true,
    });
    // The standby reads what its engine reads; halts come that way too.
    const readers = b.zones > 1 ? 2 : 1;
    b.decide('from gateway to engine', [
      when(many, 'through the log', 'written once, then read by engine and standby; the log alone says which order came first', () => {
        gateway.publishes(log, orders, ORDER);
        engines.consumes(log, times(orders, readers), { returns: ORDER.sends });
      }),
      otherwise('called by name', 'one hop less; the engine writes an order to the log before it matches it', () => {
        gateway.calls(engines, orders, ORDER);
        engines.publishes(log, orders, ORDER);
        engines.consumes(log, readers > 1 ? orders : steady(1 / HOUR), { returns: ORDER.sends });
      }),
      reject('time stamps decide who was first', 'clocks of gateways differ; the place in the log does not', folder),
    ]);
    // Outcomes one by one, changes of the book twenty a message.
    engines
      .publishes(log, orders, { sends: 300 })
      .publishes(log, routed, ORDER)
      .publishes(feed, perBatch, { sends: 60 * BATCH, soft: true });
    const snapshots = b.objectStore('book-snapshots', {
      holds: 'books every ten minutes: what has to be replayed after one is over in six seconds',
      bytes: 39 * w.bookBytes,
      objectBytes: w.bookBytes / threads,
      lifecycle: [{ afterDays: 1, to: 'delete' }],
      versioned: false,
    });
    // No order waits for a snapshot: without them more of the log is replayed.
    engines
      .writes(snapshots, inSession(threads / 600, 1), { sends: w.bookBytes / threads, soft: true })
      .reads(snapshots, steady(1 / DAY), { soft: true });

    // Positions: each side of a fill is applied where its account is, once.
    const postgres = {
      holds: 'accounts, cash, orders and fills of a month, positions; fills are unique by their id',
      engine: 'postgres',
      topology: b.zones > 1 ? 'aurora' : 'single',
      bytes: 1e3 * w.users + 200 * w.positions + 600 * w.ordersPerDay * w.historyDays * (w.sessionDays / 365),
      hotBytes: capacity(1e9 + 60 * w.ordersPerDay + 1e3 * w.concurrent, assumed('who trades now, a tenth of a day of orders, the server')),
      queriesPerVcpu: capacity(300, assumed('20 rows in one commit, 6000 rows a second and vCPU')),
      strongReads: true,
      readersAtLeast: b.zones > 1 ? 1 : 0,
      pitrDays: 35,
    } as const;
    const accounts = b.decide('accounts and positions', [
      when(
        anyOf(grown, above('accounts', world.users, 1e6, ch('ch4'))),
        'PostgreSQL sharded by account',
        'the two sides of a fill are two changes on two shards, each applied once by its id: no commit spans them',
        () => b.relational('accounts', { ...postgres, sharding: 'by hash' }),
      ),
      otherwise('one PostgreSQL', 'one primary with a replica that takes over within a minute', () => b.relational('accounts', postgres)),
      reject('shards by ranges of ids', 'the newest accounts trade most and share a shard', ch('ch4')),
      reject('two-phase commit between engine and database', 'the fill is in the log before anybody hears of it', ch('README')),
      reject('written by the engine', '2 to 5 ms a fill leave its thread a few hundred orders a second', ch('ch3')),
    ]);
    if (b.zones > 1) accounts.alarm('replication lag', 1, ch('ch4'));
    const applier = b.worker(
      'fill-processor',
      'applies orders and fills to accounts, once by fill id; tells their owners',
      capacity(2000, assumed('100 commits of 20 orders a second on half a vCPU')),
      { pod: pod(0.5, 0.5), podsAtMost: capacity(consumers, assumed('one for each partition')), drainSeconds: 60 },
    );
    applier.consumes(log, orders, { returns: 300 }).writes(accounts, times(perBatch, ROWS_PER_ORDER), { sends: 250 * BATCH });

    // Market data and risk in memory.
    const packs = w.symbols / PACK.symbols;
    const refreshes = world.professionalShare > 0 ? w.pushesProfessional : w.pushesRetail;
    const prices = b.cache('prices', {
      holds: 'latest quotes and top of the book, a second old at most; limits of users; channels of their sockets',
      bytes: 100e6 + PACK.bytes * packs + 200 * w.concurrent,
      opsPerNode: capacity(100e3, assumed('packs of 4 KB, channels and counters')),
      topology: grown.fires ? 'cluster' : undefined,
      eviction: 'volatile-ttl',
    });
    gateway.writes(prices, orders, { sends: 50, soft: true });
    gateway.calls(risk, orders, ORDER);
    // The collar: a pod keeps prices for a moment.
    risk.reads(prices, times(orders, 0.1), { returns: PACK.bytes });
    const views = inSession(w.concurrent / 600, 2);
    b.decide('buying power', [
      when(
        many,
        'reserved in Redis, made equal to the database every 100 ms',
        'a check takes under a millisecond; a failover forgets the reservations of 100 ms at most',
        () => {
          const power = b
            .cache('buying-power', {
              holds: 'cash free to spend and open orders of each account',
              bytes: 300 * w.users,
              opsPerNode: capacity(80e3, assumed('a script of two keys')),
              topology: 'cluster',
              eviction: 'noeviction',
            })
            .alarm('memory used', 0.7, assumed('full, it would refuse orders'));
          risk.writes(power, orders, { sends: 150 }).writes(accounts, perBatch, { sends: 100 * BATCH, soft: true });
          applier.writes(power, times(orders, 2), { sends: 100 });
          positions.reads(power, views, { returns: 100, soft: true });
        },
      ),
      otherwise('reserved in the database', 'one conditional update, twenty orders a round trip', () => {
        risk.writes(accounts, perBatch, { sends: 100 * BATCH });
      }),
      reject('orders pass when the check is down', 'one that nobody can pay is an accounting error', ch('ch4 (fail closed)')),
    ]);

    const adapter = b.service('feed-adapter', {
      does: 'brings the feeds of exchanges into one form, twenty quotes a message; takes the backup feed when the first is silent',
      protocol: 'worker',
      tier: 'workers',
      // Nobody calls it: what it carries are the lines it holds, of 10K quotes a second each.
      perPod: { connections: capacity(10, assumed('100K quotes a second on a vCPU')) },
      connections: Math.ceil(w.quotesPeak / 10e3),
      connectionsAverage: Math.ceil(w.quotesPeak / 10e3),
      pod: pod(1, 1),
    });
    const batches = times(quotes, 1 / QUOTES_A_MESSAGE);
    const company = (id: string, does: string) => b.external(id, { does, host: `${id}.example.com`, port: 9443, source: ch('ch4') });
    const line = { sends: 20, returns: 60 * QUOTES_A_MESSAGE };
    adapter
      .calls(company('exchange-feed', 'quotes of other exchanges'), batches, { ...line, soft: true })
      .calls(company('backup-feed', 'the same by another line, kept open'), times(batches, 0.01), { ...line, soft: true })
      .publishes(feed, batches, { sends: line.returns });
    const conflater = b.worker(
      'market-data-service',
      'keeps the last price of each symbol, writes it ten times a second however often it changed',
      capacity(50e3 / QUOTES_A_MESSAGE, assumed('50K quotes a second on a vCPU')),
      { pod: pod(1, 1), podsAtMost: capacity(feeders, assumed('one for each partition')) },
    );
    conflater.consumes(feed, batches, { returns: line.returns }).consumes(feed, perBatch, { returns: line.returns });
    conflater.writes(prices, inSession(packs * refreshes, 1), { sends: PACK.bytes });

    // Way out to subscribers: as often as they pay for, never as often as prices change.
    const sockets = b.front('sockets', { layer: 4, connections: w.concurrent });
    const streams = (id: string, does: string, each: number, share: number, hold: number, port?: number) => {
      const connections = share * w.concurrent;
      const stream = b.service(id, {
        does,
        protocol: 'websocket',
        tier: 'streams',
        perPod: { connections: capacity(hold, assumed('10K updates a second on two vCPU')) },
        pod: pod(2, 4),
        connections,
        // Half of the peak while the market is open, a twentieth of it else.
        connectionsAverage: connections * (0.5 * open + 0.05 * (1 - open)),
        scaleOn: 'connections',
        drainSeconds: 120,
        kernel: { 'fs.nr_open': '1000000', 'net.core.somaxconn': '65535' },
      });
      const pushes = inSession(each * connections, 2);
      const update = { sends: 20, returns: 400 };
      sockets.routesTo(stream, pushes, port ? { ...update, listener: { port, protocol: 'tls' } } : update);
      // A pod asks for all packs, whoever listens; half full on average.
      stream.reads(prices, times(pushes, packs / (0.5 * hold)), { returns: PACK.bytes });
      return stream;
    };
    const retail = (share: number) =>
      streams('stream', 'ten watched symbols once a second, and what became of own orders', w.pushesRetail, share, 10e3);
    const stream = b.decide('market data to subscribers', [
      when(professionals, 'professionals apart', 'ten updates a second do not wait behind the crowd of the open', () => {
        streams('professional-stream', 'prices ten times a second', w.pushesProfessional, w.professionalShare, 1000, 8443);
        return retail(1 - w.professionalShare);
      }),
      otherwise('one stream', 'everybody gets one update a second', () => retail(1)),
      reject('each change to everybody', '100 changes a second of a symbol to each who watches it', ch('ch2')),
      reject('UDP multicast', 'ends where our network does; subscribers on the internet are beyond it', ch('ch4')),
    ]);
    applier.writes(prices, orders, { sends: 200, soft: true });
    stream.reads(prices, orders, { returns: 200, soft: true });

    // Way in.
    const web = b.front('web', { layer: 7 }).alarm('latency p99', 0.01, ch('ch1'));
    const byFix = world.fix * w.fixShare;
    web.routesTo(gateway, times(orders, 1 - byFix), { sends: 600, returns: 200 });
    web.routesTo(positions, views, { returns: 3e3 });
    positions.reads(accounts, views, { returns: 2e3 });
    b.decide('institutions', [
      when(wanted('orders by FIX', world.fix, ch('ch4')), 'FIX gateway', 'a session a client, in order by its sequence numbers', () => {
        const sessions = 'FIX sessions over TLS; their sequence numbers survive the pod';
        const fix = serve('fix-gateway', sessions, 'orders', 2, capacity(4000, assumed('parses FIX on two processors')));
        sockets.routesTo(fix, times(orders, byFix), { sends: 250, returns: 250, listener: { port: 9880, protocol: 'tls' } });
        fix.calls(gateway, times(orders, byFix), ORDER).writes(prices, times(orders, byFix), { sends: 50 });
      }),
      otherwise('the same way as everybody', 'nobody asks for FIX', () => {}),
    ]);

    // Other exchanges, the clearinghouse, the supervisor.
    const venue = b.decide('other exchanges', [
      when(professionals, 'connectors beside NYSE and NASDAQ', 'an order that is routed on must be there before the price is gone', () =>
        company('exchange-connectors', 'our racks beside the exchanges, in FIX'),
      ),
      otherwise('FIX sessions from here', 'retail orders have a second', () => company('exchanges', 'other exchanges, in FIX')),
    ]);
    b.worker(
      'execution-service',
      'routes orders to other exchanges in FIX, heartbeat 30 s',
      capacity(500, assumed('a session takes 500 a second')),
      { podsAtMost: capacity(routers, assumed('one for each partition')) },
    )
      .consumes(log, routed, { returns: ORDER.sends })
      .calls(venue, routed, { sends: 250, returns: 250 })
      .publishes(log, routed, { sends: 300 });
    b.worker(
      'surveillance',
      'halts a symbol that moves 10 % in five minutes, and all when every feed is silent; a person resumes',
      capacity(10e3, assumed('adds up in memory')),
    )
      .consumes(log, orders, { returns: 300 })
      .reads(prices, inSession(packs, 1), { returns: PACK.bytes })
      .publishes(log, steady(1 / HOUR));
    const fileBytes = Math.max(1e5, (600 * w.ordersPerDay) / 390 / consumers);
    const archive = b.objectStore('audit-archive', {
      holds: 'every order and fill, unchangeable; a file a minute and partition',
      bytes: w.archiveBytes,
      objectBytes: fileBytes,
      lifecycle: [
        { afterDays: 90, to: 'instant archive' },
        { afterDays: 730, to: 'deep archive' },
      ],
      coldShare: { 'instant archive': 0.25, 'deep archive': 0.71 },
      lockYears: w.retentionYears,
    });
    b.worker('compliance-service', 'writes the audit trail; exports to the supervisors', capacity(10e3, assumed('buffers a minute')), {
      pod: pod(0.5, 1),
      drainSeconds: 90,
    })
      .consumes(log, times(orders, 2), { returns: 300 })
      .writes(archive, times(orders, 600 / fileBytes), { sends: fileBytes });

    const discrepancies = b
      .queue('discrepancies', { holds: 'what our books and the clearinghouse disagree on', maxReceives: 5, retentionSeconds: 14 * DAY })
      .alarm('queue depth', 1, ch('ch4 (none a month)'));
    const clearing = company('clearinghouse', 'clears net fills, T+2');
    b.job('settlement', {
      does: 'nets fills after the close, submits them, drops orders past their month',
      tier: 'workers',
      schedule: '0 22 * * 1-5',
      pod: pod(2, 4),
      source: ch('ch4'),
    })
      .reads(accounts, rate((0.1 * w.users) / DAY / BATCH, (0.1 * w.users) / HOUR / BATCH), { returns: 200 * BATCH })
      .calls(clearing, rate(w.symbols / DAY, w.symbols / HOUR), { sends: 1e3 });
    b.job('reconciliation', {
      does: 'compares positions with the clearinghouse, every day',
      tier: 'workers',
      schedule: '0 10 * * 2-6',
      pod: pod(1, 2),
      source: ch('ch4'),
    })
      .calls(clearing, rate(w.symbols / DAY, w.symbols / HOUR), { returns: 1e3 })
      .reads(accounts, rate(w.symbols / DAY, w.symbols / HOUR), { returns: 1e3 })
      .publishes(discrepancies, steady(1 / DAY));
    b.worker('back-office', 'shows discrepancies to people, books their corrections', capacity(50, assumed('a person decides each')))
      .consumes(discrepancies, steady(1 / DAY))
      .writes(accounts, steady(1 / DAY));
  },

  claims: [
    claim('orders-a-day', 'seed-001', 'orders a day', 1e6, 'per day', ch('ch1 (1M and more)')).against(
      (e) => e.figure('ordersPerDay'),
      '1M are ten seconds of the peak of 100K/s. With an open ten times the average, 23,400 s of a trading day have 234M.',
    ),
    claim('sustained', 'seed-001', 'orders per second over a trading day', 100e3, 'per second', ch('README')).against(
      (e) => e.figure('ordersPerDay') / e.figure('sessionSeconds'),
      'README calls 100K/s sustained, ch1 the peak; its stage seed-001-readme shows what 2.3B orders a day cost.',
    ),
    claim('downtime', 'seed-001', 'seconds down in a year of market hours', 52, 'seconds', ch('ch4')).against(
      (e) => (1 - e.figure('availability')) * e.figure('sessionDays') * e.figure('sessionSeconds'),
      '252 days of 6.5 h are 5.9M s; a ten-thousandth of them is 590 s. 52 s would be 99.9991 %.',
    ),
    claim('engines', 'seed-001', 'threads of matching engines', 10e3, 'threads', derived(ch('ch3'), 'one a symbol')).against(
      (e) => threadsOf(e.parts('engines')),
      'One thread matches 500K/s, five times the whole peak. A thread a symbol keeps order; threads that wait share a processor.',
    ),
    claim('shards', 'growth', 'shards of positions', 4, 'shards', ch('ch4')).against(
      (e) => e.shards('accounts'),
      '50K orders/s are 250K rows/s, with reservations 300K; 6000 a vCPU at 70 % make 71 vCPU, 24 of each of three shards.',
    ),
    claim('partitions', 'growth', 'partitions of the audit log', 6, 'partitions', ch('ch4')).against(
      (e) => e.parts('order-log').reduce((n, p) => n + (p.kind === 'kafka' ? p.topics.find((t) => t.name === 'orders')!.partitions : 0), 0),
      'Six would do for files; the same log feeds those who apply fills, one a partition and 2000/s each.',
    ),
    claim('servers', 'launch', 'servers of gateway and positions', [3, 5], 'servers', ch('ch4')).against(
      (e) => e.nodes('orders'),
      '10K/s at 2000 a gateway and 4000 a check with a zone lost; three of them on average.',
    ),
  ],
});
