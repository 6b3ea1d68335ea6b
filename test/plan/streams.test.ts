import type { Blueprint } from '../../plan/blueprint';
import { deliveredBy, isDelivered } from '../../plan/deliveries';
import { interruptionsBetween } from '../../plan/interruption';
import { actsOutside } from '../../plan/managed-callers';
import type { PartRef } from '../../plan/part-ref';
import { plan } from '../../plan/plan';
import { smallest } from '../../plan/smallest';
import { assumed, capacity } from '../../plan/source';
import { stage, system } from '../../plan/system';
import { above } from '../../plan/trigger';
import { GIB, steady } from '../../plan/units';
import { figure, Workload } from '../../plan/workload';
import { streamPlan } from './tiny-stream';

const source = assumed('a test');
const one = capacity(1, source);

/** Parts that lead to each other as they should. */
interface Right {
  raw: PartRef;
  lake: PartRef;
  topic: PartRef;
  table: { lake: string; name: string };
}

/** Plans a system of what is right, and what a blueprint adds to it. */
const planOf = (add: (b: Blueprint, right: Right) => void, platform: 'eks' | 'k3s' = 'eks') =>
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
      blueprint(_, b) {
        if (platform === 'k3s') b.oneMachineUntil([above('nothing', 0, 1, source), 'it is never outgrown']);
        const raw = b.objectStore('raw', { holds: 'files', bytes: 1, objectBytes: 1 });
        b.objectStore('other', { holds: 'files', bytes: 1, objectBytes: 1 });
        const columns = { id: 'string' };
        const lake = b.lake('lake', {
          holds: 'events',
          tables: [{ name: 'events', store: 'raw', columns, partitions: 'daily', sinceYear: 2026 }],
          querySeconds: one,
        });
        lake.reads(raw, steady(1));
        const topics = [{ name: 'events', partitions: 2, retentionSeconds: 60 }];
        const topic = b.kafka('log', { topics, retentionSeconds: 60, messagesPerBroker: capacity(1e4, source) });
        add(b, { raw, lake, topic, table: { lake: 'lake', name: 'events' } });
      },
      claims: [],
    }),
    'usual',
  );
const job = (b: Blueprint) => b.streamJob('job', { does: 'counts', program: 'raw', perKpu: { messagesPerSecond: one }, stateBytes: GIB });

describe('a stream job', () => {
  test('consumes a topic, and reads where its program is', () => {
    expect(() => planOf((b, { raw }) => void job(b).reads(raw, steady(1)))).toThrow('stream job "job" consumes no Kafka part');
    expect(() => planOf((b, { topic }) => void job(b).consumes(topic, steady(1)))).toThrow('stream job "job" does not read "raw"');
    expect(() => planOf((b, { topic, raw }) => void job(b).consumes(topic, steady(1)).reads(raw, steady(1)))).not.toThrow();
  });

  test('is refused beside one machine, with what does there', () => {
    expect(() => planOf((b, { topic, raw }) => void job(b).consumes(topic, steady(1)).reads(raw, steady(1)), 'k3s')).toThrow(
      'stream job "job" beside one machine: that network has no way out for it, and its two KPUs cost more than the machine; declare a worker there',
    );
  });

  test('reaches no pod', () => {
    expect(() =>
      planOf((b) => {
        const pod = { vcpu: 1, memoryBytes: GIB, source };
        job(b).calls(b.service('api', { does: 'answers', tier: 'web', perPod: { requestsPerSecond: one }, pod }), steady(1));
      }),
    ).toThrow('"job" calls "api": a part of kind streamJob cannot do that with one of kind service');
  });

  test('stops for a moment when it gets more KPUs', () => {
    const [before, after] = [streamPlan('scale'), streamPlan('scale', { events: 60_000 })];
    expect(interruptionsBetween(before, after).filter(({ part }) => part === 'roll-up')).toEqual([
      expect.objectContaining({ phase: 'compute', from: '9 KPUs', to: '18 KPUs', effect: expect.stringContaining('snapshot') }),
    ]);
  });
});

describe('a delivery', () => {
  const archive = (b: Blueprint, more: object) =>
    b.delivery('archive', { does: 'writes files', table: { lake: 'lake', name: 'events' }, topic: 'events', ...more });

  test.each<[string, (b: Blueprint, right: Right) => void]>([
    ['writes to one object store', (b, { topic }) => void archive(b, {}).consumes(topic, steady(1))],
    [
      'is of table "clicks", which lake "lake" does not have',
      (b, { topic, raw }) =>
        void archive(b, { table: { lake: 'lake', name: 'clicks' } })
          .consumes(topic, steady(1))
          .writes(raw, steady(1)),
    ],
    [
      'takes topic "clicks"; "log" has events',
      (b, { topic, raw }) => void archive(b, { topic: 'clicks' }).consumes(topic, steady(1)).writes(raw, steady(1)),
    ],
    ['consumes a Kafka part, or is published to, one of them', (b, { raw }) => void archive(b, {}).writes(raw, steady(1))],
  ])('%s', (why, add) => {
    expect(() => planOf(add)).toThrow(`delivery "archive" ${why}`);
  });

  test('leads from a topic to the bucket of its table', () => {
    const [deployment] = streamPlan('scale').deployments;
    const part = deployment!.parts.find((p) => p.kind === 'delivery')!;
    const { kafka, store, table } = deliveredBy(part, deployment!);
    expect([kafka?.id, store.id, table.name, isDelivered('events', deployment!)]).toEqual(['events', 'raw', 'events', true]);
  });

  test('leaves the brokers of a sandbox alone, which take no private connectivity', () => {
    const [deployment] = smallest(streamPlan('scale')).deployments;
    expect(isDelivered('events', deployment!)).toBe(false);
  });
});

describe('a lake', () => {
  test('is asked by queries that say what they look through, and reads where its tables lie', () => {
    const pod = { vcpu: 1, memoryBytes: GIB, source };
    const api = (b: Blueprint) => b.service('api', { does: 'answers', tier: 'web', perPod: { requestsPerSecond: one }, pod });
    expect(() => planOf((b, { lake }) => void api(b).reads(lake, steady(1)))).toThrow('does not say what a query scans');
    expect(() => planOf((b, { lake }) => void api(b).writes(lake, steady(1)))).toThrow('"api" writes lake "lake", which is only read');
    expect(() => planOf((b, { raw }) => void api(b).reads(raw, steady(1), { scans: 1 }))).toThrow('only queries to a lake do');
    expect(() => planOf((b, { lake }) => void api(b).reads(lake, steady(1), { scans: 1 }))).not.toThrow();
    expect(() =>
      planOf((b) => {
        const tables = [{ name: 'more', store: 'other', columns: {}, partitions: 'daily', sinceYear: 2026 } as const];
        b.lake('second', { holds: 'more', tables, querySeconds: one });
      }),
    ).toThrow('lake "second" does not read "other", where table "more" lies');
  });
});

test('what they ask for passes our network in the case of a stream job alone', () => {
  const [deployment] = streamPlan('scale').deployments;
  expect(
    deployment!.parts
      .filter(actsOutside)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['archive', 'lake', 'raw']);
});

test('quotas count KPUs, bytes a partition, bytes put, and queries at once', () => {
  const needed = (stageName: string, set: Record<string, number>) =>
    new Map(streamPlan(stageName, set).quotas.map((q) => [`${q.service}: ${q.name}`, q.needed]));
  const large = needed('scale', { events: 600_000 });
  expect(large.get('Managed Service for Apache Flink: KPUs of an application')).toBe(Math.ceil(600_000 / 3500));
  expect(large.get('Data Firehose: Read throughput of a partition of an MSK topic, MB/s')).toBe(600 / 24);
  expect(needed('launch', { events: 900 }).size).toBe(0);
});
