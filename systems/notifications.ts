import type { Blueprint, PartRef, Region } from '../plan/blueprint';
import { otherwise, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, allOf, anyOf, atLeast, wanted } from '../plan/trigger';
import { DAY, MONTH, perDay, type Rate, rate, sum, times } from '../plan/units';
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
    when(above('users', w.users, 50e6, ch('ch08')), 'US, EU and Asia-Pacific', 'users are global and EU data stays in the EU', () => REGIONS),
    otherwise('one region', 'routing between regions costs 100 to 200 ms and an operations team', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const accepted = rate(perDay(w.notificationsPerDay), w.notificationsPeak);
    const share = (perDayOfChannel: number) => times(accepted, perDayOfChannel / w.notificationsPerDay);
    const inbox = times(rate(perDay(w.inboxReadsPerDay), perDay(w.inboxReadsPerDay)), 1);
    chooseCompute(b, world);
    const live = chooseLive(b, world);
    const routing = chooseRouting(b, world);
    const broadcast = chooseBroadcast(b, w, world);
    const events = sum([accepted, broadcast.written]);
    const deliveries = times(events, w.deliveriesPerNotification);

    const redis = chooseRedis(b, w, world);
    const { store, metadata } = chooseStore(b, w, world);
    const channels: Channel[] = [
      { medium: 'push', rate: share(w.pushPerDay), perVcpu: capacity(1250, derived(ch('ch05'), '5000 by 4 vCPU')), bytes: 1e3 },
      { medium: 'email', rate: rate(perDay(w.emailPerDay), w.emailPeak), perVcpu: capacity(250, derived(ch('ch01'), '15K by 15 x 4 vCPU')), bytes: 10e3 },
      { medium: 'sms', rate: share(w.smsPerDay), perVcpu: capacity(100, derived(ch('ch01'), '2K by 5 x 4 vCPU')), bytes: 500 },
    ];
    const broker = chooseBroker(b, world, channels, events);
    const log = broker?.kind === 'kafka' ? broker : undefined;

    // Entrance: other systems hand in notifications, people read their inbox.
    const polls = live === 'polling' ? rate(w.connections / w.inAppDelay / 2, w.connections / w.inAppDelay) : times(inbox, 0);
    const api = b.service('api', {
      does: broker ? 'accepts notifications, answers the inbox' : 'accepts notifications, sends them inline, answers inbox and polls',
      tier: 'api',
      perPod: { requestsPerSecond: capacity(1000, assumed('a vCPU checks and enqueues a thousand a second')), ...(live === 'app' && { connections: APP_SOCKETS }) },
      ...(live === 'app'
        ? { protocol: 'websocket', pod: pod(2, 8), connections: w.connections, drainSeconds: 30 }
        : { protocol: 'http', pod: pod(1, 2) }),
    });
    const requests = sum([accepted, inbox, polls]);
    const onSockets = rate(w.connections / 2 / w.heartbeatSeconds, w.connections / w.heartbeatSeconds);
    const shown = times(events, live === 'polling' ? 0 : w.inAppShare * Math.min(1, w.connections / w.dailyActiveUsers));
    const signals = sum([onSockets, shown, broadcast.shown]);
    if (b.platform === 'k3s') b.clients.routesTo(api, requests, { returns: 2e3 });
    else {
      const web = b.loadBalancer('web', { layer: 7, ...(live === 'app' && { connections: w.connections }) });
      b.clients.routesTo(web, requests, { returns: 2e3 });
      web.routesTo(api, requests, { returns: 2e3 });
    }
    const sockets = live === 'fleet' ? gateway(b, w, signals) : live === 'app' ? api : undefined;

    // Routing: preferences, limits and de-duplication, then one message a channel.
    const router = log ? consumer(b, 'router', 'preferences, limits, templates, one message a channel', ROUTER) : api;
    if (log) (api.publishes(log, accepted), router.consumes(log, events));
    const missed = redis ? 1 - w.cacheHitRatio : 1;
    redis && router.reads(redis, times(events, 2)).writes(redis, times(events, 3));
    router.reads(metadata, times(events, 2 * missed)).writes(store, times(events, ROWS), { sends: 300 });
    api.reads(store, sum([inbox, polls]), { returns: 9e3 });
    if (sockets && redis) {
      if (routing === 'map') {
        sockets.writes(redis, onSockets, { sends: 100 });
        router.reads(redis, shown, { returns: 100 });
        if (router !== sockets) router.calls(sockets, shown, { sends: 500 });
      } else {
        router.writes(redis, shown);
        sockets.reads(redis, shown);
      }
      sockets.reads(store, rate(w.connections / 7200, w.connections / 3600), { returns: 25e3 });
    }
    broadcasts(b, log ?? (broker?.kind === 'rabbitmq' ? broker : undefined), { api, metadata, sockets, store }, broadcast);
    lastMile(b, w, channels, { broker, router, redis, store, deliveries });
  },

  claims: [],
});
