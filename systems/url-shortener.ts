import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { partitionsFor } from '../plan/sizing/kafka-partitions';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, docs, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, MINUTE, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const text003 = seed('003', 1);
const text004 = seed('004', 1);
const text002 = docs('case study 002, folder url-shortener', '2026-11-22');
const ours = assumed('a stage of our own: no source gives a growth path');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that visitors are redirected', 0.999, text004),
  linksPerDay: figure('per day', 'short links made'),
  readsPerLink: figure('each', 'redirects for each link made', 100, text003),
  peakFactor: figure('ratio', 'busiest moment over the average', 2.5, derived(text003, '10K/s at peak over 4K/s')),
  recordBytes: figure('bytes each', 'a link: code, address, owner, dates', 500, text003),
  lifetimeYears: figure('each', 'years until a link expires', 2, text003),
  codeLength: figure('each', 'characters of a code, of an alphabet of 62', 7, text004),
  hotShare: figure('ratio', 'links that take 80 % of the redirects', 0.2, text003),
  cacheHitRatio: figure('ratio', 'redirects answered from memory', 0.8, text003),
  hottestLinkShare: figure('ratio', 'redirects of the peak that ask for one and the same link', 0.1, assumed('a link in the news')),
})
  .and({
    links: figure('items', 'links that are alive', (w) => w.linksPerDay * 365 * w.lifetimeYears, text003),
    redirectsPerDay: figure('per day', 'redirects', (w) => w.linksPerDay * w.readsPerLink, text003),
  })
  .and({
    linkBytes: figure('bytes', 'all links that are alive', (w) => w.links * w.recordBytes, text003),
    redirectsPeak: figure('per second', 'redirects at the busiest moment', (w) => (w.peakFactor * w.redirectsPerDay) / DAY, text003),
  })
  .and({
    hotBytes: figure(
      'bytes',
      'links worth keeping in memory: a fifth of those that a day asks for',
      (w) => w.recordBytes * w.hotShare * Math.min(w.links, w.redirectsPerDay),
      derived(text003, 'a record lives in the cache for a day'),
    ),
    hottestLinkPeak: figure('per second', 'redirects of the busiest link', (w) => w.hottestLinkShare * w.redirectsPeak, text004),
  });

/** Users of a link shortener are everywhere; the split is our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.6, role: 'active' },
  { name: 'eu-west-1', share: 0.4, role: 'active' },
];

const COUNTED = capacity(5000, assumed('adds in memory, writes once a minute'));
/** A redirect is an answer without a body: status, address and headers. */
const REDIRECT = { sends: 400, returns: 500 };

export default system('url-shortener', {
  title: 'URL shortener',
  summary: 'Makes short codes for long addresses and redirects visitors: a key-value lookup, read a hundred to a thousand times a write.',
  aliases: ['tinyurl', 'link-shortener'],
  sources: [
    { seed: '003', row: 1 },
    { seed: '004', row: 1 },
  ],
  workload,
  headline: { peak: 'redirectsPeak' },

  stages: {
    launch: stage('100K links a month', ours, { linksPerDay: 100e3 / 30, availability: 0.99 }),
    growth: stage('10M links a month', ours, { linksPerDay: 10e6 / 30 }),
    scale: stage('1B links a month, in two regions', ours, { linksPerDay: 1e9 / 30, availability: 0.9999 }),
    'seed-003': stage('100M links a month, each read 100 times', text003, { linksPerDay: 100e6 / 30, redirectsPeak: 10e3, codeLength: 6 }),
    'seed-004': stage('100M links a month, each read 1000 times', text004, {
      linksPerDay: 100e6 / 30,
      readsPerLink: 1000,
      lifetimeYears: 5,
      peakFactor: 3,
      hottestLinkPeak: 1e6 / MINUTE,
    }),
  },

  regions: (w) => [
    when(
      atLeast('availability', w.availability, 0.9999, derived(text002, 'a region may fail; 99.99 % is not kept without a second one')),
      'two active regions over one global table',
      'links on printed paper outlive an outage of a region; a code made in one region is known to the other within seconds',
      () => REGIONS,
    ),
    otherwise('one region', 'zones are enough for 99.9 %', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const redirects = rate(w.redirectsPerDay / DAY, w.redirectsPeak);
    const creations = rate(w.linksPerDay / DAY, (w.peakFactor * w.linksPerDay) / DAY);
    const multiRegion = b.place.regions.length > 1;

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.999, text004), 'a lost machine must not stop redirects'],
      [above('redirects per second at peak', world.redirectsPeak, 1500, assumed('two vCPU of a t4g answer them')), 'one machine is full'],
    );

    const links = b.decide('mapping of codes to addresses', [
      otherwise('key-value table', 'one lookup by one key, replicated over zones, no size to outgrow; expired links go by themselves', () =>
        b.keyValue('links', {
          holds: 'address, owner and expiry of each code',
          partitionKey: 'code',
          ttlAttribute: 'expires_at',
          bytes: w.linkBytes,
          itemBytes: w.recordBytes,
          multiRegion,
        }),
      ),
      reject(
        'PostgreSQL',
        'unique aliases come free, but 6B rows need sharding by hand; a conditional write keeps an alias unique too',
        text003,
      ),
      reject('Cassandra', 'the same model with a cluster to run', text003),
      reject('a job that purges expired links', 'the table drops them by their expiry', text003),
    ]);

    // A node answers 100K lookups a second; the copy of a link lives a day.
    const busy = above('redirects per second at peak', world.redirectsPeak, 500, assumed('below, the table answers in 5 ms for cents'));
    const hotLinks = b.decide('popular links in memory', [
      when(busy, 'Redis', 'a fifth of the links take four fifths of the redirects', () =>
        b
          .cache('hot-links', {
            holds: 'popular links, for a day',
            bytes: w.hotBytes,
            opsPerNode: capacity(100e3, assumed('GET and SET of half a kilobyte on one core')),
            topology: w.hotBytes > 50e9 ? 'cluster' : undefined,
            eviction: 'allkeys-lru',
          })
          .alarm('hit ratio', 0.8 * w.cacheHitRatio, derived(text003, 'a fifth below the goal of 80 %')),
      ),
      otherwise('none', 'the table answers every redirect', () => undefined),
      reject('all links in memory', 'the other four fifths are asked for once in a while', text003),
    ]);

    const api = b.service('redirect', {
      does: 'looks a code up and answers 302',
      tier: 'web',
      perPod: { requestsPerSecond: capacity(2000, assumed('one lookup a request on one vCPU')) },
      pod: pod(1, 1),
    });
    // Creating needs what redirecting does not; neither may slow the other down.
    const create = b.decide('where links are made', [
      when(busy, 'a service of its own', 'a flood of new links must not slow redirects down', () =>
        b.service('create', {
          does: 'makes links, checks aliases and targets',
          tier: 'web',
          perPod: { requestsPerSecond: capacity(400, assumed('validates the target, writes twice')) },
          pod: pod(0.5, 0.5),
        }),
      ),
      otherwise('in the redirect service', 'a link every few seconds', () => api),
    ]);

    // Codes are random: sequential ones can be guessed (003). A taken code shows when the conditional write fails.
    const space = 62 ** w.codeLength;
    const crowded = above(
      'share of the code space that is taken',
      world.links / space,
      0.01,
      assumed('one write in a hundred is repeated'),
    );
    b.decide('codes', [
      when(crowded, 'keys made ahead', 'no write is repeated, whatever is taken; each creating pod holds thousands of keys', () => {
        const keys = b.keyValue('keys', {
          holds: 'codes that nobody has, taken a thousand at a time',
          partitionKey: 'batch',
          bytes: 10 * 1e6 * (w.codeLength + 10),
          itemBytes: 1000 * (w.codeLength + 1),
          multiRegion,
        });
        const generator = b.service('key-generator', {
          does: 'keeps the pool of unused codes filled',
          protocol: 'worker',
          tier: 'web',
          perPod: { requestsPerSecond: capacity(10, assumed('it serves nobody')) },
          pod: pod(0.25, 0.25),
        });
        const batches = times(creations, 1 / 1000);
        generator.writes(keys, batches, { sends: 8e3 });
        create.reads(keys, batches, { returns: 8e3, soft: true });
      }),
      otherwise('random, written on condition', 'collisions are rare, and the write itself finds them', () => undefined),
      reject('a counter in base 62', 'codes in sequence can be guessed, and the counter is one more thing to keep up', text002),
      reject('a hash of the address, cut short', 'collides as often as random and shows who shortened the same', text003),
    ]);

    // 302 and not 301: browsers keep a 301 for ever, and neither expiry nor clicks would be seen.
    const front = b.front('web', { layer: 7 });
    front.routesTo(api, redirects, REDIRECT).routesTo(create, creations, { sends: 800, returns: 400 });
    const lookups = b.decide('hottest links', [
      when(
        above('redirects per second for one link', world.hottestLinkPeak, 10e3, derived(text004, '1M in a minute is 16.7K/s')),
        'kept by each pod for seconds',
        'one link no longer asks one node of the cache; every click still passes the service and is counted',
        () => times(redirects, 1 - w.hottestLinkPeak / w.redirectsPeak),
      ),
      otherwise('as all others', 'its node of the cache answers ten times as many', () => redirects),
      reject(
        'a CDN',
        'it bills every redirect, not the hot ones only: 10B a month are 100K USD, and what it answers is not counted',
        text004,
      ),
    ]);

    const missed = times(lookups, hotLinks ? 1 - w.cacheHitRatio : 1);
    if (hotLinks) {
      // Without the cache the table answers, slower (003).
      api.reads(hotLinks, lookups, { returns: w.recordBytes, soft: true }).writes(hotLinks, missed, { sends: w.recordBytes, soft: true });
    }
    api.reads(links, missed, { returns: w.recordBytes });
    create.writes(links, creations, { sends: w.recordBytes });

    // Clicks leave the path of the redirect at once and are counted by the minute.
    const replay = above(
      'clicks per second at peak',
      world.redirectsPeak,
      10e3,
      assumed('past this a queue that bills by message costs more than brokers'),
    );
    const clicks = b.decide('click events', [
      when(replay, 'Kafka', 'a log that is read in batches, by counting and by whoever comes later', () => {
        const topics = [{ name: 'clicks', partitions: partitionsFor(redirects, COUNTED.value), retentionSeconds: DAY }];
        return b.kafka('clicks', {
          topics,
          retentionSeconds: DAY,
          messagesPerBroker: capacity(100e3, assumed('small messages on one broker')),
        });
      }),
      when(busy, 'queue', 'ten clicks a message; nothing to run', () =>
        b.queue('clicks', { holds: 'clicks, ten a message', maxReceives: 5 }),
      ),
      otherwise('counted in the table', 'a handful a second', () => undefined),
      reject('live statistics', 'nobody waits for them; batches cost a hundredth', text003),
    ]);
    const statistics = {
      holds: 'clicks by link and hour',
      partitionKey: 'code',
      sortKey: 'hour',
      ttlAttribute: 'expires_at',
      // Of a link's redirects most fall into few hours: assumed one row for each ten.
      bytes: (50 * (w.redirectsPerDay * 90)) / 10,
      itemBytes: 50,
    };
    const counts = b.keyValue('click-counts', statistics);
    if (clicks) {
      const batch = clicks.kind === 'queue' ? 10 : 1;
      api.publishes(clicks, times(redirects, 1 / batch), { sends: 100 * batch, soft: true });
      const counter = b.worker('click-counter', 'adds clicks up by link and hour', COUNTED);
      counter.consumes(clicks, times(redirects, 1 / batch), { returns: 100 * batch }).writes(counts, times(redirects, 0.1), { sends: 50 });
    } else api.writes(counts, redirects, { sends: 50, soft: true });
    create.reads(counts, steady(creations.average), { soft: true });
  },

  claims: [
    claim('storage', 'seed-003', 'links after five years', 3e12, 'bytes', text003).against(
      (e) => e.figure('linkBytes'),
      '6B records of five years x 500 bytes; links expire after two years by default, so 2.4B are alive.',
    ),
    claim('cache', 'seed-003', 'memory for popular links', 600e9, 'bytes', text003).against(
      (e) => e.figure('hotBytes'),
      'The text keeps a fifth of all links of five years. Entries live a day, which asks for 333M links at most: a fifth of them is 33 GB.',
    ),
    claim('reads', 'seed-003', 'redirects per second', 4000, 'per second', text003).against(
      (e) => e.figure('redirectsPerDay') / DAY,
      '10B a month over 30 days.',
    ),
    claim(
      'reads-004',
      'seed-004',
      'redirects per second at three times the average',
      116e3,
      'per second',
      derived(text004, '100M x 1000 a month x 3'),
    ).against((e) => e.figure('redirectsPeak'), 'The same arithmetic.'),
  ],
});
