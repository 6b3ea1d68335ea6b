import { plan } from '../../plan/plan';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { oneRegion, system } from '../../plan/system';
import { otherwise, when } from '../../plan/decision';
import { atLeast } from '../../plan/trigger';
import { rate } from '../../plan/units';
import { Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const per = (value: number) => capacity(value, source);
const stage = (requests: number, availability: number, { cluster = 1, regions = 1 } = {}) => ({
  title: 'test',
  source,
  figures: { requests, availability, cluster, regions },
});

/** A shop behind an edge, with everything that decides how stacks are wired: two entries, two tiers, a bucket, a queue, a bank. */
const tinyShop = system('tiny-shop', {
  title: 'Tiny shop',
  summary: 'For tests of stacks.',
  sources: [],
  headline: { peak: 'requests' },
  workload: Workload.of({
    requests: { unit: 'per second', description: 'requests at the busiest moment' },
    availability: { unit: 'ratio', description: 'share of time it answers' },
    cluster: { unit: 'yes or no', description: 'runs on a cluster' },
    regions: { unit: 'each', description: 'regions it runs in; the third one stands by' },
  }),
  stages: {
    box: stage(20, 0.99, { cluster: 0 }),
    'one-zone': stage(1000, 0.99),
    zones: stage(1000, 0.9999),
    cells: stage(40_000, 0.9999),
    regions: stage(2000, 0.9999, { regions: 3 }),
  },
  regions: (w) => [
    when(atLeast('regions', w.regions, 2, source), 'three regions', 'a region may be lost', () => [
      { name: 'us-east-1', share: 0.6, role: 'active' },
      { name: 'me-south-1', share: 0.4, role: 'active' },
      { name: 'eu-west-2', share: 0.4, role: 'recovery' },
    ]),
    otherwise('one region', 'enough', () => oneRegion),
  ],
  blueprint(w, b) {
    const requests = rate(w.requests / 4, w.requests);
    b.platform = w.cluster ? 'eks' : 'k3s';
    const shop = b.service('shop', {
      does: 'answers',
      protocol: 'http',
      tier: 'web',
      perPod: { requestsPerSecond: per(100) },
      pod: pod(0.5, 0.5),
      podsAtMost: per(300),
      kernel: { 'net.ipv4.tcp_fin_timeout': '15' },
    });
    const stock = b.service('stock', {
      does: 'counts',
      protocol: 'http',
      tier: 'web',
      perPod: { requestsPerSecond: per(1000) },
      pod: pod(0.25, 0.25),
    });
    const chat = b.service('chat', {
      does: 'talks',
      protocol: 'websocket',
      tier: 'sockets',
      perPod: { connections: per(10e3) },
      connections: 1000,
      pod: pod(0.5, 0.5),
    });
    const idle = b.service('idle', {
      does: 'uses nothing',
      protocol: 'worker',
      tier: 'sockets',
      perPod: { messagesPerSecond: per(10) },
      pod: pod(0.1, 0.25),
    });
    const sweep = b.job('sweep', { does: 'cleans up', tier: 'web', schedule: '0 2 * * *', pod: pod(0.25, 0.25), source });
    const cache = b.cache('hot', { holds: 'answers', bytes: 1e8, opsPerNode: per(100e3), topology: 'single', eviction: 'allkeys-lru' });
    const images = b.objectStore('images', { holds: 'images', bytes: 1e9, objectBytes: 1e5 });
    const mails = b.queue('mails', { holds: 'mails', maxReceives: 3 });
    const bank = b.external('bank', {
      does: 'payments',
      host: 'bank.example',
      source,
      charges: [{ charge: 'card payment', perMonth: 1000, description: 'every order' }],
    });
    const cdn = b.edge('cdn', { serves: 'images', ttlSeconds: 3600, hitRatio: 0.9, firewall: true, requestsPerAddress: 500 });
    b.clients.routesTo(cdn, requests, { sends: 100, returns: 1000 });
    cdn.reads(images, requests);
    if (w.cluster) {
      const front = b.loadBalancer('front', { layer: 7, drainSeconds: 20 });
      const lines = b.loadBalancer('lines', { layer: 4, drainSeconds: 300 });
      cdn.routesTo(front, requests);
      front.routesTo(shop, requests);
      b.clients.routesTo(lines, requests);
      lines.routesTo(chat, requests);
    } else b.clients.routesTo(shop, requests, { returns: 1000 }).routesTo(chat, rate(0, 0));
    shop
      .calls(stock, requests, { sends: 500, returns: 500 })
      .reads(cache, requests, { sends: 100, returns: 900 })
      .writes(images, requests)
      .publishes(mails, requests)
      .calls(bank, rate(1, 10), { sends: 2000 });
    chat.reads(cache, requests);
    sweep.consumes(mails, rate(1, 10));
    idle.calls(stock, rate(1, 1));
    cache.alarm('evictions', 100, source);
  },
  claims: [],
});

export const tinyPlan = (stageName: string) => plan(tinyShop, stageName);
