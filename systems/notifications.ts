import type { Blueprint, PartRef, Region } from '../plan/blueprint';
import type { Evidence } from '../plan/claim';
import { otherwise, when } from '../plan/decision';
import { pod, type ServiceSpec } from '../plan/sizing/service';
import type { Column, WideColumnTable } from '../plan/sizing/wide-column';
import { assumed, type Capacity, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, allOf, anyOf, atLeast, wanted } from '../plan/trigger';
import { DAY, GIB, HOUR, MONTH, perDay, type Rate, rate, sum, times } from '../plan/units';
import { figure, type Resolved, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('000', 2, chapter);
const rabbitText = seed('002', 2);
const perUser = derived(ch('ch01'), 'reference figure divided by 50M users');

const workload = Workload.of({
  availability: figure('ratio', 'share of time notifications are accepted', 0.9995, ch('ch00')),
  users: figure('users', 'registered users'),
  inAppDelay: figure('seconds', 'wait that users accept for a notification in the app', 1, ch('ch00')),
  heartbeatSeconds: figure('seconds', 'time between two heartbeats of a connection', 30, ch('ch04')),
  connectionsPerServer: figure('each', 'connections one WebSocket server holds', 500e3, ch('ch01, ch04 (8 vCPU, 32 GB)')),
  serverVcpu: figure('each', 'vCPU of a WebSocket server, with 4 GB each', 8, ch('ch01, ch04')),
  retentionDays: figure('days', 'days inbox and delivery log are kept', 90, ch('ch03')),
  notificationBytes: figure('bytes each', 'a notification with its inbox entry', 450, ch('ch01')),
  deliveryBytes: figure('bytes each', 'a record of the delivery log', 200, ch('ch01')),
  deliveriesPerNotification: figure('each', 'channels a notification goes out by', 1.5, ch('ch01')),
  inAppShare: figure('ratio', 'notifications shown in the app', 0.7, ch('ch01')),
  pushShare: figure('ratio', 'notifications pushed to phones', 0.4, ch('ch01')),
  emailShare: figure('ratio', 'notifications sent by e-mail', 0.15, ch('ch01')),
  smsShare: figure('ratio', 'notifications sent by SMS', 0.02, ch('ch01')),
  cacheHitRatio: figure('ratio', 'preferences and tokens found in Redis', 0.95, assumed('entries live for hours, users get 20 a day')),
  priorityQueues: figure('yes or no', 'high and low priority inside the broker', 0, rabbitText),
  sqlLog: figure('yes or no', 'log kept in SQL, partitioned by month', 0, rabbitText),
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
      (w) => w.notificationsPerDay * w.retentionDays * (w.notificationBytes + w.deliveriesPerNotification * w.deliveryBytes),
      ch('ch01 (13.5 TB)'),
    ),
  })
  .and({
    emailPeak: figure(
      'per second',
      'e-mails at peak',
      (w) => w.notificationsPeak * (w.emailPerDay / w.notificationsPerDay),
      derived(ch('ch01'), 'peak x share'),
    ),
    redisBytes: figure(
      'bytes',
      'preferences and tokens (265 bytes a user), connection map, de-duplication keys of a day',
      (w) => 265 * w.users + 200 * w.connections + 100 * w.deliveriesPerNotification * w.notificationsPerDay,
      derived(ch('ch01, ch03'), '2 GB and 11.25 GB for 50M users; 100 bytes a key'),
    ),
  });
type Figures = Resolved<typeof workload>;

/** Shares as the source spreads its 45 WebSocket servers: 20, 15 and 10. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 20 / 45, role: 'active' },
  { name: 'eu-west-1', share: 15 / 45, role: 'active' },
  { name: 'ap-southeast-1', share: 10 / 45, role: 'active' },
];

/** Rows a notification writes besides its deliveries: inbox entry and details (ch03). */
const ROWS = 2;

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
    // 100 polls/s at one in 30 s are 3000 users in the app. SMS for second factors only: assumed one notification in a thousand.
    mvp: stage('0 to 100K users', ch('ch08'), {
      users: 100e3,
      connections: 3000,
      inAppDelay: 30,
      notificationsPerDay: 144e3,
      smsPerDay: 144,
      availability: 0.99,
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
    // Sources 002 to 004 hold no connections: what is not e-mail or SMS is pushed. Users follow from the volume where they are not named.
    'seed-002': stage('5000 notifications a second, ten times that at peak', rabbitText, {
      users: 50e6,
      ...{ connections: 0, inAppShare: 0, pushShare: 0.864 },
      notificationsPerDay: 5000 * DAY,
      notificationsPeak: 50e3,
      emailPerDay: 50e6,
      emailPeak: 1000,
      broadcastAudience: 1e6,
      retentionDays: 365,
      priorityQueues: 1,
      sqlLog: 1,
    }),
    'seed-003': stage('500M notifications a day for 100M users', seed('003', 3), {
      users: 100e6,
      ...{ connections: 0, inAppShare: 0, pushShare: 0.83 },
      notificationsPerDay: 500e6,
      notificationsPeak: 10e3,
      ...{ notificationBytes: 0, deliveriesPerNotification: 1 },
    }),
    'seed-004': stage('1M notifications a day, 99 % delivered', seed('004', 7), {
      users: 250e3,
      ...{ connections: 0, inAppShare: 0, pushShare: 0.83 },
      notificationsPerDay: 1e6,
      availability: 0.99,
    }),
  },

  regions: (w) => [
    when(
      above('users', w.users, 50e6, ch('ch08')),
      'US, EU and Asia-Pacific',
      'users are global and EU data stays in the EU',
      () => REGIONS,
    ),
    otherwise('one region', 'routing between regions costs 100 to 200 ms and an operations team', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const accepted = rate(perDay(w.notificationsPerDay), w.notificationsPeak);
    const inbox = rate(perDay(w.inboxReadsPerDay), 5 * perDay(w.inboxReadsPerDay));
    chooseCompute(b, world);
    const live = chooseLive(b, world);
    const broadcast = chooseBroadcast(b, w, world);
    const events = sum([accepted, broadcast.written]);
    const sent: Record<Medium, Rate> = {
      push: times(events, w.pushPerDay / w.notificationsPerDay),
      email: rate(perDay(w.emailPerDay), w.emailPeak),
      sms: times(accepted, w.smsPerDay / w.notificationsPerDay),
    };

    const api = b.service('api', apiSpec(w, live));
    const redis = chooseRedis(b, w, world);
    const { store, metadata } = chooseStore(b, w, world);
    const broker = chooseBroker(b, world, redis, { events, sent });
    const router =
      broker?.kind === 'kafka' ? consumer(b, 'router', 'preferences, limits, templates, priority', ROUTED).consumes(broker, events) : api;

    const beats = rate(w.connections / 2 / w.heartbeatSeconds, w.connections / w.heartbeatSeconds);
    const polls = rate(w.connections / 2 / w.inAppDelay, w.connections / w.inAppDelay);
    enter(b, api, sum([accepted, inbox, ...(live === 'polling' ? [polls] : [])]), live === 'app' ? w.connections : undefined);
    api.reads(store, live === 'polling' ? sum([inbox, polls]) : inbox, { returns: 9e3 });

    const known = redis ? w.cacheHitRatio : 0;
    redis?.alarm('memory used', 0.85, ch('ch08'));
    if (redis) router.reads(redis, times(events, 2)).writes(redis, times(events, 3));
    router.reads(metadata, times(events, 2 * (1 - known))).writes(store, times(events, ROWS), { sends: 300 });
    if (router !== api) api.publishes(broker!, accepted);
    splitBroadcast(b, broker, api, metadata, broadcast.written);

    if (live !== 'polling' && redis) {
      const online = Math.min(1, w.connections / w.dailyActiveUsers);
      const shown = sum([times(events, w.inAppShare * online), broadcast.shown]);
      const sockets = live === 'fleet' ? gateway(b, w, sum([beats, shown])) : api;
      chooseRouting(b, world, { sockets, router, redis, beats, shown });
      // A client that comes back fetches what it missed, 50 at a time; a connection lasts an hour.
      sockets.reads(store, rate(w.connections / 2 / HOUR, w.connections / HOUR), { returns: 50 * w.notificationBytes });
    }
    lastMile(b, { world, broker, router, redis, store, sent, log: times(events, w.deliveriesPerNotification) });
  },

  claims: [
    {
      id: 'production-cost',
      stage: 'production',
      what: '50M users, per month',
      claimed: [30e3, 50e3],
      unit: 'USD/month',
      source: seed('000', 2, 'comparison table'),
      estimated: (e) => e.monthly({ section: 'aws' }),
      why: 'AWS alone, without messages; on-demand writes of 3.5 rows a notification, 200M a day, are the largest line.',
    },
    {
      id: 'sms-cost',
      stage: 'hyper',
      what: '10M SMS a day, per month',
      claimed: 75e3,
      unit: 'USD/month',
      source: seed('000', 2, 'highlights'),
      estimated: (e) => e.monthly({ matching: /text messages/ }),
      why: '75e3 USD for 300M SMS are 0.00025 each; at the 0.01 of source 003 a month is 3M USD, so the claim is about one day (100e3).',
    },
    {
      id: 'one-sms',
      stage: 'seed-003',
      what: 'one SMS',
      claimed: 0.01,
      unit: 'USD',
      source: seed('003', 3),
      estimated: (e) => e.monthly({ matching: /text messages/ }) / ((e.figure('smsPerDay') * MONTH) / DAY),
      why: 'List price of AWS to the United States without the carrier fee; most countries cost more.',
    },
    {
      id: 'one-email',
      stage: 'seed-003',
      what: 'one e-mail, at most',
      claimed: [0, 0.001],
      unit: 'USD',
      source: seed('003', 3),
      estimated: (e) => e.monthly({ matching: /outbound e-mail/ }) / ((e.figure('emailPerDay') * MONTH) / DAY),
      why: 'SES takes 0.10 USD a thousand.',
    },
    {
      id: 'one-push',
      stage: 'seed-003',
      what: 'one push',
      claimed: [0, 0],
      unit: 'USD',
      source: seed('003', 3),
      estimated: (e) => e.monthly({ matching: /push/i }) / ((e.figure('pushPerDay') * MONTH) / DAY),
      why: 'FCM and APNs charge nothing; below 10M a day ours go through SNS at 1 USD a million.',
    },
    {
      id: 'websocket-servers',
      stage: 'production',
      what: 'WebSocket servers for 5M connections',
      claimed: [10, 15],
      unit: 'servers',
      source: ch('ch01, ch08'),
      estimated: (e) => count(e, 'gateway'),
      why: '5M / 500K = 10 without spare; at 80 % 13, and half as many again to lose a zone of three.',
    },
    {
      id: 'websocket-servers-hyper',
      stage: 'hyper',
      what: 'WebSocket servers in three regions',
      claimed: 45,
      unit: 'servers',
      source: ch('ch08'),
      estimated: (e) => count(e, 'gateway'),
      why: '20M / 500K = 40, so 45 run at 89 %; at 80 % with a zone lost in each region it takes 77.',
    },
    {
      id: 'websocket-servers-scale',
      stage: 'scale',
      what: 'WebSocket servers at 10M users',
      claimed: [3, 5],
      unit: 'servers',
      source: ch('ch08'),
      estimated: (e) => count(e, 'gateway'),
      why: 'Five servers of 100K hold 500K; a tenth of 10M users are 1M. Ours have 2 vCPU each.',
    },
    {
      id: 'kafka-brokers',
      stage: 'production',
      what: 'Kafka brokers',
      claimed: 5,
      unit: 'brokers',
      source: ch('ch08'),
      estimated: (e) => count(e, 'log'),
      why: 'At five times the average a notification makes about four messages, 45K/s: three brokers, one a zone, would carry 225K/s. The claim covers 100K notifications/s.',
    },
    {
      id: 'redis-nodes',
      stage: 'production',
      what: 'Redis nodes',
      claimed: 3,
      unit: 'nodes',
      source: ch('ch08'),
      estimated: (e) => count(e, 'redis'),
      why: '5M connections renewed every 30 s are 167K commands/s before any notification; the source counts 50K. Each shard has a replica.',
    },
    {
      id: 'cassandra-writes',
      stage: 'seed-000',
      what: 'rows written per second at the design rate, capacity of 6 nodes',
      claimed: 200e3,
      unit: 'writes/s',
      source: ch('ch08'),
      estimated: (e) => e.figure('notificationsPeak') * (ROWS + e.figure('deliveriesPerNotification')),
      why: '100K/s x (inbox + details + 1.5 deliveries) = 350K/s; six nodes of 33K hold 200K/s, and a third of that is needed three times.',
    },
    {
      id: 'cassandra-storage',
      stage: 'seed-000',
      what: 'bytes kept for 90 days, disks of 6 nodes',
      claimed: 12e12,
      unit: 'bytes',
      source: ch('ch08'),
      estimated: (e) => 3 * e.figure('storeBytes'),
      why: '200M x 750 bytes x 90 days = 13.5 TB, three copies are 40 TB; six nodes of 2 TB hold 12 TB.',
    },
    {
      id: 'email-volume',
      stage: 'seed-002',
      what: 'notifications a day',
      claimed: 50e6,
      unit: 'per day',
      source: rabbitText,
      estimated: (e) => e.figure('notificationsPerDay'),
      why: '5000/s on average are 432M a day; 50M is the e-mails among them.',
    },
  ],
});

const count = (e: Evidence, id: string): number => e.parts(id).reduce((n, part) => n + part.count, 0);

type Medium = 'push' | 'email' | 'sms';
/** Where live connections end. */
type Live = 'fleet' | 'app' | 'polling';

/** What one vCPU sends a second. */
const SENDERS: Record<Medium, { perVcpu: Capacity; bytes: number; does: string }> = {
  push: { perVcpu: capacity(1250, derived(ch('ch05'), '5000 by 4 vCPU')), bytes: 1e3, does: 'pushes in batches of 500' },
  email: { perVcpu: capacity(250, derived(ch('ch01'), '15K by 15 senders of 4 vCPU')), bytes: 10e3, does: 'renders and sends e-mails' },
  sms: { perVcpu: capacity(100, derived(ch('ch01'), '2K by 5 senders of 4 vCPU')), bytes: 500, does: 'sends SMS' },
};
const ROUTED = capacity(10e3, ch('ch05 (fan-out consumer)'));
const TRACKED = capacity(10e3, assumed('a tracker writes as fast as a fan-out consumer reads'));

/** Provider calls that wait at once when an API call sends inline and takes half a second longer (ch08). */
const waiting = (world: Figures) =>
  above('provider calls waiting at peak', 0.5 * world.notificationsPeak, 20, assumed('an app server has about twenty workers to block'));
/** Polls that would show notifications as soon as users want them. */
const eager = (world: Figures) =>
  above(
    'polls per second to meet the delay users accept',
    world.connections / world.inAppDelay,
    750,
    assumed('two vCPU busy with empty answers; the source says "users complain" (000#2 ch08)'),
  );
const deliveryRows = (w: Figures) => w.notificationsPeak * (ROWS + w.deliveriesPerNotification);

function chooseCompute(b: Blueprint, world: Figures): void {
  const requests = world.notificationsPeak + world.connections / world.inAppDelay;
  b.decide('compute', [
    when(
      anyOf(
        atLeast('availability', world.availability, 0.9995, ch('ch00')),
        above('load of one 8-vCPU app server', requests / 8000, 0.8, REQUESTS.source),
      ),
      'Kubernetes over three zones',
      'a lost machine must not be noticed',
      () => b.onKubernetes(),
    ),
    otherwise('one machine with k3s', 'one server carries the load; no balancer and no control plane to pay', () => b.onOneBox()),
  ]);
}

function chooseLive(b: Blueprint, world: Figures): Live {
  const crowded = above(
    'bytes of memory that connections take',
    12e3 * world.connections,
    4e9,
    assumed('half the memory of two app servers of 4 GB; 12 KB a connection (000#2 ch01)'),
  );
  return b.decide<Live>(
    'in-app delivery',
    [
      when(
        allOf(eager(world), crowded),
        'WebSocket fleet of its own',
        'scales on connections while the API scales on requests',
        () => 'fleet',
      ),
      when(eager(world), 'WebSockets in the app servers', 'polling is late and costs more than open connections', () => 'app'),
      otherwise(world.connections ? 'polling' : 'none: nobody is connected', 'a delay of half a minute is accepted', () => 'polling'),
    ],
    [
      { name: 'server-sent events, long polling', because: 'receipts and read marks need both directions', source: ch('decisions') },
      { name: 'a managed WebSocket service', because: "the source's hindsight; our parts know none", source: ch('decisions') },
    ],
  );
}

function apiSpec(w: Figures, live: Live): ServiceSpec {
  const common = { does: 'accepts notifications, answers the inbox', tier: 'api' };
  if (live !== 'app') return { ...common, protocol: 'http', perPod: { requestsPerSecond: REQUESTS }, pod: pod(1, 2) };
  return {
    ...common,
    does: `${common.does}, holds WebSockets`,
    protocol: 'websocket',
    perPod: { requestsPerSecond: REQUESTS, connections: capacity(100e3, ch('ch08')) },
    pod: pod(1, 4, assumed('1.2 GB for 100K connections, the rest for requests')),
    connections: w.connections,
    drainSeconds: 30,
    kernel: SOCKET_KERNEL,
  };
}

function enter(b: Blueprint, api: PartRef, requests: Rate, connections?: number): void {
  const page = { returns: 2e3 };
  if (b.platform === 'k3s') {
    b.clients.routesTo(api, requests, page);
    return;
  }
  const web = b.loadBalancer('web', { layer: 7, connections, idleSeconds: connections && 90 });
  b.clients.routesTo(web, requests, page);
  web.routesTo(api, requests, page);
}

/** The dedicated fleet; a server is a machine and its one pod. */
function gateway(b: Blueprint, w: Figures, frames: Rate): PartRef {
  const pods = Math.ceil((1.5 * w.connections) / (0.8 * w.connectionsPerServer));
  const balancer = b.decide('balancer of the connections', [
    when(
      above('connections', w.connections, 100e3, ch('ch04')),
      'layer 4',
      'passes millions of idle connections; TLS ends on the servers',
      () => b.loadBalancer('sockets', { layer: 4, targets: pods, connections: w.connections, idleSeconds: 350 }),
    ),
    otherwise('layer 7', 'one balancer holds 100K connections', () =>
      b.loadBalancer('sockets', { layer: 7, connections: w.connections, idleSeconds: 90 }),
    ),
  ]);
  balancer.alarm('connections', 1.2 * w.connections, derived(ch('ch08'), '600K on servers meant for 500K'));
  const servers = b.service('gateway', {
    does: 'holds WebSockets, sends what is shown in the app',
    protocol: 'websocket',
    tier: 'gateway',
    perPod: { connections: capacity(w.connectionsPerServer, ch('ch01, ch04')) },
    pod: pod(w.serverVcpu - 0.5, 4 * w.serverVcpu - 4, derived(ch('ch01'), 'what a machine of that size leaves to its pod')),
    connections: w.connections,
    scaleOn: 'connections',
    drainSeconds: 30,
    kernel: SOCKET_KERNEL,
  });
  b.clients.routesTo(balancer, frames, { sends: 50, returns: 500 });
  balancer.routesTo(servers, frames, { sends: 50, returns: 500 });
  return servers;
}

interface InApp {
  sockets: PartRef;
  router: PartRef;
  redis: PartRef;
  beats: Rate;
  shown: Rate;
}

/** How a notification finds the server that holds its user. */
function chooseRouting(b: Blueprint, world: Figures, { sockets, router, redis, beats, shown }: InApp): void {
  b.decide(
    'way to the server of a user',
    [
      when(
        above('users', world.users, 1e6, ch('ch08')),
        'connection map in Redis, then a direct call',
        'pub/sub runs on one core and loses messages',
        () => {
          sockets.writes(redis, beats, { sends: 100 });
          router.reads(redis, shown, { returns: 100 });
          if (router !== sockets) router.calls(sockets, shown, { sends: 500, returns: 50 });
        },
      ),
      otherwise('Redis pub/sub', 'two or more servers hold connections', () => {
        router.writes(redis, shown);
        sockets.reads(redis, shown);
      }),
    ],
    [
      {
        name: 'servers that read Kafka',
        because: 'each would read the whole topic to find its own users (ch02 against ch04)',
        source: ch('ch04'),
      },
    ],
  );
}

interface Broadcast {
  /** Written for each recipient, like any notification. */
  written: Rate;
  /** Shown to those who are connected. */
  shown: Rate;
}

/** Of one broadcast a day; seconds a fan-out may take from the latency table (ch00). */
function chooseBroadcast(b: Blueprint, w: Figures, world: Figures): Broadcast {
  const none = rate(0, 0);
  return b.decide<Broadcast>(
    'broadcasts',
    [
      when(
        above('recipients', world.broadcastAudience, 1e6, ch('ch05')),
        'stored once, merged on read',
        'one row serves every inbox',
        () => ({
          written: none,
          shown: rate(w.connections / 2 / DAY, w.connections / 1800),
        }),
      ),
      otherwise('a row for each recipient, throttled to 50K/s', 'an inbox is one query', () => ({
        written: rate(w.broadcastAudience / DAY, Math.min(w.broadcastAudience / 300, 50e3)),
        shown: none,
      })),
    ],
    [{ name: 'always a row for each recipient', because: '50M rows for one announcement', source: ch('decisions') }],
  );
}

function chooseRedis(b: Blueprint, w: Figures, world: Figures): PartRef | undefined {
  const commands = world.connections / world.heartbeatSeconds + 6 * world.notificationsPeak;
  const redis = (topology: 'failover' | 'cluster') =>
    b.cache('redis', {
      holds: 'preferences, tokens, limits, de-duplication, connection map',
      bytes: w.redisBytes,
      opsPerNode: capacity(100e3, ch('ch08')),
      topology,
      eviction: 'noeviction',
      snapshots: true,
    });
  return b.decide('fast state', [
    when(
      anyOf(above('users', world.users, 1e6, ch('ch08')), above('commands per second at peak', commands, 100e3, ch('ch08'))),
      'Redis Cluster',
      'every connection renews its entry in the map twice a minute',
      () => redis('cluster'),
    ),
    when(anyOf(eager(world), waiting(world)), 'Redis with failover', 'pub/sub, job queue, limits and de-duplication', () =>
      redis('failover'),
    ),
    otherwise('none', 'the database answers', () => undefined),
  ]);
}

function chooseStore(b: Blueprint, w: Figures, world: Figures): { store: PartRef; metadata: PartRef } {
  const topology = b.place.zones > 1 ? 'multi-az' : 'single';
  const queriesPerVcpu = capacity(625, derived(seed('001', 1, 'ch4'), '10K writes/s by 16 vCPU'));
  const metadataBytes = 2 * 265 * w.users;
  const newest = { ...capacity(w.storeBytes / w.retentionDays, assumed('an inbox shows the newest day')) };
  const metadata = (holds: string, more = 0) =>
    b.relational('metadata', {
      holds,
      engine: world.sqlLog ? 'postgres' : 'mysql',
      topology,
      sharding: 'never',
      bytes: metadataBytes + more,
      hotBytes: capacity(0.1 * metadataBytes + (more && newest.value), newest.source),
      queriesPerVcpu,
      readersAtLeast: world.users > 10e6 ? 1 : 0,
    });
  const templates = 'templates, preferences, device tokens, broadcasts';
  return b.decide(
    'notifications and delivery log',
    [
      when(
        wanted('log in SQL', world.sqlLog, rabbitText),
        'PostgreSQL partitioned by month',
        'users and status are queried together',
        () => {
          const archive = b.objectStore('archive', {
            holds: 'partitions older than a year, Parquet',
            bytes: w.storeBytes,
            objectBytes: 128e6,
          });
          const store = b.relational('log', {
            holds: 'notification log, partitioned by month',
            engine: 'postgres',
            topology: 'aurora',
            sharding: 'by hash',
            bytes: w.storeBytes,
            hotBytes: newest,
            queriesPerVcpu,
          });
          const nightly = rate(w.storeBytes / w.retentionDays / 128e6 / DAY, 1);
          b.job('archiver', {
            does: 'moves partitions older than a year',
            tier: 'api',
            schedule: '0 3 1 * *',
            pod: pod(2, 8),
            source: rabbitText,
          })
            .reads(store, nightly, { returns: 128e6 })
            .writes(archive, nightly, { sends: 128e6 });
          return { store, metadata: metadata(templates) };
        },
      ),
      when(
        anyOf(
          above('users', world.users, 10e6, ch('ch08')),
          above('rows written per second at peak', deliveryRows(world), 10e3, derived(seed('001', 1, 'ch4'), 'one SQL primary')),
        ),
        'Cassandra (Keyspaces)',
        'write volume and expiry; months of dual writes to get there',
        () => ({
          store: b.wideColumn('store', { holds: 'inbox, details, delivery log', bytes: w.storeBytes, tables: tables(w) }),
          metadata: metadata(templates),
        }),
      ),
      otherwise('SQL', 'one primary takes the rows', () => {
        const one = metadata(`inbox, delivery log, ${templates}`, w.storeBytes);
        return { store: one, metadata: one };
      }),
    ],
    [{ name: 'partitioned MySQL until 50M users', because: "the source's hindsight; its own table moves at 10M", source: ch('ch08') }],
  );
}

/** The source's tables (ch03); the 450 bytes of a notification are split between inbox and details by assumption. */
function tables(w: Figures): WideColumnTable[] {
  const rows = ROWS + w.deliveriesPerNotification;
  const ttlSeconds = w.retentionDays * DAY;
  const id = (name: string): Column => ({ name, type: 'uuid' });
  const text = (name: string): Column => ({ name, type: 'text' });
  return [
    {
      name: 'notifications_by_user',
      partitionKey: [id('user_id')],
      clustering: [{ name: 'created_at', type: 'timestamp', order: 'DESC' }],
      columns: [id('notification_id'), text('type'), { name: 'is_read', type: 'boolean' }],
      rowBytes: w.notificationBytes / 3,
      share: 1 / rows,
      ttlSeconds,
    },
    {
      name: 'notification_details',
      partitionKey: [id('notification_id')],
      clustering: [],
      columns: [text('title'), text('body'), text('data')],
      rowBytes: (2 * w.notificationBytes) / 3,
      share: 1 / rows,
      ttlSeconds,
    },
    {
      name: 'delivery_log',
      partitionKey: [id('notification_id'), id('user_id')],
      clustering: [{ ...text('channel'), order: 'ASC' }],
      columns: [text('status'), text('provider_id'), { name: 'sent_at', type: 'timestamp' }],
      rowBytes: w.deliveryBytes,
      share: w.deliveriesPerNotification / rows,
      ttlSeconds,
    },
  ];
}

interface Traffic {
  events: Rate;
  sent: Record<Medium, Rate>;
}

function chooseBroker(b: Blueprint, world: Figures, redis: PartRef | undefined, traffic: Traffic): PartRef | undefined {
  const { notificationsPeak: peak } = world;
  const replay = anyOf(
    atLeast('notifications per day', world.notificationsPerDay, 200e6, ch('ch02')),
    above('notifications per second at peak', peak, 50e3, ch('ch02')),
  );
  const lossy = above('notifications per second at peak', peak, 1000, assumed('a Redis failover loses about a second of its queue'));
  const rabbitmq = () =>
    b
      .rabbitmq('queues', { queues: QUEUES, messagesPerBroker: capacity(50e3, ch('ch02 (needs tuning above)')), backlogBytes: GIB })
      .alarm('queue depth', 10e3, ch('ch08'))
      .alarm('dead letters', 1, assumed('a message that failed for good is looked at'));
  return b.decide<PartRef | undefined>(
    'queue between API and providers',
    [
      when(
        wanted('priorities in the broker', world.priorityQueues, rabbitText),
        'RabbitMQ',
        'native priority queues and durability',
        rabbitmq,
      ),
      when(replay, 'Kafka', 'volume and replay', () => kafka(b, traffic)),
      when(lossy, 'RabbitMQ', 'persistent, with retry and dead letters', rabbitmq),
      when(waiting(world), 'Redis job queue', 'an inline send adds half a second to an API call', () => redis),
      otherwise('none', 'few sends, made inline', () => undefined),
    ],
    [
      {
        name: 'Kafka from the start',
        because: 'three brokers at least and a specialist; Redis carries the first millions',
        source: ch('decisions'),
      },
    ],
  );
}

/** Partitions are the source's, or as many as there are consumers to keep busy. */
function kafka(b: Blueprint, { events, sent }: Traffic): PartRef {
  const retentionSeconds = 2 * DAY;
  const topic = (name: string, partitions: number) => ({ name, partitions, retentionSeconds });
  const busy = (least: number, r: Rate, per: Capacity) => Math.max(least, Math.ceil((2 * r.peak) / per.value));
  const media = (['push', 'email', 'sms'] as const).map((m) =>
    topic(m, busy({ push: 16, email: 8, sms: 4 }[m], sent[m], SENDERS[m].perVcpu)),
  );
  const retries = ['retry-10s', 'retry-120s', 'retry-900s'].map((name) => topic(name, 8));
  return b
    .kafka('log', {
      topics: [
        topic('raw', busy(32, events, ROUTED)),
        ...media,
        topic('delivery', busy(16, events, TRACKED)),
        ...retries,
        topic('critical', 8),
        topic('dlq', 8),
      ],
      retentionSeconds,
      messagesPerBroker: capacity(100e3, ch('ch08')),
      multiRegion: b.place.regions.length > 1,
    })
    .alarm('consumer lag', 10e3, ch('ch08'));
}

const consumer = (b: Blueprint, id: string, does: string, messagesPerSecond: Capacity, scaleOn: 'cpu' | 'queue depth' = 'queue depth') =>
  b.service(id, {
    does,
    protocol: 'worker',
    tier: 'workers',
    perPod: { messagesPerSecond },
    pod: pod(1, 2, derived(ch('ch08'), 'senders of 4 vCPU and 8 GB, by the vCPU')),
    scaleOn,
    queueDepthPerPod: capacity(1000, rabbitText),
  });

/** Audiences that are written out are split into chunks of a thousand users by a consumer. */
function splitBroadcast(b: Blueprint, broker: PartRef | undefined, api: PartRef, metadata: PartRef, written: Rate): void {
  if (written.peak === 0 || (broker?.kind !== 'kafka' && broker?.kind !== 'rabbitmq')) return;
  const chunks = times(written, 1 / 1000);
  const splitter = consumer(b, 'splitter', 'splits audiences into chunks of 1000 users', ROUTED).consumes(broker, chunks);
  splitter.reads(metadata, chunks, { returns: 16e3 });
  api.publishes(broker, chunks);
  if (broker.kind === 'kafka') splitter.publishes(broker, written);
  else splitter.calls(api, written);
}

interface LastMile {
  world: Figures;
  broker: PartRef | undefined;
  router: PartRef;
  redis: PartRef | undefined;
  store: PartRef;
  sent: Record<Medium, Rate>;
  log: Rate;
}

/** From the router to the providers, and what became of it into the delivery log. */
function lastMile(b: Blueprint, { world, broker, router, redis, store, sent, log }: LastMile): void {
  const providers: Record<Medium, readonly PartRef[]> = {
    push: choosePush(b, world, sent.push),
    email: [b.channel('email', { medium: 'email', messageBytes: SENDERS.email.bytes })],
    sms: [b.channel('sms', { medium: 'sms', messageBytes: SENDERS.sms.bytes })],
  };
  const all = sum(Object.values(sent));
  const deliver = (sender: PartRef, medium: Medium) => {
    const each = times(sent[medium], 1 / providers[medium].length);
    for (const provider of providers[medium])
      if (provider.kind === 'external') sender.calls(provider, each, { sends: SENDERS[medium].bytes });
      else sender.sends(provider, each, { sends: SENDERS[medium].bytes });
  };
  const media = Object.keys(sent) as Medium[];

  if (!broker) {
    media.forEach((medium) => deliver(router, medium));
    router.writes(store, log, { sends: 200 });
    return;
  }
  if (broker.kind === 'cache') {
    const sender = consumer(b, 'sender', 'sends pushes, e-mails and SMS in the background', SENDERS.sms.perVcpu, 'cpu');
    router.writes(broker, all, { sends: 1e3 });
    sender.consumes(broker, all, { returns: 1e3 }).writes(broker, all, { sends: 100 }).writes(store, log, { sends: 200 });
    media.forEach((medium) => deliver(sender, medium));
    return;
  }

  const kafka = broker.kind === 'kafka';
  const standIn: Partial<Record<Medium, PartRef>> = {
    email: b.external('email-stand-in', { does: 'second e-mail provider', host: 'api.sendgrid.com', source: rabbitText }),
    sms: b.external('sms-stand-in', { does: 'second SMS provider', host: 'api.twilio.com', source: ch('ch07') }),
  };
  for (const medium of media) {
    const { perVcpu, bytes, does } = SENDERS[medium];
    const sender = consumer(b, `${medium}-sender`, does, perVcpu);
    router.publishes(broker, sent[medium], { sends: bytes });
    sender.consumes(broker, sent[medium], { returns: bytes });
    deliver(sender, medium);
    // Circuit breaker: above 10 % errors in a minute the stand-in takes over.
    if (standIn[medium]) sender.calls(standIn[medium], rate(OUTAGE * sent[medium].average, sent[medium].peak), { sends: bytes });
    if (redis) sender.writes(redis, sent[medium], { sends: 100 });
    if (kafka) sender.publishes(broker, sent[medium], { sends: 200 });
    else sender.writes(store, times(log, sent[medium].average / all.average), { sends: 200 });
  }
  if (!kafka) return;
  consumer(b, 'tracker', 'writes the delivery log', TRACKED).consumes(broker, log, { returns: 200 }).writes(store, log, { sends: 200 });
  const failed = times(all, FAILED.share);
  consumer(b, 'retry', 'takes failed sends up again after 10, 120 and 900 s', TRACKED)
    .consumes(broker, failed, { returns: 1e3 })
    .publishes(broker, failed, { sends: 1e3 });
}

function choosePush(b: Blueprint, world: Figures, pushes: Rate): readonly PartRef[] {
  const charges = (share: number) => [{ charge: 'mobile push', perMonth: share * pushes.average * MONTH, description: 'pushes' }];
  return b.decide<readonly PartRef[]>(
    'push provider',
    [
      when(
        above(
          'pushes per day',
          world.pushPerDay,
          10e6,
          assumed('SNS takes 1 USD a million: past 300 USD a month batches of 500 to FCM pay'),
        ),
        'FCM and APNs directly',
        'both are free of charge and FCM takes batches',
        () => [
          b.external('fcm', { does: 'push to Android and the web', host: 'fcm.googleapis.com', source: ch('ch06'), charges: charges(0.5) }),
          b.external('apns', { does: 'push to iOS', host: 'api.push.apple.com', source: ch('ch06'), charges: charges(0.5) }),
        ],
      ),
      otherwise('SNS mobile push', 'one API for both, no tokens and certificates to handle', () => [
        b.channel('push', { medium: 'push', messageBytes: SENDERS.push.bytes }),
      ]),
    ],
    [{ name: 'own mail servers and gateways', because: 'the last mile is bought: sender reputation takes years', source: rabbitText }],
  );
}

const REQUESTS = capacity(1000, assumed('a vCPU checks, looks up and enqueues a thousand requests a second'));
/** Share of the time a provider is out. */
const OUTAGE = 0.001;
/** Share of sends that fail at first; pushes reach 98 % (ch08). */
const FAILED = { share: 0.02, source: ch('ch08') };
/** A million open files, a long backlog and 2M tracked connections (ch04). */
const SOCKET_KERNEL = {
  'fs.file-max': '2097152',
  'fs.nr_open': '1048576',
  'net.core.somaxconn': '65535',
  'net.ipv4.tcp_max_syn_backlog': '65535',
  'net.netfilter.nf_conntrack_max': '2000000',
};
/** Three attempts, then dead letters (002, 003). */
const QUEUES = [
  { name: 'high-priority', deadLetter: true, maxRetry: 3 },
  { name: 'low-priority', deadLetter: true, maxRetry: 3 },
  { name: 'broadcast', deadLetter: true, maxRetry: 3, ttlSeconds: DAY },
];
