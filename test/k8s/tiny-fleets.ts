import { plan } from '../../plan/plan';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { system } from '../../plan/system';
import { steady } from '../../plan/units';
import { Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const per = (value: number) => capacity(value, source);

/** Services of more pods than a balancer takes: one that others call, one that nobody does, and a third that is small. */
const tinyFleets = system('tiny-fleets', {
  title: 'Tiny fleets',
  summary: 'For tests of fleets.',
  sources: [],
  headline: { peak: 'requests' },
  workload: Workload.of({
    requests: { unit: 'per second', description: 'requests at the busiest moment' },
    availability: { unit: 'ratio', description: 'share of time it answers' },
  }),
  stages: { usual: { title: 'test', source, figures: { requests: 100e3, availability: 0.9999 } } },
  blueprint(w, b) {
    const service = (id: string, protocol: 'http' | 'websocket', more: object = {}) =>
      b.service(id, {
        does: 'answers',
        protocol,
        tier: 'web',
        perPod: { requestsPerSecond: per(100) },
        pod: pod(0.5, 0.5),
        ...more,
      });
    // 100K requests/s at 80 a pod leave 1250 of 1875: three balancers of 800 targets. 16M connections leave 1000 of 1500: two of 1200.
    const api = service('api', 'http');
    const gateway = service('gateway', 'websocket', { perPod: { connections: per(20e3) }, connections: 16e6, scaleOn: 'connections' });
    const stock = service('stock', 'http');
    const table = b.keyValue('carts', { holds: 'carts', partitionKey: 'id', bytes: 1e9, itemBytes: 500 });
    const web = b.loadBalancer('web', { layer: 7 }).alarm('connections', 1e6, source);
    const sockets = b.loadBalancer('sockets', { layer: 4, connections: 16e6 });
    const requests = steady(w.requests);
    b.clients.routesTo(web, requests).routesTo(sockets, steady(1));
    web.routesTo(api, requests);
    sockets.routesTo(gateway, steady(1));
    gateway.calls(api, steady(1)).calls(stock, steady(1)).reads(table, steady(1));
  },
  claims: [],
});

export const tinyFleetsPlan = () => plan(tinyFleets, 'usual');
