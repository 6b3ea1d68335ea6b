import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { partitionsFor } from '../plan/sizing/kafka-partitions';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 5, chapter);
const ours = assumed('a stage of our own: the playbook gives no figures for one');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that buyers can check out', 0.9995, ch('ch1')),
  checkoutsPeak: figure('per second', 'checkouts at the busiest moment, a flash sale'),
  saleFactor: figure(
    'ratio',
    'checkouts of a sale over the average',
    30,
    assumed('a sale brings in a minute what half an hour brings else'),
  ),
  skus: figure('items', 'articles on sale'),
  reservationSeconds: figure('seconds', 'time that stock is kept for a buyer', 900, ch('ch1')),
  linesPerOrder: figure('each', 'different articles of an order', 2, assumed('most carts hold one or two')),
  pagesPerCheckout: figure('each', 'pages looked at for each checkout', 50, assumed('two in a hundred page views are a checkout')),
  pagesPerCheckoutInSale: figure('each', 'pages looked at for each checkout of a sale', 10, assumed('buyers know what they came for')),
  hottestSkuShare: figure('ratio', 'checkouts of a sale that want the same article', 0.1, assumed('what the sale is about')),
  capturedShare: figure('ratio', 'reservations that are paid', 0.7, ch('ch4')),
  providerSeconds: figure('seconds', 'time the payment provider takes', 0.8, ch('ch1')),
}).and({
  checkoutsAverage: figure('per second', 'checkouts on average', (w) => w.checkoutsPeak / w.saleFactor, assumed('sales are short')),
  pagesPeak: figure(
    'per second',
    'pages at the busiest moment',
    (w) => w.pagesPerCheckoutInSale * w.checkoutsPeak,
    assumed('a sale is busier than any browsing'),
  ),
  liveReservations: figure(
    'items',
    'reservations open at once in a sale',
    (w) => w.checkoutsPeak * w.reservationSeconds,
    derived(ch('ch1'), 'none completes early'),
  ),
  hottestSkuPeak: figure('per second', 'checkouts for one article', (w) => w.hottestSkuShare * w.checkoutsPeak, ch('ch3')),
});

/** "Stock and orders per region, global catalog" (ch3); shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.6, role: 'active' },
  { name: 'eu-west-1', share: 0.4, role: 'active' },
];

/** Rows of an order with its items, payment and history, indexes included: assumed. */
const ORDER_BYTES = 5e3;
/** Orders can be looked at for a year; tax law asks for seven. Both assumed. */
const YEARS = { online: 1, archived: 7 };
const PRODUCT_BYTES = 2e3;
const NOTIFIED = capacity(200, assumed('renders and sends'));
const QUERIES_PER_VCPU = capacity(375, assumed('short transactions on one row; marketplace (000#1 ch06) measures 3000/s on 8 vCPU'));

export default system('ecommerce', {
  title: 'E-commerce marketplace',
  summary:
    'Catalogue, cart, stock reservation, payment and order of many merchants; nothing is sold twice or charged twice in a flash sale.',
  aliases: ['online-shop', 'checkout'],
  sources: [{ seed: '001', row: 5 }],
  workload,
  headline: { peak: 'checkoutsPeak' },

  stages: {
    launch: stage('one checkout a second, 10K articles', ours, { checkoutsPeak: 1, skus: 10e3, availability: 0.99 }),
    growth: stage('100 checkouts a second, 500K articles', ours, { checkoutsPeak: 100, skus: 500e3 }),
    scale: stage('200K checkouts a minute, 10M articles', ch('ch1'), { checkoutsPeak: 200e3 / 60, skus: 10e6 }),
    'seed-001': stage('500K checkouts a minute, 10M articles', seed('001', 5), { checkoutsPeak: 500e3 / 60, skus: 10e6 }),
  },

  regions: (w) => [
    when(
      above('checkouts a second in a sale', w.checkoutsPeak, 5000, assumed('past this an outage of the one region is the news of the day')),
      'two active regions, stock and orders in each',
      'a warehouse belongs to one region; the catalogue is the same in both, and only empty stock asks the other',
      () => REGIONS,
    ),
    otherwise('one region', 'one place knows how much is left', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const checkouts = rate(w.checkoutsAverage, w.checkoutsPeak);
    const orders = times(checkouts, w.capturedShare);
    const pages = rate(w.pagesPerCheckout * w.checkoutsAverage, w.pagesPeak);
    const lines = times(checkouts, w.linesPerOrder);
    const sale = above(
      'checkouts a second in a sale',
      world.checkoutsPeak,
      1000,
      assumed('a tenth of a second of waiting is a hundred buyers'),
    );

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.999, ch('ch1')), 'a lost machine must not stop sales'],
      [above('pages per second at peak', world.pagesPeak, 200, assumed('pages fill two vCPU')), 'one machine is full'],
    );

    // On the one machine all of it is asked for a page now and then.
    const web = (id: string, does: string, requests: number, why: string) =>
      b.service(id, {
        does,
        tier: 'web',
        perPod: { requestsPerSecond: capacity(requests, assumed(why)) },
        pod: pod(1, 1),
      });
    const catalog = web('catalog', 'products, search and facets', 500, 'two reads and a rendering on one vCPU');
    const cart = web('cart', 'carts, totals validated by the server', 1000, 'one command to Redis');
    const checkout = web(
      'checkout',
      'saga: validate, reserve, tax and shipping, authorise, create order; compensates on failure',
      100,
      'six calls and a state written after each',
    );
    const inventory = web('inventory', 'reserves, releases and decrements stock', 500, 'one conditional update');
    const order = web('order', 'state of orders, splits a mixed cart into shipments', 250, 'one transaction and one event');

    const postgres = {
      engine: 'postgres',
      topology: 'multi-az',
      strongReads: true,
      queriesPerVcpu: QUERIES_PER_VCPU,
      pitrDays: 35,
      maxVcpu: 16,
    } as const;
    const orderBytes = w.checkoutsAverage * w.capturedShare * DAY * 365 * YEARS.online * ORDER_BYTES;
    const recentOrders = capacity(w.checkoutsAverage * DAY * 7 * ORDER_BYTES + 2e9, assumed('a week of orders, and 2 GB for the server'));
    const stockBytes = 1e3 * w.skus + 300 * w.liveReservations * w.linesPerOrder;
    const large = above(
      'writes of stock and orders per second at peak',
      9 * world.linesPerOrder * world.checkoutsPeak,
      3000,
      assumed('half of what 16 vCPU take'),
    );
    const { stock, ledger } = b.decide('orders and stock', [
      when(
        large,
        'stock sharded by article, orders by buyer',
        'a reservation touches one article, an order one buyer; no commit spans shards',
        () => ({
          stock: b.relational('stock', {
            ...postgres,
            holds: 'available and reserved by article and warehouse, reservations',
            bytes: stockBytes,
            hotBytes: capacity(stockBytes, assumed('all of it is asked for')),
            sharding: 'by hash',
          }),
          ledger: b.relational('orders', {
            ...postgres,
            holds: 'orders, items, payments by idempotency key, products',
            bytes: orderBytes + PRODUCT_BYTES * w.skus,
            hotBytes: recentOrders,
            sharding: 'by hash',
            readersAtLeast: 1,
          }),
        }),
      ),
      otherwise('one PostgreSQL', 'stock, order and payment commit together', () => {
        const bytes = stockBytes + orderBytes + PRODUCT_BYTES * w.skus;
        const topology = world.availability >= 0.999 ? 'multi-az' : 'single';
        const one = b.relational('database', {
          ...postgres,
          topology,
          holds: 'products, stock, reservations, orders, payments',
          bytes,
          hotBytes: recentOrders,
        });
        return { stock: one, ledger: one };
      }),
      reject('two-phase commit', 'holds locks while a payment provider thinks for a second; a saga compensates', ch('ch3')),
    ]);
    const rowLimit = assumed('an update under a lock, with its commit on two disks, takes a row about 2 ms');
    b.decide('the article of the sale', [
      when(
        above('checkouts a second for one article', world.hottestSkuPeak, 400, rowLimit),
        'its stock in many rows',
        'each reservation takes one of a hundred rows; what is left over is swept together',
        () => undefined,
      ),
      otherwise('one row an article', 'a conditional update that fails when stock is short', () => undefined),
      reject('a lock outside the database', 'a second truth beside the count', ch('README')),
      reject('counting in Redis alone', 'what it forgets in a failover is sold twice', ch('ch3')),
      reject('decrement when the order ships', 'a reservation of 15 minutes keeps the promise of the product page', ch('ch2')),
    ]);
    stock.alarm('cpu', 0.7, assumed('rows stay locked longer when the processor waits'));

    const redis = (topology?: 'cluster') =>
      b
        .cache('cache', {
          holds: 'carts (their only copy), hot stock and products, tax and exchange rates',
          bytes: 2e3 * Math.min(w.skus, 1e6) + 1e3 * (w.liveReservations / w.capturedShare) + 200e6,
          opsPerNode: capacity(100e3, assumed('reads and writes of a kilobyte on one core')),
          topology,
          eviction: 'volatile-ttl',
          snapshots: true,
        })
        .alarm('memory used', 0.8, assumed('carts must not be evicted'));
    const lookUps = above(
      'pages per second at peak',
      world.pagesPeak,
      20e3,
      assumed('three commands a page are half of what a node answers'),
    );
    const cache = b.decide('carts and hot products', [
      when(lookUps, 'Redis Cluster', 'more commands than one node answers', () => redis('cluster')),
      when(atLeast('availability', world.availability, 0.999, ch('ch2')), 'Redis', 'carts answer below a millisecond', () => redis()),
      otherwise('none', 'carts lie in the database', () => undefined),
    ]);
    const manyProducts = above('articles', world.skus, 100e3, assumed('LIKE over 100K rows takes 10 ms of a vCPU'));
    const index = b.decide('product search', [
      when(manyProducts, 'Elasticsearch', 'full text and facets on brand, price and rating; a second behind the database', () =>
        b.search('products', {
          holds: 'products with facets',
          bytes: 5e3 * w.skus,
          queriesPerNode: capacity(1000, assumed('as measured in 000#1 ch01')),
        }),
      ),
      otherwise('SQL', 'a small catalogue is searched where it lies', () => undefined),
    ]);

    // Way in: images by the edge, in a sale everything, behind a firewall.
    const images = b.objectStore('images', { holds: 'product images and documents', bytes: 1e6 * w.skus, objectBytes: 200e3 });
    const edge = { serves: 'images and static files', ttlSeconds: DAY, hitRatio: 0.97 };
    const cdn = b.decide('bots and crowds', [
      when(sale, 'firewall at the edge', 'addresses that ask too often, and known bots, are refused before they reach the shop', () =>
        b.edge('cdn', { ...edge, firewall: true }),
      ),
      otherwise('limits in the services', 'nobody scripts a small shop', () => b.edge('cdn', edge)),
      reject('a waiting room', 'turns are given by the shop, which knows what checkout takes; the fleets carry the whole sale', ch('ch2')),
      reject('a lottery', 'for a handful of articles that cannot be restocked; a rule of the shop, not of the system', ch('ch3')),
    ]);
    const pictures = times(pages, 2);
    b.clients.routesTo(cdn, pictures, { returns: 100e3 });
    cdn.reads(images, times(pictures, 1 - edge.hitRatio), { returns: 100e3 });
    const front = b
      .front('web', { layer: 7, behind: sale.fires ? cdn : undefined, drainSeconds: 60 })
      .alarm('latency p99', 1, ch('ch1 (p95 200 ms without the provider)'));
    front
      .routesTo(catalog, pages, { returns: 20e3 })
      .routesTo(cart, times(checkouts, 4), { sends: 1e3, returns: 2e3 })
      .routesTo(checkout, checkouts, { sends: 2e3, returns: 1e3 })
      .routesTo(order, times(orders, 2), { returns: 3e3 });

    const searches = times(pages, 0.1);
    const fromDatabase = times(pages, cache ? 0.05 : 1);
    if (cache) {
      catalog.reads(cache, pages, { returns: 2e3, soft: true }).writes(cache, fromDatabase, { sends: 2e3, soft: true });
      cart.reads(cache, times(checkouts, 4), { returns: 1e3 }).writes(cache, times(checkouts, 3), { sends: 1e3 });
    } else cart.reads(ledger, times(checkouts, 4), { returns: 1e3 }).writes(ledger, times(checkouts, 3), { sends: 1e3 });
    catalog.reads(ledger, fromDatabase, { returns: 2e3 });
    catalog.reads(index ?? ledger, searches, { returns: 10e3, soft: Boolean(index) });
    // What merchants change: assumed, one article in twenty a day, and a picture with one change in ten.
    const edits = rate((0.05 * w.skus) / DAY, (0.25 * w.skus) / DAY);
    front.routesTo(catalog, edits, { sends: PRODUCT_BYTES });
    catalog.writes(ledger, edits, { sends: PRODUCT_BYTES, soft: true }).writes(images, times(edits, 0.1), { sends: 200e3, soft: true });
    if (index) catalog.writes(index, edits, { sends: PRODUCT_BYTES, soft: true });

    // The saga. What a cart remembers of prices is looked up again; tax and shipping fall back to what is cached or estimated.
    checkout
      .calls(cart, checkouts, { returns: 1e3 })
      .calls(inventory, lines)
      .calls(catalog, checkouts, { sends: 200, returns: 1e3 })
      .calls(order, checkouts, { sends: 2e3 })
      .writes(ledger, times(checkouts, 2), { sends: 1e3 });
    catalog.reads(ledger, checkouts, { returns: 1e3 });
    inventory.writes(stock, times(lines, 3)).reads(stock, lines);
    if (cache) inventory.reads(cache, lines, { soft: true }).writes(cache, lines, { soft: true, sends: 100 });
    const taxes = b.external('taxes', { does: 'tax of uncommon postcodes', host: 'rest.avatax.com', source: ch('ch2') });
    const carriers = b.external('carriers', { does: 'rates, labels, tracking', host: 'apis.fedex.com', source: ch('ch2') });
    checkout.calls(taxes, times(checkouts, 0.1), { soft: true }).calls(carriers, times(checkouts, 0.1), { soft: true });

    const payment = b.service('payment', {
      does: 'authorises at checkout by idempotency key, captures on shipment, changes provider when one fails',
      tier: 'web',
      // A pod waits for its provider with 500 calls open.
      perPod: { requestsPerSecond: capacity(500 / w.providerSeconds, derived(ch('ch1'), '500 open calls of 0.8 s')) },
      pod: pod(0.5, 1),
      drainSeconds: 60,
    });
    checkout.calls(payment, orders, { sends: 1e3 });
    payment.writes(ledger, times(orders, 2), { sends: 1e3 });
    const asked = { sends: 1e3, returns: 2e3, soft: true };
    const psp = (id: string, does: string, host: string, share: number) => {
      const provider = b.external(id, { does, host, source: ch('ch2') });
      payment.calls(provider, times(orders, 2 * share), asked);
      return { provider, share };
    };
    const providers = b.decide('payment providers', [
      when(
        atLeast('availability', world.availability, 0.999, ch('ch4')),
        'two behind circuit breakers',
        'selling goes on while one is down; unclear payments wait for a person',
        () => [
          psp('stripe', 'first provider', 'api.stripe.com', 0.95),
          psp('adyen', 'second provider, kept warm', 'checkout-live.adyen.com', 0.05),
        ],
      ),
      otherwise('one', 'one integration to start with', () => [psp('stripe', 'provider', 'api.stripe.com', 1)]),
    ]);
    const unclear = b.queue('unclear-payments', {
      holds: 'payments whose outcome nobody knows yet',
      maxReceives: 10,
      retentionSeconds: 14 * DAY,
    });
    const lost = times(orders, 0.005);
    payment.publishes(unclear, lost, { soft: true, sends: 2e3 });
    const reconciler = b
      .worker(
        'reconciler',
        'asks providers again, with growing delays; the rest is for people',
        capacity(5, assumed('one provider call at a time')),
      )
      .consumes(unclear, lost, { returns: 2e3 })
      .writes(ledger, lost, { sends: 1e3 });
    for (const { provider, share } of providers) reconciler.calls(provider, times(lost, share), asked);

    // What became of an order.
    const changes = times(orders, 4);
    const events = b.decide('order events', [
      when(
        above('order events per second at peak', 4 * world.checkoutsPeak, 2000, assumed('a queue bills by message')),
        'Kafka',
        'merchants, notifications and analytics read the same log, each at its own pace',
        () =>
          b.kafka('order-events', {
            topics: [{ name: 'order-events', partitions: partitionsFor(changes, NOTIFIED.value), retentionSeconds: 7 * DAY }],
            retentionSeconds: 7 * DAY,
            messagesPerBroker: capacity(50e3, assumed('events of a kilobyte on one broker')),
          }),
      ),
      otherwise('queue', 'one reader, nothing to run', () => b.queue('order-events', { holds: 'changes of orders', maxReceives: 5 })),
    ]);
    order
      .writes(ledger, times(orders, 3), { sends: 2e3 })
      .reads(ledger, times(orders, 2), { returns: 3e3 })
      .publishes(events, changes, { sends: 1e3, soft: true });
    const mail = b.channel('mail', { medium: 'email', messageBytes: 20e3 });
    const hooks = b.external('merchants', { does: 'webhooks of the merchants', host: 'hooks.example.com', source: ch('ch2') });
    b.worker('notifier', 'tells buyers and merchants', NOTIFIED)
      .consumes(events, changes, { returns: 1e3 })
      .sends(mail, times(orders, 3), { sends: 20e3 })
      .calls(hooks, changes, { sends: 1e3, soft: true });
    const archive = b.objectStore('order-archive', {
      holds: 'closed orders of seven years, by month',
      bytes: w.checkoutsAverage * w.capturedShare * DAY * 365 * YEARS.archived * 1e3,
      objectBytes: 100e6,
      lifecycle: [
        { afterDays: 30, to: 'instant archive' },
        { afterDays: 365 * YEARS.archived, to: 'delete' },
      ],
      coldShare: { 'instant archive': 0.98 },
    });
    b.job('archiver', {
      does: 'moves orders of a year ago into files, ten times smaller without their indexes',
      tier: 'workers',
      schedule: '0 4 * * *',
      pod: pod(0.5, 1),
      source: assumed('tax law asks for seven years'),
    })
      .reads(ledger, steady(orders.average), { returns: 2e3 })
      .writes(archive, steady((orders.average * 1e3) / 100e6), { sends: 100e6 });
    // Assumed: one look at orders in a thousand is at one of years ago.
    order.reads(archive, times(orders, 2e-3), { returns: 100e3, soft: true });
    const expired = times(lines, 1 - w.capturedShare);
    b.job('reservation-expiry', {
      does: 'gives stock back whose 15 minutes are over',
      tier: 'workers',
      schedule: '* * * * *',
      pod: pod(0.5, 0.5),
      source: ch('ch2'),
    }).writes(stock, steady(expired.average));
  },

  claims: [
    claim('sustained', 'seed-001', 'checkouts per second, sustained', 8e3, 'per second', ch('ch1')).against(
      (e) => e.figure('checkoutsAverage'),
      'Stated sustained and peak rates are the same figure (500K a minute is 8.3K/s). 8K/s all day would be 690M orders; we take it for the sale and a thirtieth for the rest.',
    ),
    claim('reservations', 'seed-001', 'reservations open at once', 7.2e6, 'reservations', derived(ch('ch1'), '8K/s x 900 s')).against(
      (e) => e.figure('liveReservations'),
      '8.33K/s x 900 s, if none completes early.',
    ),
    claim('calls', 'seed-001', 'payments under way at once', 6400, 'calls', derived(ch('ch1'), '8K/s x 0.8 s')).against(
      (e) => e.figure('checkoutsPeak') * e.figure('capturedShare') * e.figure('providerSeconds'),
      'Only the 70 % of checkouts that are paid reach a provider.',
    ),
    claim('capture', 'seed-001', 'reservations that are paid', 0.7, 'ratio', ch('ch4')).against(
      (e) => e.figure('capturedShare'),
      'Taken as stated.',
    ),
    claim('products', 'seed-001', 'articles', [100e3, 10e6], 'articles', ch('ch1')).against(
      (e) => e.figure('skus'),
      'The index row says 10M.',
    ),
  ],
});
