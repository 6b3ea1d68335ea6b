import { plan } from '../../plan/plan';
import { assumed, capacity } from '../../plan/source';
import { pod } from '../../plan/sizing/service';
import { system } from '../../plan/system';
import { GIB, rate } from '../../plan/units';
import { Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const per = (value: number) => capacity(value, source);
const steps = (requestsPeak: number, availability: number, machines = 1) => ({
  title: 'test',
  source,
  figures: { requestsPeak, availability, cluster: machines },
});

/** One part of each kind, and a service of each protocol and way to scale. */
export const tiny = system('tiny', {
  title: 'Tiny system',
  summary: 'Every kind of part once.',
  sources: [],
  headline: { peak: 'requestsPeak' },
  workload: Workload.of({
    requestsPeak: { unit: 'per second', description: 'requests at the busiest moment' },
    availability: { unit: 'ratio', description: 'share of time it answers' },
    cluster: { unit: 'yes or no', description: 'runs on a cluster' },
  }),
  stages: { box: steps(20, 0.99, 0), zone: steps(4000, 0.99), zones: steps(20e3, 0.9999), cells: steps(150e3, 0.9999) },
  blueprint(w, b) {
    const requests = rate(w.requestsPeak / 5, w.requestsPeak);
    b.platform = w.cluster ? 'eks' : 'k3s';

    const shop = b.service('shop', {
      does: 'answers',
      protocol: 'http',
      tier: 'web',
      perPod: { requestsPerSecond: per(500) },
      pod: pod(0.5, 0.5),
      podsAtMost: per(200),
      kernel: { 'net.core.somaxconn': '8192', 'net.ipv4.tcp_fin_timeout': '15' },
    });
    const stock = b.service('stock', {
      does: 'counts',
      protocol: 'http',
      tier: 'web',
      perPod: { requestsPerSecond: per(2000) },
      pod: pod(0.25, 0.25),
    });
    const chat = b.service('chat', {
      does: 'holds connections',
      protocol: 'websocket',
      tier: 'sockets',
      scaleOn: 'connections',
      connections: w.requestsPeak * 50,
      perPod: { connections: per(20e3) },
      pod: pod(0.5, 1),
      drainSeconds: 300,
    });
    const mailer = b.service('mailer', {
      does: 'sends mail',
      protocol: 'worker',
      tier: 'web',
      scaleOn: 'queue depth',
      perPod: { messagesPerSecond: per(100) },
      pod: { ...pod(0.25, 0.25), scratchBytes: 1.5 * GIB },
    });
    const sweep = b.job('sweep', { does: 'cleans up', tier: 'web', schedule: '*/5 2 * * 1', pod: pod(0.25, 0.25), source });

    const database = b.relational('orders-db', {
      holds: 'orders',
      engine: 'postgres',
      topology: 'multi-az',
      bytes: 1e10,
      queriesPerVcpu: per(2000),
      sharding: 'by hash',
    });
    const cache = b.cache('hot', { holds: 'answers', bytes: 1e8, opsPerNode: per(100e3), topology: 'cluster', eviction: 'allkeys-lru' });
    const table = b.keyValue('carts', { holds: 'carts', partitionKey: 'id', bytes: 1e9, itemBytes: 500 });
    const column = { name: 'id', type: 'uuid' } as const;
    const history = b.wideColumn('history', {
      holds: 'messages',
      bytes: 1e9,
      tables: [{ name: 'messages', partitionKey: [column], clustering: [], columns: [], rowBytes: 100, share: 1 }],
    });
    const mails = b.queue('mails', { holds: 'mails to send', maxReceives: 5 });
    const events = b.kafka('events', {
      topics: [{ name: 'events', partitions: 12, retentionSeconds: 3600 }],
      retentionSeconds: 3600,
      messagesPerBroker: per(100e3),
    });
    const tasks = b.rabbitmq('tasks', { queues: [{ name: 'tasks', deadLetter: true, maxRetry: 3 }], messagesPerBroker: per(1e6) });
    const index = b.search('index', { holds: 'products', bytes: 1e9, queriesPerNode: per(1000) });
    const images = b.objectStore('images', { holds: 'images', bytes: 1e9, objectBytes: 1e5 });
    const email = b.channel('email', { medium: 'email', messageBytes: 1e4 });
    const bank = b.external('bank', { does: 'payments', host: 'bank.example', source });

    if (w.cluster) {
      const front = b.loadBalancer('front', { layer: 7 });
      const lines = b.loadBalancer('lines', { layer: 4 });
      b.clients.routesTo(front, requests).routesTo(lines, requests);
      front.routesTo(shop, requests);
      lines.routesTo(chat, requests);
    } else b.clients.routesTo(shop, requests).routesTo(chat, requests);
    const some = rate(1, 10);
    shop
      .calls(stock, requests)
      .reads(cache, requests)
      .writes(database, some)
      .writes(table, some)
      .publishes(mails, some)
      .publishes(events, some);
    shop.publishes(tasks, some).reads(index, some).writes(images, some).calls(bank, some);
    chat.writes(history, some);
    mailer.consumes(mails, requests).sends(email, some);
    sweep.reads(database, some).calls(stock, some);
  },
  claims: [],
});

export const tinyPlan = (stage: string) => plan(tiny, stage);
