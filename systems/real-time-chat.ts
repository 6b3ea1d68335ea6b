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
  manyServers: above('connections of one server', w.connections / (w.connectionsPerServer / SERVER.value), 8e3, ch('ch4')),
  survive: atLeast('availability', w.availability, 0.9995, ch('ch1')),
  busyServer: above('load of one API server', (w.messagesPeak * (1 + w.readsPerMessage)) / SERVER_RPS, 1, ch('ch1, ch4')),
  manyCommands: anyOf(
    above('Redis commands per second at peak', commands(w), OPS.value, OPS.source),
    above('bytes in Redis', w.recentBytes + w.sessionBytes, 100e9, ch('ch4')),
  ),
  wideColumn: anyOf(
    wanted('wide-column store', w.wideColumn, text003),
    above('messages per second at peak', w.messagesPeak, 1e6, ch('ch3')),
  ),
  fullPrimary: anyOf(
    above('messages per second at peak', w.messagesPeak, 8e3, ch('ch3, ch4')),
    above('bytes in the message store', w.storeBytes, 1e12, ch('ch3, ch4')),
  ),
});
