import { plan } from '../../plan/plan';
import { filesOf } from '../../plan/sizing/delivery';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { stage, system } from '../../plan/system';
import { above } from '../../plan/trigger';
import { DAY, GIB, MIB, rate, times } from '../../plan/units';
import { figure, Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const per = (value: number) => capacity(value, source);

const EVENT_BYTES = 1000;

/** What flows through a topic: a stream job makes counts of it, a delivery files of Parquet, a lake answers questions about those. */
export const tinyStream = system('tiny-stream', {
  title: 'Tiny stream',
  summary: 'Counts what visitors do.',
  sources: [{ seed: '000', row: 1 }],
  workload: Workload.of({
    availability: figure('ratio', 'share of time it answers', 0.9995, source),
    events: figure('per second', 'events at the busiest moment'),
    stateBytes: figure('bytes', 'what a window holds', 20 * GIB, source),
  }),
  headline: { peak: 'events' },
  stages: {
    launch: stage('a few', source, { events: 50, availability: 0.99 }),
    scale: stage('many', source, { events: 30_000 }),
  },
  blueprint(w, b, world) {
    const events = rate(w.events / 3, w.events);
    const isSmall = world.events < 1000;
    b.oneMachineUntil([above('events', world.events, 1000, source), 'one machine is full']);
    const collector = b.service('collector', {
      does: 'takes events',
      tier: 'web',
      perPod: { requestsPerSecond: per(1000) },
      pod: pod(0.5, 0.5),
    });
    const raw = b.objectStore('raw', { holds: 'events as files', bytes: 1000 * GIB, objectBytes: 20 * MIB });
    const lake = b.lake('lake', {
      holds: 'events of all time',
      tables: [
        { name: 'events', store: 'raw', columns: { id: 'string', at: 'timestamp', n: 'bigint' }, partitions: 'hourly', sinceYear: 2026 },
      ],
      querySeconds: per(10),
      cutoffBytes: 100 * GIB,
    });
    const archive = b.delivery('archive', {
      does: 'writes events to files',
      table: { lake: 'lake', name: 'events' },
      ...(!isSmall && { topic: 'events' }),
    });
    b.front('web', { layer: 7 }).routesTo(collector, events);
    archive.writes(raw, filesOf(events, EVENT_BYTES), { sends: 128 * MIB });
    const queries = rate(0.01, 0.1);
    lake.reads(raw, times(queries, 100), { returns: 10 * MIB });
    collector.reads(lake, queries, { scans: GIB, returns: 10_000 });
    if (isSmall) {
      collector.publishes(archive, events, { sends: EVENT_BYTES });
      return;
    }
    const topic = b.kafka('events', {
      topics: [
        { name: 'events', partitions: 24, retentionSeconds: DAY },
        { name: 'counts', partitions: 6, retentionSeconds: DAY },
      ],
      retentionSeconds: DAY,
      messagesPerBroker: per(50_000),
    });
    const counts = b.keyValue('counts', {
      holds: 'counts by page and minute',
      partitionKey: 'page',
      sortKey: 'minute',
      bytes: GIB,
      itemBytes: 100,
    });
    const rollUp = b.streamJob('roll-up', {
      does: 'counts by minute',
      program: 'raw',
      perKpu: { messagesPerSecond: per(5000) },
      stateBytes: w.stateBytes,
    });
    collector.publishes(topic, events, { sends: EVENT_BYTES });
    archive.consumes(topic, events, { returns: EVENT_BYTES });
    rollUp
      .consumes(topic, events, { returns: EVENT_BYTES })
      .reads(raw, rate(0, 0.01))
      .writes(counts, rate(10, 100))
      .publishes(topic, rate(10, 100));
    rollUp.alarm('consumer lag', 300_000, source);
  },
  claims: [],
});

export const streamPlan = (stageName: string, set: Record<string, number> = {}) => plan(tinyStream, stageName, set);
