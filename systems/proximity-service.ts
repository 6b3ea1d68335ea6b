import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { partitionsFor } from '../plan/sizing/kafka-partitions';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above } from '../plan/trigger';
import { HOUR, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 29, chapter);
const perPlace = derived(ch('ch1'), 'reference figure divided by 100M places');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that searches are answered', 0.999, ch('README, ch4')),
  places: figure('items', 'places that can be found'),
  peakFactor: figure('ratio', 'busiest moment of searches over the average', 2.5, assumed('lunch and evening of a region')),
  updateFactor: figure('ratio', 'positions at the busiest moment over the average', 5, derived(ch('ch1'), '10M/s at peak over 2M/s')),
  updateSeconds: figure('seconds', 'time between two positions of an object', 5, ch('ch1')),
  placeBytes: figure('bytes each', 'a place in the index', 100, ch('ch1')),
  cellsRead: figure('each', 'cells of a search: the one it is in and those around it', 9, ch('ch2')),
  results: figure('each', 'places on a page of results', 20, ch('ch2')),
  densestShare: figure(
    'ratio',
    'searches that fall into the busiest prefix of two characters',
    0.05,
    assumed('a square of 600 x 1200 km with several of the largest cities'),
  ),
  rememberedShare: figure(
    'ratio',
    'cells that a pod still has from an earlier search',
    0.5,
    assumed('a cell lives for a minute in the pod; cities are asked for all the time'),
  ),
  fallbackShare: figure('ratio', 'searches that the database answers: details, areas, cold cells', 0.01, assumed('cells live in memory')),
})
  .and({
    objects: figure('items', 'cars, couriers and people that report where they are', (w) => 0.1 * w.places, perPlace),
    queriesPeak: figure('per second', 'searches at the busiest moment', (w) => 0.01 * w.places, perPlace),
    fences: figure(
      'items',
      'areas whose borders are watched',
      (w) => 0.01 * w.places,
      derived(ch('ch1'), '1M fences, asked as a question'),
    ),
  })
  .and({
    updatesPeak: figure('per second', 'positions at the busiest moment', (w) => (w.updateFactor * w.objects) / w.updateSeconds, ch('ch1')),
  });

/** Places belong to regions, and people search where they are: shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.4, role: 'active' },
  { name: 'eu-west-1', share: 0.3, role: 'active' },
  { name: 'ap-southeast-1', share: 0.3, role: 'active' },
];

/** Object, latitude, longitude, time, accuracy. */
const POSITION_BYTES = 100;
/** Positions of a message, gathered by a pod within milliseconds. */
const BATCH = 50;
/** Name, address, hours, rating, photographs' addresses, indexes: assumed. */
const RECORD_BYTES = 2e3;
const INDEXED = capacity(500, assumed('25K positions a second in pipelines'));
/** Commands of a few hundred bytes in pipelines: assumed. */
const OPS_PER_NODE = capacity(100e3, assumed('pipelined reads and writes of a sorted set on one core'));

export default system('proximity-service', {
  title: 'Proximity service',
  summary: 'Finds what is near: places by cell in memory, objects that report every five seconds, and areas whose borders raise events.',
  aliases: ['nearby', 'yelp', 'geo-search'],
  sources: [{ seed: '001', row: 29 }],
  workload,
  headline: { peak: 'queriesPeak' },

  stages: {
    mvp: stage('1M places, nothing moves; 100 searches a second (assumed)', ch('ch4'), {
      places: 1e6,
      objects: 0,
      queriesPeak: 100,
      availability: 0.99,
    }),
    production: stage('10M places, 1M objects', ch('ch4'), { places: 10e6 }),
    scale: stage('100M places, 10M objects', ch('ch1, ch4'), { places: 100e6 }),
    'seed-001': stage('100M places, 10M positions a second', seed('001', 29), { places: 100e6, updatesPeak: 10e6 }),
    'seed-001-readme': stage('100M places, 2M positions a second', ch('README'), { places: 100e6, updateFactor: 1 }),
  },

  regions: (w) => [
    when(
      above('places', w.places, 10e6, ch('ch4')),
      'active regions, people led to the nearest',
      'nobody searches across an ocean; a region holds its own places and objects',
      () => REGIONS,
    ),
    otherwise('one region', 'the index of all places fits one', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const searches = rate(w.queriesPeak / w.peakFactor, w.queriesPeak);
    const positions = rate(w.updatesPeak / w.updateFactor, w.updatesPeak);
    const inMemory = above('places', world.places, 1e6, ch('ch4'));
    const large = above('places', world.places, 10e6, ch('ch4'));
    const moving = above('moving objects', world.objects, 0, ch('ch4'));

    b.oneMachineUntil([
      inMemory,
      'the index of the database no longer answers alone, and a machine of its own is no place for one in memory',
    ]);

    const query = b.service('query', {
      does: 'cells around a point, filters by category, rating and hours, distance, the nearest twenty',
      tier: 'web',
      perPod: { requestsPerSecond: capacity(2000, ch('ch1')) },
      pod: pod(2, 4),
    });
    const editor = b.service('place-editor', {
      does: 'adds and changes places and areas',
      tier: 'web',
      perPod: { requestsPerSecond: capacity(200, assumed('one transaction and one cell a change')) },
      pod: pod(0.5, 1),
    });

    // The record, the areas, and the answer when memory has none.
    const bytes = w.places * RECORD_BYTES + w.fences * 5e3;
    const postgis = { engine: 'postgres', holds: 'places, areas as polygons with their index (PostGIS)', bytes } as const;
    const QUERIES = capacity(100, derived(ch('ch2'), 'a polygon look-up of 50 ms is mostly waiting: a tenth of it is processor'));
    const spatial = b.decide('places and areas', [
      when(large, 'Aurora with PostGIS and readers', 'readers answer when the index in memory is gone, slower', () =>
        b.relational('spatial', { ...postgis, topology: 'aurora', queriesPerVcpu: QUERIES, readersAtLeast: 2, pitrDays: 35 }),
      ),
      when(inMemory, 'PostgreSQL with PostGIS, with a stand-in', 'areas with holes and crooked borders are tested exactly', () =>
        b.relational('spatial', { ...postgis, topology: 'multi-az', queriesPerVcpu: QUERIES, pitrDays: 35 }),
      ),
      otherwise('PostgreSQL with PostGIS', 'a box around the point and an index by place answer a hundred searches a second', () =>
        b.relational('spatial', { ...postgis, topology: 'single', queriesPerVcpu: QUERIES, pitrDays: 7 }),
      ),
      reject('DynamoDB with geohash keys', 'no polygons, and a page reads nine partitions that all must be filtered', ch('ch3')),
    ]);

    // Which key a command names decides which shard works: a city that is one key is one core.
    const perCell = above(
      'searches per second for one prefix',
      world.densestShare * world.queriesPeak,
      0.2 * OPS_PER_NODE.value,
      assumed('a radius search of a whole prefix costs five plain commands'),
    );
    const redis = (id: string, holds: string, size: number) =>
      b.cache(id, { holds, bytes: size, opsPerNode: OPS_PER_NODE, topology: 'cluster', eviction: 'noeviction' });
    const index = b.decide('index of places', [
      when(
        perCell,
        'a key a cell, in Redis Cluster',
        'the cells of a city lie on all shards; a search reads those of its nine that the pod does not remember',
        () => ({
          cache: redis('places', 'places by cell of about a kilometre, ready to be filtered', 3 * w.places * w.placeBytes),
          commands: w.cellsRead * (1 - w.rememberedShare),
          returns: 2e3,
        }),
      ),
      when(inMemory, 'a key a geohash prefix, in Redis Cluster', 'one radius command finds all, as long as no prefix fills a core', () => ({
        cache: redis('places', 'places as sorted geo sets by prefix of two characters', 3 * w.places * w.placeBytes),
        // A radius costs five, and one search in five reaches over a border: assumed.
        commands: 6,
        returns: 3e3,
      })),
      otherwise('the index of the database', 'a million places fit its memory', () => undefined),
      reject('shards by hash of the place', 'every search would ask every shard', ch('ch3')),
      reject('answers cached by query', 'no two people stand on the same spot; cells are shared', ch('ch3')),
      reject(
        'H3',
        'hexagons have even neighbours, which matters when drivers are matched to riders; a search only filters what its cells hold',
        ch('ch3'),
      ),
    ]);
    // Where memory is gone the database answers, 50 ms instead of 10.
    const direct = b.front('web', { layer: 7 });
    // Twenty results, compressed.
    direct.routesTo(query, searches, { sends: 300, returns: 2e3 });
    const changes = steady(w.places / (30 * 86_400));
    direct.routesTo(editor, changes, { sends: 2e3 });
    editor.writes(spatial, changes, { sends: RECORD_BYTES });
    if (index) {
      query.reads(index.cache, times(searches, index.commands), { returns: index.returns, soft: true });
      query.reads(spatial, times(searches, w.fallbackShare), { returns: w.results * RECORD_BYTES });
      editor.writes(index.cache, changes, { soft: true });
      index.cache.alarm('latency p99', 0.01, ch('ch2'));
    } else query.reads(spatial, searches, { returns: w.results * RECORD_BYTES });
    direct.alarm('latency p99', 0.1, ch('ch1'));

    b.decide('positions', [
      when(
        moving,
        'written to memory, told by a log',
        'five milliseconds to the index, ten to the log; nobody waits for who listens',
        () => {
          const update = b.service('location-update', {
            does: 'checks positions and hands them to the log in batches',
            tier: 'updates',
            perPod: { requestsPerSecond: capacity(10e3, ch('ch1')) },
            pod: pod(2, 2),
          });
          const objects = redis('objects', 'latest position of each object, gone after a minute of silence', 2 * 300 * w.objects);
          // Devices keep their connection; a balancer that reads requests would bill each of them.
          const entry = b.front('positions', { layer: 4, connections: w.objects, idleSeconds: 350 });
          entry.routesTo(update, positions, { sends: 200, returns: 60 });
          query.reads(objects, times(searches, index ? index.commands : 1), { returns: 1e3, soft: true });
          const batches = times(positions, 1 / BATCH);
          const log = b
            .kafka('positions-log', {
              topics: [{ name: 'positions', partitions: partitionsFor(batches, INDEXED.value), retentionSeconds: HOUR }],
              retentionSeconds: HOUR,
              messagesPerBroker: capacity(50e3, assumed('batches of 5 KB, the volume binds first')),
            })
            .alarm(
              'consumer lag',
              10 * batches.peak,
              derived(ch('ch4'), 'the last known position is shown; alarm when it is ten seconds old: assumed'),
            );
          update.publishes(log, batches, { sends: BATCH * POSITION_BYTES });
          b.worker('indexer', 'writes the latest position of each object', INDEXED, {
            pod: pod(1, 1),
          })
            .consumes(log, batches, { returns: BATCH * POSITION_BYTES })
            .writes(objects, positions, { sends: POSITION_BYTES });

          b.decide('borders of areas', [
            when(large, 'tested while positions pass by', 'boxes in memory leave a tenth of the tests to polygons', () => {
              const geofencing = b.worker(
                'geofencing',
                'finds who enters and leaves an area: boxes first, then polygons',
                capacity(1000, assumed('50K positions a second against the boxes of their cell')),
                { pod: pod(1, 4) },
              );
              const events = b
                .queue('border-events', { holds: 'entries and exits', maxReceives: 5, retentionSeconds: HOUR })
                .alarm('oldest message', 60, assumed('an entry told a minute late is of no use'));
              // Assumed: one position in ten thousand crosses a border, told ten a message.
              const crossed = times(positions, 1e-4);
              geofencing
                .consumes(log, batches, { returns: BATCH * POSITION_BYTES })
                // Areas of a cell are kept by the pod that sees it, and read again once a minute.
                .reads(spatial, times(batches, 1e-3), { returns: 50e3, soft: true })
                .publishes(events, times(crossed, 0.1), { sends: 2e3 });
              const notifier = b.worker('notifier', 'tells phones and webhooks', capacity(50, assumed('ten calls a message, in parallel')));
              notifier.consumes(events, times(crossed, 0.1), { returns: 2e3 });
              notifier.sends(b.channel('push', { medium: 'push', messageBytes: 500 }), times(crossed, 0.9), { sends: 500 });
              const hooks = b.external('webhooks', { does: 'addresses that customers name', host: 'hooks.example.com', source: ch('ch2') });
              notifier.calls(hooks, times(crossed, 0.1), { sends: 500, returns: 100, soft: true });
            }),
            otherwise('none', 'who follows an object asks where it is', () => undefined),
            reject('a test of every fence for every position', '10M positions x 1M fences a second', ch('ch3')),
          ]);
        },
      ),
      otherwise('none', 'places do not move', () => undefined),
      reject('asked on demand', 'spares batteries, and finds nobody that is near until all have answered', ch('ch3')),
      reject('positions kept', 'no source states consent or retention; the log forgets after an hour', ch('ch4')),
    ]);
  },

  claims: [
    claim('update-nodes', 'scale', 'nodes that take positions', 1000, 'nodes', ch('ch1')).against(
      (e) => e.count('location-update'),
      '10M/s at 10K each, all busy. With four fifths at most and a zone lost it is nearly twice that.',
    ),
    claim('query-nodes', 'scale', 'nodes that answer searches', 500, 'nodes', ch('ch1')).against(
      (e) => e.count('query'),
      '1M/s at 2K each, all busy; ours outlives the loss of a zone.',
    ),
    claim('sustained', 'scale', 'positions per second, average', 2e6, 'per second', ch('ch1')).against(
      (e) => e.figure('objects') / e.figure('updateSeconds'),
      '10M objects every five seconds. The five times of the peak are stated and not explained.',
    ),
    claim('index', 'scale', 'memory of the index of places', 10e9, 'bytes', ch('ch1')).against(
      (e) => 3 * e.figure('places') * e.figure('placeBytes'),
      '100 bytes a place are the fields alone; member, score and hash table of a sorted set make about three times that: assumed.',
    ),
    claim('one-node', 'scale', 'shards, if size alone decided', 1, 'shards', derived(ch('ch1'), '10 GB fit a node')).against(
      (e) => (e.figure('queriesPeak') * e.figure('cellsRead') * (1 - e.figure('rememberedShare'))) / (0.75 * OPS_PER_NODE.value),
      'Nine cells of a million searches a second, half of them not remembered, ask for shards; bytes do not.',
    ),
    claim('seed-peak', 'seed-001', 'positions per second in the index of case studies', 10e6, 'per second', seed('001', 29)).against(
      (e) => e.figure('updatesPeak'),
      'Its peak; README has the 2M/s of the average, a stage of its own here.',
    ),
  ],
});
