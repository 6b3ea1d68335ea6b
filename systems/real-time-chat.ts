import type { Blueprint, PartRef, Region } from '../plan/blueprint';
import { claim, type Evidence } from '../plan/claim';
import { otherwise, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import type { Column, WideColumnTable } from '../plan/sizing/wide-column';
import { assumed, type Capacity, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, anyOf, atLeast, wanted } from '../plan/trigger';
import { DAY, perDay, type Rate, rate, sum, times } from '../plan/units';
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
    connections: figure(
      'connections',
      'connections at the busiest moment',
      (w) => 0.1 * w.dailyActiveUsers,
      derived(ch('ch1'), '10M of 100M'),
    ),
    messagesPerDay: figure('per day', 'messages sent', (w) => 100 * w.dailyActiveUsers, ch('ch1')),
  })
  .and({
    messagesPeak: figure('per second', 'messages sent at peak', (w) => w.peakFactor * perDay(w.messagesPerDay), ch('ch1')),
    storeBytes: figure(
      'bytes',
      'messages in the store',
      (w) => w.messagesPerDay * w.messageBytes * w.retentionDays,
      ch('ch1 (10 TB a day)'),
    ),
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
const online = (w: Figures) => Math.min(1, w.connections / Math.max(w.dailyActiveUsers, 1));
/** Rows written: the message; who has read how far, which also moves the conversation in everybody's list. */
const rowsPerMessage = (w: Figures, wide: boolean) => 1 + w.receiptsPerMessage * (wide ? 1 + recipients(w) : 1);
/** Redis commands at peak: two keys a heartbeat; de-duplication, members, registry, routing and list of a message; history. */
const commands = (w: Figures) =>
  (2 * w.connections) / w.heartbeatSeconds + w.messagesPeak * (3 + recipients(w) * (1 + 2 * online(w)) + w.readsPerMessage);

const busyServer = (w: Figures) =>
  above('load of one API server', (w.messagesPeak * (1 + w.readsPerMessage)) / SERVER.value, 1, SERVER.source);

/** When the topology changes, on the world's workload. */
const triggersOf = (w: Figures) => ({
  global: above('daily active users', w.dailyActiveUsers, 10e6, ch('ch3')),
  survive: anyOf(
    above('WebSocket servers filled', w.connections / w.connectionsPerServer, 0.8, ch('ch4 (8K of 10K connections)')),
    atLeast('availability', w.availability, 0.9995, ch('ch1')),
    busyServer(w),
  ),
  busyServer: busyServer(w),
  detached: above(
    'messages per second at peak',
    w.messagesPeak,
    1000,
    assumed('a server that answers clients pushes to a thousand phones'),
  ),
  largeGroups: above('members online in the largest group', w.largestGroup * online(w), 1000, ch('ch2, ch3')),
  manyCommands: anyOf(
    above('Redis commands per second at peak', commands(w), OPS.value, OPS.source),
    above('bytes in Redis', w.recentBytes + w.sessionBytes, 100e9, ch('ch4')),
  ),
  wideColumn: anyOf(
    wanted('wide-column store asked for', w.wideColumn, ch('README; case studies 002 and 003')),
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
      users: 100e3,
      connections: 10e3,
      connectionsPerServer: 2500,
      serverVcpu: 2,
      availability: 0.99,
    }),
    growth: stage('100K to 10M users', ch('ch4'), { users: 10e6 }),
    scale: stage('10M to 100M users', ch('ch4'), { users: 100e6, connections: 10e6 }),
    'seed-001': stage('100M users, 1M connections', seed('001', 1, 'index'), { users: 100e6, connections: 1e6 }),
    'seed-001-ch1': stage('100M daily users, 10M connections', ch('ch1'), {
      users: 100e6,
      dailyActiveUsers: 100e6,
      connections: 10e6,
      messagesPerDay: 10e9,
      messagesPeak: 345e3,
    }),
    'seed-001-readme': stage('100M daily users, all of them connected', ch('README'), {
      users: 100e6,
      dailyActiveUsers: 100e6,
      connections: 100e6,
      messagesPerDay: 10e9,
      messagesPeak: 500e3,
      messageBytes: 200,
      wideColumn: 1,
    }),
    // Sources 002 to 004 send no media.
    'seed-002': stage('1M connections, 50K messages a second', text002, {
      users: 5e6,
      dailyActiveUsers: 5e6,
      connections: 1e6,
      connectionsPerServer: 50e3,
      largestGroup: 100,
      messagesPerDay: 4e9,
      messagesPeak: 50e3,
      mediaShare: 0,
      retentionDays: 365,
      wideColumn: 1,
    }),
    // Kept forever: the bytes are those after a year.
    'seed-003': stage('500M users, 50B messages a day', text003, {
      users: 500e6,
      dailyActiveUsers: 100e6,
      connections: 10e6,
      heartbeatSeconds: 10,
      largestGroup: 500,
      messagesPerDay: 50e9,
      messageBytes: 200,
      mediaShare: 0,
      retentionDays: 365,
      archiveDays: 365,
      wideColumn: 1,
    }),
    'seed-004': stage('10M daily users, 100 messages each', seed('004', 2), {
      users: 10e6,
      dailyActiveUsers: 10e6,
      mediaShare: 0,
      archiveDays: 30,
      availability: 0.999,
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
    const gateway = holdConnections(b, w, t, r);
    const redis = chooseRedis(b, w, t);
    const store = chooseStore(b, w, t);
    const events = chooseEvents(b, t, r);

    // Presence and sending, over the socket.
    gateway.calls(tiers.messages, r.messages, { sends: w.messageBytes, returns: 100 });
    if (tiers.presence) gateway.calls(tiers.presence, r.beats, { sends: 50, returns: 50 });
    (tiers.presence ?? gateway).writes(redis.sessions, times(r.beats, 2), { sends: 100 });
    tiers.messages
      .writes(redis.sessions, r.messages, { sends: 100 })
      .reads(redis.sessions, times(r.messages, 1 + recipients(w)), { returns: 100 })
      .writes(redis.recent, r.messages, { sends: w.messageBytes })
      .reads(store.people, times(r.messages, 1 - w.cacheHitRatio), { returns: 200 })
      .writes(store.messages, times(r.messages, rowsPerMessage(w, t.wideColumn.fires)), { sends: w.messageBytes });
    tiers.groups.writes(store.people, times(r.messages, GROUP_CHANGES));

    // History, over requests.
    enter(b, w, tiers.api, r.history);
    const missed = times(r.history, 1 - w.cacheHitRatio);
    tiers.api.reads(redis.recent, r.history, { returns: w.messageBytes }).writes(redis.recent, missed, { sends: w.messageBytes });
    tiers.api.reads(store.messages, missed, { returns: w.messageBytes });

    chooseLargeGroups(b, t);
    deliver(b, w, r, { gateway, messages: tiers.messages, bus: redis.sessions, events });
    keepMedia(b, w, t, tiers);
    archive(b, w, t, store.messages);
  },

  claims: [
    claim('peak', 'scale', 'messages/s at peak', 345e3, 'per second', ch('ch1')).against(
      (e) => e.figure('messagesPeak'),
      '10B / 86400 s = 116K/s, times three.',
    ),
    claim('peak-readme', 'seed-001-readme', 'messages/s at peak', 500e3, 'per second', ch('README')).against(
      (e) => 10 * perDay(e.figure('messagesPerDay')),
      'The README calls 500K ten times the average; ten times 116K are 1.16M. It is 4.3 times.',
    ),
    claim('peak-002', 'seed-002', 'messages/s', 50e3, 'per second', text002).against(
      (e) => e.figure('peakFactor') * perDay(e.figure('messagesPerDay')),
      '4B a day are 46.3K/s on average, so 50K/s leave no peak; three times the average are 139K/s.',
    ),
    claim('text-day', 'scale', 'text stored per day', 10e12, 'bytes', ch('ch1')).against(
      (e) => e.figure('messagesPerDay') * e.figure('messageBytes'),
      '10B messages of 1 KB.',
    ),
    claim('text-year', 'scale', 'text stored per year', 3.6e15, 'bytes', ch('ch1')).against(
      (e) => 365 * e.figure('messagesPerDay') * e.figure('messageBytes'),
      '365 x 10 TB = 3.65 PB, one copy, without indexes.',
    ),
    claim('text-readme', 'seed-001-readme', 'storage', 2e15, 'bytes', ch('README')).against(
      (e) => 365 * e.figure('messagesPerDay') * e.figure('messageBytes'),
      '10B x 200 bytes x 365 = 0.73 PB a year; 2 PB are that with three copies.',
    ),
    claim('media-day', 'scale', 'media stored per day', 50e12, 'bytes', ch('ch1')).against(
      (e) => e.figure('mediaTotalBytes') / e.figure('mediaDays'),
      'A tenth of 10B messages with 50 KB each.',
    ),
    claim('servers-mvp', 'mvp', 'WebSocket servers', 5, 'servers', ch('ch4')).against(
      (e) => count(e, 'ws-gateway'),
      '10K connections at 2K each.',
    ),
    claim('servers-growth', 'growth', 'WebSocket servers', 50, 'servers', ch('ch4')).against(
      (e) => count(e, 'ws-gateway'),
      '1M connections on 50 servers are 20K each, twice what ch1 lets one hold; 125 at 8K, half as many again to lose a zone.',
    ),
    claim('servers-scale', 'scale', 'WebSocket servers', 1000, 'servers', ch('ch1, ch4')).against(
      (e) => count(e, 'ws-gateway'),
      '10M / 10K = 1000 at 100 %; 1250 at 8K each, half as many again to lose a zone of three.',
    ),
    claim('shards-growth', 'growth', 'PostgreSQL shards', 4, 'shards', ch('ch4')).against(
      (e) => shards(e, 'messages'),
      'Writes need six, but 1B messages of 1 KB a day for 30 days are 30 TB, and a shard splits at 1 TB (ch3).',
    ),
    claim('shards-scale', 'scale', 'PostgreSQL shards', 40, 'shards', ch('ch4')).against(
      (e) => shards(e, 'messages'),
      '345K/s over 10K are 35 before any head-room or receipt; 30 days of 10 TB at 1 TB a shard are 300, and storage decides.',
    ),
    claim('kafka', 'scale', 'Kafka brokers', 6, 'brokers', ch('ch4')).against(
      (e) => count(e, 'events'),
      'Six of 100K/s carry 200K/s with three copies; every message makes one event for analytics and one for each offline reader.',
    ),
    claim('redis', 'scale', 'Redis nodes', [10, 50], 'nodes', ch('ch2, ch4')).against(
      (e) => count(e, 'sessions') + count(e, 'recent-messages'),
      'Reads alone are 3.45M/s, 69 nodes of 50K/s; heartbeats add 667K/s, routing 2M/s. Each shard has a replica.',
    ),
    claim('presence', 'scale', 'presence writes/s', 333e3, 'per second', ch('ch3')).against(
      (e) => e.figure('connections') / e.figure('heartbeatSeconds'),
      '10M / 30 s; the registry entry is renewed as often and counts again.',
    ),
    claim('api', 'scale', 'API servers', 70, 'servers', ch('ch1, ch4')).against(
      (e) => count(e, 'api') + count(e, 'message-service'),
      '345K writes / 5K = 69; history is read ten times as often, 3.45M/s, and a lost zone takes half as many again.',
    ),
    claim('gateways-002', 'seed-002', 'gateways for 1M connections', 20, 'servers', derived(text002, '1M / 50K')).against(
      (e) => count(e, 'ws-gateway'),
      '1M / 50K = 20 at 100 %; 25 at 80 %, half as many again to lose a zone.',
    ),
  ],
});

const count = (e: Evidence, id: string): number => e.parts(id).reduce((n, part) => n + part.count, 0);
const shards = (e: Evidence, id: string): number => e.parts(id).reduce((n, part) => n + (part.kind === 'relational' ? part.shards : 0), 0);

const SERVER = capacity(5e3, ch('ch1, ch4'));
const QUIET = capacity(1250, derived(ch('ch1, ch4'), 'a quarter of an API server'));
const OPS = capacity(50e3, ch('ch4'));
const PRIMARY = capacity(625, derived(ch('ch4'), '10K writes/s by 16 vCPU (db.r5.4xlarge)'));
const FAN_OUT = capacity(10e3, seed('000', 2, 'ch05'));
const PUSHES = capacity(1250, derived(seed('000', 2, 'ch05'), '5000 by 4 vCPU'));
/** Groups founded, joined or left, for each message: assumed. */
const GROUP_CHANGES = 0.001;
/** Ids and times of a message, no text: pushes, logs and analytics must not hold any (ch2). */
const ENVELOPE = 200;
/** Open files and backlog for tens of thousands of sockets (002). */
const SOCKET_KERNEL = {
  'fs.file-max': '2097152',
  'fs.nr_open': '1000000',
  'net.core.somaxconn': '65535',
  'net.ipv4.tcp_max_syn_backlog': '65535',
};

const ratesOf = (w: Figures) => {
  const messages = rate(perDay(w.messagesPerDay), w.messagesPeak);
  const grouped = times(messages, w.groupShare);
  const toGroups = times(grouped, w.groupMembers - 1);
  const direct = times(messages, 1 - w.groupShare);
  return {
    messages,
    history: times(messages, w.readsPerMessage),
    beats: rate(w.connections / 2 / w.heartbeatSeconds, w.connections / w.heartbeatSeconds),
    grouped,
    /** Messages by recipient: one for a direct message, the other members for a group's. */
    direct: { online: times(direct, online(w)), offline: times(direct, 1 - online(w)) },
    members: { all: toGroups, online: times(toGroups, online(w)), offline: times(toGroups, 1 - online(w)) },
  };
};
type Rates = ReturnType<typeof ratesOf>;

function chooseCompute(b: Blueprint, t: Triggers): void {
  b.decide('compute', [
    when(t.survive, 'Kubernetes', 'one machine is full, or losing it would be noticed', () => b.onKubernetes()),
    otherwise('one machine with k3s', 'it holds every connection; no balancer and no control plane to pay', () => b.onOneBox()),
  ]);
}

interface Tiers {
  api: PartRef;
  messages: PartRef;
  groups: PartRef;
  media: PartRef;
  /** Absent where gateways write presence themselves. */
  presence?: PartRef;
}

/** Which service does what: one does all but hold connections, or each its own. */
function chooseServices(b: Blueprint, w: Figures, t: Triggers, r: Rates): Tiers {
  const service = (id: string, does: string, requestsPerSecond = SERVER, size = pod(2, 4)) =>
    b.service(id, { does, protocol: 'http', tier: 'api', perPod: { requestsPerSecond }, pod: size });
  return b.decide('services', [
    when(t.busyServer, 'history, messages, presence, groups and media apart', 'each grows with another figure', () => {
      const api = service('api', 'message history; passes on what concerns groups and media');
      const messages = service('message-service', 'membership, de-duplication, one write, acknowledgement, routing');
      const presence = service('presence-service', 'online flags and registry', capacity(10e3, assumed('two Redis writes, nothing else')));
      const groups = service('group-service', 'groups and their members', QUIET, pod(0.5, 1));
      api.calls(groups, times(r.messages, GROUP_CHANGES));
      if (!t.media.fires) return { api, messages, presence, groups, media: api };
      const media = service('media-service', 'pre-signed upload addresses', QUIET, pod(0.5, 1));
      api.calls(media, times(r.messages, w.mediaShare));
      return { api, messages, presence, groups, media };
    }),
    otherwise('one service', 'one team, one deployable beside the gateways', () => {
      const chat = service('chat', 'history, messages, presence, groups and media');
      return { api: chat, messages: chat, groups: chat, media: chat };
    }),
  ]);
}

/** The gateways, each a machine and the one pod that fills it. */
function holdConnections(b: Blueprint, w: Figures, t: Triggers, r: Rates): PartRef {
  const { connections } = w;
  const servers = b.service('ws-gateway', {
    does: 'holds WebSockets; checks tokens, limits and caps send buffers',
    protocol: 'websocket',
    tier: 'gateway',
    perPod: { connections: capacity(w.connectionsPerServer, ch('ch1, ch4')) },
    pod: pod(w.serverVcpu - 0.5, 2 * w.serverVcpu - 2.5, derived(ch('ch4'), 'what a machine of that size leaves to its pod')),
    connections,
    scaleOn: 'connections',
    drainSeconds: 30,
    kernel: SOCKET_KERNEL,
  });
  const entrance = b.decide(
    'way to a gateway',
    [
      when(t.survive, 'layer-4 balancer', 'connections stay for hours; TLS ends at the balancer, which bills by the open connection', () =>
        b.loadBalancer('sockets', { layer: 4, connections, drainSeconds: 30 }),
      ),
      otherwise('straight to the machine', 'there is one', () => b.clients),
    ],
    [
      {
        name: 'discovery service that hands out gateways',
        because: 'every gateway needs a public address and a certificate',
        source: text002,
      },
      { name: 'long polling, HTTP/2 push', because: 'late, and no typing events', source: text003 },
    ],
  );
  const frames = [
    { rate: r.beats, payload: { sends: 50, returns: 50 } },
    { rate: r.messages, payload: { sends: w.messageBytes, returns: 100 } },
    { rate: sum([r.direct.online, r.members.online]), payload: { sends: 50, returns: w.messageBytes } },
  ];
  for (const { rate, payload } of frames) {
    if (entrance !== b.clients) b.clients.routesTo(entrance, rate, payload);
    entrance.routesTo(servers, rate, payload);
  }
  return servers;
}

function enter(b: Blueprint, w: Figures, api: PartRef, history: Rate): void {
  const page = { returns: w.messageBytes + 200 };
  if (b.platform === 'k3s') {
    b.clients.routesTo(api, history, page);
    return;
  }
  const web = b.loadBalancer('web', { layer: 7 });
  web.alarm('latency p99', 0.15, ch('ch4'));
  b.clients.routesTo(web, history, page);
  web.routesTo(api, history, page);
}

interface Redis {
  /** Registry, presence, de-duplication; also the bus between gateways. */
  sessions: PartRef;
  recent: PartRef;
}

function chooseRedis(b: Blueprint, w: Figures, t: Triggers): Redis {
  const [registry, hot] = [
    'registry, presence, de-duplication, bus between gateways',
    'last 50 messages of a conversation, members, profiles',
  ];
  const watched = (part: PartRef) => part.alarm('memory used', 0.8, ch('ch4'));
  return b.decide(
    'Redis',
    [
      when(t.manyCommands, 'a cluster for sessions and one for recent messages', 'history must not evict who is online', () => {
        const common = { opsPerNode: OPS, topology: 'cluster' } as const;
        const recent = b.cache('recent-messages', { ...common, holds: hot, bytes: w.recentBytes, eviction: 'allkeys-lru' });
        return {
          sessions: watched(b.cache('sessions', { ...common, holds: registry, bytes: w.sessionBytes, eviction: 'noeviction' })),
          recent: watched(recent).alarm('hit ratio', 0.85, ch('ch4')),
        };
      }),
      otherwise('one Redis', 'one node carries the commands', () => {
        const topology = b.place.zones > 1 ? 'failover' : 'single';
        const bytes = w.recentBytes + w.sessionBytes;
        const one = b.cache('redis', { holds: `${registry}, ${hot}`, bytes, opsPerNode: OPS, topology, eviction: 'volatile-ttl' });
        return { sessions: watched(one), recent: one };
      }),
    ],
    [{ name: 'Kafka between gateways', because: '10 to 50 ms where pub/sub takes one', source: ch('ch2') }],
  );
}

/** Where messages lie, and where users, groups and their members do. */
function chooseStore(b: Blueprint, w: Figures, t: Triggers): { messages: PartRef; people: PartRef } {
  const aDay = capacity(w.storeBytes / Math.max(1, w.retentionDays), assumed('what misses Redis is mostly of the last day'));
  const postgres = {
    holds: 'messages by month, conversations, members, users',
    engine: 'postgres',
    bytes: w.storeBytes,
    bytesPerPrimary: capacity(1e12 / 0.7, derived(ch('ch3, ch4'), 'a shard splits at 1 TB')),
    hotBytes: aDay,
    queriesPerVcpu: PRIMARY,
    maxVcpu: 16,
  } as const;
  return b.decide(
    'message store',
    [
      when(t.wideColumn, 'Cassandra (Keyspaces), people and groups in PostgreSQL', 'grows without anybody moving shards', () => {
        const people = b.relational('people', {
          holds: 'users, groups, members',
          engine: 'postgres',
          topology: b.place.zones > 1 ? 'multi-az' : 'single',
          sharding: 'by hash',
          bytes: 2e3 * w.users,
          queriesPerVcpu: PRIMARY,
        });
        const holds = 'messages, conversations of a user';
        return { messages: b.wideColumn('messages', { holds, bytes: w.storeBytes, tables: tables(w) }), people };
      }),
      when(t.fullPrimary, 'PostgreSQL sharded by conversation', 'order in a conversation, on one primary', () => {
        const one = b.relational('messages', { ...postgres, topology: 'aurora', sharding: 'by hash' });
        return { messages: one, people: one };
      }),
      otherwise('one PostgreSQL', 'one primary takes 10K writes/s', () => {
        const one = b.relational('messages', { ...postgres, topology: b.place.zones > 1 ? 'multi-az' : 'single', sharding: 'never' });
        return { messages: one, people: one };
      }),
    ],
    [
      {
        name: 'two read replicas at launch',
        because: 'Redis answers nine reads of ten, the primary has room for the rest',
        source: ch('ch4'),
      },
    ],
  );
}

/** Tables of 002 and 003: a conversation is split by month so that no partition grows for ever; ids are ordered by time. */
function tables(w: Figures): WideColumnTable[] {
  const of = (type: Column['type'], ...names: string[]): Column[] => names.map((name) => ({ name, type }));
  const share = 1 / rowsPerMessage(w, true);
  const ttlSeconds = Math.max(1, w.retentionDays) * DAY;
  return [
    {
      name: 'messages',
      rowBytes: w.messageBytes,
      share,
      ttlSeconds,
      partitionKey: [...of('uuid', 'conversation_id'), ...of('int', 'month')],
      clustering: [{ name: 'message_id', type: 'bigint', order: 'DESC' }],
      columns: [...of('uuid', 'sender_id', 'client_msg_id'), ...of('text', 'body')],
    },
    {
      name: 'conversations_by_user',
      rowBytes: 200,
      share: 1 - share,
      partitionKey: of('uuid', 'user_id'),
      clustering: [{ name: 'updated_at', type: 'timestamp', order: 'DESC' }],
      columns: [...of('uuid', 'conversation_id'), ...of('bigint', 'last_read_message_id')],
    },
  ];
}

/** Kafka for what happens after the acknowledgement, once one process can no longer do it on the side. */
function chooseEvents(b: Blueprint, t: Triggers, r: Rates): PartRef | undefined {
  const retentionSeconds = 7 * DAY;
  const topic = (name: string, rate: Rate, perConsumer: Capacity) => {
    const partitions = 3 * Math.ceil(((2 * rate.peak) / perConsumer.value + 3) / 3);
    return { name, partitions, retentionSeconds };
  };
  return b.decide(
    'fan-out to groups and to those who are offline',
    [
      when(t.detached, 'Kafka', 'survives its consumers, kept for a week', () =>
        b
          .kafka('events', {
            topics: [
              topic('group.messages', r.members.all, FAN_OUT),
              topic('offline_messages', sum([r.direct.offline, r.members.offline]), PUSHES),
              topic('analytics', r.messages, FAN_OUT),
              { name: 'offline_messages_dlq', partitions: 3, retentionSeconds },
            ],
            retentionSeconds,
            messagesPerBroker: capacity(100e3 / 3, derived(ch('ch4'), '100K/s, every message on three brokers')),
          })
          .alarm('consumer lag', 100e3, ch('ch4')),
      ),
      otherwise('inside the request', 'few messages, pushed after the acknowledgement', () => undefined),
    ],
    [
      {
        name: 'SQS',
        because: 'billed by the request: at 1000 messages a second it costs more than three brokers',
        source: assumed('list prices'),
      },
      {
        name: 'topics mirrored between regions (MirrorMaker)',
        because:
          'MSK Replicator needs connectivity that a cluster offers only once it runs, a second deployment; stores cross regions instead',
        source: ch('ch4'),
      },
    ],
  );
}

/** Whether members of the largest group are told or ask. */
function chooseLargeGroups(b: Blueprint, t: Triggers): void {
  b.decide('largest groups', [
    when(t.largeGroups, 'pulled on opening, pushed to those mentioned', 'one message would be a thousand deliveries', () => {}),
    otherwise('pushed to every member', 'fan-out stays below a thousand', () => {}),
  ]);
}

interface Delivery {
  gateway: PartRef;
  messages: PartRef;
  bus: PartRef;
  events: PartRef | undefined;
}

/** To those who are connected over the bus, one channel a user; to the others as a push without content. */
function deliver(b: Blueprint, w: Figures, r: Rates, { gateway, messages, bus, events }: Delivery): void {
  const text = { sends: w.messageBytes };
  const envelope = { sends: ENVELOPE };
  const offline = sum([r.direct.offline, r.members.offline]);
  const source = ch('app tiers; equal halves assumed');
  const providers = [
    b.external('fcm', { does: 'pushes to Android and browsers', host: 'fcm.googleapis.com', source }),
    b.external('apns', { does: 'pushes to iOS', host: 'api.push.apple.com', source }),
  ];
  gateway.reads(bus, sum([r.direct.online, r.members.online]), { returns: w.messageBytes });
  messages.writes(bus, r.direct.online, text);
  if (!events) {
    messages.writes(bus, r.members.online, text);
    providers.forEach((provider) => messages.calls(provider, times(offline, 0.5), envelope));
    return;
  }
  const consumer = (id: string, does: string, messagesPerSecond: Capacity) =>
    b.service(id, { does, protocol: 'worker', tier: 'workers', perPod: { messagesPerSecond }, pod: pod(1, 2), scaleOn: 'queue depth' });
  messages.publishes(events, r.messages, envelope).publishes(events, r.grouped, text).publishes(events, r.direct.offline, envelope);
  const fanOut = consumer(
    'fan-out',
    'expands groups, parts those online from the others',
    capacity(FAN_OUT.value / (w.groupMembers - 1), derived(FAN_OUT.source, '10K members a second')),
  ).consumes(events, r.grouped, { returns: w.messageBytes });
  fanOut.reads(bus, r.members.all, { returns: 100 }).writes(bus, r.members.online, text).publishes(events, r.members.offline, envelope);
  const notifier = consumer('notification-service', 'pushes to phones', PUSHES).consumes(events, offline, { returns: ENVELOPE });
  providers.forEach((provider) => notifier.calls(provider, times(offline, 0.5), envelope));
}

/** Uploads go past the services to S3 by pre-signed address, downloads through the edge. */
function keepMedia(b: Blueprint, w: Figures, t: Triggers, { media }: Tiers): void {
  b.decide('media', [
    when(t.media, 'S3 behind CloudFront', 'bytes stay away from the services', () => {
      const uploads = times(rate(perDay(w.messagesPerDay), w.messagesPeak), w.mediaShare);
      const views = times(uploads, w.viewsPerMedia);
      const bucket = b.objectStore('media', {
        holds: 'images, videos, files',
        bytes: w.mediaTotalBytes,
        objectBytes: w.mediaBytes,
        lifecycle: [{ afterDays: w.mediaDays, to: 'delete' }],
      });
      const cdn = b.edge('cdn', { serves: 'media', ttlSeconds: w.mediaDays * DAY, hitRatio: w.cdnHitRatio });
      media.writes(bucket, uploads, { sends: w.mediaBytes });
      b.clients.routesTo(cdn, views, { returns: w.mediaBytes });
      cdn.reads(bucket, times(views, 1 - w.cdnHitRatio), { returns: w.mediaBytes });
    }),
    otherwise('none', 'text only', () => {}),
  ]);
}

function archive(b: Blueprint, w: Figures, t: Triggers, store: PartRef): void {
  b.decide('old messages', [
    when(t.cold, 'archived as Parquet', 'read once in a while, through Athena', () => {
      const objectBytes = 128e6;
      const cold = b.objectStore('archive', {
        holds: `messages older than ${w.retentionDays} days`,
        bytes: w.archiveBytes,
        objectBytes,
        lifecycle: [
          { afterDays: 1, to: 'instant archive' },
          { afterDays: w.archiveDays - w.retentionDays, to: 'delete' },
        ],
        coldShare: { 'instant archive': 0.99 },
      });
      const average = perDay((w.messagesPerDay * w.messageBytes) / objectBytes);
      const objects = rate(average, 24 * average);
      const job = {
        does: 'moves a day of messages out of the store',
        tier: 'api',
        schedule: '0 3 * * *',
        pod: pod(0.5, 1),
        source: ch('ch3'),
      };
      b.job('archiver', job).reads(store, objects, { returns: objectBytes }).writes(cold, objects, { sends: objectBytes });
    }),
    otherwise('deleted', 'nobody asks for them', () => {}),
  ]);
}
