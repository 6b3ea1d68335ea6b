import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import type { PartRef, Payload } from '../plan/part-ref';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, GIB, type Rate, rate, steady, sum, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const row = seed('001', 2);
const ch = (chapter: string) => seed('001', 2, chapter);

const workload = Workload.of({
  availability: figure('ratio', 'share of time that a ride can be had', 0.9995, ch('ch1')),
  dailyRiders: figure('users', 'riders of a day'),
  cities: figure('items', 'cities, each a market of its own'),
  reportSeconds: figure('seconds', 'time between two positions of a driver', 1, ch('ch1')),
  rideSeconds: figure('seconds', 'a ride, from offer to arrival', 900, ch('ch1')),
  peakFactor: figure('ratio', 'evening over the average', 3, ch('ch1')),
  driversPerRide: figure('each', 'drivers online for each ride under way', 2, derived(ch('ch1'), '1M over 500K')),
  requestsPerRide: figure('each', 'requests for each ride that starts', 2.7, derived(ch('ch1'), '1500/s over 500K rides of 900 s')),
  busiestCellShare: figure('ratio', 'drivers of a city who wait in its busiest cell', 0.03, assumed('an airport at the evening peak')),
  telemetryDays: figure('days', 'days that tracks are kept', 730, row),
})
  .and({ ridesPerDay: figure('per day', 'rides', (w) => w.dailyRiders, derived(row, '10M a day for the 10M daily riders of ch1')) })
  .and({
    ridesPeak: figure('per second', 'rides that start at the busiest moment', (w) => (w.peakFactor * w.ridesPerDay) / DAY, ch('ch1')),
  })
  .and({
    requestsPeak: figure('per second', 'requests at the busiest moment', (w) => w.requestsPerRide * w.ridesPeak, ch('ch1')),
    ridesUnderWay: figure('items', 'rides under way at the busiest moment', (w) => w.ridesPeak * w.rideSeconds, ch('ch1')),
    ridersSearching: figure('users', 'riders who look at the map', (w) => 0.1 * w.dailyRiders, derived(ch('ch1'), '1M of 10M')),
  })
  .and({ driversOnline: figure('items', 'drivers online at the busiest moment', (w) => w.driversPerRide * w.ridesUnderWay, ch('ch1')) })
  .and({
    connections: figure(
      'connections',
      'WebSockets of drivers, and of riders on the way',
      (w) => w.driversOnline + w.ridesUnderWay,
      ch('ch1'),
    ),
    positionsPeak: figure('per second', 'positions at the busiest moment', (w) => w.driversOnline / w.reportSeconds, ch('ch1')),
    busiestCell: figure(
      'each',
      'drivers in the busiest cell',
      (w) => (w.busiestCellShare * w.driversOnline) / w.cities,
      assumed('cities alike'),
    ),
  });

/** The continents are those of ch4; the shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.4, role: 'active' },
  { name: 'eu-west-1', share: 0.35, role: 'active' },
  { name: 'ap-southeast-1', share: 0.25, role: 'active' },
];

const POSITION = { sends: 150, returns: 20 };
/** Trip, its offers, its payment with hold and capture; 2 KB and 1 KB of ch1, the rest indexes (assumed). */
const RIDE_BYTES = 4e3;
/** Rows that riders, drivers and support still ask for, and those that are kept at all: assumed. */
const DAYS_IN_DATABASE = 90;
const YEARS_KEPT = 3;
/** Cells of three rings and the positions of sixty candidates. */
const COMMANDS_PER_SEARCH = 19 + 60;
/** Transitions of a ride: requested, offered, accepted, arrived, started, completed, held, captured, and steps that fail. */
const TRANSITIONS = 10;

/** Of a region. */
const ISLANDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

export default system('ride-sharing', {
  title: 'Ride sharing',
  summary:
    'Drivers report where they are each second; a dispatcher finds those near a rider by H3 cell and offers the ride; cities share nothing.',
  aliases: ['ride-hailing', 'taxi'],
  sources: [{ seed: '001', row: 2 }],
  workload,
  headline: { users: 'dailyRiders', peak: 'positionsPeak' },

  stages: {
    'single-city-mvp': stage('0 to 100K daily users, one city', ch('ch4'), {
      dailyRiders: 100e3,
      cities: 1,
      connections: 10e3,
      availability: 0.99,
    }),
    'multi-city': stage('100K to 1M daily users, ten cities', ch('ch4'), { dailyRiders: 1e6, cities: 10 }),
    global: stage('1M to 10M daily users, fifty cities, 1M positions a second', ch('ch4'), {
      dailyRiders: 10e6,
      cities: 50,
      driversOnline: 1e6,
    }),
    'seed-001': stage('10M rides a day', row, { dailyRiders: 10e6, ridesPerDay: 10e6, cities: 50 }),
    'seed-001-bundle': stage('100M rides a month', seed('001', 2, 'bundle'), { dailyRiders: 10e6, ridesPerDay: 100e6 / 30, cities: 50 }),
    'seed-001-ch1': stage('200K rides a day, 1500 requests and 1M positions a second', ch('ch1'), {
      dailyRiders: 10e6,
      ridesPerDay: 200e3,
      ridesPeak: 500e3 / 900,
      requestsPeak: 1500,
      ridesUnderWay: 500e3,
      driversOnline: 1e6,
      connections: 1.5e6,
      cities: 50,
    }),
  },

  regions: (w) => [
    when(
      above('daily riders', w.dailyRiders, 1e6, ch('ch4')),
      'US, EU and Asia-Pacific, each city at home in one',
      'positions of another continent take over 100 ms; a ride never leaves its city, so regions share nothing',
      () => REGIONS,
    ),
    otherwise('one region', 'all cities are near enough', () => oneRegion),
  ],

  blueprint(w, b, world) {
    // Half of the drivers are online over the day: assumed.
    const positions = rate(w.positionsPeak / 2, w.positionsPeak);
    const rides = rate(w.ridesPerDay / DAY, w.ridesPeak);
    const requests = times(rides, w.requestsPeak / w.ridesPeak);
    const tracked = times(rate(rides.average * w.rideSeconds, w.ridesUnderWay), 1 / w.reportSeconds);
    // Every 20 s the app asks what the rider's cell shows; fares to a destination twice a request: assumed.
    const looks = rate(w.ridersSearching / 20 / w.peakFactor, w.ridersSearching / 20);
    const fares = times(requests, 2);
    const transitions = times(rides, TRANSITIONS);
    const grown = above('daily riders', world.dailyRiders, 100e3, ch('ch4'));

    b.oneMachineUntil(
      [above('WebSockets', world.connections, 10e3, ch('ch1, ch4')), 'sockets fill one server, and one is all there is'],
      [atLeast('availability', world.availability, 0.9995, ch('ch1')), 'a lost machine must not strand riders'],
    );

    // Who answers. Positions pass through nothing that riders wait for.
    const web = (id: string, does: string, tier: string, requestsPerSecond: number, source = assumed('on one vCPU')) =>
      b.service(id, { does, tier, perPod: { requestsPerSecond: capacity(requestsPerSecond, source) }, pod: pod(1, 1) });
    const gateway = b.service('ws-gateway', {
      does: 'holds the WebSockets of drivers and of riders on the way; checks tokens of 15 minutes',
      protocol: 'websocket',
      tier: 'gateway',
      perPod: { connections: capacity(2500, derived(ch('ch1, ch4'), 'a quarter of the 10K of a c5.2xlarge')) },
      pod: pod(1.75, 3, derived(ch('ch1, ch4'), 'a quarter of a c5.2xlarge, less what its node takes')),
      connections: w.connections,
      scaleOn: 'connections',
      drainSeconds: 30,
      // Drivers who all come back at once are 50K connects a second.
      kernel: { 'net.core.somaxconn': '65535', 'net.ipv4.tcp_max_syn_backlog': '65535' },
    });
    const perVcpu = derived(ch('ch1, ch4'), '10K positions/s of a c5.xlarge, a quarter of it');
    const { location, api, pricing, eta, trips } = b.decide('services', [
      when(grown, 'location, pricing, arrival times and trips apart', 'each grows with another figure', () => ({
        location: web('location', 'Kalman filter a driver, refuses jumps above 100 m/s, maps to H3 cells', 'location', 2500, perVcpu),
        api: web('api', 'riders and drivers: tokens, limits, cars near by, requests, history', 'web', 1250),
        pricing: web('pricing', 'fare from route and multiplier; the base fare when surge is old', 'web', 1000),
        eta: web('eta', 'arrival times: speeds of road segments in memory, corrected by the minute', 'match', 100),
        trips: web('trips', 'idempotent state machine of a ride; one driver accepts', 'web', 500),
      })),
      otherwise('one service besides gateways and dispatch', 'one team, one city', () => {
        const app = web('app', 'positions, fares, arrival times by distance, state of rides', 'web', 2500, perVcpu);
        return { location: app, api: app, pricing: app, eta: app, trips: app };
      }),
    ]);
    const asks = (from: PartRef, to: PartRef, often: Rate, payload?: Payload) => from === to || from.calls(to, often, payload);

    b.front('sockets', { layer: 4, connections: w.connections, drainSeconds: 30 })
      .routesTo(gateway, positions, POSITION)
      .routesTo(gateway, tracked, { sends: 20, returns: POSITION.sends });
    b.front('web', { layer: 7 })
      .routesTo(api, sum([looks, fares]), { returns: 2e3 })
      .routesTo(api, requests, { returns: 1e3 });
    b.decide('edge', [
      otherwise('the balancers of each region', 'an app has its assets in it, and no two riders ask the same', () => undefined),
      reject('a CDN in front of them', 'bills each of 50K requests a second and could answer none', row),
    ]);
    gateway.calls(location, positions, POSITION);
    asks(api, pricing, fares);
    asks(pricing, eta, fares, { soft: true });
    asks(api, trips, requests);
    // Drivers answer over their socket: accept, arrive, start, complete.
    gateway.calls(trips, times(rides, 4), { sends: 300, returns: 300 });

    const islands = b.decide('isolation of cities', [
      when(
        above('cities', world.cities, 1, ch('ch4')),
        'an island for each city; past ten in a region, cities share one',
        'Redis, PostgreSQL, topics, dispatch and surge of their own: what fails one leaves the others',
        () => Math.min(10, Math.ceil(w.cities)),
      ),
      otherwise('one island', 'there is one city', () => 1),
      reject('one database sharded by trip', 'a lost shard would stop some rides of every city', ch('ch4')),
    ]);
    const numbers = Array.from({ length: islands }, (_, i) => i + 1);
    const perIsland = (all: Rate) => times(all, 1 / islands);
    const hot = b.decide('hot cells', [
      when(
        above('drivers in the busiest cell', world.busiestCell, 500, ch('ch4')),
        'dispatchers and a topic of their own',
        'an airport must not hold up its city; its drivers get two offers a minute',
        () => w.busiestCellShare,
      ),
      otherwise('as all cells', 'a process matches twenty requests a second', () => 0),
    ]);

    // The log between request and dispatch: a request survives the process that works on it.
    const week = 7 * DAY;
    const topic = (name: string, partitions: number) => ({ name, partitions, retentionSeconds: week });
    const MATCHES = capacity(20, ch('ch1, ch4'));
    const matchers = 3 * Math.ceil((3 * requests.peak) / islands / MATCHES.value / 3 + 1);
    const events = b.decide('events', [
      when(grown, 'Kafka, topics for each island', 'dispatch, surge, receipts and estimates read what a city does', () =>
        b
          .kafka('events', {
            topics: [
              ...numbers.flatMap((n) => [topic(`requests-${n}`, matchers), topic(`trips-${n}`, 3), topic(`positions-${n}`, 6)]),
              ...(hot ? numbers.map((n) => topic(`hot-requests-${n}`, 3)) : []),
              topic('trips-dlq', 3),
            ],
            retentionSeconds: week,
            messagesPerBroker: capacity(100e3 / 3, derived(ch('ch1, ch4'), '100K/s, every message on three brokers')),
          })
          .alarm('consumer lag', 50e3, ch('ch4')),
      ),
      otherwise('none', 'dispatch is asked directly; what it loses the rider asks again', () => undefined),
    ]);
    // A message carries ten positions, packed to 60 bytes each.
    const packed = times(positions, 0.1);
    if (events) {
      location.publishes(events, packed, { sends: 600, soft: true });
      trips.publishes(events, requests).publishes(events, transitions);
    }

    // A position is written, and its cell's set where that changed: one in ten (assumed). A gateway asks for ten drivers at once.
    const written = perIsland(times(positions, 1.1));
    const searched = perIsland(times(requests, COMMANDS_PER_SEARCH));
    const shown = perIsland(sum([looks, fares, times(tracked, 0.1)]));
    const NODE = capacity(50e3, ch('ch1, ch4'));
    const topology = b.decide('where drivers are', [
      when(
        above('commands per second of an island', written.peak + searched.peak + shown.peak, 0.7 * NODE.value, NODE.source),
        'a Redis Cluster for each island, by H3 cell',
        'more than one node takes; positions that are lost are known again in a second',
        () => 'cluster' as const,
      ),
      otherwise('a Redis for each island', 'one node takes all positions of a city', () => undefined),
      reject('Geohash', 'cells shrink towards the poles, neighbours lie at two distances; the index row alone names it', row),
      reject('positions in PostgreSQL', 'a shard takes 2K writes a second, and nobody reads the position before last', ch('ch1, ch4')),
    ]);
    const push = b.channel('push', { medium: 'push', messageBytes: 500 });
    const matcher = (id: string, does: string) => {
      const shape = { does, protocol: 'worker', tier: 'match', pod: pod(1, 1, assumed('one thread')), podsAtLeast: 2 } as const;
      if (!events) return b.service(id, { ...shape, perPod: { requestsPerSecond: MATCHES } });
      const queueDepthPerPod = capacity(20, assumed('no request waits for a second'));
      return b.service(id, { ...shape, perPod: { messagesPerSecond: MATCHES }, scaleOn: 'queue depth', queueDepthPerPod });
    };
    const match = (by: PartRef, index: PartRef, matched: Rate) => {
      if (events) by.consumes(events, matched);
      else trips.calls(by, matched);
      by.reads(index, times(matched, COMMANDS_PER_SEARCH), { returns: POSITION.sends })
        .calls(eta, times(matched, 1.3), { sends: 2e3, returns: 1e3, soft: true })
        .calls(gateway, times(matched, 1.4), { soft: true })
        .calls(trips, times(matched, 2), { soft: true });
    };
    const airports = hot > 0 && matcher('hot-dispatch', 'the busiest cells of all cities: two offers a minute and driver');
    const islandsOf = numbers.map((n) => {
      // A request meets the parts of one city. Those of the others do not fail it.
      const soft = n > 1;
      const index = b
        .cache(`live-${n}`, {
          holds: 'position of each driver for 180 s, drivers by H3 cell, what a cell shows for 120 s, who is connected where',
          bytes: (700 * w.driversOnline + 1e3 * w.ridersSearching) / islands,
          opsPerNode: NODE,
          topology,
          eviction: 'volatile-ttl',
        })
        .alarm('memory used', 0.8, ch('ch2'))
        .alarm('latency p99', 0.01, row);
      const store = b.relational(`trips-${n}`, {
        holds: 'trips, offers, payments, riders and drivers of its cities; a client_req_id makes one trip',
        engine: 'postgres',
        topology: grown.fires ? 'multi-az' : 'single',
        strongReads: true,
        bytes: (w.ridesPerDay * DAYS_IN_DATABASE * RIDE_BYTES + 2e3 * w.dailyRiders) / islands,
        hotBytes: capacity((2 * w.ridesPerDay * RIDE_BYTES) / islands + 1e9, assumed('rides of two days, and 1 GB for the server')),
        bytesPerPrimary: capacity(500e9 / 0.7, derived(ch('ch4'), 'a shard splits at 500 GB')),
        queriesPerVcpu: capacity(250, derived(ch('ch1, ch4'), '2K writes/s of a db.r5.2xlarge')),
        sharding: 'by hash',
        maxVcpu: 8,
        pitrDays: 35,
      });
      const dispatch = matcher(
        `dispatch-${n}`,
        'rings of cells, ranked by arrival, offers for 15 s, wider twice; five offers a minute and driver',
      );
      const all = perIsland(requests);
      match(dispatch, index, times(all, 1 - hot));
      if (airports) match(airports, index, times(all, hot));

      location.writes(index, written, { ...POSITION, soft });
      api.reads(index, perIsland(looks), { returns: 2e3, soft: true });
      pricing.reads(index, perIsland(fares), { soft: true });
      gateway.reads(index, perIsland(times(tracked, 0.1)), { returns: 10 * POSITION.sends, soft: true });
      gateway.writes(index, times(rate(w.connections / 2, w.connections), 1 / 30 / islands), { sends: 100, soft: true });
      trips.writes(store, perIsland(times(rides, TRANSITIONS + 4)), { soft }).reads(store, perIsland(transitions), { returns: 2e3, soft });
      const surge = events
        ? b
            .worker(`surge-${n}`, 'wait and multiplier by cell and minute; drops who is silent', capacity(500, assumed('it counts')), {
              podsAtLeast: 1,
              pod: pod(0.1, 0.25, assumed('counts of a few cities')),
            })
            .consumes(events, all)
        : dispatch;
      // A cell for five drivers (assumed): counted every 30 s, told every minute.
      const cells = w.driversOnline / 5 / islands;
      surge.reads(index, steady(cells / 30), { soft: true }).writes(index, steady(cells / 60), { sends: 1e3, soft: true });
      return { index, store };
    });

    // Money: held at the request, captured after the ride, within a week whatever happens to the provider.
    const psp = b.external('psp', {
      does: 'holds one and a half times the estimate, captures the fare; cards are its tokens',
      host: 'api.stripe.com',
      source: row,
    });
    trips.calls(psp, requests, { sends: 1e3, returns: 2e3 });
    const captures = b
      .queue('captures', { holds: 'fares to capture, and those to try again', maxReceives: 12, retentionSeconds: week })
      .alarm('oldest message', 3600, assumed('an hour without a capture'));
    trips.publishes(captures, rides, { soft: true });
    b.worker('settlement', 'captures fares, retries with growing pauses', capacity(20, assumed('a provider answers within half a second')))
      .consumes(captures, rides)
      .calls(psp, rides, { sends: 1e3, returns: 2e3 })
      .calls(trips, rides);
    const masking = b.external('phone-proxy', {
      does: 'calls between rider and driver without their numbers',
      host: 'calls.example.com',
      source: row,
    });
    trips.calls(masking, times(rides, 0.3), { soft: true });

    const days = (of: Rate, bytes: number) => of.average * DAY * bytes;
    const multiRegion = b.decide('loss of a region', [
      when(
        above('regions', b.place.regions.length, 1, ch('ch4')),
        'files of its trips and payments lie in the others too',
        'its cities stand still until it is back; if it never is, rides under way, accounts and the last quarter of an hour are lost',
        () => true,
      ),
      otherwise('its cities wait', 'there is no other region to have anything in', () => false),
      reject('a standby database in another region for each city', 'doubles what all databases cost', ch('components')),
    ]);
    const archive = b.objectStore('rides', {
      holds: 'log of trips and payments by the minute, rides past 90 days, receipts',
      bytes: days(rides, TRANSITIONS * 500 + RIDE_BYTES) * 365 * YEARS_KEPT,
      objectBytes: 16e6,
      lifecycle: [{ afterDays: 90, to: 'instant archive' }],
      coldShare: { 'instant archive': 1 - 90 / (365 * YEARS_KEPT) },
      multiRegion,
    });
    // Assumed: one look in a thousand is at a ride of last season.
    api.reads(archive, times(looks, 1e-3), { returns: RIDE_BYTES, soft: true });
    const archiver = b.job('archiver', {
      does: 'moves rides past 90 days to files',
      tier: 'workers',
      schedule: '20 3 * * *',
      pod: pod(0.5, 1),
      source: assumed('a database of 90 days is backed up and failed over sooner'),
    });
    archiver.writes(archive, steady(days(rides, RIDE_BYTES) / 16e6 / DAY), { sends: 16e6 });
    for (const { store } of islandsOf) archiver.reads(store, perIsland(steady(rides.average / 100)), { returns: 100 * RIDE_BYTES });

    // What others make of the log.
    b.decide('arrival times and forecasts', [
      when(grown, 'speeds of roads, learnt at night', 'an error of two minutes at most', () => {
        if (!events) return;
        const kept = w.telemetryDays;
        const dayBytes = days(positions, POSITION.sends / 10);
        const tracks = b.objectStore('tracks', {
          holds: 'positions of all drivers (Parquet, a tenth of their size)',
          bytes: dayBytes * kept,
          objectBytes: 64e6,
          versioned: false,
          lifecycle: [
            { afterDays: 30, to: 'intelligent tiering' },
            { afterDays: kept, to: 'delete' },
          ],
          tieredShare: { infrequent: Math.min(30, kept - 60) / kept, archive: Math.max(0, kept - 90) / kept },
        });
        const features = b.objectStore('features', {
          holds: 'speed profiles of road segments; programs',
          bytes: 30 * 5e9,
          objectBytes: 50e6,
        });
        b.worker('lake-writer', 'files of tracks, trips and payments', capacity(2000, assumed('20K positions/s and vCPU')), {
          pod: pod(1, 2),
        })
          .consumes(events, packed, { returns: 600 })
          .consumes(events, transitions)
          .writes(tracks, times(positions, POSITION.sends / 10 / 64e6), { sends: 64e6 })
          .writes(archive, steady(islands / 60), { sends: (days(transitions, 500) / DAY) * (60 / islands) });
        const executors = Math.max(2, Math.ceil(dayBytes / 25e9));
        b.sparkJob('speed-profiles', {
          does: 'speeds of each road segment and hour over 30 days',
          schedule: '0 2 * * *',
          program: 'features',
          executors,
          executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('an executor of a usual size') },
          hours: capacity(0.5, assumed('an executor matches 50 GB of tracks an hour to roads; older days are summed already')),
        })
          .reads(tracks, steady(dayBytes / 64e6 / DAY), { returns: 64e6 })
          .reads(features, steady(100 / DAY), { returns: 50e6 })
          .writes(features, steady(100 / DAY), { sends: 50e6 });
        const forecast = b.job('forecast', {
          does: 'requests of the next hour by cell, where surge starts from',
          tier: 'workers',
          schedule: '50 * * * *',
          pod: pod(0.5, 1),
          source: ch('ch4'),
        });
        forecast.reads(archive, steady(100 / 3600), { returns: 16e6 });
        eta.reads(features, steady(0.05), { returns: 50e6, soft: true });
        for (const { index } of islandsOf) {
          forecast.writes(index, steady(0.1), { sends: 10e3 });
          eta.reads(index, steady(0.5), { returns: 50e3, soft: true });
        }
        b.worker('notifier', 'states of the ride to those who are not connected', capacity(500, assumed('passes most events over')))
          .consumes(events, transitions)
          .sends(push, times(rides, 4));
        b.worker('fraud-scorer', 'scores rides once they are over', capacity(20, derived(row, '50 ms a score')))
          .consumes(events, rides)
          .calls(trips, times(rides, 0.01));
      }),
      otherwise('by distance and hour', 'one city is known by heart', () => trips.sends(push, times(rides, 4), { soft: true })),
      reject(
        'directions of another company',
        'twenty candidates for 1500 requests are 30K directions a second',
        assumed('billed by the thousand'),
      ),
    ]);
  },

  claims: [
    claim('rides', 'seed-001-ch1', 'rides a day', 200e3, 'per day', ch('ch1')).against(
      (e) => (e.figure('ridesUnderWay') / e.figure('rideSeconds') / e.figure('peakFactor')) * DAY,
      '500K rides of 900 s under way are 556 starts a second; with an evening of three times the average that is 16M a day. Its storage table says 548K, the row 10M.',
    ),
    claim(
      'bundle-requests',
      'seed-001-bundle',
      'requests a second in a burst',
      [50e3, 200e3],
      'per second',
      seed('001', 2, 'bundle'),
    ).against(
      (e) => e.figure('requestsPeak'),
      '100M rides a month are 39 a second, three times as many in the evening; 50K would be 430 requests for each ride.',
    ),
    claim('drivers', 'seed-001', 'positions a second', 1e6, 'per second', ch('ch1')).against(
      (e) => e.figure('positionsPeak'),
      '10M rides a day, three times as many in the evening, 900 s each: 312K under way, two drivers online for each.',
    ),
    claim('sockets', 'global', 'WebSockets', 1.5e6, 'connections', ch('ch1, ch4')).against(
      (e) => e.figure('connections'),
      '1M drivers and 312K riders on the way; the table has 500K of them, the layout of ch2 1M in all.',
    ),
    claim('gateways', 'global', 'vCPUs of WebSocket servers', 1200, 'vCPU', derived(ch('ch4'), '150 of 8 vCPU')).against(
      (e) => e.vcpu('ws-gateway', 'peak'),
      '1.31M at 80 % of 2500 are 656 quarters, half as many again for a lost zone.',
    ),
    claim('location', 'global', 'vCPUs of location servers', 400, 'vCPU', derived(ch('ch4'), '100 of 4 vCPU')).against(
      (e) => e.vcpu('location', 'peak'),
      '1M at 2500 a vCPU are 400 at 100 %; 80 % and a lost zone make 750.',
    ),
    claim('dispatch', 'global', 'dispatch processes', 75, 'processes', ch('ch1, ch4')).against(
      (e) => ISLANDS.reduce((n, i) => n + e.count(`dispatch-${i}`), e.count('hot-dispatch')),
      '938 requests a second are 47 processes in one pool. Thirty islands need two at least, one more for a lost zone, and two for hot cells.',
    ),
    claim('redis', 'global', 'Redis nodes', 20, 'nodes', ch('ch1, ch4')).against(
      (e) => ISLANDS.reduce((n, i) => n + e.count(`live-${i}`), 0),
      '20 x 50K are the position writes alone, at 100 % and without replicas. With cells, looks and searches it is twice that, and each island has three shards at least.',
    ),
    claim('brokers', 'global', 'Kafka brokers', 18, 'brokers', derived(ch('ch4'), '6 a region')).against(
      (e) => e.count('events'),
      'Six of 100K/s do not take 1M messages with three copies; ten positions a message make 100K.',
    ),
    claim('telemetry', 'global', 'raw positions of a day', 13e12, 'bytes', ch('ch1')).against(
      (e) => (e.figure('positionsPeak') / 2) * DAY * POSITION.sends,
      '1M x 150 bytes x 86,400 s counts the evening all day; half of the drivers are online on average (assumed).',
    ),
  ],
});
