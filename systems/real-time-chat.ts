import type { Blueprint, PartRef, Region } from '../plan/blueprint';
import type { Evidence } from '../plan/claim';
import { otherwise, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import type { Column, WideColumnTable } from '../plan/sizing/wide-column';
import { assumed, type Capacity, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, anyOf, atLeast, wanted } from '../plan/trigger';
import { DAY, HOUR, perDay, type Rate, rate, sum, times } from '../plan/units';
import { figure, type Resolved, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 1, chapter);
const text002 = seed('002', 3);
const text003 = seed('003', 7);

const workload = Workload.of({
  availability: figure('ratio', 'share of time messages are taken', 0.9995, ch('ch1')),
  users: figure('users', 'registered users'),
  heartbeatSeconds: figure('seconds', 'time between two heartbeats of a connection', 30, ch('ch3')),
  connectionsPerServer: figure('each', 'connections one WebSocket server holds', 10e3, ch('ch1, ch4 (c5.2xlarge)')),
  serverVcpu: figure('each', 'vCPU of a WebSocket server, with 2 GB each', 8, ch('ch4 (c5.2xlarge)')),
  peakFactor: figure('each', 'busiest moment over the average', 3, ch('ch1')),
  readsPerMessage: figure('each', 'messages read from history for each one written', 10, ch('ch1')),
  receiptsPerMessage: figure('each', 'updates of the last message read', 0.2, assumed('a reader acknowledges about five messages at once')),
  groupShare: figure('ratio', 'messages sent to groups', 0.1, assumed('most conversations have two members')),
  groupMembers: figure('each', 'members of a group', 10, assumed('groups are small, the largest has 1000')),
  largestGroup: figure('each', 'members of the largest group', 1000, ch('ch1')),
  cacheHitRatio: figure('ratio', 'history reads answered by Redis', 0.9, ch('ch2')),
  messageBytes: figure('bytes each', 'a message', 1000, ch('ch1')),
  mediaShare: figure('ratio', 'messages with an image, video or file', 0.1, ch('ch1')),
  mediaBytes: figure('bytes each', 'a media object', 50e3, ch('ch1')),
  viewsPerMedia: figure('each', 'downloads of a media object', 20 / 3, derived(ch('components'), '10 PB of 1.5 PB uploaded a month')),
  cdnHitRatio: figure('ratio', 'downloads answered at the edge', 0.9, ch('ch1')),
  mediaDays: figure('days', 'days media are kept', 90, ch('ch2, ch3')),
  retentionDays: figure('days', 'days messages stay in the message store', 30, ch('ch1, ch2')),
  archiveDays: figure('days', 'days messages are kept at all', 1825, ch('ch3')),
  wideColumn: figure('yes or no', 'messages go to a wide-column store', 0, ch('ch3')),
})
  .and({ dailyActiveUsers: figure('users', 'users of a day', (w) => w.users, ch('ch1, ch4 (100M both)')) })
  .and({
    connections: figure('connections', 'connections at the busiest moment', (w) => 0.1 * w.dailyActiveUsers, derived(ch('ch1'), '10M of 100M')),
    messagesPerDay: figure('per day', 'messages sent', (w) => 100 * w.dailyActiveUsers, ch('ch1')),
  })
  .and({
    messagesPeak: figure('per second', 'messages sent at peak', (w) => w.peakFactor * perDay(w.messagesPerDay), ch('ch1')),
    storeBytes: figure('bytes', 'messages in the store', (w) => w.messagesPerDay * w.messageBytes * w.retentionDays, ch('ch1 (10 TB a day)')),
    archiveBytes: figure(
      'bytes',
      'messages in the archive',
      (w) => w.messagesPerDay * w.messageBytes * Math.max(0, w.archiveDays - w.retentionDays),
      ch('ch3'),
    ),
    mediaTotalBytes: figure(
      'bytes',
      'media kept',
      (w) => w.messagesPerDay * w.mediaShare * w.mediaBytes * w.mediaDays,
      ch('components (4.5 PB)'),
    ),
    recentBytes: figure('bytes', 'recent messages in Redis', (w) => 0.1 * w.messagesPerDay * w.messageBytes, ch('ch2 (10 % of a day)')),
  })
  .and({
    sessionBytes: figure(
      'bytes',
      'registry, presence, de-duplication in Redis',
      (w) => 500 * w.connections + 300 * 100 * w.messagesPeak,
      derived(ch('ch3'), 'two keys a connection; an id of 100 bytes for 300 s'),
    ),
  });
type Figures = Resolved<typeof workload>;

/** Deliveries of a message: its reader, or the other members of a group. */
const recipients = (w: Figures) => 1 - w.groupShare + w.groupShare * (w.groupMembers - 1);
const online = (w: Figures) => Math.min(1, w.connections / w.dailyActiveUsers);
/** Redis commands at peak: two keys a heartbeat; de-duplication, members, registry, routing and list of a message; history. */
const commands = (w: Figures) =>
  (2 * w.connections) / w.heartbeatSeconds + w.messagesPeak * (3 + recipients(w) * (1 + 2 * online(w)) + w.readsPerMessage);

/** When the topology changes, on the world's workload. */
const triggersOf = (w: Figures) => ({
  global: above('daily active users', w.dailyActiveUsers, 10e6, ch('ch3')),
  survive: anyOf(
    above('WebSocket servers filled', w.connections / w.connectionsPerServer, 0.8, ch('ch4 (8K of 10K connections)')),
    atLeast('availability', w.availability, 0.9995, ch('ch1')),
  ),
  severalServers: above('WebSocket servers filled', w.connections / w.connectionsPerServer, 0.8, ch('ch4 (8K of 10K connections)')),
  busyServer: above('load of one API server', (w.messagesPeak * (1 + w.readsPerMessage)) / SERVER.value, 1, SERVER.source),
  detached: above('messages per second at peak', w.messagesPeak, 1000, assumed('a server that answers clients pushes to a thousand phones')),
  largeGroups: above('members online in the largest group', w.largestGroup * online(w), 1000, ch('ch2, ch3')),
  manyCommands: anyOf(
    above('Redis commands per second at peak', commands(w), OPS.value, OPS.source),
    above('bytes in Redis', w.recentBytes + w.sessionBytes, 100e9, ch('ch4')),
  ),
  wideColumn: anyOf(
    wanted('wide-column store asked for', w.wideColumn, text003),
    above('messages per second at peak', w.messagesPeak, 1e6, ch('ch3')),
  ),
  fullPrimary: anyOf(
    above('messages per second at peak', w.messagesPeak, 8e3, ch('ch3, ch4')),
    above('bytes in the message store', w.storeBytes, 1e12, ch('ch3, ch4')),
  ),
  media: above('media objects per day', w.messagesPerDay * w.mediaShare, 0, ch('ch1')),
  cold: above('days messages are kept', w.archiveDays, w.retentionDays, ch('ch3')),
});
type Triggers = ReturnType<typeof triggersOf>;

/** The source names the regions (ch4); the shares are assumed. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.4, role: 'active' },
  { name: 'eu-west-1', share: 0.35, role: 'active' },
  { name: 'ap-southeast-1', share: 0.25, role: 'active' },
];

export default system('real-time-chat', {
  title: 'Real-time chat',
  summary: 'One-to-one and group messages over WebSockets, with receipts, presence, history, media and push to those who are offline.',
  aliases: ['chat', 'messaging'],
  sources: [
    { seed: '001', row: 1 },
    { seed: '002', row: 3 },
    { seed: '003', row: 7 },
    { seed: '004', row: 2 },
  ],
  workload,
  headline: { users: 'users', peak: 'messagesPeak' },

  stages: {
    // Five servers at 2K connections are five of 2500 at 80 %, a quarter of the c5.2xlarge that holds 10K. One zone.
    mvp: stage('0 to 100K users', ch('ch4'), {
      ...{ users: 100e3, connections: 10e3, connectionsPerServer: 2500, serverVcpu: 2, availability: 0.99 },
    }),
    growth: stage('100K to 10M users', ch('ch4'), { users: 10e6 }),
    scale: stage('10M to 100M users', ch('ch4'), { users: 100e6, connections: 10e6 }),
    'seed-001': stage('100M users, 1M connections', seed('001', 1, 'index'), { users: 100e6, connections: 1e6 }),
    'seed-001-ch1': stage('100M daily users, 10M connections', ch('ch1'), {
      ...{ users: 100e6, dailyActiveUsers: 100e6, connections: 10e6, messagesPerDay: 10e9, messagesPeak: 345e3 },
    }),
    'seed-001-readme': stage('100M daily users, all of them connected', ch('README'), {
      ...{ users: 100e6, dailyActiveUsers: 100e6, connections: 100e6, messagesPerDay: 10e9, messagesPeak: 500e3 },
      ...{ messageBytes: 200, wideColumn: 1 },
    }),
    // Sources 002 to 004 send no media.
    'seed-002': stage('1M connections, 50K messages a second', text002, {
      ...{ users: 5e6, dailyActiveUsers: 5e6, connections: 1e6, connectionsPerServer: 50e3, largestGroup: 100 },
      ...{ messagesPerDay: 4e9, messagesPeak: 50e3, mediaShare: 0, retentionDays: 365, wideColumn: 1 },
    }),
    // Kept forever: the bytes are those after a year.
    'seed-003': stage('500M users, 50B messages a day', text003, {
      ...{ users: 500e6, dailyActiveUsers: 100e6, connections: 10e6, heartbeatSeconds: 10, largestGroup: 500 },
      ...{ messagesPerDay: 50e9, messageBytes: 200, mediaShare: 0, retentionDays: 365, archiveDays: 365, wideColumn: 1 },
    }),
    'seed-004': stage('10M daily users, 100 messages each', seed('004', 2), {
      ...{ users: 10e6, dailyActiveUsers: 10e6, mediaShare: 0, archiveDays: 30, availability: 0.999 },
    }),
  },

  regions: (w) => [
    when(triggersOf(w).global, 'US, EU and Asia-Pacific', 'messages to distant users take over 200 ms', () => REGIONS),
    otherwise('one region', 'messages need one order, and one region keeps it', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const t = triggersOf(world);
    const r = ratesOf(w);
    chooseCompute(b, t);
    const tiers = chooseServices(b, w, t, r);
    const gateway = holdConnections(b, w, r);
    const redis = chooseRedis(b, w, t);
    const store = chooseStore(b, w, t);
    const events = chooseEvents(b, t, r, w);

    // Presence and sending, over the socket.
    gateway.calls(tiers.messages, r.messages, { sends: w.messageBytes, returns: 100 });
    if (tiers.presence) gateway.calls(tiers.presence, r.beats, { sends: 50, returns: 50 });
    (tiers.presence ?? gateway).writes(redis.sessions, times(r.beats, 2), { sends: 100 });
    tiers.messages
      .writes(redis.sessions, r.messages, { sends: 100 })
      .reads(redis.sessions, times(r.messages, 1 + recipients(w)), { returns: 100 })
      .writes(redis.recent, r.messages, { sends: w.messageBytes })
      .reads(store, times(r.messages, 1 - w.cacheHitRatio), { returns: 200 })
      .writes(store, times(r.messages, 1 + w.receiptsPerMessage), { sends: w.messageBytes });

    // History, over requests.
    enter(b, w, tiers.api, r.history);
    const missed = times(r.history, 1 - w.cacheHitRatio);
    tiers.api.reads(redis.recent, r.history, { returns: w.messageBytes }).writes(redis.recent, missed, { sends: w.messageBytes });
    tiers.api.reads(store, missed, { returns: w.messageBytes });

    chooseLargeGroups(b, t);
    deliver(b, w, r, { gateway, messages: tiers.messages, bus: redis.sessions, events });
    keepMedia(b, w, t, tiers);
    archive(b, w, t, store);
  },

  claims: [
    ...(
      [
        ['peak', 'scale', 'messages/s at peak', 345e3, 'ch1', '10B / 86400 s = 116K/s, x 3.'],
        ['peak-readme', 'seed-001-readme', 'messages/s at peak', 500e3, 'README', 'Taken as stated; 10 x the average, as the text calls it, were 1.16M/s.'],
      ] as const
    ).map(([id, stage, what, claimed, where, why]) => ({
      ...{ id, stage, what, claimed, unit: 'messages/s', source: ch(where), why },
      estimated: (e: Evidence) => 3 * perDay(e.figure('messagesPerDay')),
    })),
  ],
});
