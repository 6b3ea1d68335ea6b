import { when, otherwise } from '../plan/decision';
import type { Region } from '../plan/blueprint';
import { assumed, capacity, derived, seed } from '../plan/source';
import { pod } from '../plan/sizing/service';
import { HOME_REGION, oneRegion, system } from '../plan/system';
import { above, allOf, anyOf, atLeast } from '../plan/trigger';
import { DAY, perDay, rate, times } from '../plan/units';
import { Workload } from '../plan/workload';

const ch = (chapter: string) => seed('000', 1, chapter);
const perUser = derived(ch('ch00-ch01'), 'reference figure divided by 10M monthly users');

const workload = Workload.of({
  availability: { unit: 'ratio', description: 'share of time the shop answers', value: 0.9995, source: ch('ch00') },
  monthlyActiveUsers: { unit: 'users', description: 'people who visit in a month' },
  teamSize: { unit: 'people', description: 'engineers who deploy to it', value: 15, source: ch('ch11') },
  requestsPerVcpu: {
    unit: 'per second each',
    description: 'API requests one vCPU of an app server answers',
    value: 375,
    source: ch('ch11 (8 vCPU: 3000/s)'),
  },
  cacheHitRatio: { unit: 'ratio', description: 'catalogue reads answered by the cache', value: 0.95, source: ch('ch01') },
})
  .and({
    dailyActiveUsers: {
      unit: 'users',
      description: 'people who visit in a day',
      value: (w) => 0.3 * w.monthlyActiveUsers,
      source: perUser,
    },
    products: { unit: 'items', description: 'products on offer', value: (w) => 0.5 * w.monthlyActiveUsers, source: perUser },
    ordersPerDay: { unit: 'per day', description: 'orders placed', value: (w) => 0.015 * w.monthlyActiveUsers, source: perUser },
    imageBytes: { unit: 'bytes', description: 'product images stored', value: (w) => 1e6 * w.monthlyActiveUsers, source: perUser },
    cacheBytes: {
      unit: 'bytes',
      description: 'catalogue cache, carts and login state in memory',
      value: (w) => 2700 * w.monthlyActiveUsers,
      source: perUser,
    },
    databaseBytes: {
      unit: 'bytes',
      description: 'rows and indexes after five years',
      value: (w) => 47.7e3 * w.monthlyActiveUsers,
      source: perUser,
    },
    searchBytes: {
      unit: 'bytes',
      description: 'search index without replicas',
      value: (w) => 5000 * w.monthlyActiveUsers,
      source: perUser,
    },
  })
  .and({
    requestsPerDay: {
      unit: 'per day',
      description: 'API requests: 12 pages a visit, 3 calls a page',
      value: (w) => w.dailyActiveUsers * 36,
      source: ch('ch01'),
    },
    orderRows: {
      unit: 'items',
      description: 'rows of the orders table after five years',
      value: (w) => w.ordersPerDay * 365 * 5,
      source: ch('ch06'),
    },
  })
  .and({
    requestsPeak: {
      unit: 'per second',
      description: 'API requests at the busiest moment',
      value: (w) => 3 * perDay(w.requestsPerDay),
      source: ch('ch01 (peak is three times the average)'),
    },
  })
  .and({
    messagesPeak: {
      unit: 'per second',
      description: 'events published at the busiest moment',
      value: (w) => 0.08 * w.requestsPeak,
      source: derived(ch('ch01, ch07'), '3000 messages at 37.5K requests'),
    },
  });

/** Requests by what they ask for (000#1 ch01). */
const MIX = { catalogue: 0.6, cart: 0.15, account: 0.1, search: 0.1, orders: 0.03, selling: 0.02 };
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.4, role: 'active' },
  { name: 'eu-west-1', share: 0.35, role: 'active' },
  { name: 'me-south-1', share: 0.25, role: 'active' },
];

export default system('marketplace', {
  title: 'High-scale multi-vendor marketplace',
  summary: 'Many-seller shop with catalogue, search, cart, checkout and payouts; read-dominated, with tenfold flash-sale bursts.',
  aliases: ['shop'],
  sources: [{ seed: '000', row: 1 }],
  workload,

  stages: {
    launch: {
      title: '0 to 10K monthly users',
      source: ch('ch11'),
      figures: { monthlyActiveUsers: 10e3, requestsPeak: 100, ordersPerDay: 50, products: 10e3, teamSize: 2, availability: 0.99 },
    },
    traction: {
      title: '10K to 500K monthly users',
      source: ch('ch11'),
      figures: { monthlyActiveUsers: 500e3, requestsPeak: 500, teamSize: 4, availability: 0.999 },
    },
    growth: {
      title: '500K to 5M monthly users',
      source: ch('ch11'),
      figures: { monthlyActiveUsers: 5e6, requestsPeak: 3000, teamSize: 8 },
    },
    scale: {
      title: '5M to 10M monthly users',
      source: ch('ch11'),
      figures: { monthlyActiveUsers: 10e6, requestsPeak: 10e3, teamSize: 15 },
    },
    hyper: {
      title: '10M to 50M monthly users',
      source: ch('ch11'),
      figures: { monthlyActiveUsers: 50e6, requestsPeak: 50e3, teamSize: 40 },
    },
    massive: {
      title: '50M to 100M+ monthly users',
      source: ch('ch11'),
      figures: { monthlyActiveUsers: 100e6, requestsPeak: 200e3, teamSize: 100 },
    },
    'seed-000': {
      title: '10M monthly users with a flash sale',
      source: seed('000', 1, 'index'),
      figures: { monthlyActiveUsers: 10e6, requestsPeak: 36e3, requestsPerVcpu: 125, teamSize: 15 },
    },
  },

  regions: (w) => [
    when(
      above('monthly active users', w.monthlyActiveUsers, 50e6, ch('ch11')),
      'three active regions',
      'the loss of a region must be survived',
      () => REGIONS,
    ),
    otherwise('one region', 'cross-region consistency costs more than an outage until 50M monthly users', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const requests = rate(perDay(w.requestsPerDay), w.requestsPeak);
    const of = (part: keyof typeof MIX) => times(requests, MIX[part]);
    const orders = rate(perDay(w.ordersPerDay), w.requestsPeak * MIX.orders);
    const messages = rate((w.messagesPeak * requests.average) / requests.peak, w.messagesPeak);

    b.decide(
      'compute',
      [
        when(
          above('load of one 8-vCPU app server', world.requestsPeak / (8 * w.requestsPerVcpu), 0.8, ch('ch11')),
          'Kubernetes behind a load balancer',
          'one server is full',
          () => b.onKubernetes(),
        ),
        otherwise('one machine with k3s', 'one server carries the load; no balancer, no control plane to pay', () => b.onOneBox()),
      ],
      [
        {
          name: 'virtual machines in a scaling group',
          because: 'start in 120 to 300 s where pods take 30 to 60 s, too slow for a sale',
          source: ch('ch01'),
        },
      ],
    );

    const perPod = { requestsPerSecond: capacity(w.requestsPerVcpu, ch('ch01, ch11')) };
    const web = (id: string, does: string) =>
      b.service(id, { does, protocol: 'http', tier: 'web', perPod, pod: pod(1, 2, ch('ch01 (2 GB a vCPU)')) });
    const shop = b.decide(
      'application',
      [
        when(above('engineers', w.teamSize, 20, ch('ch11')), 'extracted services', 'deploys of one team block the others', () => ({
          catalogue: web('product', 'products, categories and shops'),
          cart: web('cart', 'carts, kept in memory only'),
          search: web('search', 'search with filters'),
          account: web('user', 'accounts and login'),
          orders: web('order', 'checkout saga'),
          payment: web('payment', 'payments and webhooks, in a scope of its own'),
        })),
        otherwise('modular monolith', 'one team; module borders now, network borders when teams need them', () => {
          const shop = web('shop', 'the whole shop as one deployable');
          return { catalogue: shop, cart: shop, search: shop, account: shop, orders: shop, payment: shop };
        }),
      ],
      [{ name: 'microservices at launch', because: 'pays for distribution before there are teams to separate', source: ch('ch02') }],
    );
    const extracted = shop.orders !== shop.catalogue;

    const database = b.decide(
      'database',
      [
        when(
          anyOf(
            above('rows of the orders table in five years', world.orderRows, 500e6, ch('ch06, ch11')),
            above('writes per second at peak', world.requestsPeak * MIX.orders * 3, 3000, ch('ch11')),
          ),
          'orders sharded by user, catalogue replicated',
          'one table or one primary is too large',
          () => ({
            orders: b.relational('orders', {
              holds: 'orders, order items, payments',
              engine: 'mysql',
              topology: 'aurora',
              sharding: 'by hash',
              maxVcpu: 8,
              bytes: w.databaseBytes * 0.72,
              queriesPerVcpu,
              largestTable: { rows: w.orderRows, limit: capacity(500e6, ch('ch06')) },
            }),
            catalogue: b.relational('catalogue', {
              holds: 'products, shops, users, reviews',
              engine: 'mysql',
              topology: 'aurora',
              sharding: 'never',
              bytes: w.databaseBytes * 0.28,
              queriesPerVcpu,
              readersAtLeast: 2,
              multiRegion: b.place.regions.length > 1,
            }),
          }),
        ),
        when(
          atLeast('availability', w.availability, 0.9995, ch('ch00')),
          'MySQL primary with standby and replicas by purpose',
          'a lost primary must be back within two minutes',
          () => {
            const one = b.relational('database', {
              holds: 'users, shops, products, orders, payments, reviews',
              engine: 'mysql',
              topology: 'multi-az',
              sharding: 'never',
              bytes: w.databaseBytes,
              queriesPerVcpu,
              readersAtLeast: world.monthlyActiveUsers > 5e6 ? 2 : 1,
              maxVcpu: 8,
            });
            return { orders: one, catalogue: one };
          },
        ),
        otherwise('one MySQL server', 'backups are the only must', () => {
          const one = b.relational('database', {
            holds: 'users, shops, products, orders, payments, reviews',
            engine: 'mysql',
            topology: 'single',
            sharding: 'never',
            bytes: w.databaseBytes,
            queriesPerVcpu,
          });
          return { orders: one, catalogue: one };
        }),
      ],
      [{ name: 'DynamoDB or a document store', because: 'orders and payments need transactions and joins', source: ch('ch06') }],
    );

    const cache = b.decide(
      'cache, carts and login state',
      [
        when(
          above('bytes in memory', world.cacheBytes, 16e9, ch('ch01 (16 GB node)')),
          'Redis Cluster',
          'the data no longer fits one node',
          () => b.cache('cache', { ...memory, bytes: w.cacheBytes, topology: 'cluster' }),
        ),
        when(
          allOf(needsCache(world), atLeast('availability', w.availability, 0.9995, ch('ch11'))),
          'Redis with failover',
          'a Redis outage must not stop the shop',
          () => b.cache('cache', { ...memory, bytes: w.cacheBytes, topology: 'failover' }),
        ),
        when(needsCache(world), 'one Redis', 'login state and catalogue reads load the database', () =>
          b.cache('cache', { ...memory, bytes: w.cacheBytes, topology: 'single' }),
        ),
        otherwise('none', 'the database answers every page itself', () => undefined),
      ],
      [
        {
          name: 'MySQL carts',
          because: 'sub-millisecond access and natural expiry; a copy for logged-in users is the hindsight',
          source: ch('ch04'),
        },
      ],
    );

    const index = b.decide('search', [
      when(
        allOf(
          above('products', world.products, 100e3, ch('ch11')),
          above(
            'searches per second at peak',
            world.requestsPeak * MIX.search,
            100,
            assumed('LIKE over 100K products takes a vCPU about 10 ms'),
          ),
        ),
        'Elasticsearch',
        'SQL search is too slow',
        () =>
          b.search('product-index', {
            holds: 'product index, fed asynchronously',
            bytes: w.searchBytes,
            queriesPerNode: capacity(1000, ch('ch01')),
          }),
      ),
      otherwise('SQL LIKE', 'a small catalogue is searched where it lies', () => undefined),
    ]);

    const broker = b.decide(
      'events and side effects of checkout',
      [
        when(
          anyOf(
            above('messages per second at peak', world.messagesPeak, 10e3, ch('ch07, ch11')),
            atLeast('monthly active users', world.monthlyActiveUsers, 50e6, ch('chapter index')),
          ),
          'Kafka',
          'replay and volume; every producer and consumer is rewritten',
          () =>
            b.kafka('events', {
              topics: QUEUES.map(({ name }) => ({ name, partitions: 24, retentionSeconds: 7 * DAY })),
              retentionSeconds: 7 * DAY,
              messagesPerBroker: capacity(100e3, assumed('a broker of three takes 100K small messages per second')),
            }),
        ),
        when(
          above(
            'checkouts per second at peak',
            world.requestsPeak * MIX.orders,
            50,
            assumed('with 50 checkouts per second inline side effects push checkout above 1 s'),
          ),
          'RabbitMQ',
          'checkout slower than a second (000#1 ch11)',
          () =>
            b.rabbitmq('events', {
              queues: QUEUES,
              messagesPerBroker: capacity(20e3, assumed('persistent messages with publisher confirms on 8 vCPU')),
            }),
        ),
        otherwise('inline', 'side effects run inside the request', () => undefined),
      ],
      [
        {
          name: 'Kafka from the start',
          because: '100 messages per second need routing, retry and dead letters, not a log',
          source: ch('ch07'),
        },
      ],
    );

    const images = b.decide(
      'product images',
      [
        otherwise('S3', 'costs cents at launch and lets the machine be replaced', () =>
          b.objectStore('images', { holds: 'product images', bytes: w.imageBytes, objectBytes: 500e3 }),
        ),
      ],
      [{ name: "the machine's disk", because: 'lost with the machine; the source moves to object storage at 100 GB', source: ch('ch11') }],
    );

    const imageRequests = times(requests, 0.3);
    const cdn = b.edge('cdn', {
      serves: 'images and static files',
      ttlSeconds: DAY,
      hitRatio: 0.95,
      firewall: world.monthlyActiveUsers > 10e6,
    });
    cdn.reads(images, times(imageRequests, 0.05), { returns: 200e3 });
    b.clients.routesTo(cdn, imageRequests, { returns: 200e3 });

    const services = extracted ? [shop.catalogue, shop.cart, shop.search, shop.account, shop.orders, shop.payment] : [shop.catalogue];
    const shares = extracted ? [MIX.catalogue + MIX.selling, MIX.cart, MIX.search, MIX.account, MIX.orders / 2, MIX.orders / 2] : [1];
    const front = b.platform === 'k3s' ? b.clients : b.loadBalancer('web', { layer: 7 });
    const entrance = b.decide('API entrance', [
      when(
        above('services behind the balancer', services.length, 5, ch('ch11')),
        'API gateway',
        'authentication and rate limits in one place',
        () => {
          const gateway = b.service('gateway', {
            does: 'authentication, rate limits, routing',
            protocol: 'http',
            tier: 'web',
            perPod: {
              requestsPerSecond: capacity(w.requestsPerVcpu * 8, assumed('a proxy passes eight times what an app server computes')),
            },
            pod: pod(1, 1),
          });
          front.routesTo(gateway, requests, { returns: 3e3 });
          return gateway;
        },
      ),
      otherwise(b.platform === 'k3s' ? 'straight to the machine' : 'the balancer alone', 'few services', () => front),
    ]);
    if (front !== b.clients) (b.clients.routesTo(cdn, requests, { returns: 3e3 }), cdn.routesTo(front, requests, { returns: 3e3 }));
    services.forEach((service, i) =>
      entrance === front
        ? entrance.routesTo(service, times(requests, shares[i]!), { returns: 3e3 })
        : entrance.calls(service, times(requests, shares[i]!), { returns: 3e3 }),
    );

    const miss = cache ? 1 - w.cacheHitRatio : 1;
    if (cache) {
      shop.catalogue.reads(cache, of('catalogue'), { returns: 3e3 }).writes(cache, times(of('catalogue'), miss), { sends: 3e3 });
      shop.cart.reads(cache, of('cart'), { returns: 2e3 }).writes(cache, of('cart'), { sends: 2e3 });
      shop.account.reads(cache, requests, { returns: 1e3 });
      cache
        .alarm('hit ratio', 0.9, ch('ch04'))
        .alarm('memory used', 0.85, ch('ch04'))
        .alarm('evictions', 100, ch('ch04'))
        .alarm('connections', 800, ch('ch04'));
    }
    shop.catalogue.reads(database.catalogue, times(of('catalogue'), miss), { returns: 3e3 }).writes(database.catalogue, of('selling'));
    shop.account.reads(database.catalogue, times(of('account'), miss));
    if (!cache) shop.cart.writes(database.orders, of('cart'));
    shop.orders.reads(database.orders, times(orders, 4)).writes(database.orders, times(orders, 3));
    if (b.place.zones > 1) database.orders.alarm('replication lag', 5, ch('ch10'));
    shop.catalogue.writes(images, rate(perDay(w.products * 4) / 365, perDay(w.products * 4) / 36), { sends: 500e3 });
    if (index) shop.search.reads(index, of('search'), { returns: 5e3 });
    else shop.search.reads(database.catalogue, times(of('search'), miss), { returns: 5e3 });

    const psp = b.external('payment-provider', {
      does: 'card processing with hosted fields; a second provider stands by',
      host: 'api.stripe.com',
      source: ch('ch08'),
    });
    shop.payment.calls(psp, orders);
    const email = b.channel('email', { medium: 'email', messageBytes: 10e3 });
    if (!broker) shop.orders.sends(email, times(orders, 2), { sends: 10e3 });
    else {
      shop.orders.publishes(broker, messages);
      QUEUES.forEach(({ name, share, does }) => {
        const worker = b.service(`${name}-worker`, {
          does,
          protocol: 'worker',
          tier: 'workers',
          scaleOn: 'queue depth',
          perPod: { messagesPerSecond: capacity(150, derived(ch('ch01, ch07'), '3000 messages by 20 consumers')) },
          pod: pod(0.25, 0.5),
        });
        worker.consumes(broker, times(messages, share));
        if (name === 'orders') worker.writes(database.orders, orders);
        if (name === 'notifications') worker.sends(email, times(orders, 2), { sends: 10e3 });
        if (name === 'search' && index) worker.writes(index, times(messages, share), { sends: 2e3 });
      });
      broker.alarm('queue depth', 10e3, ch('ch09')).alarm('oldest message', 4 * 3600, ch('ch07'));
    }
    const sweep = b.job('payment-sweep', {
      does: 'cancels orders whose payment is pending over 900 s and frees the stock',
      tier: extracted || broker ? 'workers' : 'web',
      schedule: '*/5 * * * *',
      pod: pod(0.25, 0.25),
      source: ch('ch08'),
    });
    sweep.reads(database.orders, rate(1, 10)).calls(psp, rate(0.01, 1));
  },

  claims: [
    {
      id: 'launch-cost',
      stage: 'launch',
      what: 'launch stage, per month',
      claimed: 50,
      unit: 'USD/month',
      source: seed('000', 1, 'highlights'),
      estimated: (e) => e.monthly({ section: 'aws' }),
      why: 'The claim counts one rented server; ours adds a managed database with backups, image egress and monitoring.',
    },
    {
      id: 'ten-million-cost',
      stage: 'scale',
      what: '10M monthly users, per month',
      claimed: [5e3, 15e3],
      unit: 'USD/month',
      source: seed('000', 1, 'comparison table'),
      estimated: (e) => e.monthly({ section: 'aws' }),
      why: 'Image egress alone is 195 TB a month at 6.5 TB a day; list prices of the CDN dominate.',
    },
    {
      id: 'massive-cost',
      stage: 'massive',
      what: '100M users, per month, at least',
      claimed: 200e3,
      unit: 'USD/month',
      source: seed('000', 1, 'highlights'),
      estimated: (e) => e.monthly({ section: 'aws' }),
      why: 'Three full regions; egress of 65 TB a day is the largest line.',
    },
    {
      id: 'flash-rps',
      stage: 'seed-000',
      what: 'requests per second in a flash sale',
      claimed: 36e3,
      unit: 'requests/s',
      source: seed('000', 1, 'index'),
      estimated: (e) => ((e.figure('dailyActiveUsers') * 36) / DAY) * 30,
      why: '3M daily users x 36 calls / 86400 s = 1250/s; x 3 at peak x 10 in the sale = 37.5K.',
    },
    {
      id: 'shards',
      stage: 'massive',
      what: 'order shards, all regions',
      claimed: 16,
      unit: 'shards',
      source: ch('ch06'),
      estimated: (e) => e.parts('orders').reduce((n, p) => n + (p.kind === 'relational' ? p.shards : 0), 0),
      why: '2.74B order rows in five years need six shards at 500M rows; three regions round up separately.',
    },
  ],
});

const queriesPerVcpu = capacity(375, ch('ch01, ch06 (8 vCPU: 3000 queries/s)'));
const memory = {
  holds: 'catalogue cache, login state, carts (their only copy)',
  opsPerNode: capacity(100e3, ch('ch01')),
  eviction: 'volatile-ttl',
  snapshots: true,
} as const;
/** Without a cache every catalogue read is a query; two vCPUs answer 750 per second. */
const needsCache = (w: { requestsPeak: number }) =>
  above('load of a 2-vCPU database without a cache', (w.requestsPeak * 0.98) / 750, 0.5, ch('ch11'));
const QUEUES = [
  { name: 'orders', does: 'settles stock and payment of new orders', share: 0.25, deadLetter: true, maxRetry: 5 },
  { name: 'notifications', does: 'order e-mails', share: 0.25, deadLetter: true, maxRetry: 3, ttlSeconds: DAY },
  { name: 'search', does: 'keeps the product index fresh', share: 0.25, deadLetter: true, maxRetry: 3, ttlSeconds: 3600 },
  { name: 'analytics', does: 'counts views and sales', share: 0.25, deadLetter: false, maxRetry: 1, ttlSeconds: 21_600 },
];
