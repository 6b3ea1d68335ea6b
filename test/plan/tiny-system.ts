import { otherwise, when } from '../../plan/decision';
import { capacity, docs } from '../../plan/source';
import { oneRegion, stage, system } from '../../plan/system';
import { above } from '../../plan/trigger';
import { rate } from '../../plan/units';
import { figure, Workload } from '../../plan/workload';

const source = docs('a case study', '2026-01-01');

/** A web tier over one table: just enough of a system to plan. */
export const tiny = system('tiny', {
  title: 'Tiny',
  summary: 'Answers questions from one table.',
  sources: [{ seed: '000', row: 1 }],
  workload: Workload.of({
    availability: figure('ratio', 'share of time it answers', 0.9995, source),
    audited: figure('yes or no', 'whether answers are kept', 0, source),
    users: figure('users', 'people a day'),
    requestsPerPod: figure('per second each', 'requests a pod answers', 100, source),
  })
    .and({ requestsAverage: figure('per second', 'requests over the day', (w) => w.users / 1000, source) })
    .and({ requestsPeak: figure('per second', 'requests at the busiest moment', (w) => 3 * w.requestsAverage, source) }),
  headline: { users: 'users', peak: 'requestsPeak' },
  stages: {
    launch: stage('few users', source, { users: 1e3, availability: 0.99 }),
    growth: stage('many users', source, { users: 1e6 }),
  },
  regions: (w) => [
    when(above('users', w.users, 1e9, source), 'two regions', 'the world is large', () => [
      { name: 'us-east-1', share: 0.6, role: 'active' },
      { name: 'eu-west-1', share: 0.4, role: 'active' },
    ]),
    otherwise('one region', 'one is enough', () => oneRegion),
  ],
  blueprint(w, b) {
    const requests = rate(w.requestsAverage, w.requestsPeak);
    const web = b.service('web', {
      does: 'answers',
      protocol: 'http',
      tier: 'web',
      perPod: { requestsPerSecond: capacity(w.requestsPerPod, source) },
      pod: { vcpu: 1, memoryBytes: 1e9, source },
    });
    const answers = b.keyValue('answers', { holds: 'answers', partitionKey: 'id', bytes: w.users * 1000, itemBytes: 1000 });
    b.clients.routesTo(web, requests);
    web.reads(answers, requests);
  },
  claims: [],
});
