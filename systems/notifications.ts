import type { Region } from '../plan/blueprint';
import { claim, type Evidence } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import type { PartRef } from '../plan/part-ref';
import type { ExternalSpec } from '../plan/sizing/external';
import { pod, type ServiceSpec } from '../plan/sizing/service';
import { table } from '../plan/sizing/wide-column-table';
import { assumed, type Capacity, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, allOf, anyOf, atLeast, wanted } from '../plan/trigger';
import { DAY, HOUR, MONTH, perDay, type Rate, rate, steady, sum, times } from '../plan/units';
import { figure, type Resolved, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('000', 2, chapter);
const text002 = seed('002', 2);
const perUser = derived(ch('ch01'), 'reference figure divided by 50M users');
const shareOfPeak = derived(ch('ch01'), 'peak x share of the e-mails');

const workload = Workload.of({
  availability: figure('ratio', 'share of time notifications are accepted', 0.9995, ch('ch00')),
  users: figure('users', 'registered users'),
  inAppDelay: figure('seconds', 'wait that users accept for a notification in the app', 1, ch('ch00')),
  heartbeatSeconds: figure('seconds', 'time between two heartbeats of a connection', 30, ch('ch04')),
  connectionsPerServer: figure('each', 'connections one WebSocket server holds', 500e3, ch('ch01, ch04 (8 vCPU, 32 GB)')),
  serverVcpu: figure('each', 'vCPU of a WebSocket server, with 4 GB each', 8, ch('ch01, ch04')),
  broadcastSeconds: figure('seconds', 'time in which a broadcast reaches its audience', 1800, ch('ch01; 002: bulk within 30 min')),
  retentionDays: figure('days', 'days inbox and delivery log are kept', 90, ch('ch03')),
  notificationBytes: figure('bytes each', 'a notification with its inbox entry', 450, ch('ch01')),
  deliveryBytes: figure('bytes each', 'a record of the delivery log', 200, ch('ch01')),
  inboxRows: figure('each', 'rows of a notification besides its deliveries: inbox entry and details', 2, ch('ch03')),
  deliveries: figure('each', 'channels a notification goes out by', 1.5, ch('ch01')),
  inAppShare: figure('ratio', 'notifications shown in the app', 0.7, ch('ch01')),
  pushShare: figure('ratio', 'notifications pushed to phones', 0.4, ch('ch01')),
  emailShare: figure('ratio', 'notifications sent by e-mail', 0.15, ch('ch01')),
  smsShare: figure('ratio', 'notifications sent by SMS', 0.02, ch('ch01')),
  cacheHitRatio: figure('ratio', 'preferences and tokens found in Redis', 0.95, assumed('entries live for hours, a user gets 20 a day')),
  priorityQueues: figure('yes or no', 'high and low priority inside the broker', 0, text002),
  sqlLog: figure('yes or no', 'log kept in SQL, partitioned by month', 0, text002),
})
  .and({
    dailyActiveUsers: figure('users', 'users of a day', (w) => 0.2 * w.users, perUser),
    connections: figure('connections', 'users in the app at the busiest moment', (w) => 0.1 * w.users, perUser),
    broadcastAudience: figure('users', 'recipients of the largest broadcast, one a day', (w) => w.users, ch('ch01, ch05')),
  })
  .and({
    notificationsPerDay: figure('per day', 'notifications accepted', (w) => 20 * w.dailyActiveUsers, ch('ch01')),
    inboxReadsPerDay: figure('per day', 'inbox queries', (w) => 10 * w.dailyActiveUsers, assumed('ten visits a day and active user')),
  })
  .and({
    notificationsPeak: figure('per second', 'notifications accepted at peak', (w) => 5 * perDay(w.notificationsPerDay), ch('ch01 (5 x)')),
    pushPerDay: figure('per day', 'pushes', (w) => w.pushShare * w.notificationsPerDay, ch('ch01')),
    emailPerDay: figure('per day', 'e-mails', (w) => w.emailShare * w.notificationsPerDay, ch('ch01')),
    smsPerDay: figure('per day', 'SMS', (w) => w.smsShare * w.notificationsPerDay, ch('ch01')),
    storeBytes: figure(
      'bytes',
      'inbox and delivery log at the end of their retention',
      (w) => w.notificationsPerDay * w.retentionDays * (w.notificationBytes + w.deliveries * w.deliveryBytes),
      ch('ch01 (13.5 TB)'),
    ),
    redisBytes: figure(
      'bytes',
      'preferences and tokens (265 bytes a user), connection map, de-duplication keys of a day',
      (w) => 265 * w.users + 200 * w.connections + 100 * w.deliveries * w.notificationsPerDay,
      derived(ch('ch01, ch03'), '2 GB and 11.25 GB for 50M users; 100 bytes a key'),
    ),
  })
  .and({
    emailPeak: figure('per second', 'e-mails at peak', (w) => (w.notificationsPeak * w.emailPerDay) / w.notificationsPerDay, shareOfPeak),
  });
type Figures = Resolved<typeof workload>;

const REQUESTS = capacity(1000, assumed('a vCPU checks, looks up and enqueues a thousand requests a second'));
const ROUTED = capacity(10e3, ch('ch05 (fan-out consumer)'));
const TRACKED = capacity(10e3, assumed('as fast as a fan-out consumer'));
const PRIMARY = capacity(625, derived(seed('001', 1, 'ch4'), '10K writes/s by 16 vCPU'));
/** Share of sends that fail at first: 98 % of the pushes arrive (ch08). */
const FAILED = 0.02;
/** Share of the time a provider is out: assumed from providers' 99.9 %. */
const OUTAGE = 0.001;
/** A million open files, a long backlog and 2M tracked connections (ch04). */
const SOCKET_KERNEL = {
  'fs.file-max': '2097152',
  'fs.nr_open': '1048576',
  'net.core.somaxconn': '65535',
  'net.ipv4.tcp_max_syn_backlog': '65535',
  'net.netfilter.nf_conntrack_max': '2000000',
};

const MEDIA = ['push', 'email', 'sms'] as const;
type Medium = (typeof MEDIA)[number];
/** What one vCPU sends a second; the source's senders have four (ch08). Partitions are those of its topics (ch02). */
const SENDERS = {
  push: { does: 'pushes in batches of 500', perVcpu: capacity(1250, derived(ch('ch05'), '5000 by 4 vCPU')), bytes: 1e3, partitions: 16 },
  email: { does: 'renders and sends e-mails', perVcpu: capacity(250, derived(ch('ch01'), '15K by 15 senders')), bytes: 1e4, partitions: 8 },
  sms: { does: 'sends SMS', perVcpu: capacity(100, derived(ch('ch01'), '2K by 5 senders')), bytes: 500, partitions: 4 },
};
const SENDER_POD = pod(1, 2, derived(ch('ch08'), 'senders of 4 vCPU and 8 GB, by the vCPU'));
const STAND_INS: Partial<Record<Medium, ExternalSpec>> = {
  email: { does: 'stands in for the e-mail provider', host: 'api.sendgrid.com', source: text002 },
  sms: { does: 'stands in for the SMS provider', host: 'api.twilio.com', source: ch('ch07') },
};

const acceptedOf = (w: Figures) => rate(perDay(w.notificationsPerDay), w.notificationsPeak);
const inboxOf = (w: Figures) => rate(perDay(w.inboxReadsPerDay), 5 * perDay(w.inboxReadsPerDay));
/** Broadcasts are pushed, but neither mailed nor texted. */
const sentOf = (w: Figures, broadcast = steady(0)): Record<Medium, Rate> => ({
  push: times(sum([acceptedOf(w), broadcast]), w.pushPerDay / w.notificationsPerDay),
  email: rate(perDay(w.emailPerDay), w.emailPeak),
  sms: times(acceptedOf(w), w.smsPerDay / w.notificationsPerDay),
});
/** vCPU that sends keep busy at peak. */
const sendingVcpu = (sent: Record<Medium, Rate>) => MEDIA.reduce((n, m) => n + sent[m].peak / SENDERS[m].perVcpu.value, 0);

/** Three attempts, then dead letters (002). */
const QUEUES = ['high-priority', 'low-priority', 'broadcast'].map((name) => ({ name, deadLetter: true, maxRetry: 3 }));

/** Shares as the source spreads its 45 WebSocket servers: 20, 15 and 10. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 20 / 45, role: 'active' },
  { name: 'eu-west-1', share: 15 / 45, role: 'active' },
  { name: 'ap-southeast-1', share: 10 / 45, role: 'active' },
];
/** Sources 002 to 004 hold no connections; what is not e-mail or SMS is pushed. */
const noInApp = { connections: 0, inAppShare: 0, pushShare: 0.83 };
/** The log of 002 and 003 has one record a notification and channel; there is no inbox. */
const logOnly = { ...noInApp, inboxRows: 0, deliveries: 1, notificationBytes: 0 };

/** What the bill asks for one of a figure. */
const priceOf = (figure: string, matching: RegExp) => (e: Evidence) => (e.monthly({ matching }) * DAY) / (e.figure(figure) * MONTH);

export default system('notifications', {
  title: 'Multi-channel notification system',
  summary: 'Accepts events, applies preferences and priority, fans out and delivers in the app, by push, e-mail and SMS.',
  aliases: ['notification-system', 'push-notifications'],
  sources: [
    { seed: '000', row: 2 },
    { seed: '002', row: 2 },
    { seed: '003', row: 3 },
    { seed: '004', row: 7 },
  ],
  workload,
  headline: { users: 'users', peak: 'notificationsPeak' },

  stages: {
    // 100 polls/s, one in 30 s, are 3000 users in the app; SMS for second factors only, assumed one notification in a thousand.
    mvp: stage('0 to 100K users', ch('ch08'), {
      users: 100e3,
      connections: 3000,
      inAppDelay: 30,
      availability: 0.99,
      notificationsPerDay: 144e3,
      smsPerDay: 144,
    }),
    'real-time': stage('100K to 1M users', ch('ch08'), { users: 1e6 }),
    // 100K connections are a fifth of what 8 vCPU hold.
    scale: stage('1M to 10M users', ch('ch08'), { users: 10e6, connectionsPerServer: 100e3, serverVcpu: 2 }),
    production: stage('10M to 50M users', ch('ch08'), { users: 50e6, connections: 5e6 }),
    hyper: stage('50M to 200M+ users', ch('ch08'), { users: 200e6, connections: 20e6, smsPerDay: 10e6 }),
    'seed-000': stage('200M notifications a day, designed for 100K a second', ch('ch01'), {
      users: 50e6,
      dailyActiveUsers: 10e6,
      connections: 5e6,
      notificationsPerDay: 200e6,
      notificationsPeak: 100e3,
      pushPerDay: 80e6,
      emailPerDay: 30e6,
      smsPerDay: 4e6,
    }),
    // Users are not named; 50M e-mails a day are taken for one each.
    'seed-002': stage('5000 notifications a second, ten times that at peak', text002, {
      ...logOnly,
      users: 50e6,
      broadcastAudience: 1e6,
      retentionDays: 365,
      priorityQueues: 1,
      sqlLog: 1,
      notificationsPerDay: 5000 * DAY,
      notificationsPeak: 50e3,
      emailPerDay: 50e6,
      emailPeak: 1000,
    }),
    'seed-003': stage('500M notifications a day for 100M users', seed('003', 3), {
      ...logOnly,
      users: 100e6,
      notificationsPerDay: 500e6,
      notificationsPeak: 10e3,
    }),
    // Users are not named; at four notifications a day and user (000#2) there are 250K.
    'seed-004': stage('1M notifications a day, 99 % delivered', seed('004', 7), {
      ...noInApp,
      users: 250e3,
      notificationsPerDay: 1e6,
      availability: 0.99,
    }),
  },

  regions: ({ users }) => [
    when(above('users', users, 50e6, ch('ch08')), 'US, EU and Asia-Pacific', 'users are global and EU data stays in the EU', () => REGIONS),
    otherwise('one region', 'routing between regions costs 100 to 200 ms and an operations team', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const { connections } = w;
    const delay = Math.max(w.inAppDelay, 0.001);
    /** What every connection does once in so many seconds; half of them are open on average. */
    const everyConnection = (seconds: number) => rate(connections / 2 / seconds, connections / seconds);

    // "Connections eat app-server memory" (ch08), 12 KB each (ch01).
    const halfOfTwo = assumed('half of two app servers with 4 GB each');
    const crowded = above('bytes of memory that connections take', 12e3 * world.connections, 4e9, halfOfTwo);
    const busyVcpu = (world.notificationsPeak + inboxOf(world).peak) / REQUESTS.value + sendingVcpu(sentOf(world));
    const outgrown = anyOf(
      atLeast('availability', world.availability, 0.9995, ch('ch00')),
      above('load of one 8-vCPU server that does everything', busyVcpu / 8, 0.8, REQUESTS.source),
      crowded,
    );
    b.oneMachineUntil([outgrown, 'a lost machine must not be noticed']);

    // "Users complain about 30 s polling" (ch08).
    const emptyAnswers = assumed('two vCPU busy with empty answers');
    const impatient = above('polls per second to meet the delay users accept', world.connections / delay, 750, emptyAnswers);
    const does = 'accepts notifications, answers the inbox';
    const perPod = { requestsPerSecond: REQUESTS };
    const serve = (more: Partial<ServiceSpec> = {}) => b.service('api', { does, tier: 'api', perPod, pod: pod(1, 2), ...more });
    const live = { protocol: 'websocket', connections, kernel: SOCKET_KERNEL } as const;
    const { api, sockets } = b.decide<{ api: PartRef; sockets?: PartRef }>('in-app delivery', [
      when(allOf(impatient, crowded), 'WebSocket fleet', 'scales on connections while the API scales on requests', () => ({
        api: serve(),
        // A server is a machine and the one pod that fills it.
        sockets: b.service('gateway', {
          ...live,
          does: 'holds WebSockets, shows notifications in the app',
          tier: 'gateway',
          perPod: { connections: capacity(w.connectionsPerServer, ch('ch01, ch04')) },
          pod: pod(w.serverVcpu - 0.5, 4 * w.serverVcpu - 4, derived(ch('ch01'), 'what a machine of that size leaves to its pod')),
          scaleOn: 'connections',
        }),
      })),
      when(impatient, 'WebSockets in the app servers', 'polling is late and costs more than open connections', () => {
        const both = serve({
          ...live,
          does: `${does}, holds WebSockets`,
          perPod: { ...perPod, connections: capacity(100e3, ch('ch08')) },
          pod: pod(1, 4, assumed('1.2 GB for 100K connections, the rest for requests')),
        });
        return { api: both, sockets: both };
      }),
      otherwise('polling', 'half a minute is soon enough', () => ({ api: serve() })),
      reject('server-sent events, long polling', 'receipts and read marks need both directions', ch('ch04')),
      reject('managed WebSocket service', "billed by the message; the source's hindsight prefers it at launch", ch('ch08')),
    ]);

    // Of one broadcast a day: what is written for each recipient like any notification, and what goes to open connections only.
    const none = steady(0);
    const spread = (people: number) => rate(people / DAY, people / w.broadcastSeconds);
    const wideAudience = above('recipients', world.broadcastAudience, 1e6, ch('ch05'));
    const broadcast = b.decide('broadcasts', [
      when(wideAudience, 'stored once, merged on read', 'one row serves every inbox', () => ({
        written: none,
        shown: spread(connections),
      })),
      otherwise('a row for each recipient', 'an inbox is one query', () => ({ written: spread(w.broadcastAudience), shown: none })),
    ]);
    const events = sum([acceptedOf(w), broadcast.written]);
    const log = times(events, w.deliveries);
    const sent = sentOf(w, broadcast.written);
    const all = sum(Object.values(sent));

    const opsPerNode = capacity(100e3, ch('ch08'));
    const holds = 'preferences, tokens, limits, de-duplication, connection map';
    const spec = { holds, bytes: w.redisBytes, opsPerNode, eviction: 'noeviction', snapshots: true } as const;
    const cache = (topology?: 'cluster') => b.cache('redis', { ...spec, topology }).alarm('memory used', 0.85, ch('ch08'));
    const commands = world.connections / world.heartbeatSeconds + 6 * world.notificationsPeak;
    const pastOneNode = above('commands per second at peak', commands, opsPerNode.value, opsPerNode.source);
    const pastPubSub = above('users', world.users, 1e6, ch('ch08'));
    // "Inline sends add about 500 ms to API calls" (ch08).
    const fewWorkers = assumed('an app server has about twenty workers to block');
    const blocked = above('provider calls waiting at peak', 0.5 * world.notificationsPeak, 20, fewWorkers);
    const redis = b.decide('fast state', [
      when(anyOf(pastPubSub, pastOneNode), 'Redis Cluster', 'one primary runs on one core', () => cache('cluster')),
      when(anyOf(impatient, blocked), 'Redis', 'pub/sub, job queue, limits and de-duplication', () => cache()),
      otherwise('none', 'the database answers', () => undefined),
    ]);

    const newest = w.storeBytes / Math.max(1, w.retentionDays);
    const hot = (bytes: number) => capacity(bytes, assumed('the newest day of the log and a tenth of the rest are read'));
    const rows = w.inboxRows + w.deliveries;
    // "MySQL cannot take the notification writes" (ch08).
    const manyRows = anyOf(
      above('users', world.users, 10e6, ch('ch08')),
      above('rows written per second at peak', world.notificationsPeak * rows, 10e3, PRIMARY.source),
    );
    const sqlLog = wanted('log in SQL', world.sqlLog, text002);
    const apart = b.decide<PartRef | undefined>('inbox and delivery log', [
      when(sqlLog, 'PostgreSQL partitioned by month', 'support asks by user and status', () => {
        const bytes = w.storeBytes;
        const aurora = { engine: 'postgres', topology: 'aurora', sharding: 'by hash', queriesPerVcpu: PRIMARY } as const;
        const store = b.relational('log-store', { ...aurora, holds: 'notification log', bytes, hotBytes: hot(newest) });
        // Partitions older than a year leave the database as Parquet (002); the archive is sized for the year that follows.
        const objectBytes = 128e6;
        const objects = rate(newest / objectBytes / DAY, 10);
        const cold = b.objectStore('archive', { holds: 'log older than a year, Parquet', bytes, objectBytes });
        const monthly = { tier: 'api', schedule: '0 3 1 * *', pod: pod(1, 4), source: text002 };
        b.job('archiver', { ...monthly, does: 'moves partitions older than a year' })
          .reads(store, objects, { returns: objectBytes })
          .writes(cold, objects, { sends: objectBytes });
        return store;
      }),
      when(manyRows, 'Cassandra (Keyspaces)', 'write volume and expiry; two to four months of dual writes to get there', () => {
        // The source's tables (ch03); the bytes of a notification are split between inbox and details by assumption.
        const ttlSeconds = Math.max(1, w.retentionDays) * DAY;
        const sized = (rowsEach: number, rowBytes: number) => ({ share: rowsEach / rows, rowBytes, ttlSeconds });
        const tables = [
          table('notifications_by_user', {
            partition: { user_id: 'uuid' },
            order: { created_at: 'timestamp DESC' },
            columns: { notification_id: 'uuid', kind: 'text', is_read: 'boolean' },
            ...sized(w.inboxRows / 2, w.notificationBytes / 3),
          }),
          table('notification_details', {
            partition: { notification_id: 'uuid' },
            columns: { title: 'text', body: 'text', data: 'text' },
            ...sized(w.inboxRows / 2, (2 * w.notificationBytes) / 3),
          }),
          table('delivery_log', {
            partition: { notification_id: 'uuid', user_id: 'uuid' },
            order: { channel: 'text ASC' },
            columns: { status: 'text', provider_id: 'text', sent_at: 'timestamp' },
            ...sized(w.deliveries, w.deliveryBytes),
          }),
        ].filter(({ share }) => share > 0);
        return b.wideColumn('store', { holds: 'inbox, details, delivery log', bytes: w.storeBytes, tables });
      }),
      otherwise('SQL', 'one primary takes the rows', () => undefined),
      reject('partitioned MySQL until 50M users', "the source's hindsight; its own table moves at 10M", ch('ch08')),
    ]);
    const metadataBytes = 2 * 265 * w.users;
    const metadata = b.relational('metadata', {
      holds: `${apart ? '' : 'inbox, delivery log, '}templates, preferences, device tokens, broadcasts`,
      engine: sqlLog.fires ? 'postgres' : 'mysql',
      bytes: metadataBytes + (apart ? 0 : w.storeBytes),
      hotBytes: hot(0.1 * metadataBytes + (apart ? 0 : newest)),
      queriesPerVcpu: PRIMARY,
    });
    const store = apart ?? metadata;

    const replay = anyOf(
      atLeast('notifications per day', world.notificationsPerDay, 200e6, ch('ch02')),
      above('notifications per second at peak', world.notificationsPeak, 50e3, ch('ch02')),
    );
    const priorities = wanted('priorities inside the broker', world.priorityQueues, text002);
    // "Queueing on pub/sub loses messages" (ch08).
    const aSecondLost = assumed('a Redis failover loses about a second of its queue');
    const lossy = above('notifications per second at peak', world.notificationsPeak, 1000, aSecondLost);
    const rabbitmq = () =>
      b
        .rabbitmq('queues', { queues: QUEUES, messagesPerBroker: capacity(50e3, ch('ch02 (needs tuning above)')) })
        .alarm('queue depth', 10e3, ch('ch08'))
        .alarm('dead letters', 1, assumed('somebody looks at what failed for good'));
    const broker = b.decide<PartRef | undefined>('queue between API and providers', [
      when(priorities, 'RabbitMQ for its priorities', 'native priority queues and durability', rabbitmq),
      when(replay, 'Kafka', 'volume and replay', () => {
        // Partitions are the source's (ch02), or as many as consumers are needed. Two days are what its disks hold.
        const retentionSeconds = 2 * DAY;
        const topic = (name: string, partitions = 8) => ({ name, partitions, retentionSeconds });
        const enough = (least: number, { peak }: Rate, by: Capacity) => Math.max(least, Math.ceil((2 * peak) / by.value) + 3);
        const topics = [
          topic('raw', enough(32, events, ROUTED)),
          ...MEDIA.map((m) => topic(m, enough(SENDERS[m].partitions, sent[m], SENDERS[m].perVcpu))),
          topic('delivery', enough(16, log, TRACKED)),
          ...['retry-10s', 'retry-120s', 'retry-900s', 'critical', 'fan-out', 'dlq'].map((name) => topic(name)),
        ];
        const spec = { topics, retentionSeconds, messagesPerBroker: capacity(100e3, ch('ch08')) };
        return b.kafka('log', spec).alarm('consumer lag', 10e3, ch('ch08'));
      }),
      when(lossy, 'RabbitMQ', 'persistent, with retry and dead letters', rabbitmq),
      when(blocked, 'Redis job queue', 'an inline send adds half a second to an API call', () => redis),
      otherwise('none', 'few sends, made inline', () => undefined),
      reject('Kafka from the start', 'three brokers at least, and a specialist', ch('ch08')),
      reject(
        'topics mirrored between regions (MirrorMaker)',
        'MSK Replicator needs connectivity that a cluster offers only once it runs, a second deployment; stores cross regions instead',
        ch('ch08'),
      ),
    ]);
    const consumer = (id: string, does: string, perSecond: Capacity, more: Partial<ServiceSpec> = {}) =>
      b.worker(id, does, perSecond, { pod: SENDER_POD, queueDepthPerPod: capacity(1000, text002), ...more });

    // The way in, and what becomes of a notification: limits, preferences, inbox.
    const visits = sockets ? inboxOf(w) : sum([inboxOf(w), everyConnection(delay)]);
    const web = b.front('web', { layer: 7, ...(sockets === api && { connections, idleSeconds: 90 }) });
    web.routesTo(api, sum([acceptedOf(w), visits]), { returns: 2e3 });
    api.reads(store, visits, { returns: 9e3 });
    // A new token or another preference: assumed, one visit in fifty.
    api.writes(metadata, times(visits, 0.02), { sends: 265 });
    const onLog = broker?.kind === 'kafka';
    const router = onLog ? consumer('router', 'preferences, limits, priority', ROUTED).consumes(broker, events) : api;
    // Without the log, critical ones go straight to the providers, the rest is kept on disk.
    if (onLog) api.publishes(broker, acceptedOf(w), { soft: true });
    // Without Redis, preferences are read from their store and duplicates may be sent.
    if (redis) router.reads(redis, times(events, 2), { soft: true }).writes(redis, times(events, 3), { soft: true });
    router.reads(metadata, times(events, 2 * (redis ? 1 - w.cacheHitRatio : 1)));
    router.writes(store, times(events, w.inboxRows), { sends: 300 });

    // In the app, over open connections.
    if (sockets && redis) {
      const online = Math.min(1, connections / Math.max(w.dailyActiveUsers, 1));
      const shown = sum([times(events, w.inAppShare * online), broadcast.shown]);
      const beats = everyConnection(w.heartbeatSeconds);
      if (sockets !== api) {
        const many = above('connections', world.connections, 100e3, ch('ch04 (layer 7)'));
        const why = 'passes millions of idle connections; TLS ends at the balancer, which bills by the open connection';
        const front = b.decide('balancer of the connections', [
          when(many, 'layer 4', why, () => b.front('sockets', { layer: 4, connections })),
          otherwise('layer 7', 'one balancer holds them', () => b.front('sockets', { layer: 7, connections, idleSeconds: 90 })),
        ]);
        front.alarm('connections', 1.2 * connections, derived(ch('ch08'), '600K on a server meant for 500K'));
        front.routesTo(sockets, sum([beats, shown]), { sends: 50 });
      }
      b.decide('way to the server of a user', [
        when(pastPubSub, 'connection map in Redis, then a direct call', 'pub/sub runs on one core and loses messages', () => {
          // Without the map, routing degrades to broadcast.
          sockets.writes(redis, beats, { sends: 100, soft: true });
          router.reads(redis, shown, { returns: 100, soft: true });
          if (router !== sockets) router.calls(sockets, shown, { sends: 500, returns: 50 });
        }),
        otherwise('Redis pub/sub', 'two or more servers hold connections', () => {
          router.writes(redis, shown, { soft: true });
          sockets.reads(redis, shown, { soft: true });
        }),
        reject('servers that read Kafka (ch02)', 'each would read the whole topic to find its own users', ch('ch04')),
      ]);
      // A client that comes back fetches what it missed, 50 at a time; a connection lasts an hour.
      sockets.reads(store, everyConnection(HOUR), { returns: 50 * w.notificationBytes });
    }

    // The last mile, and what became of it into the delivery log.
    const manyPushes = above('pushes per day', world.pushPerDay, 10e6, assumed('SNS at 1 USD a million passes 300 USD a month'));
    const direct = b.decide<PartRef[] | undefined>('providers', [
      when(manyPushes, 'FCM and APNs directly, SES, SMS of AWS', 'pushes are free of charge and go in batches of 500', () => {
        const charges = [{ charge: 'mobile push', perMonth: (sent.push.average / 2) * MONTH, description: 'pushes' }];
        const half = { source: ch('ch06; equal halves assumed'), charges };
        return [
          b.external('fcm', { ...half, does: 'pushes to Android and browsers', host: 'fcm.googleapis.com' }),
          b.external('apns', { ...half, does: 'pushes to iOS', host: 'api.push.apple.com' }),
        ];
      }),
      otherwise('SNS, SES, SMS of AWS', 'one API for both kinds of phones, no certificates to renew', () => undefined),
      reject('own mail servers', 'a sender buys the last mile: reputation takes years', text002),
    ]);
    const deliver = (from: PartRef, medium: Medium) => {
      const { bytes } = SENDERS[medium];
      if (medium === 'push' && direct) direct.forEach((half) => from.calls(half, times(sent.push, 1 / 2), { sends: bytes }));
      else from.sends(b.channel(medium, { medium, messageBytes: bytes }), sent[medium], { sends: bytes });
    };
    const record = { sends: 200 };
    if (!broker || broker === redis) {
      let sender = api;
      if (broker) {
        const mixed = capacity(all.peak / sendingVcpu(sent), derived(ch('ch01, ch05'), 'mix of the channels'));
        sender = consumer('sender', 'sends in the background', mixed, { scaleOn: 'cpu' }).consumes(broker, all);
        sender.writes(broker, all, { sends: 100 });
        api.writes(broker, all);
      }
      MEDIA.forEach((medium) => deliver(sender, medium));
      sender.writes(store, log, record);
      return;
    }
    if (broadcast.written.peak > 0) {
      // Audiences are split by a consumer into chunks of a thousand users (ch05, 002).
      const chunks = times(broadcast.written, 1 / 1000);
      api.publishes(broker, chunks);
      const splitter = consumer('splitter', 'splits audiences into chunks of 1000 users', ROUTED).consumes(broker, chunks);
      splitter.reads(metadata, chunks, { returns: 16e3 });
      if (onLog) splitter.publishes(broker, broadcast.written);
      else splitter.calls(api, broadcast.written);
    }
    for (const medium of MEDIA) {
      const [each, standIn] = [sent[medium], STAND_INS[medium]];
      const { does, perVcpu, bytes } = SENDERS[medium];
      const sender = consumer(`${medium}-sender`, does, perVcpu).consumes(broker, each);
      router.publishes(broker, each);
      deliver(sender, medium);
      // The circuit opens above 10 % errors in a minute (002).
      if (standIn) sender.calls(b.external(`second-${medium}`, standIn), rate(OUTAGE * each.average, each.peak), { sends: bytes });
      if (redis) sender.writes(redis, each, { sends: 100 });
      if (!onLog) sender.writes(store, times(log, each.average / all.average), record);
    }
    if (onLog) {
      const failed = times(all, FAILED);
      router.publishes(broker, log, record);
      consumer('tracker', 'writes the delivery log', TRACKED).consumes(broker, log).writes(store, log, record);
      consumer('retry', 'sends again after 10, 120 and 900 s', TRACKED).consumes(broker, failed).publishes(broker, failed);
    }
  },

  claims: [
    claim('production-cost', 'production', '50M users, per month', [30e3, 50e3], 'USD/month', ch('comparison table')).against(
      (e) => e.monthly({ section: 'aws' }),
      'AWS alone; SMS and e-mail cost 0.8M more. 200M notifications a day at 3.5 rows, each written, kept and expired on demand, are a third of it.',
    ),
    claim('sms-cost', 'hyper', '10M SMS a day, per month', 75e3, 'USD/month', ch('highlights')).against(
      (e) => e.monthly({ matching: /text messages/ }),
      '75e3 USD for 304M SMS are 0.00025 each; at the 0.01 of source 003 one day costs 100e3 and a month 3M: day and month were confused.',
    ),
    claim('one-sms', 'seed-003', 'one SMS', 0.01, 'USD', seed('003', 3)).against(
      priceOf('smsPerDay', /text messages/),
      "AWS's own price to the United States; carrier fees and most other countries come on top.",
    ),
    claim('one-email', 'seed-003', 'one e-mail, at most', [0, 0.001], 'USD', seed('003', 3)).against(
      priceOf('emailPerDay', /outbound e-mail/),
      'SES takes 0.10 USD a thousand, a tenth of the bound.',
    ),
    claim('one-push', 'seed-003', 'one push', [0, 0], 'USD', seed('003', 3)).against(
      priceOf('pushPerDay', /mobile push/),
      'FCM and APNs charge nothing; below 10M a day ours go through SNS at 1 USD a million.',
    ),
    claim('servers-scale', 'scale', 'WebSocket servers at 10M users', [3, 5], 'servers', ch('ch08')).against(
      (e) => e.count('gateway'),
      'Five servers of 100K hold 500K, a tenth of 10M users are 1M: 13 at 80 %, 20 with a zone lost; ours have 2 vCPU each.',
    ),
    claim('servers', 'production', 'WebSocket servers for 5M connections', [10, 15], 'servers', ch('ch08')).against(
      (e) => e.count('gateway'),
      '5M / 500K = 10 without any spare; 13 at 80 %, and half as many again so that one zone of three can go.',
    ),
    claim('servers-hyper', 'hyper', 'WebSocket servers in three regions', 45, 'servers', ch('ch08')).against(
      (e) => e.count('gateway'),
      '20M / 500K = 40, so 45 run at 89 %; at 80 % with a zone lost in each region it takes half as many again as 51.',
    ),
    claim('kafka-brokers', 'seed-000', 'Kafka brokers at 100K notifications/s', 5, 'brokers', ch('ch08')).against(
      (e) => e.count('log'),
      'Raw, 0.57 sends and 1.5 delivery records are 310K messages/s; five would carry their number, but their 109 MB/s at 75 % with a zone lost take nine.',
    ),
    claim('redis-nodes', 'production', 'Redis nodes', 3, 'nodes', ch('ch08')).against(
      (e) => e.count('redis'),
      'Renewing 5M connections every 30 s is 167K commands/s, the source counts 50K; a day of de-duplication keys is 30 GB. Each shard has a replica.',
    ),
    claim('cassandra-writes', 'seed-000', 'rows per second that 6 nodes take', 200e3, 'writes/s', ch('ch08')).against(
      (e) => e.figure('notificationsPeak') * (e.figure('inboxRows') + e.figure('deliveries')),
      '100K/s x (inbox + details + 1.5 deliveries) = 350K/s against 6 x 33K.',
    ),
    claim('cassandra-disks', 'seed-000', 'disks of 6 Cassandra nodes', 12e12, 'bytes', ch('ch08')).against(
      (e) => 3 * e.figure('storeBytes'),
      '200M x 750 bytes x 90 days = 13.5 TB; three copies are 40 TB, six nodes of 2 TB hold 12.',
    ),
    claim('organic-peak', 'production', 'notifications/s at peak', 100e3, 'per second', ch('ch01')).against(
      (e) => e.figure('notificationsPeak') + e.figure('broadcastAudience') / e.figure('broadcastSeconds'),
      '200M a day are 2315/s, 11.6K at five times that, and a broadcast to 50M in 1800 s adds 27.8K; the design rate is 2.5 times both.',
    ),
    claim('emails', 'seed-002', 'notifications a day', 50e6, 'per day', text002).against(
      (e) => e.figure('notificationsPerDay'),
      '5000/s on average are 432M a day; the 50M e-mails are one in nine of them.',
    ),
  ],
});
