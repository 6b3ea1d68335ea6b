import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import type { PartRef } from '../plan/part-ref';
import type { CacheSpec } from '../plan/sizing/cache';
import { pod } from '../plan/sizing/service';
import { table } from '../plan/sizing/wide-column-table';
import { assumed, type Capacity, capacity, derived, seed, type Source } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, anyOf, atLeast, wanted } from '../plan/trigger';
import { DAY, perDay, type Rate, rate, sum, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 1, chapter);
const text002 = seed('002', 3);
const text003 = seed('003', 7);
const text004 = seed('004', 2);
const keysAndIds = derived(ch('ch3'), 'registry and presence: two keys a connection; de-duplication: an id of 100 bytes for 300 s');

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
    connections: figure('connections', 'open at the busiest moment', (w) => 0.1 * w.dailyActiveUsers, derived(ch('ch1'), '10M of 100M')),
    messagesPerDay: figure('per day', 'messages sent', (w) => 100 * w.dailyActiveUsers, ch('ch1')),
  })
  .and({
    messagesPeak: figure('per second', 'messages sent at peak', (w) => w.peakFactor * perDay(w.messagesPerDay), ch('ch1')),
    textPerDay: figure('bytes', 'messages of a day', (w) => w.messagesPerDay * w.messageBytes, ch('ch1 (10 TB)')),
    mediaPerDay: figure('per day', 'media objects uploaded', (w) => w.messagesPerDay * w.mediaShare, ch('ch1')),
  })
  .and({
    storeBytes: figure('bytes', 'messages in the store', (w) => w.textPerDay * w.retentionDays, ch('ch1')),
    archiveBytes: figure('bytes', 'messages in the archive', (w) => w.textPerDay * Math.max(0, w.archiveDays - w.retentionDays), ch('ch3')),
    mediaTotalBytes: figure('bytes', 'media kept', (w) => w.mediaPerDay * w.mediaBytes * w.mediaDays, ch('components (4.5 PB)')),
    recentBytes: figure('bytes', 'recent messages in Redis', (w) => 0.1 * w.textPerDay, ch('ch2 (10 % of a day)')),
    sessionBytes: figure('bytes', 'sessions in Redis', (w) => 500 * w.connections + 300 * 100 * w.messagesPeak, keysAndIds),
  });

const SERVER = capacity(5e3, ch('ch1, ch4'));
const QUIET = capacity(1250, derived(ch('ch1, ch4'), 'a quarter of an API server'));
const OPS = capacity(50e3, ch('ch4'));
const PRIMARY = capacity(625, derived(ch('ch4'), '10K writes/s by 16 vCPU (db.r5.4xlarge)'));
const FAN_OUT = capacity(10e3, seed('000', 2, 'ch05'));
const PUSHES = capacity(1250, derived(seed('000', 2, 'ch05'), '5000 by 4 vCPU'));

/** Ids and times of a message, bytes; no text: pushes, logs and analytics must not hold any (ch2). */
const ENVELOPE = 200;

type Duty = 'api' | 'sender' | 'groups' | 'media';

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
    'seed-004': stage('10M daily users, 100 messages each', text004, {
      users: 10e6,
      dailyActiveUsers: 10e6,
      mediaShare: 0,
      archiveDays: 30,
      availability: 0.999,
    }),
  },

  regions: (w) => {
    const distant = above('daily active users', w.dailyActiveUsers, 10e6, ch('ch3'));
    return [
      // The source names the regions (ch4); the shares are assumed.
      when(distant, 'US, EU and Asia-Pacific', 'messages to distant users take over 200 ms', () => [
        { name: HOME_REGION, share: 0.4, role: 'active' },
        { name: 'eu-west-1', share: 0.35, role: 'active' },
        { name: 'ap-southeast-1', share: 0.25, role: 'active' },
      ]),
      otherwise('one region', 'messages need one order, and one region keeps it', () => oneRegion),
    ];
  },

  blueprint(w, b, world) {
    const messages = rate(perDay(w.messagesPerDay), w.messagesPeak);
    const beats = times(rate(w.connections / 2, w.connections), 1 / w.heartbeatSeconds);
    // Deliveries: one of a direct message, one to each other member of a group. Those online are shown it, the others get a push.
    const online = Math.min(1, world.connections / Math.max(world.dailyActiveUsers, 1));
    const deliveries = (all: Rate) => ({ all, online: times(all, online), offline: times(all, 1 - online) });
    const grouped = times(messages, w.groupShare);
    const direct = deliveries(times(messages, 1 - w.groupShare));
    const members = deliveries(times(grouped, w.groupMembers - 1));
    const recipients = 1 - w.groupShare + w.groupShare * (w.groupMembers - 1);
    const shown = sum([direct.online, members.online]);
    const pushed = sum([direct.offline, members.offline]);
    const history = times(messages, w.readsPerMessage);
    const uploads = times(messages, w.mediaShare);
    // Groups founded, joined or left: one for a thousand messages (assumed).
    const groupChanges = times(messages, 0.001);
    const beat = { sends: 50, returns: 50 };
    const text = { sends: w.messageBytes };
    const texts = { returns: w.messageBytes };
    const envelope = { sends: ENVELOPE };

    const peakAbove = (threshold: number, source: Source) => above('messages per second at peak', world.messagesPeak, threshold, source);
    const busyServer = above('load of one API server', (world.messagesPeak * (1 + world.readsPerMessage)) / SERVER.value, 1, SERVER.source);
    const outgrown = anyOf(
      above('WebSocket servers filled', world.connections / world.connectionsPerServer, 0.8, ch('ch4 (8K of 10K connections)')),
      atLeast('availability', world.availability, 0.9995, ch('ch1')),
      busyServer,
    );
    b.oneMachineUntil([outgrown, 'one machine is full, or losing it would be noticed']);

    const hasMedia = above('media objects per day', world.mediaPerDay, 0, ch('ch1'));
    const service = (id: string, does: string, requestsPerSecond = SERVER, size = pod(2, 4)) =>
      b.service(id, { does, tier: 'api', perPod: { requestsPerSecond }, pod: size });
    const { api, sender, groups, media, presence } = b.decide<Record<Duty, PartRef> & { presence?: PartRef }>('services', [
      when(busyServer, 'history, messages, presence, groups and media apart', 'each grows with another figure', () => {
        const api = service('api', 'message history; passes on what concerns groups and media');
        return {
          api,
          sender: service('message-service', 'membership, de-duplication, one write, acknowledgement, routing'),
          presence: service('presence-service', 'online flags and registry', capacity(10e3, assumed('two Redis writes, nothing else'))),
          groups: service('group-service', 'groups and their members', QUIET, pod(0.5, 1)),
          media: hasMedia.fires ? service('media-service', 'pre-signed upload addresses', QUIET, pod(0.5, 1)) : api,
        };
      }),
      otherwise('one service', 'one team, one deployable beside the gateways', () => {
        const chat = service('chat', 'history, messages, presence, groups and media');
        return { api: chat, sender: chat, groups: chat, media: chat };
      }),
    ]);

    // Each gateway is a machine and the one pod that fills it.
    const gateways = b.service('ws-gateway', {
      does: 'holds WebSockets; checks tokens, limits and caps send buffers',
      protocol: 'websocket',
      tier: 'gateway',
      perPod: { connections: capacity(w.connectionsPerServer, ch('ch1, ch4')) },
      pod: pod(w.serverVcpu - 0.5, 2 * w.serverVcpu - 2.5, derived(ch('ch4'), 'what a machine of that size leaves to its pod')),
      connections: w.connections,
      scaleOn: 'connections',
      // Open files and backlog for tens of thousands of sockets (002).
      kernel: { 'fs.file-max': '2097152', 'fs.nr_open': '1000000', 'net.core.somaxconn': '65535', 'net.ipv4.tcp_max_syn_backlog': '65535' },
    });
    const sockets = b.decide('way to a gateway', [
      when(outgrown, 'layer-4 balancer', 'connections stay for hours; TLS ends at the balancer, which bills by the open connection', () =>
        b.front('sockets', { layer: 4, connections: w.connections }),
      ),
      otherwise('straight to the machine', 'there is one', () => b.clients),
      reject('discovery service that hands out gateways', 'every gateway needs a public address and a certificate', text002),
      reject('long polling, HTTP/2 push', 'late, and no typing events', text003),
    ]);
    const acknowledged = { sends: w.messageBytes, returns: 100 };
    sockets.routesTo(gateways, beats, beat).routesTo(gateways, messages, acknowledged);
    sockets.routesTo(gateways, shown, { sends: 50, returns: w.messageBytes });

    const registry = 'registry, presence, de-duplication, bus between gateways';
    const hot = 'last 50 messages of a conversation, members, profiles';
    const redis = (id: string, holds: string, bytes: number, eviction: CacheSpec['eviction'], topology?: 'cluster') =>
      b.cache(id, { holds, bytes, opsPerNode: OPS, eviction, topology }).alarm('memory used', 0.8, ch('ch4'));
    // Two commands a heartbeat; de-duplication, members, registry, routing and list of a message; history.
    const perMessage = 3 + recipients * (1 + 2 * online) + w.readsPerMessage;
    const commandsPeak = (2 * world.connections) / w.heartbeatSeconds + world.messagesPeak * perMessage;
    const fullNode = anyOf(
      above('Redis commands per second at peak', commandsPeak, OPS.value, OPS.source),
      above('bytes in Redis', world.recentBytes + world.sessionBytes, 100e9, ch('ch4')),
    );
    const { sessions, recent } = b.decide('Redis', [
      when(fullNode, 'a cluster for sessions and one for recent messages', 'history must not evict who is online', () => ({
        recent: redis('recent-messages', hot, w.recentBytes, 'allkeys-lru', 'cluster').alarm('hit ratio', 0.85, ch('ch4')),
        sessions: redis('sessions', registry, w.sessionBytes, 'noeviction', 'cluster'),
      })),
      otherwise('one Redis', 'one node carries the commands', () => {
        const one = redis('redis', `${registry}, ${hot}`, w.recentBytes + w.sessionBytes, 'volatile-ttl');
        return { recent: one, sessions: one };
      }),
      reject('Kafka between gateways', '10 to 50 ms where pub/sub takes one', ch('ch2')),
    ]);

    const wideColumn = anyOf(
      wanted('wide-column store asked for', world.wideColumn, ch('README; case studies 002 and 003')),
      peakAbove(1e6, ch('ch3')),
    );
    const fullPrimary = anyOf(peakAbove(8e3, ch('ch3, ch4')), above('bytes in the message store', world.storeBytes, 1e12, ch('ch3, ch4')));
    // The message; who has read how far, which in a wide-column store also moves the conversation in everybody's list.
    const rowsPerMessage = 1 + w.receiptsPerMessage * (wideColumn.fires ? 1 + recipients : 1);
    const postgres = { engine: 'postgres' as const, queriesPerVcpu: PRIMARY };
    const everything = {
      ...postgres,
      holds: 'messages by month, conversations, members, users',
      bytes: w.storeBytes,
      bytesPerPrimary: capacity(1e12 / 0.7, derived(ch('ch3, ch4'), 'a shard splits at 1 TB')),
      hotBytes: capacity(
        w.storeBytes / Math.max(1, w.retentionDays) / 4,
        assumed('a quarter of a day: Redis answers nine reads of ten, and what misses it is spread over older pages, read from the volume'),
      ),
      maxVcpu: 16,
    };
    const both = (one: PartRef) => ({ people: one, store: one });
    const { store, people } = b.decide('message store', [
      when(wideColumn, 'Cassandra (Keyspaces), people and groups in PostgreSQL', 'grows without anybody moving shards', () => ({
        people: b.relational('people', { ...postgres, holds: 'users, groups, members', sharding: 'by hash', bytes: 2e3 * w.users }),
        store: b.wideColumn('messages', {
          holds: 'messages, conversations of a user',
          bytes: w.storeBytes,
          tables: [
            // Of 002 and 003: a conversation is split by month so that no partition grows for ever; ids are ordered by time.
            table('messages', {
              partition: { conversation_id: 'uuid', month: 'int' },
              order: { message_id: 'bigint DESC' },
              columns: { sender_id: 'uuid', client_msg_id: 'uuid', body: 'text' },
              rowBytes: w.messageBytes,
              share: 1 / rowsPerMessage,
              ttlSeconds: Math.max(1, w.retentionDays) * DAY,
            }),
            table('conversations_by_user', {
              partition: { user_id: 'uuid' },
              order: { updated_at: 'timestamp DESC' },
              columns: { conversation_id: 'uuid', last_read_message_id: 'bigint' },
              rowBytes: 200,
              share: 1 - 1 / rowsPerMessage,
            }),
          ],
        }),
      })),
      when(fullPrimary, 'PostgreSQL sharded by conversation', 'order in a conversation, on one primary', () => {
        const bytesPerPrimary = capacity(
          10e12,
          assumed("the source's 1 TB is what a machine of one's own copies in a day; an Aurora volume is apart from its instance"),
        );
        return both(b.relational('messages', { ...everything, topology: 'aurora', bytesPerPrimary, sharding: 'by hash' }));
      }),
      otherwise('one PostgreSQL', 'one primary takes 10K writes/s', () => both(b.relational('messages', everything))),
      reject('two read replicas at launch', 'Redis answers nine reads of ten, the primary has room for the rest', ch('ch4')),
    ]);

    // Presence and sending, over the socket; without a service for presence, gateways write it themselves.
    // Without Redis, presence falls to last seen, Kafka replaces the bus and history is read from its store.
    if (presence) gateways.calls(presence, beats, { ...beat, soft: true });
    (presence ?? gateways).writes(sessions, times(beats, 2), { sends: 100, soft: true });
    gateways.calls(sender, messages, acknowledged);
    sender.writes(sessions, messages, { sends: 100, soft: true });
    sender.reads(sessions, times(messages, 1 + recipients), { returns: 100, soft: true });
    sender.reads(people, times(messages, 1 - w.cacheHitRatio), { returns: 200 });
    sender.writes(recent, messages, { ...text, soft: true }).writes(store, times(messages, rowsPerMessage), text);

    // History, over requests.
    const missed = times(history, 1 - w.cacheHitRatio);
    const web = b.front('web', { layer: 7 }).alarm('latency p99', 0.15, ch('ch4'));
    web.routesTo(api, history, { returns: w.messageBytes + 200 });
    api
      .reads(recent, history, { ...texts, soft: true })
      .writes(recent, missed, { ...text, soft: true })
      .reads(store, missed, texts);

    // What the API passes on.
    if (groups !== api) api.calls(groups, groupChanges);
    if (media !== api) api.calls(media, uploads);
    groups.writes(people, groupChanges);

    // To those who are connected over the bus, one channel a user; to the others as a push without content.
    sender.writes(sessions, direct.online, { ...text, soft: true });
    gateways.reads(sessions, shown, { ...texts, soft: true });
    const source = ch('app tiers; equal halves assumed');
    const fcm = b.external('fcm', { does: 'pushes to Android and browsers', host: 'fcm.googleapis.com', source });
    const apns = b.external('apns', { does: 'pushes to iOS', host: 'api.push.apple.com', source });
    const push = (by: PartRef) => by.calls(fcm, times(pushed, 0.5), envelope).calls(apns, times(pushed, 0.5), envelope);
    const detached = peakAbove(1000, assumed('a server that answers clients pushes to a thousand phones'));
    b.decide('fan-out to groups and to those who are offline', [
      when(detached, 'Kafka', 'survives its consumers, kept for a week', () => {
        const retentionSeconds = 7 * DAY;
        const partitions = ({ peak }: Rate, perConsumer: Capacity) => 3 * Math.ceil(((2 * peak) / perConsumer.value + 3) / 3);
        const topics = [
          { name: 'group.messages', partitions: partitions(members.all, FAN_OUT), retentionSeconds },
          { name: 'offline_messages', partitions: partitions(pushed, PUSHES), retentionSeconds },
          { name: 'analytics', partitions: partitions(messages, FAN_OUT), retentionSeconds },
          { name: 'offline_messages_dlq', partitions: 3, retentionSeconds },
        ];
        const messagesPerBroker = capacity(100e3 / 3, derived(ch('ch4'), '100K/s, every message on three brokers'));
        const events = b.kafka('events', { topics, retentionSeconds, messagesPerBroker }).alarm('consumer lag', 100e3, ch('ch4'));
        sender.publishes(events, messages, envelope).publishes(events, grouped, text).publishes(events, direct.offline, envelope);
        const expanded = capacity(FAN_OUT.value / (w.groupMembers - 1), derived(FAN_OUT.source, '10K members a second'));
        const fanOut = b.worker('fan-out', 'expands groups, parts those online from the others', expanded, { pod: pod(1, 2) });
        fanOut.consumes(events, grouped, texts).reads(sessions, members.all, { returns: 100 });
        fanOut.writes(sessions, members.online, text).publishes(events, members.offline, envelope);
        const notifier = b.worker('notification-service', 'pushes to phones', PUSHES, { pod: pod(1, 2) });
        push(notifier.consumes(events, pushed, { returns: ENVELOPE }));
      }),
      otherwise('inside the request', 'few messages, pushed after the acknowledgement', () => {
        push(sender.writes(sessions, members.online, { ...text, soft: true }));
      }),
      reject('SQS', 'billed by the request: at 1000 messages a second it costs more than three brokers', assumed('list prices')),
      reject(
        'topics mirrored between regions (MirrorMaker)',
        'MSK Replicator needs connectivity that a cluster offers only once it runs, a second deployment; stores cross regions instead',
        ch('ch4'),
      ),
    ]);
    const largeGroups = above('members online in the largest group', w.largestGroup * online, 1000, ch('ch2, ch3'));
    b.decide('largest groups', [
      when(largeGroups, 'pulled on opening, pushed to those mentioned', 'one message would be a thousand deliveries', () => {}),
      otherwise('pushed to every member', 'fan-out stays below a thousand', () => {}),
    ]);

    // Uploads go past the services to S3 by pre-signed address, downloads through the edge.
    b.decide('media', [
      when(hasMedia, 'S3 behind CloudFront', 'bytes stay away from the services', () => {
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

    const cold = above('days messages are kept', world.archiveDays, world.retentionDays, ch('ch3'));
    b.decide('old messages', [
      when(cold, 'archived as Parquet', 'read once in a while, through Athena', () => {
        const objectBytes = 128e6;
        const archive = b.objectStore('archive', {
          holds: `messages older than ${w.retentionDays} days`,
          bytes: w.archiveBytes,
          objectBytes,
          lifecycle: [
            { afterDays: 1, to: 'instant archive' },
            { afterDays: w.archiveDays - w.retentionDays, to: 'delete' },
          ],
          coldShare: { 'instant archive': 0.99 },
        });
        const does = 'moves a day of messages out of the store';
        const archiver = b.job('archiver', { does, tier: 'api', schedule: '0 3 * * *', pod: pod(0.5, 1), source: ch('ch3') });
        // A day's messages in an hour.
        const objects = times(rate(1, 24), perDay(w.textPerDay / objectBytes));
        archiver.reads(store, objects, { returns: objectBytes }).writes(archive, objects, { sends: objectBytes });
      }),
      otherwise('deleted', 'nobody asks for them', () => {}),
    ]);
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
    claim('text-day', 'scale', 'text stored per day', 10e12, 'bytes', ch('ch1')).against((e) => e.figure('textPerDay'), '10B of 1 KB.'),
    claim('text-year', 'scale', 'text stored per year', 3.6e15, 'bytes', ch('ch1')).against(
      (e) => 365 * e.figure('textPerDay'),
      '365 x 10 TB = 3.65 PB, one copy, without indexes.',
    ),
    claim('text-readme', 'seed-001-readme', 'storage', 2e15, 'bytes', ch('README')).against(
      (e) => 365 * e.figure('textPerDay'),
      '10B x 200 bytes x 365 = 0.73 PB a year; 2 PB are that with three copies.',
    ),
    claim('media-day', 'scale', 'media stored per day', 50e12, 'bytes', ch('ch1')).against(
      (e) => e.figure('mediaTotalBytes') / e.figure('mediaDays'),
      'A tenth of 10B messages with 50 KB each.',
    ),
    claim('servers-mvp', 'mvp', 'WebSocket servers', 5, 'servers', ch('ch4')).against((e) => e.count('ws-gateway'), '10K at 2K each.'),
    claim('servers-growth', 'growth', 'WebSocket servers', 50, 'servers', ch('ch4')).against(
      (e) => e.count('ws-gateway'),
      '1M connections on 50 servers are 20K each, twice what ch1 lets one hold; 125 at 8K, half as many again to lose a zone.',
    ),
    claim('servers-scale', 'scale', 'WebSocket servers', 1000, 'servers', ch('ch1, ch4')).against(
      (e) => e.count('ws-gateway'),
      '10M / 10K = 1000 at 100 %; 1250 at 8K each, half as many again to lose a zone of three.',
    ),
    claim('shards-growth', 'growth', 'PostgreSQL shards', 4, 'shards', ch('ch4')).against(
      (e) => e.shards('messages'),
      '34.7K messages and a fifth as many receipts are 41.7K/s; over 10K at 70 % six. 30 TB at 7 TB a shard would be five, at the 1 TB of ch3 thirty.',
    ),
    claim('shards-scale', 'scale', 'PostgreSQL shards', 40, 'shards', ch('ch4')).against(
      (e) => e.shards('messages'),
      '345K/s over 10K are 35 without head-room; with receipts 417K/s at 70 % are 60. 300 TB at 7 TB a shard would be 43, at the 1 TB of ch3 300.',
    ),
    claim('kafka', 'scale', 'Kafka brokers', 6, 'brokers', ch('ch4')).against(
      (e) => e.count('events'),
      'Six of 100K/s carry 200K/s with three copies; every message makes one event for analytics and one for each offline reader.',
    ),
    claim('redis', 'scale', 'Redis nodes', [10, 50], 'nodes', ch('ch2, ch4')).against(
      (e) => e.count('sessions') + e.count('recent-messages'),
      'Reads alone are 3.45M/s, 69 nodes of 50K/s; heartbeats add 667K/s, routing 2M/s. Each shard has a replica.',
    ),
    claim('presence', 'scale', 'presence writes/s', 333e3, 'per second', ch('ch3')).against(
      (e) => e.figure('connections') / e.figure('heartbeatSeconds'),
      '10M / 30 s; the registry entry is renewed as often and counts again.',
    ),
    claim('api', 'scale', 'API servers', 70, 'servers', ch('ch1, ch4')).against(
      (e) => e.count('api') + e.count('message-service'),
      '345K writes / 5K = 69; history is read ten times as often, 3.45M/s, and a lost zone takes half as many again.',
    ),
    claim('gateways-002', 'seed-002', 'gateways for 1M connections', 20, 'servers', derived(text002, '1M / 50K')).against(
      (e) => e.count('ws-gateway'),
      '1M / 50K = 20 at 100 %; 25 at 80 %, half as many again to lose a zone.',
    ),
  ],
});
