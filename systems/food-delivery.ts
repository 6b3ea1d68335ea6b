import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, GIB, HOUR, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 13, chapter);
const perOrder = derived(ch('ch1'), 'reference figure divided by 5M orders a day');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that meals can be ordered at meal times', 0.9995, ch('ch1')),
  ordersPerDay: figure('per day', 'orders'),
  peakFactor: figure('ratio', 'meal times over the average', 7.2, derived(ch('ch1'), '25K a minute over 5M a day')),
  busyShare: figure('ratio', 'couriers online that have an order', 0.6, ch('ch1')),
  searchesPerOrder: figure('each', 'searches and menus looked at for each order', 20, assumed('one visit in ten orders')),
  itemsPerMenu: figure('each', 'dishes of a restaurant', 80, ch('ch1')),
  messagesPerOrder: figure('each', 'chat messages of an order', 10, ch('ch1')),
  smsPerOrder: figure('each', 'SMS of an order', 0.05, assumed('for phones that take no push')),
})
  .and({
    ordersPeak: figure('per second', 'orders at meal times', (w) => (w.peakFactor * w.ordersPerDay) / DAY, ch('ch1')),
    openOrders: figure('items', 'orders under way at meal times', (w) => 0.1 * w.ordersPerDay, perOrder),
    couriers: figure('items', 'couriers online at meal times', (w) => 0.04 * w.ordersPerDay, perOrder),
    restaurants: figure('items', 'restaurants', (w) => 0.2 * w.ordersPerDay, perOrder),
  })
  .and({
    dishes: figure('items', 'dishes on offer', (w) => w.itemsPerMenu * w.restaurants, ch('ch1')),
    positionsPeak: figure(
      'per second',
      'positions of couriers: every 5 s idle, every second on the way, twice a second near a stop',
      (w) => w.couriers * ((1 - w.busyShare) * 0.2 + w.busyShare * (0.75 * 1 + 0.25 * 2)),
      derived(ch('ch3'), 'a quarter of a tour is near a stop: assumed'),
    ),
  });

/** Metros belong to regions; shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.5, role: 'active' },
  { name: 'eu-west-1', share: 0.3, role: 'active' },
  { name: 'ap-southeast-1', share: 0.2, role: 'active' },
];

/** Order with items, dispatch job, payment and their indexes: assumed. */
const ORDER_BYTES = 5e3;
const POSITION_BYTES = 150;
const QUERIES_PER_VCPU = capacity(375, assumed('short transactions; marketplace (000#1 ch06) measures 3000/s on 8 vCPU'));

export default system('food-delivery', {
  title: 'Food delivery platform',
  summary: 'Customers order, restaurants cook, couriers are scored and sent by metro; every courier reports where he is each second.',
  aliases: ['meal-delivery'],
  sources: [{ seed: '001', row: 13 }],
  workload,
  headline: { peak: 'ordersPeak' },

  stages: {
    start: stage('0 to 50K orders a day', ch('ch4'), { ordersPerDay: 50e3, availability: 0.99, smsPerOrder: 1 }),
    growth: stage('50K to 1M orders a day', ch('ch4'), { ordersPerDay: 1e6 }),
    scale: stage('1M to 5M orders a day', ch('ch4'), { ordersPerDay: 5e6 }),
    'seed-001': stage('10M orders a day', seed('001', 13), { ordersPerDay: 10e6 }),
  },

  regions: (w) => [
    when(
      above('orders a day', w.ordersPerDay, 1e6, ch('ch4')),
      'active regions, a catalogue in each',
      'a meal never crosses a metro, so regions share nothing',
      () => REGIONS,
    ),
    otherwise('one region', 'all metros fit one', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const orders = rate(w.ordersPerDay / DAY, w.ordersPeak);
    const looks = times(orders, w.searchesPerOrder);
    // Couriers are online for about eight hours of a day.
    const positions = rate(w.positionsPeak / 3, w.positionsPeak);
    const grown = above('orders a day', world.ordersPerDay, 50e3, ch('ch4'));
    const global = above('orders a day', world.ordersPerDay, 1e6, ch('ch4'));

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.9995, ch('ch1')), 'a lost machine must not stop dinner'],
      [above('positions per second', world.positionsPeak, 5e3, assumed('receiving them fills two vCPU')), 'one machine is full'],
    );

    const http = (id: string, does: string, requests: number, why: string, tier = 'web') =>
      b.service(id, {
        does,
        tier,
        perPod: { requestsPerSecond: capacity(requests, assumed(why)) },
        pod: pod(1, 1),
      });
    const search = http('search', 'restaurants and dishes by distance, arrival, rating; menus', 300, 'one query, ranked');
    const checkout = http('checkout', 'carts, fees and taxes, fraud score, authorisation', 100, 'six steps an order');
    const orchestrator = http(
      'order-orchestrator',
      'idempotent state machine of an order',
      200,
      'ten transitions an order, each a transaction',
    );
    const restaurant = http('restaurant-gateway', 'orders to kitchens, menus and hours by POS webhooks', 200, 'one message to a POS');

    // Orders, and who delivers them.
    const bytes = w.ordersPerDay * 365 * ORDER_BYTES + 2e3 * w.restaurants + 1e3 * w.dishes;
    const postgres = { engine: 'postgres', strongReads: true, queriesPerVcpu: QUERIES_PER_VCPU, maxVcpu: 16 } as const;
    const recent = capacity(3 * w.ordersPerDay * ORDER_BYTES + 1e9, assumed('orders of three days, and 1 GB for the server'));
    const { database, catalog } = b.decide('orders and catalogue', [
      when(grown, 'orders sharded by metro, catalogue apart', 'an order, its courier and its kitchen are in one metro', () => ({
        database: b.relational('orders', {
          ...postgres,
          topology: 'multi-az',
          holds: 'orders, items, dispatch jobs, payments by idempotency key',
          bytes: w.ordersPerDay * 365 * ORDER_BYTES,
          hotBytes: recent,
          sharding: 'by hash',
          pitrDays: 35,
        }),
        catalog: b.relational('catalog', {
          engine: 'postgres',
          topology: 'aurora',
          holds: 'restaurants, dishes, hours, availability',
          bytes: 2e3 * w.restaurants + 1e3 * w.dishes,
          queriesPerVcpu: QUERIES_PER_VCPU,
          readersAtLeast: 1,
        }),
      })),
      otherwise('one PostgreSQL', 'one server holds it all', () => {
        const one = b.relational('database', {
          ...postgres,
          topology: 'single',
          holds: 'orders, restaurants, dishes, couriers',
          bytes,
          hotBytes: recent,
        });
        return { database: one, catalog: one };
      }),
    ]);
    const live = (topology?: 'cluster' | 'single') =>
      b
        .cache('live', {
          holds: 'latest position of each courier by H3 cell, carts, login state',
          bytes: 500 * w.couriers + 2e3 * w.openOrders * 3,
          opsPerNode: capacity(50e3, derived(seed('001', 2, 'ch1'), 'as of a ride-sharing fleet')),
          topology,
          eviction: 'volatile-ttl',
        })
        .alarm('memory used', 0.8, assumed('carts must stay'));
    // A position is two commands: where the courier is, and which cell he is in.
    const manyPositions = above(
      'positions per second',
      world.positionsPeak,
      10e3,
      assumed('two commands each are half of what a node takes'),
    );
    const tracks = b.decide('where couriers are', [
      when(manyPositions, 'Redis Cluster by cell', 'more positions than one node takes; a lost one is known again in a second', () =>
        live('cluster'),
      ),
      when(grown, 'Redis', 'positions live in memory for a minute', () => live()),
      otherwise('one Redis', 'what it forgets couriers tell again in a second', () => live('single')),
      reject(
        'positions in PostgreSQL',
        'two hundred thousand updates a second of which nobody reads the one before last',
        ch('ch1 (200K/s)'),
      ),
    ]);
    const index = b.decide('search', [
      when(grown, 'Elasticsearch', 'distance, words and promotions in one ranking', () =>
        b
          .search('menus', {
            holds: 'restaurants and dishes with place',
            bytes: 1e3 * w.dishes,
            queriesPerNode: capacity(1000, assumed('geo and text, as of 000#1 ch01')),
          })
          .alarm('cpu', 0.7, assumed('p95 of 300 ms')),
      ),
      otherwise('PostgreSQL', 'ten thousand restaurants by bounding box', () => undefined),
    ]);

    // The way in. Couriers' positions go past the services of customers.
    const images = b.objectStore('images', { holds: 'pictures of dishes', bytes: 90e3 * w.dishes, objectBytes: 30e3 });
    const edge = { serves: 'pictures of dishes', ttlSeconds: DAY, hitRatio: 0.95 };
    const cdn = b.edge('cdn', edge);
    // Five new pictures a look; phones keep the others.
    const pictures = times(looks, 5);
    b.clients.routesTo(cdn, pictures, { returns: 30e3 });
    cdn.reads(images, times(pictures, 1 - edge.hitRatio), { returns: 30e3 });
    const front = b.front('web', { layer: 7, drainSeconds: 60 });
    front
      .routesTo(search, looks, { returns: 20e3 })
      .routesTo(checkout, times(orders, 3), { sends: 2e3, returns: 2e3 })
      .routesTo(restaurant, times(orders, 4), { sends: 1e3, returns: 1e3 });
    search.reads(index ?? catalog, looks, { returns: 10e3 });
    if (index) search.reads(catalog, times(looks, 0.2), { returns: 10e3 });

    const courier = b.service('courier-gateway', {
      does: 'takes positions, snaps them to roads, tells couriers of offers',
      tier: 'live',
      perPod: { requestsPerSecond: capacity(2500, derived(seed('001', 2, 'ch1'), '10K GPS writes/s on 4 vCPU')) },
      pod: pod(1, 1),
      drainSeconds: 60,
    });
    const tracking = b.service('tracking-gateway', {
      does: 'a socket for each customer who waits; shows the courier on the map',
      protocol: 'websocket',
      tier: 'live',
      connections: w.openOrders,
      perPod: { connections: capacity(10e3, seed('001', 2, 'ch1')) },
      pod: pod(1, 2),
      scaleOn: 'connections',
      drainSeconds: 120,
    });
    const stream = b.front('stream', { layer: 4, connections: w.openOrders, drainSeconds: 120 });
    stream
      .routesTo(courier, positions, { sends: POSITION_BYTES, returns: 20 })
      .routesTo(tracking, rate(w.openOrders / 3 / HOUR, w.openOrders / HOUR), { listener: { port: 8443, protocol: 'tls' } });
    courier.writes(tracks, times(positions, 2), { sends: POSITION_BYTES });
    const shown = times(positions, w.busyShare);
    tracking.reads(tracks, shown, { returns: POSITION_BYTES, soft: true });

    // Dispatch: one set of pods a metro, so that a storm in one does not slow the others.
    const eta = http(
      'eta',
      'arrival by gradient-boosted models, calibrated by what couriers report',
      200,
      'a model of a thousand trees takes 5 ms',
      'dispatch',
    );
    const dispatch = b.service('dispatch', {
      does: 'scores couriers, batches orders, improves every few seconds; one set a metro',
      protocol: 'worker',
      tier: 'dispatch',
      perPod: { requestsPerSecond: capacity(20, derived(seed('001', 2, 'ch1, ch4'), 'matches a single-threaded process makes')) },
      pod: pod(1, 2),
    });
    orchestrator.calls(dispatch, times(orders, 1.2), { soft: true });
    // Twenty couriers are looked at for an order.
    dispatch
      .reads(tracks, times(orders, 20), { returns: 2e3 })
      .calls(eta, times(orders, 5), { soft: true })
      .writes(database, times(orders, 3));
    eta.reads(tracks, times(orders, 5), { soft: true });
    const maps = b.external('maps', { does: 'routes and travel times', host: 'routes.googleapis.com', source: ch('README') });
    eta.calls(maps, times(orders, 0.2), { soft: true, returns: 5e3 });

    // Checkout: carts, fraud, authorisation with an idempotency key; capture after the tip window.
    checkout
      .writes(tracks, times(orders, 3), { sends: 2e3 })
      .reads(tracks, times(orders, 3), { returns: 2e3 })
      .calls(orchestrator, orders, { sends: 2e3 });
    orchestrator.writes(database, times(orders, 10), { sends: 1e3 }).reads(database, times(orders, 10), { returns: 2e3 });
    orchestrator.calls(restaurant, orders, { sends: 1e3, soft: true });
    const changed = rate((1.5 * w.dishes) / DAY, (5 * w.dishes) / DAY);
    restaurant.writes(catalog, changed, { sends: 200 });
    if (index) restaurant.writes(index, changed, { sends: 1e3, soft: true });
    restaurant.writes(images, times(changed, 0.01), { sends: 30e3, soft: true });
    const psp = b.external('psp', {
      does: 'authorises at order, captures after the tip window',
      host: 'api.stripe.com',
      source: ch('ch2'),
    });
    checkout.calls(psp, orders, { sends: 1e3, returns: 2e3 });
    const captures = b.queue('captures', {
      holds: 'payments to capture, with growing delays for a day',
      maxReceives: 12,
      retentionSeconds: 2 * DAY,
    });
    orchestrator.publishes(captures, orders, { soft: true });
    b.worker('capture', 'captures, retries, leaves the rest to people', capacity(20, assumed('a provider answers in half a second')))
      .consumes(captures, orders)
      .writes(database, orders)
      .calls(psp, orders, { sends: 1e3, returns: 2e3 });

    // What the other services hear of.
    const kafka = (topics: { name: string; partitions: number; retentionSeconds: number }[]) =>
      b
        .kafka('events', { topics, retentionSeconds: DAY, messagesPerBroker: capacity(100e3, seed('001', 2, 'ch1')) })
        .alarm('consumer lag', 50e3, seed('001', 2, 'ch4'));
    const events = b.decide('events', [
      when(grown, 'Kafka', 'orders and positions are read by dispatch, estimates, notifications and analytics', () =>
        kafka([
          { name: 'order-events', partitions: 48, retentionSeconds: 7 * DAY },
          { name: 'positions', partitions: 96, retentionSeconds: 6 * HOUR },
        ]),
      ),
      otherwise('queue', 'one reader', () => b.queue('order-events', { holds: 'changes of orders', maxReceives: 5 })),
    ]);
    orchestrator.publishes(events, times(orders, 10), { sends: 1e3, soft: true });
    const push = b.channel('push', { medium: 'push', messageBytes: 500 });
    const sms = b.channel('sms', { medium: 'sms', messageBytes: 160 });
    b.worker('notifier', 'status, delays told ahead, alerts of couriers', capacity(200, assumed('renders and sends')))
      .consumes(events, times(orders, 10), { returns: 1e3 })
      .sends(push, times(orders, 6))
      .sends(sms, times(orders, w.smsPerOrder), { sends: 160 });
    const lake = () => {
      const dayBytes = positions.average * DAY * (POSITION_BYTES / 10);
      const files = b.objectStore('positions', {
        holds: 'tracks of couriers, for estimates (Parquet, a tenth of its size)',
        bytes: 90 * dayBytes,
        objectBytes: 64e6,
        lifecycle: [{ afterDays: 90, to: 'delete' }],
      });
      const models = b.objectStore('models', {
        holds: 'models of arrival by metro, the last thirty; programs',
        bytes: 3e9,
        objectBytes: 100e6,
      });
      b.sparkJob('estimate-training', {
        does: 'trains estimates of arrival on the tracks of the day; older days are in yesterday’s model',
        schedule: '0 3 * * *',
        program: 'models',
        executors: Math.max(2, Math.ceil(dayBytes / 25e9)),
        executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('an executor of a usual size') },
        hours: capacity(0.5, assumed('an executor takes 50 GB an hour')),
      })
        .reads(files, steady(dayBytes / 64e6 / DAY), { returns: 64e6 })
        .reads(models, steady(1 / DAY), { returns: 100e6 })
        .writes(models, steady(1 / DAY), { sends: 100e6 });
      // Each pod looks for a newer one every hour.
      eta.reads(models, steady(50 / HOUR), { returns: 100e6, soft: true });
      return files;
    };
    b.decide('positions into estimates', [
      when(global, 'Flink job over the log', 'speeds of roads within a minute; state is checkpointed to the object store', () => {
        // Ten positions travel in a message.
        courier.publishes(events, times(positions, 0.1), { sends: 10 * POSITION_BYTES, soft: true });
        const flink = b.worker(
          'calibration',
          'Flink job: speeds of roads, calibrates estimates',
          capacity(2000, assumed('20K positions a second and vCPU')),
          { pod: pod(1, 4) },
        );
        flink
          .consumes(events, times(positions, 0.1), { returns: 10 * POSITION_BYTES })
          .writes(lake(), times(positions, POSITION_BYTES / 10 / 64e6), { sends: 64e6 });
        flink.writes(tracks, times(positions, 0.001), { sends: 1e3, soft: true });
      }),
      when(grown, 'files a minute, models trained at night', 'a model of yesterday is good enough', () => {
        courier.publishes(events, times(positions, 0.1), { sends: 10 * POSITION_BYTES, soft: true });
        b.worker('track-writer', 'writes tracks to files', capacity(2000, assumed('20K positions a second and vCPU')))
          .consumes(events, times(positions, 0.1), { returns: 10 * POSITION_BYTES })
          .writes(lake(), times(positions, POSITION_BYTES / 10 / 64e6), { sends: 64e6 });
      }),
      otherwise('none', 'estimates by distance', () => undefined),
    ]);
    b.decide('chat of customer, courier and restaurant', [
      when(grown, 'service and key-value table', 'translated and moderated, kept for a month', () => {
        const messages = times(orders, w.messagesPerOrder);
        const chat = http('chat', 'messages of an order, moderated', 500, 'one write and one push');
        const table = b.keyValue('messages', {
          holds: 'messages by order',
          partitionKey: 'order',
          sortKey: 'sent_at',
          ttlAttribute: 'expires_at',
          bytes: 500 * w.ordersPerDay * w.messagesPerOrder * 30,
          itemBytes: 500,
        });
        front.routesTo(chat, messages);
        chat.writes(table, messages).reads(table, messages).sends(push, times(messages, 0.5), { soft: true });
      }),
      otherwise('phone', 'support done by hand', () => undefined),
    ]);
    b.job('reconciliation', {
      does: 'captures left open for a day, couriers without an end',
      tier: 'workers',
      schedule: '15 * * * *',
      pod: pod(0.25, 0.5),
      source: ch('ch2'),
    })
      .reads(database, steady(orders.average / 10))
      .publishes(captures, steady(orders.average / 1000));
  },

  claims: [
    claim('order-peak', 'scale', 'orders per second at meal times', 416.7, 'per second', derived(ch('ch1'), '25K a minute')).against(
      (e) => e.figure('ordersPeak'),
      '5M a day x 7.2.',
    ),
    claim('positions', 'scale', 'positions per second', 200e3, 'per second', ch('ch1')).against(
      (e) => e.figure('positionsPeak'),
      'ch1 counts every courier once a second; ch3 lets idle ones report every 5 s and those near a stop twice a second: 0.2 x 40 % + 1.25 x 60 %.',
    ),
    claim('orders', 'seed-001', 'orders a day', 5e6, 'per day', ch('ch1')).against(
      (e) => e.figure('ordersPerDay'),
      'Index row and README say 10M, ch1 and the last stage 5M; the row has a stage of its own.',
    ),
    claim('chat', 'scale', 'chat messages per second, average', 600, 'per second', ch('ch1')).against(
      (e) => (e.figure('ordersPerDay') * e.figure('messagesPerOrder')) / DAY,
      '50M a day are 579 a second.',
    ),
    claim('dishes', 'scale', 'dishes on offer', 80e6, 'dishes', ch('ch1')).against((e) => e.figure('dishes'), '1M restaurants x 80.'),
    claim(
      'menu-updates',
      'scale',
      'changes of dishes per second',
      [926, 1852],
      'per second',
      derived(ch('ch1'), 'one to two a day and dish'),
    ).against((e) => (1.5 * e.figure('dishes')) / DAY, 'One and a half a day and dish.'),
  ],
});
