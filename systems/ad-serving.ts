import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above } from '../plan/trigger';
import { DAY, GIB, HOUR, MINUTE, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 15, chapter);
const perRequest = derived(ch('ch1'), 'reference figure divided by 2M requests/s at peak');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that requests get an ad, if only a contextual one', 0.9999, ch('ch1')),
  requestsPeak: figure('per second', 'ad requests at the busiest moment'),
  peakFactor: figure('ratio', 'busiest moment over the average', 3.5, derived(ch('ch1'), '2M/s over 50B impressions a day')),
  clickShare: figure('ratio', 'impressions that are clicked', 0.04, derived(ch('ch1'), '2B clicks of 50B impressions')),
  viewedShare: figure('ratio', 'impressions whose beacon says that they were seen', 0.5, assumed('half of them scroll into view')),
  consentShare: figure('ratio', 'requests whose consent lets the user be known', 0.8, assumed('the others get contextual ads')),
  creativeBytes: figure('bytes each', 'a creative', 20e3, assumed('text and small images; video comes from elsewhere')),
  freshShare: figure('ratio', 'creatives that a browser does not have yet', 0.5, assumed('the same few are shown again')),
  eventBytes: figure('bytes each', 'an impression or click in the log', 400, assumed('ids, prices, placement, consent')),
  reportDays: figure('each', 'days that single events are kept for disputes', 90, assumed('a quarter is invoiced and closed')),
})
  .and({
    impressionsPerDay: figure('per day', 'impressions', (w) => (w.requestsPeak / w.peakFactor) * DAY, perRequest),
    monthly: figure('items', 'users of a month, whose segments are known', (w) => 250 * w.requestsPeak, perRequest),
    capKeys: figure('items', 'counters of a user and a campaign', (w) => 1000 * w.requestsPeak, perRequest),
    campaigns: figure('items', 'campaigns', (w) => 0.1 * w.requestsPeak, assumed('200K of them at the largest stage')),
  })
  .and({
    eventsPerDay: figure(
      'per day',
      'impressions, views and clicks',
      (w) => w.impressionsPerDay * (1 + w.viewedShare + w.clickShare),
      ch('ch1, ch2'),
    ),
  });

/** Users are asked near them; shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.4, role: 'active' },
  { name: 'eu-west-1', share: 0.3, role: 'active' },
  { name: 'ap-southeast-1', share: 0.3, role: 'active' },
];

/** Events of a message, gathered by a pod for some milliseconds. */
const BATCH = 100;
/** Campaigns whose budgets are shared out together, in an item of the table: assumed. */
const CAMPAIGNS_OF_ITEM = 100;
const DECIDED = capacity(2000, assumed('a millisecond of processor each, bitmaps of all campaigns in memory'));
/** What compression leaves of events in columns: assumed. */
const COMPRESSED = 0.2;
const OPS_PER_NODE = capacity(100e3, assumed('small hashes, a user in one command'));

const SCORED = capacity(50, assumed('5K events a second through a small model'));

export default system('ad-serving', {
  title: 'Ad serving platform',
  summary:
    'Picks an ad in memory within 50 ms: eligible campaigns, caps by user, budget by slice, a first-price auction; money is counted later, once.',
  aliases: ['ad-server', 'real-time-bidding'],
  sources: [{ seed: '001', row: 15 }],
  workload,
  headline: { peak: 'requestsPeak' },

  stages: {
    start: stage('0 to 100K requests/s', ch('ch4'), { requestsPeak: 100e3 }),
    growth: stage('100K to 1M requests/s', ch('ch4'), { requestsPeak: 1e6 }),
    scale: stage('2M requests/s', ch('ch4'), { requestsPeak: 2e6 }),
    'seed-001': stage('1M requests/s', seed('001', 15), { requestsPeak: 1e6 }),
  },

  regions: (w) => [
    when(
      above('requests per second', w.requestsPeak, 100e3, ch('ch4')),
      'active regions, users asked in the nearest',
      'the network has 40 of the 100 ms; a user is counted where he is',
      () => REGIONS,
    ),
    otherwise('one region', 'its own continent is within the budget', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const requests = rate(w.requestsPeak / w.peakFactor, w.requestsPeak);
    const known = times(requests, w.consentShare);
    const beacons = times(requests, w.viewedShare + w.clickShare);
    const events = times(requests, 1 + w.viewedShare + w.clickShare);
    const grown = above('requests per second', world.requestsPeak, 100e3, ch('ch4'));
    const large = above('requests per second', world.requestsPeak, 1e6, ch('ch4'));
    const multiRegion = b.place.regions.length > 1;

    const ads = b.service('ad-server', {
      does: 'consent, eligible campaigns from bitmaps in memory, caps, pacing, first-price auction',
      tier: 'decisions',
      perPod: { requestsPerSecond: DECIDED },
      // Eligibility of 200K campaigns by a few thousand attributes, compressed; on disk, events of an hour in which the log is away.
      pod: { ...pod(2, 6), scratchBytes: DECIDED.value * w.eventBytes * HOUR },
      // What it could not log yet it hands over.
      drainSeconds: 60,
    });
    const collector = b.service('event-collector', {
      does: 'checks signed beacons of views and clicks, once each',
      tier: 'events',
      perPod: { requestsPerSecond: capacity(5000, assumed('a signature and a batch')) },
      pod: pod(1, 1),
    });

    // On the path: what is unknown makes the ad worse, never late.
    const segments = b.cache('segments', {
      holds: 'segments of users who consented, as the profile job last wrote them',
      bytes: 500 * w.monthly * w.consentShare,
      opsPerNode: OPS_PER_NODE,
      topology: 'cluster',
      eviction: 'allkeys-lru',
    });
    const caps = b
      .cache('caps', {
        holds: 'how often a user saw a campaign: a hash a user, its fields gone after 7 to 30 days',
        // Fields of a hash share their key: forty bytes each, a tenth of it for the user's own.
        bytes: 50 * w.capKeys,
        opsPerNode: OPS_PER_NODE,
        topology: 'cluster',
        eviction: 'volatile-ttl',
        snapshots: true,
      })
      .alarm('evictions', 1, derived(ch('ch4'), 'each is a cap forgotten'));
    b.decide('frequency caps', [
      otherwise('exact counters, a hash a user', 'all candidates of a user in one command, the winner counted in a second', () => {
        ads.reads(caps, known, { returns: 300, soft: true }).writes(caps, known, { sends: 60, soft: true });
      }),
      reject('Bloom filters', 'they know seen or not, and a cap of three needs a count', ch('README')),
      reject('count-min sketch', 'when counters outgrow memory, which 100 GB do not', ch('ch3')),
      reject('DynamoDB', 'two million reads and writes a second cost a hundred times the nodes that hold them', ch('ch1')),
    ]);
    ads.reads(segments, known, { returns: 500, soft: true });

    // Money: slices of a budget are handed out ahead, so the path never waits for who decides.
    const slices = times(requests, 0.005);
    const budgets = b.decide('pacing', [
      when(
        large,
        'one leader a campaign, in memory',
        'who hashes the campaign finds the only one that spends its share of the budget',
        () =>
          b.stateful('budget-leaders', {
            does: 'hands out slices of the budgets of its campaigns, second by second along the day',
            tier: 'budgets',
            copies: 1,
            perPod: { requestsPerSecond: capacity(2000, assumed('a few hundred campaigns a request')) },
            pod: { vcpu: 1, memoryBytes: 2 * GIB, source: assumed('a few hundred bytes a campaign') },
            rebuiltFrom: 'budgets in the database and what the log says was spent',
            drainSeconds: 30,
          }),
      ),
      otherwise('counters in Redis', 'slices are taken atomically; a lost second overspends by less than the 5 % that are allowed', () =>
        b.cache('budgets', {
          holds: 'what is left of each budget, by hour',
          bytes: 1e3 * world.campaigns,
          opsPerNode: OPS_PER_NODE,
          eviction: 'noeviction',
          snapshots: true,
        }),
      ),
      reject('a counter asked at each auction', 'a popular campaign is one key, asked by every request', ch('ch4')),
    ]);
    if (budgets.kind === 'cache') ads.writes(budgets, slices, { sends: 2e3, soft: true });
    else ads.calls(budgets, slices, { sends: 2e3, returns: 4e3, soft: true });

    // Campaigns: few writes, and a copy of what is eligible in every ad server.
    const database = b.relational('campaigns', {
      engine: 'postgres',
      topology: 'aurora',
      holds: 'campaigns, targeting, budgets, creatives, approvals',
      bytes: 50e3 * w.campaigns,
      queriesPerVcpu: capacity(1000, assumed('rows by their key')),
      readersAtLeast: 1,
      pitrDays: 35,
      multiRegion,
    });
    // A budget is one, though each region spends: the region of its campaign shares it out by the minute, and each writes what it spent.
    const bundles = steady(world.campaigns / CAMPAIGNS_OF_ITEM / MINUTE);
    const toBudgets = { sends: 4e3, returns: 4e3, soft: true };
    const sharing = (id: string, does: string) => {
      const job = b.job(id, {
        does,
        tier: 'events',
        schedule: '* * * * *',
        pod: pod(0.25, 0.5),
        source: assumed('five percent may drift'),
      });
      job.reads(database, bundles, { returns: 4e3 });
      if (budgets.kind === 'cache') job.reads(budgets, bundles, toBudgets).writes(budgets, bundles, toBudgets);
      else job.calls(budgets, times(bundles, 2), toBudgets);
      return job;
    };
    b.decide('one budget in several regions', [
      when(
        above('regions', b.place.regions.length, 1, derived(ch('ch4'), 'one leader for each campaign')),
        'shares of each region, handed out by the minute',
        'an advertiser’s budget is spent once; a region that hears nothing stops when its share is gone',
        () => {
          const shares = b.keyValue('budget-shares', {
            holds: 'what a region may spend of each budget and what it has spent, by bundle of a hundred campaigns',
            partitionKey: 'bundle',
            sortKey: 'region',
            bytes: (b.place.regions.length * 4e3 * world.campaigns) / CAMPAIGNS_OF_ITEM,
            itemBytes: 4e3,
            multiRegion,
          });
          sharing('budget-sharing', 'writes what this region spent; shares the budgets at home here out by what each region asks for')
            .reads(shares, times(bundles, b.place.regions.length), { returns: 4e3 })
            .writes(shares, times(bundles, 2), { sends: 4e3 });
        },
      ),
      otherwise('all of it here', 'there is one region', () =>
        sharing('budget-loader', 'sets what each campaign may spend in the next minutes'),
      ),
      reject('each region its own budget', 'a campaign would be billed once a region', ch('ch4')),
    ]);
    const index = b.objectStore('indices', {
      holds: 'eligibility as bitmaps, the newest and an hour of older ones',
      bytes: 20e9,
      objectBytes: 64e6,
      lifecycle: [{ afterDays: 1, to: 'delete' }],
    });
    b.decide('eligibility', [
      otherwise('bitmaps in the memory of each ad server', 'an intersection instead of a query; changes arrive within a minute', () => {
        const builder = b.job('index-builder', {
          does: 'bitmaps of attributes and campaigns, every minute',
          tier: 'events',
          schedule: '* * * * *',
          pod: pod(2, 8),
          source: ch('ch2'),
        });
        builder.reads(database, steady(100 / MINUTE), { returns: 50e3 }).writes(index, steady(4 / MINUTE), { sends: 64e6 });
        // Each pod fetches what has changed: assumed, a tenth of 256 MB a minute.
        ads.reads(index, times(requests, 1 / 2000 / 0.5 / MINUTE), { returns: 25e6, soft: true });
      }),
      reject('campaigns sharded over ad servers', 'each request would ask every shard; all of them fit each memory', ch('ch4')),
      reject('a search cluster', 'ten milliseconds of the twenty for targeting', ch('ch3')),
    ]);
    const console = b.service('campaign-console', {
      does: 'campaigns, creatives, approvals, reports',
      tier: 'console',
      perPod: { requestsPerSecond: capacity(100, assumed('three queries a request')) },
      pod: pod(0.5, 1),
    });
    const work = rate(w.campaigns / DAY, (10 * w.campaigns) / DAY);

    // Way in.
    const behind = b.decide('way in', [
      when(large, 'Global Accelerator', 'one address, the nearest edge, and another region within a minute', () =>
        b.accelerator('anycast'),
      ),
      otherwise('balancers by latency of names', 'each region has its own', () => undefined),
      reject('CloudFront before decisions', 'nothing of an answer is kept, and each request is billed: 1.5T a month', ch('ch4')),
      reject('a tier of edge gateways', 'consent and place are read where the decision is made; a hop less of 10 ms', ch('ch2')),
    ]);
    // Mobile clients keep connections of seconds.
    const front = b.front('decisions', { layer: 7, behind }).alarm('latency p99', 0.1, ch('README'));
    front.routesTo(ads, requests, { sends: 800, returns: 1500 });
    front.routesTo(collector, beacons, { sends: 600, returns: 100 });
    b.front('web', { layer: 7, firewall: { requestsPerAddress: 2000 } }).routesTo(console, work, { sends: 1e3, returns: 20e3 });

    // Brand safety: an unknown page is shown nothing doubtful.
    const policy = b.service('policy', {
      does: 'categories of pages: block lists and classifiers',
      tier: 'decisions',
      perPod: { requestsPerSecond: capacity(200, assumed('a text model on one core')) },
      pod: pod(1, 2),
    });
    // Pages are remembered by the ad servers: assumed, one request in two hundred has a new one.
    ads.calls(policy, times(requests, 0.005), { sends: 1e3, returns: 100, soft: true });

    // Creatives.
    const creatives = b.objectStore('creatives', {
      holds: 'creative files by content',
      bytes: 10 * 100e3 * w.campaigns,
      objectBytes: 100e3,
    });
    const cdn = b.edge('cdn', { serves: 'creatives', ttlSeconds: 30 * DAY, hitRatio: 0.99 });
    const shown = times(requests, w.freshShare);
    b.clients.routesTo(cdn, shown, { returns: w.creativeBytes });
    cdn.reads(creatives, times(shown, 0.01), { returns: w.creativeBytes });
    console
      .reads(database, times(work, 3), { returns: 5e3 })
      .writes(database, work, { sends: 5e3 })
      .writes(creatives, times(work, 0.2), { sends: 100e3 });

    // Events leave the path at once.
    const batches = times(events, 1 / BATCH);
    const size = BATCH * w.eventBytes;
    const log = b
      .kafka('events', {
        topics: [
          // Twice what scoring needs at peak: consumers past the partitions idle.
          { name: 'impressions', partitions: 96 * Math.ceil((2 * batches.peak) / SCORED.value / 96), retentionSeconds: DAY },
          { name: 'clicks', partitions: 48, retentionSeconds: 3 * DAY },
        ],
        retentionSeconds: DAY,
        messagesPerBroker: capacity(20e3, assumed('batches of 40 KB, the volume binds first')),
      })
      .alarm('consumer lag', 300 * batches.peak, derived(ch('ch4'), 'five minutes behind the report'));
    ads.publishes(log, times(requests, 1 / BATCH), { sends: size, soft: true });
    collector.publishes(log, times(beacons, 1 / BATCH), { sends: size });

    const olap = b.decide('reports', [
      otherwise('ClickHouse, fed by the minute', 'sums by campaign, place, device and placement; two copies of each shard', () =>
        b.stateful('reports', {
          does: 'adds up by minute and dimension, replaces what comes twice',
          tier: 'reports',
          copies: 2,
          perPod: {
            readsPerSecond: capacity(50, assumed('a report scans some million rows')),
            writesPerSecond: capacity(500, assumed('inserts of a thousand rows')),
            bytes: capacity(4e12, assumed('data of a member that can be made good within a night')),
          },
          pod: { vcpu: 8, memoryBytes: 32 * GIB, source: assumed('a column store of mid size') },
          // Rows of the sums: a hundredth of the events, 50 bytes each, for 13 months.
          volume: { bytes: 0.01 * w.eventsPerDay * 395 * 50, throughputMibs: 500, iops: 6000 },
          rebuiltFrom: 'the archive of events',
        }),
      ),
      reject('BigQuery', 'not where the events are', ch('ch2')),
      reject('Druid', 'four kinds of nodes for what one does', ch('ch2')),
    ]);
    const sums = b.worker(
      'aggregator',
      'sums by minute and dimension, from one partition in order',
      capacity(100, assumed('10K events a second')),
      { pod: pod(1, 2) },
    );
    sums.consumes(log, batches, { returns: size }).writes(olap, times(events, 1e-5), { sends: 50e3 });
    console.reads(olap, times(work, 0.5), { returns: 20e3, soft: true });
    // What was spent corrects the slices that were handed out.
    if (budgets.kind === 'cache') sums.writes(budgets, bundles, toBudgets);
    else sums.calls(budgets, bundles, toBudgets);

    // What is invoiced is not what was counted on the way: each event once, from files that are complete.
    const archive = b.objectStore('events-archive', {
      holds: 'all events in columns, by hour',
      bytes: COMPRESSED * w.eventBytes * w.eventsPerDay * w.reportDays,
      objectBytes: 128e6,
      versioned: false,
      lifecycle: [
        { afterDays: 7, to: 'instant archive' },
        { afterDays: w.reportDays, to: 'delete' },
      ],
      coldShare: { 'instant archive': 0.9 },
    });
    const objects = times(events, (COMPRESSED * w.eventBytes) / 128e6);
    b.worker('archiver', 'writes events in columns', capacity(100, assumed('10K events a second, sorted and compressed')), {
      pod: pod(1, 4),
      interruptible: false,
    })
      .consumes(log, batches, { returns: size })
      .writes(archive, objects, { sends: 128e6 });
    const executors = Math.max(2, Math.ceil((COMPRESSED * w.eventBytes * w.eventsPerDay) / 100e9));
    const perNight = (COMPRESSED * w.eventBytes * w.eventsPerDay) / 128e6 / DAY;
    // Rows of a lost member are summed again from here; a day in ten is, assumed.
    olap.reads(archive, steady(0.1 * perNight), { returns: 128e6 });
    // A tenth of the users of a month have new segments on a day: assumed. A hundred of them are a pipeline.
    const profileBytes = (500 * 0.1 * w.consentShare * w.monthly) / DAY;
    b.sparkJob('profiles', {
      does: 'segments of users who consented, from what they saw and clicked in a day',
      schedule: '0 1 * * *',
      program: 'events-archive',
      executors,
      executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('groups a day by user') },
      hours: capacity(1, assumed('100 GB an executor in an hour')),
    })
      .reads(archive, steady(perNight), { returns: 128e6 })
      .writes(archive, steady(profileBytes / 128e6), { sends: 128e6 });
    b.job('segment-loader', {
      does: 'puts the segments of the night into memory, over some hours',
      tier: 'events',
      schedule: '0 3 * * *',
      pod: pod(1, 2),
      source: assumed('nothing that people wait for'),
    })
      .reads(archive, steady(profileBytes / 128e6), { returns: 128e6 })
      .writes(segments, steady(profileBytes / 500 / 100), { sends: 100 * 500 });
    const invoices = b.keyValue('billed', {
      holds: 'what a campaign owes of a day, by the run that said it',
      partitionKey: 'campaign',
      sortKey: 'day',
      bytes: 500 * w.campaigns * 365,
      itemBytes: 500,
    });
    b.sparkJob('billing', {
      does: 'bills each event once: by its id, without what fraud marked',
      schedule: '0 3 * * *',
      program: 'events-archive',
      executors,
      executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('joins a day of ids') },
      hours: capacity(1, assumed('100 GB an executor in an hour')),
    })
      .reads(archive, steady(perNight), { returns: 128e6 })
      .writes(invoices, steady(w.campaigns / DAY), { sends: 500 });
    console.reads(invoices, times(work, 0.1), { soft: true });
    b.decide('invalid traffic', [
      when(grown, 'models over the events', 'bots, data centres and click spam are known before they are billed', () => {
        b.worker('fraud-detection', 'scores events by address, device and pace; marks users', SCORED, { pod: pod(1, 2) })
          .consumes(log, batches, { returns: size })
          .writes(segments, times(events, 1e-4), { sends: 100, soft: true });
      }),
      otherwise('lists of data centres', 'in the ad server', () => undefined),
    ]);
  },

  claims: [
    claim('impressions', 'scale', 'impressions a day', 50e9, 'per day', ch('ch1')).against(
      (e) => e.figure('impressionsPerDay'),
      '2M/s over 3.5 is 571K/s.',
    ),
    claim('lookups', 'scale', 'look-ups per second', 10e6, 'per second', ch('ch1')).against(
      (e) => e.figure('requestsPeak') * e.figure('consentShare') * 3,
      'Five a request. A user is one hash, so caps are two commands and segments one, and only with consent.',
    ),
    claim(
      'caps-memory',
      'scale',
      'bytes of counters of their own keys',
      200e9,
      'bytes',
      derived(ch('ch1'), '2B keys of 100 bytes'),
    ).against((e) => 50 * e.figure('capKeys'), 'Fields of a hash a user are half as large as keys.'),
    claim('clicks', 'scale', 'clicks of an impression', 0.02, 'ratio', ch('README')).against(
      (e) => e.figure('clickShare'),
      'ch1 has 2B clicks of 50B impressions.',
    ),
    claim('rate', 'seed-001', 'requests per second at peak', 2e6, 'per second', ch('ch1')).against(
      (e) => e.figure('requestsPeak'),
      'The index and README say 1M; ch1 and ch4 2M, a stage of its own here.',
    ),
  ],
});
