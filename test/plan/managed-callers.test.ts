import type { Blueprint } from '../../plan/blueprint';
import { gbWith, interfaceEndpoints } from '../../plan/interface-endpoints';
import { actsOutside, tellsQueue } from '../../plan/managed-callers';
import { plan } from '../../plan/plan';
import { assumed, capacity } from '../../plan/source';
import { stage, system } from '../../plan/system';
import { GIB, MONTH, steady } from '../../plan/units';
import { figure, Workload } from '../../plan/workload';
import { uploadsPlan } from './tiny-uploads';

const source = assumed('a test');
const second = capacity(1, source);

/** Plans a system of nothing but what a blueprint declares, beside one service. */
const planOf = (declare: (b: Blueprint) => void) =>
  plan(
    system('odd', {
      title: 'Odd',
      summary: 'Flows that are not.',
      sources: [],
      workload: Workload.of({
        availability: figure('ratio', 'share of time it answers', 0.9995, source),
        requests: figure('per second', 'requests'),
      }),
      headline: { peak: 'requests' },
      stages: { usual: stage('test', source, { requests: 1 }) },
      blueprint: (_, b) => declare(b),
      claims: [],
    }),
    'usual',
  );
const bucket = (b: Blueprint) => b.objectStore('files', { holds: 'files', bytes: 1, objectBytes: 1 });
const queue = (b: Blueprint, id = 'todo', visibilitySeconds = 30) => b.queue(id, { holds: 'work', maxReceives: 3, visibilitySeconds });
const run = (b: Blueprint, more = {}) => b.function('run', { does: 'works', memoryBytes: 2 ** 27, seconds: second, ...more });

test('a bucket tells one queue, and nothing else', () => {
  expect(() =>
    planOf((b) => {
      bucket(b).publishes(queue(b), steady(1)).publishes(queue(b, 'more'), steady(1));
    }),
  ).toThrow('object store "files" tells several queues');
  expect(() =>
    planOf((b) => {
      const files = bucket(b);
      files.writes(b.keyValue('names', { holds: 'names', partitionKey: 'id', bytes: 1, itemBytes: 1 }), steady(1));
    }),
  ).toThrow('"files" writes "names": a part of kind objectStore cannot do that with one of kind keyValue');
});

test('a function consumes or follows the clock, one of them', () => {
  expect(() => planOf((b) => void run(b))).toThrow('function "run" takes a schedule or a queue');
  expect(() => planOf((b) => void run(b, { schedule: '0 1 * * *' }).consumes(queue(b), steady(1)))).toThrow('takes a schedule or a queue');
});

test('a message stays hidden for six runs as long as they may be: 3 s of a second each', () => {
  expect(() => planOf((b) => void run(b).consumes(queue(b, 'todo', 17), steady(1)))).toThrow(
    'queue "todo" hides a message for 17 s, function "run" may run 3 s; it takes 6 times that',
  );
  expect(() => planOf((b) => void run(b).consumes(queue(b, 'todo', 18), steady(1)))).not.toThrow();
});

test('what has its address in the network is out of reach of a function and a Spark job', () => {
  const cache = (b: Blueprint) => b.cache('hot', { holds: 'pages', bytes: 1, opsPerNode: capacity(1e5, source), eviction: 'allkeys-lru' });
  expect(() => planOf((b) => void run(b, { schedule: '0 1 * * *' }).reads(cache(b), steady(1)))).toThrow('kind function cannot do that');
});

test('a Spark job reads where its program is', () => {
  const executor = { vcpu: 4, memoryBytes: 16 * GIB, source };
  expect(() =>
    planOf((b) => {
      bucket(b);
      b.sparkJob('rank', { does: 'ranks', schedule: '0 1 * * *', program: 'files', executors: 1, executor, hours: second });
    }),
  ).toThrow('spark job "rank" does not read "files"');
});

describe('in a stage', () => {
  const [deployment] = uploadsPlan('scale').deployments;
  const part = (id: string) => deployment!.parts.find((p) => p.id === id)!;

  test('what they ask for passes none of our networks', () => {
    expect(deployment!.parts.filter(actsOutside).map(({ id }) => id)).toEqual(['originals', 'pictures', 'convert', 'sweep', 'rank']);
    expect(gbWith(part('arrived'), deployment!)).toBe(0);
    const [untold] = uploadsPlan('scale', { told: 0 }).deployments;
    expect(gbWith(part('arrived'), untold!)).toBeCloseTo((100 * (1000 + 100) * MONTH) / GIB, 6);
    const endpoints = (told: number) => [...interfaceEndpoints(uploadsPlan('scale', { told, uploads: 900 }).deployments[0]!).keys()];
    expect([endpoints(0).includes('sqs'), endpoints(1).includes('sqs')]).toEqual([true, false]);
  });

  test('a bucket tells a queue by its flow', () => {
    expect(['originals', 'pictures'].map((id) => tellsQueue(id, deployment!))).toEqual([true, false]);
  });

  test('quotas count runs at once, vCPUs of Spark and requests for keys', () => {
    const needed = new Map(uploadsPlan('scale', { uploads: 600 }).quotas.map((q) => [q.name, q.needed]));
    expect(needed.get('Concurrent executions')).toBe(1000 + 2);
    expect(needed.get('Max concurrent vCPUs per account')).toBe(10 * 4);
    expect(needed.get('Combined rate of data plane requests (symmetric)')).toBe(660);
  });
});
