import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, GIB, HOUR, MINUTE, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const row = seed('001', 6);
const ch = (chapter: string) => seed('001', 6, chapter);
const perEditor = derived(ch('ch1'), 'reference figure divided by 1M editors');
const ours = assumed('a stage of our own: no source gives a growth path');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that documents can be edited', 0.9995, ch('README')),
  editors: figure('items', 'people connected at the busiest moment'),
  averageShare: figure('ratio', 'connected on average, of those at the busiest moment', 0.4, assumed('offices of a few continents')),
  editorsPerDocument: figure('each', 'people in an open document', 3.5, derived(ch('ch1'), 'the middle of 2 to 5')),
  movingShare: figure('ratio', 'of those connected whose cursor moves', 0.1, assumed('one in ten; the others read')),
  cursorsPerSecond: figure('per second', 'positions of a moving cursor', 7.5, derived(ch('ch3'), 'one in 100 to 200 ms')),
  snapshotSeconds: figure('seconds', 'between two snapshots of a document that changes', 5 * MINUTE, ch('ch3')),
  documentBytes: figure('bytes each', 'a document', 50e3, assumed('twenty pages; the limit is 10 MB')),
  operationDays: figure('each', 'days that single operations are kept', 30, assumed('after that the history has its snapshots')),
})
  .and({
    openDocuments: figure(
      'items',
      'documents open at the busiest moment',
      (w) => w.editors / w.editorsPerDocument,
      derived(ch('ch1'), 'people over people a document'),
    ),
    documents: figure('items', 'documents in all', (w) => 1e3 * w.editors, perEditor),
    daily: figure('items', 'people of a day', (w) => 5 * w.editors, perEditor),
    operationsAverage: figure('per second', 'batches of operations on average', (w) => 0.01 * w.editors, perEditor),
    operationsPeak: figure('per second', 'batches of operations in a burst', (w) => 0.1 * w.editors, perEditor),
    cursorsPeak: figure(
      'per second',
      'cursor positions at the busiest moment',
      (w) => w.movingShare * w.cursorsPerSecond * w.editors,
      derived(ch('ch3'), 'of those that move'),
    ),
  })
  .and({
    opensPerDay: figure('per day', 'documents opened', (w) => 8 * w.daily, assumed('eight a day by each')),
    snapshotsPeak: figure(
      'per second',
      'snapshots written',
      (w) => (0.2 * w.openDocuments) / w.snapshotSeconds,
      derived(ch('ch3'), 'one open document in five changes within five minutes: assumed'),
    ),
  });

/** Documents live where their owner does; shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.45, role: 'active' },
  { name: 'eu-west-1', share: 0.35, role: 'active' },
  { name: 'ap-southeast-1', share: 0.2, role: 'active' },
];

/** Type, position, text, author, version: assumed. */
const OPERATION_BYTES = 200;
const CURSOR_BYTES = 100;
/** Document, index of versions, four permissions, comments: assumed, with indexes. */
const ROW_BYTES = 1500;

export default system('collaborative-editor', {
  title: 'Collaborative document editor',
  summary: 'Orders the edits of each document by one owner, which transforms, logs and broadcasts them; snapshots keep loading short.',
  aliases: ['google-docs', 'document-editor'],
  sources: [{ seed: '001', row: 6 }],
  workload,
  headline: { users: 'daily', peak: 'operationsPeak' },

  stages: {
    launch: stage('1K editors at once', ours, { editors: 1e3, availability: 0.99 }),
    growth: stage('30K editors at once', ours, { editors: 30e3 }),
    scale: stage('300K editors at once', ours, { editors: 300e3 }),
    'seed-001': stage('1M editors at once', seed('001', 6), { editors: 1e6 }),
  },

  regions: (w) => [
    when(
      above('concurrent editors', w.editors, 300e3, assumed('half of them sit 150 ms away, which a keystroke to others crosses twice')),
      'active regions, a document in that of its owner',
      'one order of edits in the world asks for one owner; most who share a document share a continent',
      () => REGIONS,
    ),
    otherwise('one region', 'half a second from edit to others holds across an ocean', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const operations = rate(w.operationsAverage, w.operationsPeak);
    const cursors = rate(w.averageShare * w.cursorsPeak, w.cursorsPeak);
    const opens = rate(w.opensPerDay / DAY, (3 * w.opensPerDay) / DAY);
    const snapshots = rate(w.averageShare * w.snapshotsPeak, w.snapshotsPeak);
    const others = w.editorsPerDocument - 1;
    const grown = above('concurrent editors', world.editors, 1e3, assumed('one machine has their connections and documents in memory'));
    const large = above('concurrent editors', world.editors, 30e3, assumed('one writer of documents and permissions is half full'));

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.999, ch('ch1')), 'a lost machine closes every document'],
      [grown, 'connections and open documents fill its memory'],
    );

    const gateway = b.service('ws-gateway', {
      does: 'holds sockets, passes the edits of a document to its owner, and what the owner says to all who have it open',
      protocol: 'websocket',
      tier: 'sockets',
      connections: w.editors,
      connectionsAverage: w.averageShare * w.editors,
      perPod: { connections: capacity(10e3, assumed('small messages to a handful of sockets each')) },
      pod: pod(2, 4),
      scaleOn: 'connections',
      // Clients come back with what they did meanwhile, spread over five minutes.
      drainSeconds: 300,
    });

    // One owner a document: whoever hashes its id finds it, and nobody else orders its edits.
    const owners = b.decide('who orders the edits of a document', [
      otherwise(
        'one owner by hash of the document, operational transform',
        'one process decides the order, so all converge; state is in its memory',
        () =>
          b.stateful('collaboration', {
            does: 'checks who may and how much, orders and transforms operations of its documents, logs them, then tells all who have them open',
            tier: 'collaboration',
            copies: 1,
            perPod: { requestsPerSecond: capacity(1000, assumed('a transform against a handful of concurrent ones, in a millisecond')) },
            pod: { vcpu: 1, memoryBytes: 3 * GIB, source: assumed('some thousand open documents of 300 KB each') },
            rebuiltFrom: 'the last snapshot and the operation log',
            drainSeconds: 60,
          }),
      ),
      reject('CRDT', 'no owner needed, at several times the bytes; for rich structures and editing without a server', ch('ch2, ch3')),
      reject('state of open documents in Redis', 'two more hops a keystroke, and two processes could order at once', ch('ch4')),
      reject('a lock on the document', 'then people take turns', assumed('several type in one paragraph')),
    ]);

    const log = b.decide('operation log', [
      otherwise(
        'table by document and version',
        'whoever comes back asks for all after a version, which is one range of one partition',
        () =>
          b.keyValue('operations', {
            holds: 'every operation of a month, appended before it is told to anybody',
            partitionKey: 'doc_id',
            sortKey: 'version',
            ttlAttribute: 'expires_at',
            bytes: OPERATION_BYTES * operations.average * DAY * w.operationDays,
            itemBytes: OPERATION_BYTES,
            strongReads: true,
          }),
      ),
      reject('Kafka', 'appends as fast; but a partition mixes documents, and to replay one reads all of them', ch('ch2')),
      reject('time-series database', 'sorts by time, while order is what the owner said', ch('ch4')),
    ]);

    const postgres = {
      engine: 'postgres',
      holds: 'documents, permissions, share links, comments, index of versions',
      bytes: w.documents * ROW_BYTES,
      hotBytes: capacity(ROW_BYTES * 0.1 * w.documents + 1e9, derived(ch('ch1'), 'a tenth is active; 1 GB for the server')),
      queriesPerVcpu: capacity(1000, assumed('rows by their key')),
    } as const;
    const database = b.decide('documents and permissions', [
      when(large, 'sharded by document', 'a billion documents; a document, its people and comments are on one shard', () =>
        b.relational('documents', { ...postgres, topology: 'multi-az', sharding: 'by hash', maxVcpu: 16, pitrDays: 35, strongReads: true }),
      ),
      when(grown, 'PostgreSQL with a stand-in', 'one primary carries them', () =>
        b.relational('documents', { ...postgres, topology: 'multi-az', pitrDays: 35, strongReads: true }),
      ),
      otherwise('one PostgreSQL', 'a million rows', () => b.relational('documents', { ...postgres, topology: 'single', pitrDays: 7 })),
      reject('MongoDB', 'permissions join documents with people', ch('README')),
    ]);

    const snapshotStore = b.objectStore('snapshots', {
      holds: 'documents at a version, each some minutes or a thousand operations after the last',
      // Assumed: three versions of each are kept, the others thinned out.
      bytes: 3 * w.documents * w.documentBytes,
      objectBytes: w.documentBytes,
      lifecycle: [{ afterDays: 30, to: 'intelligent tiering' }],
      tieredShare: { frequent: 0.05, infrequent: 0.05, archive: 0.8 },
    });
    const media = b.objectStore('media', {
      holds: 'images and embedded files, by id',
      bytes: 100e3 * w.documents,
      objectBytes: 500e3,
      lifecycle: [{ afterDays: 30, to: 'intelligent tiering' }],
      tieredShare: { frequent: 0.05, infrequent: 0.05, archive: 0.8 },
    });

    // Sockets.
    const entry = b.front('sockets', { layer: 4, connections: w.editors, drainSeconds: 300, idleSeconds: 350 });
    entry.routesTo(gateway, operations, { sends: OPERATION_BYTES, returns: others * OPERATION_BYTES }).routesTo(gateway, cursors, {
      sends: CURSOR_BYTES,
      returns: others * CURSOR_BYTES,
    });
    // One stream from a gateway to each owner: what others write comes back on it.
    gateway.calls(owners, operations, { sends: OPERATION_BYTES, returns: (1 + others) * OPERATION_BYTES });
    owners
      .writes(log, operations, { sends: OPERATION_BYTES })
      // A document that is opened: its snapshot, and on average half of a thousand operations in one query.
      .reads(snapshotStore, times(opens, 1 / w.editorsPerDocument), { returns: w.documentBytes })
      .reads(log, times(opens, 1 / w.editorsPerDocument), { returns: 500 * OPERATION_BYTES })
      .reads(database, opens, { returns: 500 })
      .writes(snapshotStore, snapshots, { sends: w.documentBytes })
      .writes(database, snapshots, { sends: 200 });

    // Cursors are gone in a second: they are never logged, and edits go on without them.
    const redis = (topology?: 'cluster') =>
      b.cache('presence', {
        holds: 'who is in a document, cursors and selections, gone after a minute',
        bytes: 2 * 300 * w.editors,
        opsPerNode: capacity(100e3, assumed('publishes of a hundred bytes')),
        topology,
        eviction: 'volatile-ttl',
      });
    const presence = b.decide('presence and cursors', [
      when(large, 'Redis Cluster, published by document', 'more positions than one node passes on', () => redis('cluster')),
      when(grown, 'Redis, published by document', 'a position is told to the gateways that have the document open, and forgotten', () =>
        redis(),
      ),
      otherwise('in the memory of the gateway', 'there is one', () => undefined),
      reject('through the log', 'ten times the edits, and worth nothing a second later', assumed('positions and edits as computed')),
    ]);
    if (presence)
      gateway
        .writes(presence, cursors, { sends: CURSOR_BYTES, soft: true })
        .reads(presence, cursors, { returns: others * CURSOR_BYTES, soft: true });

    // Everything that is no edit.
    const documents = b.service('document-service', {
      does: 'documents, permissions, share links, comments; where media may be put and fetched',
      tier: 'web',
      perPod: { requestsPerSecond: capacity(300, assumed('two queries a request')) },
      pod: pod(1, 1),
    });
    const history = b.service('history', {
      does: 'time travel, differences, restore',
      tier: 'web',
      perPod: { requestsPerSecond: capacity(20, assumed('replays up to a thousand operations')) },
      pod: pod(1, 2),
    });
    const looked = times(opens, 0.02);
    const front = b.front('web', { layer: 7 }).alarm('latency p99', 2, ch('ch4'));
    front.routesTo(documents, times(opens, 4), { returns: 3e3 }).routesTo(history, looked, { returns: w.documentBytes });
    const added = times(opens, 0.01);
    documents
      .reads(database, times(opens, 6))
      .writes(database, times(opens, 0.5))
      // Its permissions are what addresses of media are signed with.
      .reads(media, times(added, 0.01), { soft: true })
      .writes(media, times(added, 0.01), { soft: true });
    b.clients.writes(media, added, { sends: 500e3, returns: 0 });
    history
      .reads(snapshotStore, looked, { returns: w.documentBytes })
      .reads(log, looked, { returns: 500 * OPERATION_BYTES })
      .reads(database, looked);
    const cdn = b.edge('cdn', { serves: 'media, and snapshots of documents that are published', ttlSeconds: DAY, hitRatio: 0.6 });
    const shown = times(opens, 2);
    b.clients.routesTo(cdn, shown, { returns: 200e3 });
    cdn.reads(media, times(shown, 0.39), { returns: 200e3 }).reads(snapshotStore, times(shown, 0.01), { returns: w.documentBytes });

    // Who closes a document leaves it short to load; hot ones do not wait for that.
    const idle = b
      .queue('idle-documents', { holds: 'documents to write a snapshot of', maxReceives: 5, retentionSeconds: DAY })
      .alarm('oldest message', 10 * MINUTE, derived(ch('ch4'), 'snapshot lag; two intervals of five minutes: assumed'));
    const closed = times(opens, 1 / w.editorsPerDocument);
    owners.publishes(idle, closed, { soft: true });
    b.worker(
      'snapshot-builder',
      'snapshots of idle and hot documents, thins versions out',
      capacity(20, assumed('replays a few hundred operations')),
    )
      .consumes(idle, closed)
      .reads(snapshotStore, closed, { returns: w.documentBytes })
      .reads(log, closed, { returns: 300 * OPERATION_BYTES })
      .writes(snapshotStore, times(closed, 0.5), { sends: w.documentBytes })
      .writes(database, times(closed, 0.5));
    b.job('link-expirer', {
      does: 'closes share links whose time has passed',
      tier: 'web',
      schedule: '0 * * * *',
      pod: pod(0.1, 0.125),
      source: row,
    }).writes(database, steady(Math.max(1 / HOUR, (1e-6 * w.documents) / HOUR)));
  },

  claims: [
    claim(
      'cursors',
      'seed-001',
      'cursor updates per second',
      7.5e6,
      'per second',
      derived(ch('ch1, ch3'), 'all editors move at once'),
    ).against((e) => e.figure('cursorsPeak'), 'A tenth of them moves.'),
    claim('open', 'seed-001', 'open documents', [200e3, 500e3], 'documents', derived(ch('ch1'), '1M over 2 to 5')).against(
      (e) => e.figure('openDocuments'),
      '1M over 3.5 people each.',
    ),
    claim('replay', 'seed-001', 'operations past a snapshot', 1000, 'operations', ch('ch3')).against(
      (e) => (e.figure('operationsPeak') / e.figure('openDocuments')) * e.figure('snapshotSeconds'),
      'In a burst an open document has one batch in three seconds, so the five minutes come first; a thousand are for those where ten people type.',
    ),
  ],
});
