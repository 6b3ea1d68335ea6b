import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import type { PartRef } from '../plan/part-ref';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, allOf, anyOf, atLeast } from '../plan/trigger';
import { DAY, HOUR, perDay, rate, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('000', 1, chapter);
const perUser = derived(ch('ch00-ch01'), 'reference figure divided by 10M monthly users');

const workload = Workload.of({
  availability: figure('ratio', 'share of time the shop answers', 0.9995, ch('ch00')),
  monthlyActiveUsers: figure('users', 'people who visit in a month'),
  teamSize: figure('people', 'engineers who deploy to it', 15, ch('ch11')),
  requestsPerVcpu: figure('per second each', 'API requests one vCPU of an app server answers', 375, ch('ch11 (8 vCPU: 3000/s)')),
  cacheHitRatio: figure('ratio', 'catalogue reads answered by the cache', 0.95, ch('ch01')),
})
  .and({
    dailyActiveUsers: figure('users', 'people who visit in a day', (w) => 0.3 * w.monthlyActiveUsers, perUser),
    products: figure('items', 'products on offer', (w) => 0.5 * w.monthlyActiveUsers, perUser),
    ordersPerDay: figure('per day', 'orders placed', (w) => 0.015 * w.monthlyActiveUsers, perUser),
    imageBytes: figure('bytes', 'product images stored', (w) => 1e6 * w.monthlyActiveUsers, perUser),
    cacheBytes: figure('bytes', 'catalogue cache, carts and login state in memory', (w) => 2700 * w.monthlyActiveUsers, perUser),
    databaseBytes: figure('bytes', 'rows and indexes after five years', (w) => 47.7e3 * w.monthlyActiveUsers, perUser),
    searchBytes: figure('bytes', 'search index without replicas', (w) => 5000 * w.monthlyActiveUsers, perUser),
  })
  .and({
    requestsPerDay: figure('per day', 'API requests: 12 pages a visit, 3 calls a page', (w) => w.dailyActiveUsers * 36, ch('ch01')),
    orderRows: figure('items', 'rows of the orders table after five years', (w) => w.ordersPerDay * 365 * 5, ch('ch06')),
  })
  .and({
    requestsPeak: figure('per second', 'API requests at the busiest moment', (w) => 3 * perDay(w.requestsPerDay), ch('ch01 (3 x average)')),
  })
  .and({
    messagesPeak: figure(
      'per second',
      'events at the busiest moment',
      (w) => 0.08 * w.requestsPeak,
      derived(ch('ch07'), '3000 at 37.5K requests'),
    ),
  });

/** Requests by what they ask for (000#1 ch01). */
const MIX = { catalogue: 0.6, cart: 0.15, account: 0.1, search: 0.1, orders: 0.03, selling: 0.02 };

/**
 * The source names Americas, Europe and Middle East (000#1 ch11); the shares are our assumption, and Mumbai stands for Bahrain, which
 * does not offer the instance families used here.
 */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.4, role: 'active' },
  { name: 'eu-west-1', share: 0.35, role: 'active' },
  { name: 'ap-south-1', share: 0.25, role: 'active' },
];

/**
 * Queues of RabbitMQ, later topics of Kafka (000#1 ch07). Every order is one message to settle and one to tell people of; those are three
 * of eight each (orders are 3 % of requests, messages 8 %), the rest is halved.
 */
const QUEUES = [
  { name: 'orders', does: 'settles stock and payment of new orders', share: 3 / 8, deadLetter: true, maxRetry: 5 },
  { name: 'notifications', does: 'order e-mails', share: 3 / 8, deadLetter: true, maxRetry: 3, ttlSeconds: DAY },
  { name: 'search', does: 'keeps the product index fresh', share: 1 / 8, deadLetter: true, maxRetry: 3, ttlSeconds: HOUR },
  { name: 'analytics', does: 'counts views and sales', share: 1 / 8, deadLetter: false, maxRetry: 1, ttlSeconds: 6 * HOUR },
];

type Duty = 'catalogue' | 'cart' | 'search' | 'account' | 'orders' | 'payment';

const IMAGE_EDGE = { serves: 'images and static files', ttlSeconds: DAY, hitRatio: 0.95 };

export default system('marketplace', {
  title: 'High-scale multi-vendor marketplace',
  summary: 'Many-seller shop with catalogue, search, cart, checkout and payouts; read-dominated, with tenfold flash-sale bursts.',
  aliases: ['shop'],
  sources: [{ seed: '000', row: 1 }],
  workload,
  headline: { users: 'monthlyActiveUsers', peak: 'requestsPeak' },

  stages: {
    launch: stage('0 to 10K monthly users', ch('ch11'), {
      monthlyActiveUsers: 10e3,
      requestsPeak: 100,
      ordersPerDay: 50,
      products: 10e3,
      teamSize: 2,
      availability: 0.99,
    }),
    traction: stage('10K to 500K monthly users', ch('ch11'), {
      monthlyActiveUsers: 500e3,
      requestsPeak: 500,
      teamSize: 4,
      availability: 0.999,
    }),
    growth: stage('500K to 5M monthly users', ch('ch11'), { monthlyActiveUsers: 5e6, requestsPeak: 3000, teamSize: 8 }),
    scale: stage('5M to 10M monthly users', ch('ch11'), { monthlyActiveUsers: 10e6, requestsPeak: 10e3, teamSize: 15 }),
    hyper: stage('10M to 50M monthly users', ch('ch11'), { monthlyActiveUsers: 50e6, requestsPeak: 50e3, teamSize: 40 }),
    massive: stage('50M to 100M+ monthly users', ch('ch11'), { monthlyActiveUsers: 100e6, requestsPeak: 200e3, teamSize: 100 }),
    'seed-000': stage('10M monthly users in a flash sale', seed('000', 1, 'index'), {
      monthlyActiveUsers: 10e6,
      requestsPeak: 36e3,
      requestsPerVcpu: 125,
    }),
  },

  regions: (w) => [
    when(
      above('monthly active users', w.monthlyActiveUsers, 50e6, ch('ch11')),
      'three active regions',
      'the loss of a region must be survived',
      () => REGIONS,
    ),
    otherwise('one region', 'consistency across regions costs more than an outage until 50M monthly users', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const requests = rate(perDay(w.requestsPerDay), w.requestsPeak);
    const of = (part: keyof typeof MIX) => times(requests, MIX[part]);
    const orders = rate(perDay(w.ordersPerDay), w.requestsPeak * MIX.orders);
    const checkoutsPeak = world.requestsPeak * MIX.orders;
    const mustSurvive = atLeast('availability', world.availability, 0.9995, ch('ch00, ch11'));

    b.oneMachineUntil([
      above('load of one 8-vCPU app server', world.requestsPeak / (8 * world.requestsPerVcpu), 0.8, ch('ch11')),
      'one server is full; pods start in 30 to 60 s, virtual machines in 120 to 300: too slow for a sale (ch01)',
    ]);

    const perPod = { requestsPerSecond: capacity(w.requestsPerVcpu, ch('ch01, ch11')) };
    const web = (id: string, does: string) => b.service(id, { does, tier: 'web', perPod, pod: pod(1, 2, ch('ch01')) });
    const shop = b.decide<Record<Duty, PartRef>>('application', [
      when(above('engineers', world.teamSize, 20, ch('ch11')), 'extracted services', 'deploys of one team block the others', () => ({
        catalogue: web('product', 'products, categories and shops'),
        cart: web('cart', 'carts, kept in memory only'),
        search: web('search', 'search with filters'),
        account: web('user', 'accounts and login'),
        orders: web('order', 'checkout saga'),
        payment: web('payment', 'payments and webhooks, in a scope of its own'),
      })),
      otherwise('modular monolith', 'module borders now, network borders when teams need them', () => {
        const one = web('shop', 'the whole shop as one deployable');
        return { catalogue: one, cart: one, search: one, account: one, orders: one, payment: one };
      }),
      reject('microservices at launch', 'pays for distribution before there are teams to separate', ch('ch02')),
    ]);

    const mysql = { engine: 'mysql', queriesPerVcpu: capacity(375, ch('ch01, ch06 (8 vCPU: 3000 queries/s)')), maxVcpu: 8 } as const;
    const everything = { ...mysql, holds: 'users, shops, products, orders, payments, reviews', bytes: w.databaseBytes };
    const tooLarge = anyOf(
      above('rows of the orders table in five years', world.orderRows, 500e6, ch('ch06, ch11')),
      above('order writes per second at peak', 3 * checkoutsPeak, 3000, ch('ch06, ch11')),
    );
    const database = b.decide('database', [
      when(tooLarge, 'orders sharded by user, catalogue replicated', 'one table or one primary is too large', () => {
        const multiRegion = b.place.regions.length > 1;
        const orders = b.relational('orders', {
          ...mysql,
          holds: 'orders, order items, payments',
          topology: 'aurora',
          sharding: 'by hash',
          bytes: 0.72 * w.databaseBytes,
          largestTable: { rows: w.orderRows, limit: capacity(500e6, ch('ch06')) },
        });
        const catalogue = b.relational('catalogue', {
          ...mysql,
          holds: 'products, shops, users, reviews',
          topology: 'aurora',
          bytes: 0.28 * w.databaseBytes,
          // The one writer of all regions may be twice the source's server.
          maxVcpu: multiRegion ? 16 : mysql.maxVcpu,
          readersAtLeast: 2,
          multiRegion,
        });
        return { orders, catalogue };
      }),
      when(mustSurvive, 'MySQL primary, standby and replicas by purpose', 'a lost primary is back in two minutes', () => {
        const readersAtLeast = world.monthlyActiveUsers > 5e6 ? 2 : 1;
        const one = b.relational('database', { ...everything, readersAtLeast }).alarm('replication lag', 5, ch('ch10'));
        return { orders: one, catalogue: one };
      }),
      otherwise('one MySQL server', 'backups are the only must', () => {
        const one = b.relational('database', { ...everything, topology: 'single' });
        return { orders: one, catalogue: one };
      }),
      reject('a document or key-value store', 'orders and payments need transactions and joins', ch('ch06')),
    ]);

    const redis = (topology?: 'single' | 'cluster') =>
      b
        .cache('cache', {
          holds: 'catalogue cache, login state, carts (their only copy)',
          bytes: w.cacheBytes,
          opsPerNode: capacity(100e3, ch('ch01')),
          topology,
          eviction: 'volatile-ttl',
          snapshots: true,
        })
        .alarm('hit ratio', 0.9, ch('ch04'))
        .alarm('memory used', 0.85, ch('ch04'))
        .alarm('evictions', 100, ch('ch04'));
    // Without a cache nearly every request is a query; a 2-vCPU database answers 750 a second.
    const busyDatabase = above('load of a 2-vCPU database without a cache', world.requestsPeak / 750, 0.5, ch('ch11'));
    const outgrownNode = above('bytes in memory', world.cacheBytes, 16e9, ch('ch01 (16 GB node)'));
    const cache = b.decide('cache, carts and login state', [
      when(outgrownNode, 'Redis Cluster', 'the data no longer fits one node', () => redis('cluster')),
      when(allOf(busyDatabase, mustSurvive), 'Redis with failover', 'a Redis outage must not stop the shop', () => redis()),
      when(busyDatabase, 'one Redis', 'login state and catalogue reads load the database', () => redis('single')),
      otherwise('none', 'the database answers every page itself', () => undefined),
      reject('carts in MySQL', 'Redis answers below a millisecond and carts expire by themselves', ch('ch04')),
    ]);

    const slowSearch = assumed('LIKE over 100K products takes a vCPU 10 ms');
    const manyProducts = allOf(
      above('products', world.products, 100e3, ch('ch11')),
      above('searches per second at peak', world.requestsPeak * MIX.search, 100, slowSearch),
    );
    const index = b.decide('search', [
      when(manyProducts, 'Elasticsearch', 'SQL search is too slow', () =>
        // Every region searches the whole catalogue.
        b.search('product-index', {
          holds: 'products, fed asynchronously',
          bytes: world.searchBytes,
          queriesPerNode: capacity(1000, ch('ch01')),
        }),
      ),
      otherwise('SQL LIKE', 'a small catalogue is searched where it lies', () => undefined),
    ]);

    const replay = anyOf(
      above('messages per second at peak', world.messagesPeak, 10e3, ch('ch07, ch11')),
      atLeast('monthly active users', world.monthlyActiveUsers, 50e6, ch('chapter index')),
    );
    const inline = assumed('past this, inline side effects take checkout over 1 s');
    const broker = b.decide('events and side effects of checkout', [
      when(replay, 'Kafka', 'volume and replay; every producer and consumer is rewritten', () => {
        const retentionSeconds = 7 * DAY;
        const topics = QUEUES.map(({ name }) => ({ name, partitions: 24, retentionSeconds }));
        const messagesPerBroker = capacity(100e3, assumed('small messages on one broker'));
        return b.kafka('events', { topics, retentionSeconds, messagesPerBroker }).alarm('consumer lag', 10e3, ch('ch09'));
      }),
      when(above('checkouts per second at peak', checkoutsPeak, 50, inline), 'RabbitMQ', 'checkout slower than a second (ch11)', () => {
        const messagesPerBroker = capacity(20e3, assumed('persistent messages with confirms on 8 vCPU'));
        return b.rabbitmq('events', { queues: QUEUES, messagesPerBroker }).alarm('queue depth', 10e3, ch('ch09'));
      }),
      otherwise('inline', 'side effects run inside the request', () => undefined),
      reject('Kafka from the start', '100 messages per second need routing, retry and dead letters, not a log', ch('ch07')),
    ]);

    const images = b.decide('product images', [
      otherwise('S3', 'costs cents at launch and lets the machine be replaced', () =>
        b.objectStore('images', { holds: 'product images', bytes: w.imageBytes, objectBytes: 500e3 }),
      ),
      reject("the machine's disk", 'lost with the machine; the source itself moves to object storage at 100 GB', ch('ch11')),
    ]);

    // The way in: images by the edge; pages straight, through a balancer, a firewall at the edge, a gateway.
    const worthAnAttack = above('monthly active users', world.monthlyActiveUsers, 10e6, ch('ch11'));
    const cdn = b.decide('firewall', [
      when(worthAnAttack, 'WAF at the edge', 'worth an attack; API requests pass it too', () =>
        b.edge('cdn', { ...IMAGE_EDGE, firewall: true }),
      ),
      otherwise('none', 'the edge serves images only; a dollar per million API requests is saved', () => b.edge('cdn', IMAGE_EDGE)),
    ]);
    const imageRequests = times(requests, 0.3);
    b.clients.routesTo(cdn, imageRequests, { returns: 200e3 });
    cdn.reads(images, times(imageRequests, 0.05), { returns: 200e3 });
    const { selling, ...asked } = MIX;
    const share = { ...asked, catalogue: MIX.catalogue + selling, orders: MIX.orders / 2, payment: MIX.orders / 2 };
    const services = [...new Set(Object.values(shop))];
    const page = { returns: 3e3 };
    const front = b.front('web', { layer: 7, behind: worthAnAttack.fires ? cdn : undefined });
    const gateway = b.decide('API entrance', [
      when(
        above('services behind the balancer', services.length, 5, ch('ch11')),
        'API gateway',
        'authentication and rate limits in one place',
        () => {
          const proxied = capacity(8 * w.requestsPerVcpu, assumed('a proxy passes eight times what an app server computes'));
          const does = 'authentication, rate limits, routing';
          const proxy = b.service('gateway', { does, tier: 'web', perPod: { requestsPerSecond: proxied }, pod: pod(1, 1) });
          front.routesTo(proxy, requests, page);
          return proxy;
        },
      ),
      otherwise('the services themselves', 'few of them', () => undefined),
    ]);
    for (const [duty, part] of Object.entries(share) as [Duty, number][])
      if (gateway) gateway.calls(shop[duty], times(requests, part), page);
      else front.routesTo(shop[duty], times(requests, part), page);
    const guard = gateway ?? shop.account;

    // What the services do.
    const miss = cache ? 1 - w.cacheHitRatio : 1;
    if (cache) {
      // Without the cache, the catalogue is read from the replicas.
      shop.catalogue.reads(cache, of('catalogue'), { returns: 3e3, soft: true });
      shop.catalogue.writes(cache, times(of('catalogue'), miss), { sends: 3e3, soft: true });
      shop.cart.reads(cache, of('cart'), { returns: 2e3 }).writes(cache, of('cart'), { sends: 2e3 });
      guard.reads(cache, requests, { returns: 1e3 });
    } else shop.cart.writes(database.orders, of('cart'));
    shop.catalogue.reads(database.catalogue, times(of('catalogue'), miss), { returns: 3e3 }).writes(database.catalogue, of('selling'));
    shop.account.reads(database.catalogue, times(of('account'), miss));
    shop.orders.reads(database.orders, times(orders, 4)).writes(database.orders, times(orders, 3));
    // Buyers wait for no seller's upload.
    shop.catalogue.writes(images, rate(perDay(w.products * 4) / 365, perDay(w.products * 4) / 36), { sends: 500e3, soft: true });
    // Without the index, search falls back to SQL.
    if (index) shop.search.reads(index, of('search'), { returns: 5e3, soft: true });
    else shop.search.reads(database.catalogue, times(of('search'), miss), { returns: 5e3 });

    const psp = b.external('payment-provider', { does: 'card processing with hosted fields', host: 'api.stripe.com', source: ch('ch08') });
    shop.payment.calls(psp, orders);
    const email = b.channel('email', { medium: 'email', messageBytes: 10e3 });
    if (!broker) shop.orders.sends(email, times(orders, 2), { sends: 10e3 });
    else {
      const messages = rate(w.messagesPeak * (requests.average / requests.peak), w.messagesPeak);
      const consumed = capacity(150, derived(ch('ch01, ch07'), '3000 messages by 20 consumers'));
      // Without the broker, side effects run inside the request for a while.
      shop.orders.publishes(broker, messages, { soft: true });
      for (const { name, does, share } of QUEUES) {
        const taken = times(messages, share);
        const worker = b.worker(`${name}-worker`, does, consumed).consumes(broker, taken, { queue: name });
        if (name === 'orders') worker.writes(database.orders, orders);
        if (name === 'notifications') worker.sends(email, times(orders, 2), { sends: 10e3 });
        if (name === 'search' && index) worker.writes(index, taken, { sends: 2e3 });
      }
    }

    const sweep = b.job('payment-sweep', {
      does: 'cancels orders whose payment is pending over 900 s and frees the stock',
      tier: broker ? 'workers' : 'web',
      schedule: '*/5 * * * *',
      pod: pod(0.25, 0.25),
      source: ch('ch08'),
    });
    sweep.reads(database.orders, rate(1, 10)).calls(psp, rate(0.01, 1));
  },

  claims: [
    claim('launch-cost', 'launch', 'launch stage, per month', 50, 'USD/month', seed('000', 1, 'highlights')).against(
      (e) => e.monthly({ section: 'aws' }),
      'The claim counts one rented server; ours adds a managed database with backups, image delivery and monitoring.',
    ),
    claim(
      'ten-million-cost',
      'scale',
      '10M monthly users, per month',
      [5e3, 15e3],
      'USD/month',
      seed('000', 1, 'comparison table'),
    ).against(
      (e) => e.monthly({ section: 'aws' }),
      'Images alone are 6.5 TB a day, 195 TB a month (ch01): at list price their delivery costs more than the whole claim.',
    ),
    claim('massive-cost', 'massive', '100M users, per month, at least', 200e3, 'USD/month', seed('000', 1, 'highlights')).against(
      (e) => e.monthly({ section: 'aws' }),
      'Three full regions; delivery of 65 TB of images a day is the largest line.',
    ),
    claim('flash-requests', 'seed-000', 'requests per second in a flash sale', 36e3, 'requests/s', seed('000', 1, 'index')).against(
      (e) => perDay(e.figure('dailyActiveUsers') * 36) * 3 * 10,
      '3M daily users x 36 calls / 86400 s = 1250/s on average, x 3 at peak, x 10 in the sale = 37.5K.',
    ),
    claim('order-shards', 'massive', 'order shards in all regions', 16, 'shards', ch('ch06')).against(
      (e) => e.shards('orders'),
      '24K order writes/s over primaries of 3000/s at 70 %; by rows alone (2.74B at 500M a table) six shards would do.',
    ),
  ],
});
