import { otherwise } from '../../plan/decision';
import { plan } from '../../plan/plan';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { system } from '../../plan/system';
import { rate } from '../../plan/units';
import { Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const per = (value: number) => capacity(value, source);
const stage = (requests: number) => ({ title: 'test', source, figures: { requests, availability: 0.9999 } });

/** One accelerator before fronts of both layers, in two regions and a third that stands by. */
export const tinyAnycast = system('tiny-anycast', {
  title: 'Tiny anycast',
  summary: 'For tests of accelerators.',
  sources: [],
  headline: { peak: 'requests' },
  workload: Workload.of({
    requests: { unit: 'per second', description: 'requests at the busiest moment' },
    availability: { unit: 'ratio', description: 'share of time it answers' },
  }),
  stages: { regions: stage(1000), cells: stage(100_000) },
  regions: () => [
    otherwise('three regions', 'for tests', () => [
      { name: 'us-east-1', share: 0.6, role: 'active' },
      { name: 'eu-west-1', share: 0.4, role: 'active' },
      { name: 'eu-west-2', share: 0.4, role: 'recovery' },
    ]),
  ],
  blueprint(w, b) {
    const requests = rate(w.requests / 4, w.requests);
    const service = (id: string) =>
      b.service(id, { does: id, tier: 'web', perPod: { requestsPerSecond: per(200) }, pod: pod(0.5, 0.5), podsAtMost: per(200) });
    const [api, state] = [service('api'), service('state')];
    const behind = b.accelerator('anycast', { sticky: true });
    b.front('web', { layer: 7, behind, firewall: { requestsPerAddress: 500 } }).routesTo(api, requests, { sends: 100, returns: 900 });
    b.front('lines', { layer: 4, behind })
      .routesTo(state, requests, { sends: 300, returns: 100, listener: { port: 5000, protocol: 'udp' } })
      .routesTo(state, requests, { sends: 300, returns: 100, listener: { port: 5001, protocol: 'tcp' } });
  },
  claims: [],
});

export const anycastPlan = (stageName: string) => plan(tinyAnycast, stageName);
