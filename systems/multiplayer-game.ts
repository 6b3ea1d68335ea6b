import type { Region } from '../plan/blueprint';
import { type Claim, claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, docs } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above } from '../plan/trigger';
import { DAY, GIB, HOUR, MONTH, perDay, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

/** The source gives the name and a comparison with Fortnite, and no figure: all that follows is common practice of the field. */
const usual = (what: string) => assumed(`common practice: ${what}`);
const reference = usual('a game of a hundred seats a match, as the one the source names');
const from = (how: string) => derived(reference, how);

const workload = Workload.of({
  availability: figure('ratio', 'share of time that players get in and find a match', 0.999, usual('login and lobby')),
  concurrentPlayers: figure('users', 'players online at the busiest moment'),
  meanOfPeak: figure('ratio', 'players online on average, of those at peak', 0.6, reference),
  inMatchShare: figure('ratio', 'players online that are in a match; the others sit in the lobby', 0.7, reference),
  seatsPerMatch: figure('each', 'players that a match starts with', 100, reference),
  playersPerMatch: figure('each', 'players still connected, on average over a match', 60, reference),
  matchSeconds: figure('seconds', 'a match of 20 minutes with warm-up and teardown', 1320, reference),
  tickHz: figure('per second each', 'steps of the simulation, each a packet down and one up', 30, reference),
  downBytes: figure('bytes each', 'packet to a player', 500, reference),
  upBytes: figure('bytes each', 'packet from a player', 100, reference),
  eventBytes: figure('bytes each', 'telemetry event', 500, reference),
  playerBytes: figure('bytes each', 'profile, inventory and progress of a player', 20e3, reference),
  replayBytes: figure('bytes each', 'replay of a match', 10e6, reference),
  patchBytes: figure('bytes each', 'patch of a client', 2e9, reference),
  patchSeconds: figure('seconds', 'time in which a patch reaches all players', 2 * DAY, reference),
  patchesPerMonth: figure('each', 'patches a month', 1, assumed('the sheet states one patch and no rhythm')),
  purchasesPerPlayer: figure('each', 'purchases of a daily player a day', 0.02, assumed('one player in fifty buys something')),
})
  .and({
    dailyPlayers: figure('users', 'daily active players', (w) => 10 * w.concurrentPlayers, from('a tenth of them is online at peak')),
    playersInMatch: figure('users', 'players in a match at peak', (w) => w.inMatchShare * w.concurrentPlayers, reference),
  })
  .and({
    registeredPlayers: figure('users', 'accounts', (w) => 10 * w.dailyPlayers, from('a tenth of them plays on a day')),
    matches: figure('items', 'matches at the same time, at peak', (w) => w.playersInMatch / w.playersPerMatch, reference),
    loginsPeak: figure('per second', 'logins', (w) => 5 * perDay(w.dailyPlayers), from('five times the mean')),
  })
  .and({
    startsPeak: figure('per second', 'matches started at peak', (w) => w.matches / w.matchSeconds, reference),
    ticketsPeak: figure('per second', 'players who ask for a match', (w) => (w.seatsPerMatch * w.matches) / w.matchSeconds, reference),
    egressPeak: figure('bytes', 'what matches send in a second at peak', (w) => w.playersInMatch * w.tickHz * w.downBytes, reference),
    telemetryBytesPerDay: figure('bytes', 'telemetry of a day', (w) => DAY * w.meanOfPeak * w.playersInMatch * w.eventBytes, reference),
    playerStorage: figure('bytes', 'players', (w) => w.registeredPlayers * w.playerBytes, reference),
    patchTraffic: figure('bytes', 'one patch to all daily players', (w) => w.patchBytes * w.dailyPlayers, reference),
  })
  .and({ egressBytes: figure('bytes', 'the same in a month', (w) => MONTH * w.meanOfPeak * w.egressPeak, reference) });

const across = (names: readonly string[]): readonly Region[] =>
  names.map((name) => ({ name, share: 1 / names.length, role: 'active' as const }));
const CONTINENTS = [HOME_REGION, 'eu-central-1', 'ap-southeast-1'];
/** One for each part of the world where we assume players; an eighth in the Gulf would find none of the hosts' types. */
const NEAR_PLAYERS = [...CONTINENTS, 'us-west-2', 'eu-west-1', 'ap-south-1', 'sa-east-1'];

/** Events of a match and second go out together, and so do results of a match. */
const RESULT_BYTES = 500;
const PATCH_PART_BYTES = 8e6;
const PARQUET_BYTES = 128e6;
const REDIS = capacity(100e3, assumed('commands of a few hundred bytes on one core'));

const atScale = (id: string, what: string, claimed: number, unit: string, ours: Claim['estimated'], why: string) =>
  claim(id, 'scale', what, claimed, unit, reference).against(ours, why);

export default system('multiplayer-game', {
  title: 'Multiplayer game backend',
  summary:
    'Fills matches of a hundred players, runs them on public UDP hosts near the players, keeps the lobby connected and profiles in order.',
  aliases: ['multiplayer-gaming', 'game-backend'],
  sources: [{ seed: '001', row: 15 }],
  workload,
  headline: { users: 'dailyPlayers', peak: 'ticketsPeak' },

  stages: {
    launch: stage('10K players online', usual('up to 10K concurrent players'), { concurrentPlayers: 10e3 }),
    growth: stage('100K players online, three regions', usual('10K to 100K concurrent players'), { concurrentPlayers: 100e3 }),
    scale: stage('1M players online, a region near each of them', usual('100K to 1M concurrent players'), { concurrentPlayers: 1e6 }),
  },

  regions: (w) => [
    when(
      above('players online', w.concurrentPlayers, 100e3, usual('a round trip of 60 ms; a closer region for those above 80')),
      'seven regions, each with its own players',
      'light takes 50 ms over an ocean, and a step of the simulation 33; a match never crosses regions',
      () => across(NEAR_PLAYERS),
    ),
    when(
      above('players online', w.concurrentPlayers, 10e3, usual('three regions of match hosts')),
      'three regions, one a continent',
      'the next continent is 100 ms away',
      () => across(CONTINENTS),
    ),
    otherwise('one region', 'splitting so few players makes them wait for a match', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const onAverage = (peak: number) => rate(w.meanOfPeak * peak, peak);
    const matchesRunning = onAverage(w.matches);
    const starts = onAverage(w.startsPeak);
    const tickets = onAverage(w.ticketsPeak);
    const logins = rate(w.loginsPeak / 5, w.loginsPeak);
    const large = above('players online', world.concurrentPlayers, 10e3, usual('stores apart from 10K concurrent players on'));

    // The match itself.
    const matches = b.decide('match servers', [
      otherwise('hosts with public addresses, seven matches each', 'a packet takes one hop; a host lost is seven matches void', () =>
        b.hostFleet('matches', {
          does: 'runs the authoritative simulation of a match; state in memory alone',
          sessions: matchesRunning,
          perSession: { vcpu: 2, memoryBytes: 4e9, source: usual('2 vCPU and 4 GB a match') },
          sessionsPerHostAtMost: capacity(7, usual('7 matches on 16 vCPU, two kept for the system')),
          ports: { from: 7000, to: 7099 },
          drainSeconds: 1500,
          spareShare: capacity(0.2, usual('20 percent warm spare')),
        }),
      ),
      reject('Agones', 'host ports and public nodes in the cluster that keeps the accounts (decision 0021)', usual('match fleet')),
      reject(
        'GameLift',
        'a fifth dearer an hour, its SDK in the game; for who has no allocator',
        docs('Amazon GameLift pricing, worked examples', '2026-09-20'),
      ),
      reject('Spot', 'two minutes of notice, and a match lasts twenty', usual('no spot capacity without a drain of 1500 s')),
      reject('a UDP balancer or relays in front', 'another hop, and a GB passes twice', usual('hidden host addresses or relays')),
      reject(
        'bare metal for the base',
        'pays where egress is not metered; contracts by the year, which no stack makes',
        usual('reserved base fleet plus cloud burst'),
      ),
    ]);

    b.decide('floods of packets', [
      otherwise(
        'ports of matches alone, Shield Standard',
        'what every address of AWS has; a host that drowns all the same is drained, and its players are given another address',
        () => undefined,
      ),
      reject(
        'Shield Advanced',
        'a fee for each month of a year; to be signed when floods come that the standard lets through',
        usual('scrubbing'),
      ),
    ]);
    const lobby = b.decide('lobby', [
      otherwise('WebSockets of all who are online, in a match too', 'an offer for a match or an invite is there within 200 ms', () =>
        b.service('lobby-gateway', {
          does: 'presence, parties, invites, match offers; admits who reconnects at a bounded rate',
          protocol: 'websocket',
          tier: 'lobby',
          perPod: { connections: capacity(50e3 / 4, derived(usual('50K connections on 4 vCPU and 8 GB'), 'a quarter of it')) },
          pod: pod(0.875, 1.5, derived(usual('4 vCPU and 8 GB'), 'a quarter of it, less what the machine needs itself')),
          connections: w.concurrentPlayers,
          connectionsAverage: w.meanOfPeak * w.concurrentPlayers,
          scaleOn: 'connections',
          drainSeconds: 120,
          kernel: { 'fs.file-max': '2097152', 'net.core.somaxconn': '65535', 'net.ipv4.tcp_max_syn_backlog': '65535' },
        }),
      ),
      reject('polling', 'an offer waits for the next question, and so does the match', usual('a lobby message within 200 ms')),
    ]);
    const core = (id: string, does: string, requests: number, why: string, vcpu = 1) =>
      b.service(id, { does, tier: 'core', perPod: { requestsPerSecond: capacity(requests, assumed(why)) }, pod: pod(vcpu, 2 * vcpu) });
    const matchmaker = core(
      'matchmaker',
      'fills matches by mode, skill, party and round trip; widens the skill band as players wait; signs join tokens',
      2000,
      'a shard takes 2000 tickets a second',
    );
    const allocator = core(
      'fleet-allocator',
      'picks a host, hands out address and port; starts hosts ahead of demand, drains and ends idle ones',
      ...([200, 'a look-up and a call to a host', 0.5] as const),
    );
    const api = core('player-api', 'logins, profiles, purchases, leaderboards, bans', 400, 'two reads by key a request');

    // What the lobby and the matchmaker share.
    const redis = (id: string, holds: string, bytes: number, snapshots = false) =>
      b
        .cache(id, { holds, bytes, opsPerNode: REDIS, eviction: 'noeviction', snapshots })
        .alarm('memory used', 0.8, assumed('none is evicted'));
    const presenceBytes = 500 * w.concurrentPlayers;
    const boardBytes = 3 * 100 * w.registeredPlayers;
    const waiting = 120 * w.ticketsPeak * 1e3 + 1e3 * w.matches;
    const { presence, matchmaking, boards } = b.decide('Redis', [
      when(large, 'three: presence, matchmaking, leaderboards', 'a reconnect storm must not hold up the queue for matches', () => ({
        presence: redis('presence', 'player to gateway, parties; gone after a minute', presenceBytes),
        matchmaking: redis('matchmaking', 'tickets by mode and skill for two minutes; free seats of every host', waiting),
        boards: redis('leaderboards', 'sorted sets by season, mode and region', boardBytes, true),
      })),
      otherwise('one Redis', 'ten thousand players fill a hundredth of it', () => {
        const one = redis('redis', 'presence, tickets, free seats, leaderboards', presenceBytes + boardBytes + waiting, true);
        return { presence: one, matchmaking: one, boards: one };
      }),
      reject('boards in the player store', 'a rank is a count of all that are better', usual('Redis sorted sets')),
    ]);

    const multiRegion = b.place.regions.length > 1;
    const elsewhere = above('regions', b.place.regions.length, 1, usual('global player store with a home region for each player'));
    const playersIn = (bytes: number) =>
      b.keyValue('players', {
        holds: 'profile, inventory, progress, home region; results once, by match and player',
        partitionKey: 'player_id',
        sortKey: 'record',
        bytes,
        itemBytes: 2e3,
        multiRegion,
      });
    const players = b.decide('player store', [
      when(
        elsewhere,
        'a DynamoDB global table',
        'who travels, or whose region is lost, finds his profile; it is written where he plays, and a second of progress may be lost',
        () => playersIn(w.playerStorage),
      ),
      otherwise('a DynamoDB table', 'a record a player, read and written by its key alone', () => playersIn(w.playerStorage)),
      reject('sharded MySQL', 'somebody has to move the shards', usual('partitioned key-value store')),
    ]);
    const purchases = times(logins, w.purchasesPerPlayer);
    const ledgerOf = (topology: 'aurora' | 'multi-az') =>
      b.relational('ledger', {
        holds: 'orders, entitlements, idempotency keys',
        engine: 'postgres',
        topology,
        bytes: 3 * 365 * DAY * purchases.average * 2e3,
        hotBytes: capacity(GIB, assumed('orders of a month')),
        queriesPerVcpu: capacity(375, assumed('short transactions')),
        strongReads: true,
        pitrDays: 35,
        multiRegion,
      });
    const ledger = b.decide('purchase ledger', [
      when(
        elsewhere,
        'one Aurora ledger, copied to every region',
        'a purchase is booked once, wherever the player is; a lost zone loses none, of a lost home region the store’s receipts repeat the last second',
        () => ledgerOf('aurora'),
      ),
      otherwise('PostgreSQL with a standby', 'a lost zone loses no purchase', () => ledgerOf('multi-az')),
      reject('a ledger a region', 'who moves would leave what he bought behind', usual('one account worldwide')),
    ]);

    // Lobby: a heartbeat keeps presence alive, messages go from gateway to gateway.
    const beats = times(onAverage(w.concurrentPlayers), 1 / 30);
    const messages = times(onAverage(w.concurrentPlayers * (1 - w.inMatchShare)), 1 / 10);
    b.front('lobby', { layer: 4, connections: w.concurrentPlayers, drainSeconds: 120 })
      .routesTo(lobby, beats, { sends: 50, returns: 50 })
      .routesTo(lobby, messages, { sends: 200, returns: 200 });
    lobby
      .writes(presence, beats, { sends: 100, soft: true })
      .writes(presence, messages, { sends: 200, soft: true })
      .reads(presence, messages, { returns: 200, soft: true });

    // Into a match: a ticket, a hundred of which become one; a seat on a host; the players come by themselves.
    lobby.calls(matchmaker, tickets, { sends: 500, returns: 300 });
    matchmaker.writes(matchmaking, times(tickets, 2), { sends: 500 }).reads(matchmaking, tickets, { returns: 1e3 });
    matchmaker.writes(presence, tickets, { sends: 300, soft: true }).calls(allocator, starts, { sends: 2e3, returns: 300 });
    allocator.reads(matchmaking, times(starts, 10), { returns: 2e3 }).calls(matches, starts, { sends: 5e3, returns: 300 });
    const packets = times(onAverage(w.playersInMatch), w.tickHz);
    b.clients.calls(matches, packets, { sends: w.upBytes, returns: w.downBytes });
    // A host tells every five seconds what is free; who misses two is taken for dead, and its players are queued first.
    const hosts = times(matchesRunning, 1.2 / 7);
    matches.writes(matchmaking, times(hosts, 1 / 5), { sends: 500, soft: true });

    // Out of it: one message a match, so that a slow player store holds up nothing.
    const seats = w.seatsPerMatch;
    const results = b.queue('results', { holds: 'results of matches', maxReceives: 5, visibilitySeconds: 60, retentionSeconds: 14 * DAY });
    results.alarm('oldest message', 60, usual('result queue age'));
    matches.publishes(results, starts, { sends: seats * RESULT_BYTES, soft: true });
    b.worker(
      'result-writer',
      'writes each seat once, by match and player; moves the boards',
      capacity(5, assumed('500 conditional writes/s')),
    )
      .consumes(results, starts, { returns: seats * RESULT_BYTES })
      .writes(players, times(starts, seats), { sends: RESULT_BYTES })
      .writes(boards, times(starts, 2 * seats), { sends: 100, soft: true });
    const replays = b.objectStore('replays', {
      holds: 'replays',
      bytes: 14 * DAY * starts.average * w.replayBytes,
      objectBytes: w.replayBytes,
      lifecycle: [{ afterDays: 14, to: 'delete' }],
      versioned: false,
    });
    matches.writes(replays, starts, { sends: w.replayBytes, soft: true });
    // Addresses signed by the API: assumed, one match in twenty is looked at again.
    const watched = times(starts, 0.05);
    b.clients.reads(replays, watched, { returns: w.replayBytes });

    // Accounts, behind limits an address, as stolen passwords are tried in bulk.
    const requests = times(logins, 10);
    const entrance = b.edge('account', { serves: 'the API', ttlSeconds: 5, hitRatio: 0, firewall: true, requestsPerAddress: 300 });
    b.front('web', { layer: 7, behind: entrance, drainSeconds: 60 })
      .alarm('latency p99', 0.5, assumed('a login that takes longer is tried again'))
      .routesTo(api, requests, { sends: 1e3, returns: 4e3 });
    api
      .reads(players, times(requests, 2), { returns: 2e3 })
      .writes(players, logins, { sends: 500 })
      .reads(boards, times(requests, 0.2), { returns: 2e3, soft: true })
      .writes(ledger, times(purchases, 2), { sends: 1e3 })
      .reads(ledger, logins, { returns: 1e3 });
    const receipts = {
      does: 'platform store that takes the money',
      host: 'api.storekit.itunes.apple.com',
      source: usual('audited purchases'),
    };
    api.reads(replays, watched, { soft: true });
    api.calls(b.external('store', receipts), purchases, { sends: 2e3, returns: 2e3, soft: true });

    // Telemetry: events of a match and second are one message.
    const batches = matchesRunning;
    const batchBytes = w.playersPerMatch * w.eventBytes;
    const telemetry = b.objectStore('telemetry', {
      holds: 'server-side events as Parquet, by day and region; models, programs',
      bytes: 30 * w.telemetryBytesPerDay,
      objectBytes: PARQUET_BYTES,
      lifecycle: [{ afterDays: 30, to: 'delete' }],
      versioned: false,
    });
    const files = times(batches, batchBytes / PARQUET_BYTES);
    b.decide('telemetry', [
      when(large, 'Kafka, written to S3 as Parquet', 'scoring reads it within seconds, and keeps two days to read again', () => {
        const retentionSeconds = 48 * HOUR;
        const events = b.kafka('events', {
          topics: [{ name: 'telemetry', partitions: 96, retentionSeconds }],
          retentionSeconds,
          messagesPerBroker: capacity(10e3, assumed('batches of 30 KB; bytes bind before')),
        });
        events.alarm('consumer lag', 120 * w.matches, derived(usual('telemetry consumer lag'), '120 s of a batch a match'));
        matches.publishes(events, batches, { sends: batchBytes, soft: true });
        const parquet = capacity(500, assumed('15 MB/s through a vCPU'));
        const reader = (id: string, does: string, gib: number) =>
          b.worker(id, does, parquet, { pod: pod(1, gib), podsAtMost: capacity(96, reference) });
        reader('parquet-writer', 'gathers events into files of 128 MB', 2)
          .consumes(events, batches, { returns: batchBytes })
          .writes(telemetry, files, { sends: PARQUET_BYTES });
        reader('anticheat-scoring', 'scores aim, speed and reports by the newest models; asks for bans', 4)
          .consumes(events, batches, { returns: batchBytes })
          .reads(telemetry, steady(0.01), { returns: PARQUET_BYTES, soft: true })
          .calls(api, times(starts, 0.1), { soft: true });
        // Assumed: a hundredth of a week's matches is enough to learn from.
        const learnt = 0.07 * w.telemetryBytesPerDay;
        b.sparkJob('cheat-models', {
          does: 'learns what cheats look like from the matches of a week',
          schedule: '0 4 * * 1',
          program: 'telemetry',
          executors: Math.max(1, Math.ceil(learnt / (4 * 25e6 * HOUR))),
          executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('25 MB/s of Parquet a vCPU') },
          hours: capacity(1, assumed('done before people come to work')),
        })
          .reads(telemetry, steady(learnt / (7 * DAY) / PARQUET_BYTES), { returns: PARQUET_BYTES })
          .writes(telemetry, steady(10 / (7 * DAY)), { sends: PARQUET_BYTES });
      }),
      otherwise('files that hosts write', 'three brokers for 3 MB/s; cheats are looked for at night', () => {
        matches.writes(telemetry, files, { sends: PARQUET_BYTES, soft: true });
        const bytesPerHour = 4 * 25e6 * HOUR;
        b.sparkJob('nightly-scoring', {
          does: "scores the day's matches for cheats",
          schedule: '0 4 * * *',
          program: 'telemetry',
          executors: Math.max(1, Math.ceil(w.telemetryBytesPerDay / bytesPerHour)),
          executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('25 MB/s of Parquet a vCPU') },
          hours: capacity(1, assumed('done before people come to work')),
        })
          .reads(telemetry, steady(w.telemetryBytesPerDay / DAY / PARQUET_BYTES), { returns: PARQUET_BYTES })
          .writes(players, steady(starts.average / 10), { sends: 100 });
      }),
      reject('Flink', 'nothing we build runs it; consumers keep their offsets', usual('Kafka, Flink')),
    ]);

    // Patches: on two days all the bytes of a month.
    b.decide('patches', [
      otherwise('one CDN over a bucket', 'a window of two days and a staged rollout keep it below a raised quota', () => {
        const builds = b.objectStore('builds', {
          holds: 'client builds and remote configuration',
          bytes: 20 * w.patchBytes,
          objectBytes: PATCH_PART_BYTES,
          lifecycle: [{ afterDays: 180, to: 'delete' }],
        });
        const hitRatio = 0.999;
        const cdn = b.edge('cdn', { serves: 'patches in parts of 8 MB', ttlSeconds: 30 * DAY, hitRatio });
        const parts = w.patchTraffic / PATCH_PART_BYTES;
        const fetched = rate((w.patchesPerMonth * parts) / MONTH, parts / w.patchSeconds);
        b.clients.routesTo(cdn, fetched, { returns: PATCH_PART_BYTES });
        cdn.reads(builds, times(fetched, 1 - hitRatio), { returns: PATCH_PART_BYTES });
      }),
      reject('several CDNs', 'contracts with others; a slow patch is waited for', usual('several CDNs on patch days')),
      reject('peer to peer', 'players pay for its upload', assumed('our judgement')),
    ]);
  },

  claims: [
    atScale('matches', 'matches at a time', 11_667, 'matches', (e) => e.figure('matches'), '1M x 0.7 in a match / 60 connected.'),
    atScale('tickets', 'tickets at peak', 884, 'per second', (e) => e.figure('ticketsPeak'), '11,667 matches / 1320 s x 100 seats.'),
    atScale('hosts', 'match hosts', 2001, 'hosts', (e) => e.count('matches'), '11,667 / 7 x 1.2 = 2000; each region rounds up.'),
    atScale('egress', 'sent in a month', 16.6e15, 'bytes', (e) => e.figure('egressBytes'), '700K x 15 KB/s x 0.6 over 2.63M s.'),
    atScale(
      'gateways',
      'lobby gateways',
      30,
      'gateways',
      (e) => e.count('lobby-gateway') / 4,
      'ours are quarters; a region outlives a zone.',
    ),
    atScale('telemetry', 'a day of it', 18e12, 'bytes', (e) => e.figure('telemetryBytesPerDay'), '700K events of 500 bytes x 0.6.'),
    atScale(
      'patch',
      'mean of its window',
      926e9,
      'bits per second',
      (e) => (8 * e.figure('patchTraffic')) / e.figure('patchSeconds'),
      '20 PB in 48 h.',
    ),
    claim('hosts-launch', 'launch', 'match hosts', 21, 'hosts', usual('launch')).against(
      (e) => e.count('matches'),
      '116.7 / 7 x 1.2 is 20 to a hair; the sheet rounds matches up first.',
    ),
  ],
});
