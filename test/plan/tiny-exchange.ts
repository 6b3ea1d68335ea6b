import { plan } from '../../plan/plan';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { stage, system } from '../../plan/system';
import { rate } from '../../plan/units';
import { figure, Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const per = (value: number) => capacity(value, source);
const at = (orders: number, availability: number, cluster = 1) =>
  stage('test', source, { orders, symbols: orders / 10, availability, cluster });

/** Engines on machines of their own, which take orders from a queue and tell a table; a pod where there is one machine. */
export const tinyExchange = system('tiny-exchange', {
  title: 'Tiny exchange',
  summary: 'For tests of machines.',
  sources: [{ seed: '000', row: 1 }],
  headline: { peak: 'orders' },
  workload: Workload.of({
    orders: figure('per second', 'orders at the busiest moment'),
    symbols: figure('each', 'symbols with a thread of their own'),
    availability: figure('ratio', 'share of time it answers'),
    cluster: figure('yes or no', 'runs on a cluster'),
  }),
  stages: { box: at(20, 0.99, 0), zone: at(100, 0.99), zones: at(1000, 0.9999) },
  blueprint(w, b) {
    const orders = rate(w.orders / 5, w.orders);
    b.platform = w.cluster ? 'eks' : 'k3s';
    const gateway = b.service('gateway', {
      does: 'takes orders',
      tier: 'web',
      perPod: { requestsPerSecond: per(500) },
      pod: pod(0.5, 0.5),
    });
    const engines = b.machines('engines', {
      does: 'matches orders',
      perThread: { requestsPerSecond: per(50_000), messagesPerSecond: per(50_000) },
      bytes: 2e9,
      rebuiltFrom: 'the order log',
      threadsAtLeast: w.symbols,
      standby: true,
    });
    const log = b.queue('log', { holds: 'orders', maxReceives: 5 });
    const fills = b.keyValue('fills', { holds: 'fills', partitionKey: 'order', bytes: 1e9, itemBytes: 200 });
    b.front('web', { layer: 7 }).routesTo(gateway, orders);
    gateway.publishes(log, orders).calls(engines, orders);
    engines.consumes(log, orders).writes(fills, orders);
  },
  claims: [],
});

export const tinyExchangePlan = (name: string) => plan(tinyExchange, name);
