import { Blueprint } from '../../plan/blueprint';
import { pod } from '../../plan/sizing/service';
import { capacity, docs } from '../../plan/source';
import { above } from '../../plan/trigger';
import { HOME_REGION, oneRegion } from '../../plan/regions';
import { rate, steady } from '../../plan/units';
import { otherwise } from '../../plan/decision';

const blueprint = () => new Blueprint({ zones: 3, region: { name: HOME_REGION, share: 1, role: 'active' }, regions: oneRegion });
const queue = { holds: 'mails', maxReceives: 5 };

test('an id is declared once', () => {
  const b = blueprint();
  b.queue('mails', queue);
  expect(() => b.queue('mails', queue)).toThrow('part "mails" is declared twice');
});

test('kinds share one set of ids', () => {
  const b = blueprint();
  b.queue('mails', queue);
  expect(() => b.channel('mails', { medium: 'email', messageBytes: 1e4 })).toThrow('part "mails" is declared twice');
});

test.each(['Mails', 'm', '2nd-queue', 'dead_letters', 'dead letters', '-mails', '', 'a'.repeat(32)])('"%s" is no id', (id) => {
  expect(() => blueprint().queue(id, queue)).toThrow(`part id "${id}" must be kebab case`);
});

test.each(['mails', 'dead-letters', 'q2', 'a'.repeat(31)])('"%s" is an id', (id) => {
  expect(blueprint().queue(id, queue).id).toBe(id);
});

test('parts are sized from every flow that reaches them, whenever it was declared', () => {
  const b = blueprint();
  const mails = b.queue('mails', queue);
  const [web, jobs] = ['web', 'jobs'].map((id) => b.external(id, { does: 'asks', host: 'example.com', source: docs('x', '2026-01-01') }));
  web!.publishes(mails, rate(1, 10));
  jobs!.publishes(mails, rate(2, 5));
  const sized = b.size().find((p) => p.id === 'mails')!;
  expect(sized.load.writes).toEqual(rate(3, 15));
});

test.each([
  ['reads', 200, 500],
  ['writes', 500, 100],
  ['publishes', 500, 100],
  ['sends', 500, 100],
  ['calls', 200, 500],
  ['consumes', 200, 500],
  ['routesTo', 200, 500],
] as const)('%s moves %i bytes there and %i back unless told otherwise', (verb, sends, returns) => {
  const b = blueprint();
  const mails = b.queue('mails', queue);
  b.clients[verb](mails, steady(1))[verb](mails, steady(1), { sends: 7, returns: 9 });
  expect(b.flows.map((f) => [f.sentBytes, f.returnedBytes])).toEqual([
    [sends, returns],
    [7, 9],
  ]);
});

test('an alarm belongs to the part that asked for it', () => {
  const b = blueprint();
  const source = docs('a case study', '2026-01-01');
  b.queue('mails', queue).alarm('queue depth', 100, source);
  expect(b.alarms).toEqual([{ part: 'mails', watched: 'queue depth', threshold: 100, source }]);
});

test('a decision is recorded and builds what it chose', () => {
  const b = blueprint();
  const built = b.decide('mails', [otherwise('SQS', 'few mails', () => b.queue('mails', queue))]);
  expect([built.id, b.decisions.map((d) => d.chosen)]).toEqual(['mails', ['SQS']]);
});

describe('the way in', () => {
  const source = docs('a case study', '2026-01-01');
  const service = (b: Blueprint, id: string) =>
    b.service(id, { does: 'answers', tier: 'web', perPod: { requestsPerSecond: capacity(100, source) }, pod: pod(1, 1) });
  const way = (b: Blueprint) => b.flows.map((f) => `${f.from} ${f.verb} ${f.to} ${f.rate.peak}`);
  const busy = (requests: number) => above('requests per second', requests, 10, source);

  test('is the one machine until a trigger fires', () => {
    const b = blueprint();
    b.oneMachineUntil([busy(10), 'it is full']);
    b.front('web', { layer: 7 }).alarm('latency p99', 1, source).routesTo(service(b, 'shop'), steady(5));
    expect(way(b)).toEqual(['clients routes shop 5']);
    expect([b.platform, b.alarms, b.decisions[0]!.chosen]).toEqual(['k3s', [], 'one machine with k3s']);
  });

  test('is a balancer afterwards, and what it routes on is what reached it', () => {
    const b = blueprint();
    b.oneMachineUntil([busy(11), 'it is full']);
    const front = b.front('web', { layer: 7 }).alarm('latency p99', 1, source);
    front
      .routesTo(service(b, 'shop'), steady(5))
      .routesTo(service(b, 'search'), steady(2))
      .routesTo(service(b, 'media'), steady(1), { returns: 9 });
    expect(way(b)).toEqual([
      'clients routes web 7',
      'web routes shop 5',
      'web routes search 2',
      'clients routes web 1',
      'web routes media 1',
    ]);
    expect([b.platform, b.alarms.length, b.decisions[0]!.chosen]).toEqual(['eks', 1, 'Kubernetes']);
  });

  test.each(['eks', 'k3s'] as const)('leads through an edge on %s, whose other flows are its own', (platform) => {
    const b = blueprint();
    b.platform = platform;
    const edge = b.edge('cdn', { serves: 'pages', ttlSeconds: 60, hitRatio: 0.5 });
    const pages = b.objectStore('pages', { holds: 'pages', bytes: 1e9, objectBytes: 1e4 });
    b.front('web', { layer: 7, behind: edge }).routesTo(service(b, 'shop'), steady(5));
    edge.reads(pages, steady(3));
    const inside = platform === 'eks' ? ['cdn routes web 5', 'web routes shop 5'] : ['cdn routes shop 5'];
    expect(way(b)).toEqual(['clients routes cdn 5', ...inside, 'cdn reads pages 3']);
  });
});
