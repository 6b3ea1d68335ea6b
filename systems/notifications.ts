import type { Blueprint, PartRef, Region } from '../plan/blueprint';
import { claim, type Evidence } from '../plan/claim';
import { otherwise, when } from '../plan/decision';
import { pod, type ServiceSpec } from '../plan/sizing/service';
import type { Column, WideColumnTable } from '../plan/sizing/wide-column';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, allOf, anyOf, atLeast, wanted } from '../plan/trigger';
import { DAY, HOUR, MONTH, perDay, type Rate, rate, sum, times } from '../plan/units';
import { figure, type Resolved, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('000', 2, chapter);
const text002 = seed('002', 2);
const perUser = derived(ch('ch01'), 'reference figure divided by 50M users');

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
    emailPeak: figure(
      'per second',
      'e-mails at peak',
      (w) => (w.notificationsPeak * w.emailPerDay) / w.notificationsPerDay,
      derived(ch('ch01'), 'peak x share of the e-mails'),
    ),
  });
type Figures = Resolved<typeof workload>;

const pollRate = (w: Figures) => w.connections / Math.max(w.inAppDelay, 0.001);
/** vCPU that requests and sends keep busy at peak. */
const vcpu = (w: Figures) =>
  (w.notificationsPeak + 5 * perDay(w.inboxReadsPerDay)) / REQUESTS.value +
  w.emailPeak / SENDERS.email.perVcpu.value +
  (w.notificationsPeak / w.notificationsPerDay) * (w.pushPerDay / SENDERS.push.perVcpu.value + w.smsPerDay / SENDERS.sms.perVcpu.value);
/** "Connections eat app-server memory" (ch08), 12 KB each (ch01). */
const tooManySockets = (w: Figures) =>
  above('bytes of memory that connections take', 12e3 * w.connections, 4e9, assumed('half of two app servers with 4 GB each'));

/** When the topology changes, on the world's workload. */
const triggersOf = (w: Figures) => ({
  global: above('users', w.users, 50e6, ch('ch08')),
  survive: anyOf(
    atLeast('availability', w.availability, 0.9995, ch('ch00')),
    above('load of one 8-vCPU server that does everything', vcpu(w) / 8, 0.8, REQUESTS.source),
    tooManySockets(w),
  ),
  /** "Users complain about 30 s polling" (ch08). */
  impatient: above('polls per second to meet the delay users accept', pollRate(w), 750, assumed('two vCPU busy with empty answers')),
  crowded: tooManySockets(w),
  manyConnections: above('connections', w.connections, 100e3, ch('ch04 (layer 7)')),
  pastPubSub: above('users', w.users, 1e6, ch('ch08')),
  /** "Inline sends add about 500 ms to API calls" (ch08). */
  blocked: above(
    'provider calls waiting at peak',
    0.5 * w.notificationsPeak,
    20,
    assumed('an app server has about twenty workers to block'),
  ),
  /** "Queueing on pub/sub loses messages" (ch08). */
  lossy: above(
    'notifications per second at peak',
    w.notificationsPeak,
    1000,
    assumed('a Redis failover loses about a second of its queue'),
  ),
  replay: anyOf(
    atLeast('notifications per day', w.notificationsPerDay, 200e6, ch('ch02')),
    above('notifications per second at peak', w.notificationsPeak, 50e3, ch('ch02')),
  ),
  priorities: wanted('priorities inside the broker', w.priorityQueues, text002),
  noPriorities: wanted('broker free to ignore priorities', 1 - w.priorityQueues, text002),
  sqlLog: wanted('log in SQL', w.sqlLog, text002),
  noSqlLog: wanted('log free to leave SQL', 1 - w.sqlLog, text002),
  /** "MySQL cannot take the notification writes" (ch08). */
  manyRows: anyOf(
    above('users', w.users, 10e6, ch('ch08')),
    above('rows written per second at peak', w.notificationsPeak * (w.inboxRows + w.deliveries), 10e3, PRIMARY.source),
  ),
  wideAudience: above('recipients', w.broadcastAudience, 1e6, ch('ch05')),
  manyPushes: above('pushes per day', w.pushPerDay, 10e6, assumed('SNS at 1 USD a million passes 300 USD a month')),
});
type Triggers = ReturnType<typeof triggersOf>;

/** Shares as the source spreads its 45 WebSocket servers: 20, 15 and 10. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 20 / 45, role: 'active' },
  { name: 'eu-west-1', share: 15 / 45, role: 'active' },
  { name: 'ap-southeast-1', share: 10 / 45, role: 'active' },
];
/** Sources 002 to 004 hold no connections; what is not e-mail or SMS is pushed. */
const noInApp = { connections: 0, inAppShare: 0, pushShare: 0.83 };
/** Their log has one record a notification and channel, and no inbox. */
const logOnly = { inboxRows: 0, deliveries: 1, notificationBytes: 0 };

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
      ...noInApp,
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
      ...noInApp,
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

  regions: (w) => [
    when(triggersOf(w).global, 'US, EU and Asia-Pacific', 'users are global and EU data stays in the EU', () => REGIONS),
    otherwise('one region', 'routing between regions costs 100 to 200 ms and an operations team', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const t = triggersOf(world);
    const accepted = rate(perDay(w.notificationsPerDay), w.notificationsPeak);
    const inbox = rate(perDay(w.inboxReadsPerDay), 5 * perDay(w.inboxReadsPerDay));
    chooseCompute(b, t);
    const live = chooseLive(b, t);
    const broadcast = chooseBroadcast(b, w, t);
    const events = sum([accepted, broadcast.written]);
    const sent: Sent = {
      push: times(events, w.pushPerDay / w.notificationsPerDay),
      email: rate(perDay(w.emailPerDay), w.emailPeak),
      sms: times(accepted, w.smsPerDay / w.notificationsPerDay),
    };
    const log = times(events, w.deliveries);

    const api = b.service('api', apiSpec(w, live));
    const redis = chooseRedis(b, w, world, t);
    const { store, metadata } = chooseStore(b, w, t);
    const broker = chooseBroker(b, t, redis, { events, log, sent });
    const router = broker?.kind === 'kafka' ? consumer(b, 'router', 'preferences, limits, priority', ROUTED).consumes(broker, events) : api;

    const beats = rate(w.connections / 2 / w.heartbeatSeconds, w.connections / w.heartbeatSeconds);
    const polls = rate(pollRate(w) / 2, pollRate(w));
    const visits = live === 'polling' ? sum([inbox, polls]) : inbox;
    enter(b, api, sum([accepted, visits]), live === 'app' ? w.connections : undefined);
    api.reads(store, visits, { returns: 9e3 });
    if (router !== api) api.publishes(broker!, accepted);
    if (broadcast.written.peak > 0) splitBroadcast(b, broker, api, metadata, broadcast.written);

    const missed = redis ? 1 - w.cacheHitRatio : 1;
    if (redis) router.reads(redis, times(events, 2)).writes(redis, times(events, 3));
    router.reads(metadata, times(events, 2 * missed)).writes(store, times(events, w.inboxRows), { sends: 300 });

    if (live !== 'polling' && redis) {
      const online = Math.min(1, w.connections / Math.max(w.dailyActiveUsers, 1));
      const shown = sum([times(events, w.inAppShare * online), broadcast.shown]);
      const sockets = live === 'fleet' ? gateway(b, w, t, sum([beats, shown])) : api;
      chooseRouting(b, t, { sockets, router, redis, beats, shown });
      // A client that comes back fetches what it missed, 50 at a time; a connection lasts an hour.
      sockets.reads(store, rate(w.connections / 2 / HOUR, w.connections / HOUR), { returns: 50 * w.notificationBytes });
    }
    lastMile(b, { providers: chooseProviders(b, t, sent), broker, router, redis, store, sent, log });
  },

  claims: [
    claim('production-cost', 'production', '50M users, per month', [30e3, 50e3], 'USD/month', seed('000', 2, 'comparison table')).against(
      (e) => e.monthly({ section: 'aws' }),
      'AWS alone; SMS and e-mail cost 0.8M more. 200M notifications a day at 3.5 rows, each written, kept and expired on demand, are a third of it.',
    ),
    claim('sms-cost', 'hyper', '10M SMS a day, per month', 75e3, 'USD/month', seed('000', 2, 'highlights')).against(
      (e) => e.monthly({ matching: /text messages/ }),
      '75e3 USD for 304M SMS are 0.00025 each; at the 0.01 of source 003 one day costs 100e3 and a month 3M: day and month were confused.',
    ),
    claim('one-sms', 'seed-003', 'one SMS', 0.01, 'USD', seed('003', 3)).against(
      (e) => e.monthly({ matching: /text messages/ }) / perMonth(e, 'smsPerDay'),
      "AWS's own price to the United States; carrier fees and most other countries come on top.",
    ),
    claim('one-email', 'seed-003', 'one e-mail, at most', [0, 0.001], 'USD', seed('003', 3)).against(
      (e) => e.monthly({ matching: /outbound e-mail/ }) / perMonth(e, 'emailPerDay'),
      'SES takes 0.10 USD a thousand, a tenth of the bound.',
    ),
    claim('one-push', 'seed-003', 'one push', [0, 0], 'USD', seed('003', 3)).against(
      (e) => e.monthly({ matching: /mobile push/ }) / perMonth(e, 'pushPerDay'),
      'FCM and APNs charge nothing; below 10M a day ours go through SNS at 1 USD a million.',
    ),
    claim('servers-scale', 'scale', 'WebSocket servers at 10M users', [3, 5], 'servers', ch('ch08')).against(
      (e) => count(e, 'gateway'),
      'Five servers of 100K hold 500K, a tenth of 10M users are 1M: 13 at 80 %, 20 with a zone lost; ours have 2 vCPU each.',
    ),
    claim('servers', 'production', 'WebSocket servers for 5M connections', [10, 15], 'servers', ch('ch08')).against(
      (e) => count(e, 'gateway'),
      '5M / 500K = 10 without any spare; 13 at 80 %, and half as many again so that one zone of three can go.',
    ),
    claim('servers-hyper', 'hyper', 'WebSocket servers in three regions', 45, 'servers', ch('ch08')).against(
      (e) => count(e, 'gateway'),
      '20M / 500K = 40, so 45 run at 89 %; at 80 % with a zone lost in each region it takes half as many again as 51.',
    ),
    claim('kafka-brokers', 'seed-000', 'Kafka brokers at 100K notifications/s', 5, 'brokers', ch('ch08')).against(
      (e) => count(e, 'log'),
      'Raw, 0.57 sends and 1.5 delivery records are 310K messages/s, 140 MB/s: bytes decide, on brokers of 4 vCPU where the claim has 8.',
    ),
    claim('redis-nodes', 'production', 'Redis nodes', 3, 'nodes', ch('ch08')).against(
      (e) => count(e, 'redis'),
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

const count = (e: Evidence, id: string): number => e.parts(id).reduce((n, part) => n + part.count, 0);
const perMonth = (e: Evidence, figure: string): number => (e.figure(figure) * MONTH) / DAY;

const MEDIA = ['push', 'email', 'sms'] as const;
type Medium = (typeof MEDIA)[number];
type Sent = Record<Medium, Rate>;
/** Where live connections end. */
type Live = 'fleet' | 'app' | 'polling';

/** What one vCPU sends a second; the source's senders have four (ch08). */
const SENDERS = {
  push: { perVcpu: capacity(1250, derived(ch('ch05'), '5000 by 4 vCPU')), bytes: 1e3, does: 'pushes in batches of 500', partitions: 16 },
  email: {
    perVcpu: capacity(250, derived(ch('ch01'), '15K by 15 senders')),
    bytes: 10e3,
    does: 'renders and sends e-mails',
    partitions: 8,
  },
  sms: { perVcpu: capacity(100, derived(ch('ch01'), '2K by 5 senders')), bytes: 500, does: 'sends SMS', partitions: 4 },
};
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
/** Three attempts, then dead letters (002). */
const QUEUES = ['high-priority', 'low-priority', 'broadcast'].map((name) => ({ name, deadLetter: true, maxRetry: 3 }));

function chooseCompute(b: Blueprint, t: Triggers): void {
  b.decide('compute', [
    when(t.survive, 'Kubernetes over three zones', 'a lost machine must not be noticed', () => b.onKubernetes()),
    otherwise('one machine with k3s', 'one server carries the load; no balancer and no control plane to pay', () => b.onOneBox()),
  ]);
}

function chooseLive(b: Blueprint, t: Triggers): Live {
  return b.decide<Live>(
    'in-app delivery',
    [
      when(allOf(t.impatient, t.crowded), 'WebSocket fleet', 'scales on connections while the API scales on requests', () => 'fleet'),
      when(t.impatient, 'WebSockets in the app servers', 'polling is late and costs more than open connections', () => 'app'),
      otherwise('polling', 'half a minute is soon enough', () => 'polling'),
    ],
    [
      { name: 'server-sent events, long polling', because: 'receipts and read marks need both directions', source: ch('ch04') },
      {
        name: 'managed WebSocket service',
        because: "billed by the message; the source's hindsight prefers it at launch",
        source: ch('ch08'),
      },
    ],
  );
}

function apiSpec(w: Figures, live: Live): ServiceSpec {
  const does = 'accepts notifications, answers the inbox';
  if (live !== 'app') return { does, tier: 'api', protocol: 'http', perPod: { requestsPerSecond: REQUESTS }, pod: pod(1, 2) };
  return {
    does: `${does}, holds WebSockets`,
    tier: 'api',
    protocol: 'websocket',
    perPod: { requestsPerSecond: REQUESTS, connections: capacity(100e3, ch('ch08')) },
    pod: pod(1, 4, assumed('1.2 GB for 100K connections, the rest for requests')),
    connections: w.connections,
    kernel: SOCKET_KERNEL,
  };
}

function enter(b: Blueprint, api: PartRef, requests: Rate, connections?: number): void {
  const page = { returns: 2e3 };
  if (b.platform === 'k3s') {
    b.clients.routesTo(api, requests, page);
    return;
  }
  const web = b.loadBalancer('web', { layer: 7, ...(connections && { connections, idleSeconds: 90 }) });
  b.clients.routesTo(web, requests, page);
  web.routesTo(api, requests, page);
}

/** The fleet that does nothing but hold connections; a server is a machine and the one pod that fills it. */
function gateway(b: Blueprint, w: Figures, t: Triggers, frames: Rate): PartRef {
  const { connections } = w;
  const balancer = b.decide('balancer of the connections', [
    when(
      t.manyConnections,
      'layer 4',
      'passes millions of idle connections; TLS ends at the balancer, which bills by the open connection',
      () => b.loadBalancer('sockets', { layer: 4, connections }),
    ),
    otherwise('layer 7', 'one balancer holds them', () => b.loadBalancer('sockets', { layer: 7, connections, idleSeconds: 90 })),
  ]);
  balancer.alarm('connections', 1.2 * connections, derived(ch('ch08'), '600K on a server meant for 500K'));
  const servers = b.service('gateway', {
    does: 'holds WebSockets, shows notifications in the app',
    protocol: 'websocket',
    tier: 'gateway',
    perPod: { connections: capacity(w.connectionsPerServer, ch('ch01, ch04')) },
    pod: pod(w.serverVcpu - 0.5, 4 * w.serverVcpu - 4, derived(ch('ch01'), 'what a machine of that size leaves to its pod')),
    connections,
    scaleOn: 'connections',
    drainSeconds: 30,
    kernel: SOCKET_KERNEL,
  });
  b.clients.routesTo(balancer, frames, { sends: 50 });
  balancer.routesTo(servers, frames, { sends: 50 });
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
function chooseRouting(b: Blueprint, t: Triggers, { sockets, router, redis, beats, shown }: InApp): void {
  b.decide(
    'way to the server of a user',
    [
      when(t.pastPubSub, 'connection map in Redis, then a direct call', 'pub/sub runs on one core and loses messages', () => {
        sockets.writes(redis, beats, { sends: 100 });
        router.reads(redis, shown, { returns: 100 });
        if (router !== sockets) router.calls(sockets, shown, { sends: 500, returns: 50 });
      }),
      otherwise('Redis pub/sub', 'two or more servers hold connections', () => {
        router.writes(redis, shown);
        sockets.reads(redis, shown);
      }),
    ],
    [{ name: 'servers that read Kafka (ch02)', because: 'each would read the whole topic to find its own users', source: ch('ch04') }],
  );
}

/** Of one broadcast a day: what is written for each recipient like any notification, and what goes to open connections only. */
function chooseBroadcast(b: Blueprint, w: Figures, t: Triggers): { written: Rate; shown: Rate } {
  const none = rate(0, 0);
  const spread = (people: number) => rate(people / DAY, people / w.broadcastSeconds);
  return b.decide('broadcasts', [
    when(t.wideAudience, 'stored once, merged on read', 'one row serves every inbox', () => ({
      written: none,
      shown: spread(w.connections),
    })),
    otherwise('a row for each recipient', 'an inbox is one query', () => ({ written: spread(w.broadcastAudience), shown: none })),
  ]);
}

function chooseRedis(b: Blueprint, w: Figures, world: Figures, t: Triggers): PartRef | undefined {
  const opsPerNode = capacity(100e3, ch('ch08'));
  const commands = world.connections / world.heartbeatSeconds + 6 * world.notificationsPeak;
  const holds = 'preferences, tokens, limits, de-duplication, connection map';
  const redis = (topology: 'single' | 'failover' | 'cluster') =>
    b
      .cache('redis', { holds, bytes: w.redisBytes, opsPerNode, topology, eviction: 'noeviction', snapshots: true })
      .alarm('memory used', 0.85, ch('ch08'));
  return b.decide('fast state', [
    when(
      anyOf(t.pastPubSub, above('commands per second at peak', commands, opsPerNode.value, opsPerNode.source)),
      'Redis Cluster',
      'one primary runs on one core',
      () => redis('cluster'),
    ),
    when(anyOf(t.impatient, t.blocked), 'Redis', 'pub/sub, job queue, limits and de-duplication', () =>
      redis(b.place.zones > 1 ? 'failover' : 'single'),
    ),
    otherwise('none', 'the database answers', () => undefined),
  ]);
}

/** Where inbox and delivery log lie, and where templates, preferences, tokens and broadcasts do. */
function chooseStore(b: Blueprint, w: Figures, t: Triggers): { store: PartRef; metadata: PartRef } {
  const newest = w.storeBytes / Math.max(1, w.retentionDays);
  const hot = (bytes: number) => capacity(bytes, assumed('the newest day of the log and a tenth of the rest are read'));
  const metadataBytes = 2 * 265 * w.users;
  const metadata = (holds: string, logBytes = 0) =>
    b.relational('metadata', {
      holds: `${holds}templates, preferences, device tokens, broadcasts`,
      engine: t.sqlLog.fires ? 'postgres' : 'mysql',
      topology: b.place.zones > 1 ? 'multi-az' : 'single',
      sharding: 'never',
      bytes: metadataBytes + logBytes,
      hotBytes: hot(0.1 * metadataBytes + (logBytes && newest)),
      queriesPerVcpu: PRIMARY,
    });
  return b.decide(
    'inbox and delivery log',
    [
      when(
        allOf(t.manyRows, t.noSqlLog),
        'Cassandra (Keyspaces)',
        'write volume and expiry; two to four months of dual writes to get there',
        () => ({
          store: b.wideColumn('store', { holds: 'inbox, details, delivery log', bytes: w.storeBytes, tables: tables(w) }),
          metadata: metadata(''),
        }),
      ),
      when(t.sqlLog, 'PostgreSQL partitioned by month', 'support asks by user and status', () => {
        const log = { holds: 'notification log', engine: 'postgres', topology: 'aurora', sharding: 'by hash' } as const;
        const store = b.relational('log-store', { ...log, bytes: w.storeBytes, hotBytes: hot(newest), queriesPerVcpu: PRIMARY });
        archive(b, store, w.storeBytes, newest);
        return { store, metadata: metadata('') };
      }),
      otherwise('SQL', 'one primary takes the rows', () => {
        const one = metadata('inbox, delivery log, ', w.storeBytes);
        return { store: one, metadata: one };
      }),
    ],
    [{ name: 'partitioned MySQL until 50M users', because: "the source's hindsight; its own table moves at 10M", source: ch('ch08') }],
  );
}

/** Partitions older than a year leave the database as Parquet (002); the archive is sized for the year that follows. */
function archive(b: Blueprint, store: PartRef, bytes: number, bytesPerDay: number): void {
  const objectBytes = 128e6;
  const cold = b.objectStore('archive', { holds: 'log older than a year, Parquet', bytes, objectBytes });
  const objects = rate(bytesPerDay / objectBytes / DAY, 10);
  const does = 'moves partitions older than a year';
  const job = b.job('archiver', { does, tier: 'api', schedule: '0 3 1 * *', pod: pod(1, 4), source: text002 });
  job.reads(store, objects, { returns: objectBytes }).writes(cold, objects, { sends: objectBytes });
}

/** The source's tables (ch03); the bytes of a notification are split between inbox and details by assumption. */
function tables(w: Figures): WideColumnTable[] {
  const rows = w.inboxRows + w.deliveries;
  const of = (type: Column['type'], ...names: string[]): Column[] => names.map((name) => ({ name, type }));
  const ttlSeconds = Math.max(1, w.retentionDays) * DAY;
  const all: WideColumnTable[] = [
    {
      name: 'notifications_by_user',
      share: w.inboxRows / 2 / rows,
      rowBytes: w.notificationBytes / 3,
      ttlSeconds,
      partitionKey: of('uuid', 'user_id'),
      clustering: [{ name: 'created_at', type: 'timestamp', order: 'DESC' }],
      columns: [...of('uuid', 'notification_id'), ...of('text', 'kind'), ...of('boolean', 'is_read')],
    },
    {
      name: 'notification_details',
      share: w.inboxRows / 2 / rows,
      rowBytes: (2 * w.notificationBytes) / 3,
      ttlSeconds,
      partitionKey: of('uuid', 'notification_id'),
      clustering: [],
      columns: of('text', 'title', 'body', 'data'),
    },
    {
      name: 'delivery_log',
      share: w.deliveries / rows,
      rowBytes: w.deliveryBytes,
      ttlSeconds,
      partitionKey: of('uuid', 'notification_id', 'user_id'),
      clustering: [{ name: 'channel', type: 'text', order: 'ASC' }],
      columns: [...of('text', 'status', 'provider_id'), ...of('timestamp', 'sent_at')],
    },
  ];
  return all.filter((table) => table.share > 0);
}

interface Messages {
  events: Rate;
  log: Rate;
  sent: Sent;
}

function chooseBroker(b: Blueprint, t: Triggers, redis: PartRef | undefined, messages: Messages): PartRef | undefined {
  const rabbitmq = () =>
    b
      .rabbitmq('queues', { queues: QUEUES, messagesPerBroker: capacity(50e3, ch('ch02 (needs tuning above)')) })
      .alarm('queue depth', 10e3, ch('ch08'))
      .alarm('dead letters', 1, assumed('somebody looks at what failed for good'));
  return b.decide<PartRef | undefined>(
    'queue between API and providers',
    [
      when(allOf(t.replay, t.noPriorities), 'Kafka', 'volume and replay', () => kafka(b, messages)),
      when(t.priorities, 'RabbitMQ for its priorities', 'native priority queues and durability', rabbitmq),
      when(t.lossy, 'RabbitMQ', 'persistent, with retry and dead letters', rabbitmq),
      when(t.blocked, 'Redis job queue', 'an inline send adds half a second to an API call', () => redis),
      otherwise('none', 'few sends, made inline', () => undefined),
    ],
    [
      { name: 'Kafka from the start', because: 'three brokers at least, and a specialist', source: ch('ch08') },
      {
        name: 'topics mirrored between regions (MirrorMaker)',
        because:
          'MSK Replicator needs connectivity that a cluster offers only once it runs, a second deployment; stores cross regions instead',
        source: ch('ch08'),
      },
    ],
  );
}

/** Partitions are the source's (ch02), or as many as consumers are needed. Two days are what its disks hold. */
function kafka(b: Blueprint, { events, log, sent }: Messages): PartRef {
  const retentionSeconds = 2 * DAY;
  const topic = (name: string, partitions: number) => ({ name, partitions, retentionSeconds });
  const forConsumers = (least: number, r: Rate, per: { value: number }) => Math.max(least, Math.ceil((2 * r.peak) / per.value) + 3);
  const topics = [
    topic('raw', forConsumers(32, events, ROUTED)),
    ...MEDIA.map((m) => topic(m, forConsumers(SENDERS[m].partitions, sent[m], SENDERS[m].perVcpu))),
    topic('delivery', forConsumers(16, log, TRACKED)),
    ...['retry-10s', 'retry-120s', 'retry-900s', 'critical', 'fan-out', 'dlq'].map((name) => topic(name, 8)),
  ];
  const spec = { topics, retentionSeconds, messagesPerBroker: capacity(100e3, ch('ch08')) };
  return b.kafka('log', spec).alarm('consumer lag', 10e3, ch('ch08'));
}

const consumer = (b: Blueprint, id: string, does: string, messagesPerSecond: ReturnType<typeof capacity>, scaleOn?: 'cpu') =>
  b.service(id, {
    does,
    protocol: 'worker',
    tier: 'workers',
    perPod: { messagesPerSecond },
    pod: pod(1, 2, derived(ch('ch08'), 'senders of 4 vCPU and 8 GB, by the vCPU')),
    scaleOn: scaleOn ?? 'queue depth',
    queueDepthPerPod: capacity(1000, text002),
  });

/** With a broker, audiences are split by a consumer into chunks of a thousand users (ch05, 002). */
function splitBroadcast(b: Blueprint, broker: PartRef | undefined, api: PartRef, metadata: PartRef, written: Rate): void {
  if (!broker || broker.kind === 'cache') return;
  const chunks = times(written, 1 / 1000);
  api.publishes(broker, chunks);
  const splitter = consumer(b, 'splitter', 'splits audiences into chunks of 1000 users', ROUTED).consumes(broker, chunks);
  splitter.reads(metadata, chunks, { returns: 16e3 });
  if (broker.kind === 'kafka') splitter.publishes(broker, written);
  else splitter.calls(api, written);
}

/** Who sends for us. */
function chooseProviders(b: Blueprint, t: Triggers, sent: Sent): Record<Medium, readonly PartRef[]> {
  const push = (id: string, does: string, host: string) => {
    const charges = [{ charge: 'mobile push', perMonth: (sent.push.average / 2) * MONTH, description: 'pushes' }];
    return b.external(id, { does, host, source: ch('ch06; equal halves assumed'), charges });
  };
  const channel = (medium: Medium) => [b.channel(medium, { medium, messageBytes: SENDERS[medium].bytes })];
  return b.decide(
    'providers',
    [
      when(t.manyPushes, 'FCM and APNs directly, SES, SMS of AWS', 'pushes are free of charge and go in batches of 500', () => {
        const fcm = push('fcm', 'pushes to Android and browsers', 'fcm.googleapis.com');
        const apns = push('apns', 'pushes to iOS', 'api.push.apple.com');
        return { push: [fcm, apns], email: channel('email'), sms: channel('sms') };
      }),
      otherwise('SNS, SES, SMS of AWS', 'one API for both kinds of phones, no certificates to renew', () => ({
        push: channel('push'),
        email: channel('email'),
        sms: channel('sms'),
      })),
    ],
    [{ name: 'own mail servers', because: 'a sender buys the last mile: reputation takes years', source: text002 }],
  );
}

interface LastMile {
  providers: Record<Medium, readonly PartRef[]>;
  broker: PartRef | undefined;
  router: PartRef;
  redis: PartRef | undefined;
  store: PartRef;
  sent: Sent;
  log: Rate;
}

/** From the router to the providers, and what became of it into the delivery log. */
function lastMile(b: Blueprint, { providers, broker, router, redis, store, sent, log }: LastMile): void {
  const all = sum(Object.values(sent));
  const deliver = (sender: PartRef, medium: Medium) => {
    const sends = SENDERS[medium].bytes;
    const each = times(sent[medium], 1 / providers[medium].length);
    for (const provider of providers[medium])
      if (provider.kind === 'external') sender.calls(provider, each, { sends });
      else sender.sends(provider, each, { sends });
  };

  if (!broker) {
    MEDIA.forEach((medium) => deliver(router, medium));
    router.writes(store, log, { sends: 200 });
    return;
  }
  if (broker.kind === 'cache') {
    const vcpu = MEDIA.reduce((n, m) => n + sent[m].peak / SENDERS[m].perVcpu.value, 0);
    const mixed = capacity(all.peak / vcpu, derived(ch('ch01, ch05'), 'mix of the channels'));
    const sender = consumer(b, 'sender', 'sends in the background', mixed, 'cpu');
    router.writes(broker, all);
    sender.consumes(broker, all).writes(broker, all, { sends: 100 }).writes(store, log, { sends: 200 });
    MEDIA.forEach((medium) => deliver(sender, medium));
    return;
  }

  const standIn: Partial<Record<Medium, PartRef>> = {
    email: b.external('second-email', { does: 'stands in for the e-mail provider', host: 'api.sendgrid.com', source: text002 }),
    sms: b.external('second-sms', { does: 'stands in for the SMS provider', host: 'api.twilio.com', source: ch('ch07') }),
  };
  for (const medium of MEDIA) {
    const each = sent[medium];
    const sender = consumer(b, `${medium}-sender`, SENDERS[medium].does, SENDERS[medium].perVcpu).consumes(broker, each);
    router.publishes(broker, each);
    deliver(sender, medium);
    // The circuit opens above 10 % errors in a minute (002).
    if (standIn[medium]) sender.calls(standIn[medium], rate(OUTAGE * each.average, each.peak), { sends: SENDERS[medium].bytes });
    if (redis) sender.writes(redis, each, { sends: 100 });
    if (broker.kind === 'rabbitmq') sender.writes(store, times(log, each.average / all.average), { sends: 200 });
  }
  if (broker.kind === 'rabbitmq') return;
  const failed = times(all, FAILED);
  router.publishes(broker, log, { sends: 200 });
  consumer(b, 'tracker', 'writes the delivery log', TRACKED).consumes(broker, log).writes(store, log, { sends: 200 });
  consumer(b, 'retry', 'sends again after 10, 120 and 900 s', TRACKED).consumes(broker, failed).publishes(broker, failed);
}
