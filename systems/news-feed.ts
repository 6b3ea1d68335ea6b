import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { table } from '../plan/sizing/wide-column-table';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, GIB, HOUR, MINUTE, rate, steady, sum, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 4, chapter);
const text003 = seed('003', 5);
const text004 = seed('004', 3);
const ours = assumed('a stage of our own: no source gives a growth path');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that feeds are answered', 0.9995, ch('ch1')),
  daily: figure('items', 'users of a day'),
  weeklyFactor: figure('ratio', 'users of a week over those of a day; others get no timeline', 1.6, assumed('between a day and a month')),
  postsPerUser: figure('each', 'posts of a user and day', 1.73, derived(ch('ch1'), '1K/s over 50M users')),
  readsPerUser: figure('each', 'feeds that a user opens or scrolls on a day', 100, ch('ch1')),
  peakFactor: figure('ratio', 'busiest moment over the average', 10, derived(ch('ch1'), '10K posts/s over 1K/s')),
  followers: figure('each', 'followers of an author who is pushed', 200, ch('ch1')),
  reachedShare: figure('ratio', 'followers who were here within a week', 0.6, assumed('fan-out skips the others')),
  pulledShare: figure('ratio', 'posts of authors who are not pushed', 0.01, assumed('few have more than 10K followers')),
  entries: figure('each', 'posts kept in a timeline', 200, ch('ch2')),
  page: figure('each', 'posts of a page', 20, assumed('a screen and the next two')),
  candidates: figure('each', 'posts that are ranked for a page', 200, ch('ch2')),
  engagementsPerPost: figure('each', 'likes, comments and shares of a post', 10, ch('ch1')),
  hottestShare: figure('ratio', 'likes of the busiest moment that go to one post', 0.2, assumed('a goal in a final')),
  abroadShare: figure('ratio', 'posts of authors who have followers in another region', 0.2, assumed('most who follow share a continent')),
  hitRatio: figure('ratio', 'posts of a page found in memory', 0.9, ch('ch1')),
  mediaBytes: figure('bytes each', 'images of a page that a device does not have yet', 200e3, assumed('two or three small ones')),
})
  .and({
    postsPerDay: figure('per day', 'posts', (w) => w.postsPerUser * w.daily, ch('ch1')),
    readsPerDay: figure('per day', 'pages of feeds', (w) => w.readsPerUser * w.daily, ch('ch1')),
    timelines: figure('items', 'timelines in memory', (w) => w.weeklyFactor * w.daily, ch('ch2')),
    follows: figure(
      'items',
      'pairs of follower and followed',
      (w) => 4 * w.daily * w.followers,
      derived(ch('ch1'), '200M monthly of 50M daily users'),
    ),
  })
  .and({
    postsPeak: figure('per second', 'posts at the busiest moment', (w) => (w.peakFactor * w.postsPerDay) / DAY, ch('ch1')),
    readsPeak: figure('per second', 'pages of feeds at the busiest moment', (w) => (w.peakFactor * w.readsPerDay) / DAY, ch('ch1')),
  })
  .and({
    insertsPeak: figure(
      'per second',
      'entries written into timelines',
      (w) => (1 - w.pulledShare) * w.postsPeak * w.followers * w.reachedShare,
      ch('ch1, ch2'),
    ),
    hottestPeak: figure('per second', 'likes of one post', (w) => w.hottestShare * w.engagementsPerPost * w.postsPeak, ch('ch2')),
  });

/** Users are written for and read in the region they belong to; shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.4, role: 'active' },
  { name: 'eu-west-1', share: 0.3, role: 'active' },
  { name: 'ap-southeast-1', share: 0.3, role: 'active' },
];

/** Author, text, links to media, visibility, time: assumed; ch1 counts 200 bytes without the text. */
const POST_BYTES = 1e3;
/** An id and its time in a compact list, with its share of the key: assumed. */
const ENTRY_BYTES = 20;
/** Redis takes 2,000 pipelined adds in about 5 ms (ch2). */
const PIPELINED = capacity(400e3, derived(ch('ch2'), '2K adds in 5 ms'));

const NOTICES = capacity(500, assumed('most are bundled'));

export default system('news-feed', {
  title: 'Social media news feed',
  summary:
    'Writes the id of a post into the timelines of those who follow its author; who has too many followers is merged in when they read.',
  aliases: ['timeline', 'twitter-feed'],
  sources: [
    { seed: '001', row: 4 },
    { seed: '003', row: 5 },
    { seed: '004', row: 3 },
  ],
  workload,
  headline: { users: 'daily', peak: 'readsPeak' },

  stages: {
    launch: stage('5K users a day', ours, { daily: 5e3, availability: 0.99 }),
    growth: stage('500K users a day', ours, { daily: 500e3 }),
    scale: stage('10M users a day', ours, { daily: 10e6 }),
    'stated-fleet': stage('50M users a day', ch('ch1, ch2'), { daily: 50e6 }),
    'seed-001': stage('500M users, a quarter of them on a day', seed('001', 4), { daily: 125e6 }),
    'seed-001-readme': stage('1B users, a quarter of them on a day as in ch1; 100M posts a day', ch('README'), {
      daily: 250e6,
      postsPerDay: 100e6,
    }),
    'seed-003': stage('500M users a day, ten feeds each', text003, {
      ...{ daily: 500e6, postsPerUser: 2, readsPerUser: 10, entries: 1000, page: 50, candidates: 500 },
    }),
    'seed-004': stage('100M users, nine of ten on a day; ten feeds each: assumed', text004, {
      ...{ daily: 90e6, postsPerUser: 1 / 9, readsPerUser: 10 },
    }),
  },

  regions: (w) => [
    when(
      above('users of a day', w.daily, 10e6, assumed('a region lost would take a tenth of a country with it')),
      'active regions, posts known to all, timelines at home',
      'most who follow each other share a continent; each region pushes what comes from another one to its own followers',
      () => REGIONS,
    ),
    otherwise('one region', 'all timelines fit it', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const posts = rate(w.postsPerDay / DAY, w.postsPeak);
    const reads = rate(w.readsPerDay / DAY, w.readsPeak);
    const inserts = rate(w.insertsPeak / w.peakFactor, w.insertsPeak);
    const likes = times(posts, w.engagementsPerPost);
    const multiRegion = b.place.regions.length > 1;
    // Of the other regions' posts those whose authors are followed here.
    const { share } = b.place.region;
    const abroad = times(posts, multiRegion ? (w.abroadShare * (1 - share)) / share : 0);
    const pushed = sum([posts, abroad]);
    const grown = above('users of a day', world.daily, 5e3, assumed('one machine and one database answer them'));
    const large = above('users of a day', world.daily, 500e3, assumed('one database of posts and follows is half full'));

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.999, ch('ch1')), 'a lost machine must not stop feeds'],
      [grown, 'feeds of an evening fill one machine'],
    );

    const http = (id: string, does: string, requests: number, why: string) =>
      b.service(id, { does, tier: 'web', perPod: { requestsPerSecond: capacity(requests, assumed(why)) }, pod: pod(1, 2) });
    const feed = http(
      'feed-service',
      'merges timeline and popular authors, hides what is blocked or seen, hydrates, ranks',
      300,
      'three round trips to memory a page',
    );
    const post = http('post-service', 'takes posts and links to their media', 500, 'one write and one event');
    const engagement = http('engagement-service', 'likes, comments, shares', 1000, 'one increment and one event');

    // Posts, and who follows whom.
    const graphBytes = 60 * w.follows;
    const postDays = 30;
    const postBytes = POST_BYTES * w.postsPerDay * postDays;
    const mysql = { engine: 'mysql', queriesPerVcpu: capacity(1000, assumed('rows by their key')) } as const;
    const follows = 'follows by both sides, blocks';
    const { store, graphDb } = b.decide('posts and follows', [
      when(
        large,
        'Cassandra (Keyspaces) for posts, sharded MySQL for follows',
        'posts are appended and read by author; follows and blocks are transactions',
        () => ({
          store: b.wideColumn('posts', {
            holds: 'posts of a month by author, comments, notifications, counters',
            tables: [
              table('posts', {
                partition: { author_id: 'uuid' },
                order: { post_id: 'timeuuid DESC' },
                columns: { body: 'text', media: 'text', visibility: 'text' },
                rowBytes: POST_BYTES,
                share: multiRegion ? 0.55 : 0.6,
                ttlSeconds: postDays * DAY,
              }),
              table('comments', {
                partition: { post_id: 'timeuuid' },
                order: { comment_id: 'timeuuid ASC' },
                columns: { author_id: 'uuid', body: 'text' },
                rowBytes: 400,
                share: 0.2,
              }),
              table('counters', {
                partition: { post_id: 'timeuuid' },
                columns: { likes: 'bigint', comments: 'bigint', shares: 'bigint' },
                rowBytes: 100,
                share: 0.1,
                ttlSeconds: postDays * DAY,
              }),
              table('notifications', {
                partition: { recipient_id: 'uuid' },
                order: { created_at: 'timestamp DESC' },
                columns: { kind: 'text', post_id: 'timeuuid' },
                rowBytes: 200,
                share: 0.1,
                ttlSeconds: postDays * DAY,
              }),
              ...(multiRegion
                ? [
                    table('abroad', {
                      partition: { home_region: 'text', second: 'timestamp' },
                      order: { post_id: 'timeuuid ASC' },
                      columns: { author_id: 'uuid' },
                      rowBytes: 100,
                      share: 0.05,
                      ttlSeconds: DAY,
                    }),
                  ]
                : []),
            ],
            bytes: 1.3 * postBytes + (multiRegion ? w.abroadShare * w.postsPerDay * 100 : 0),
            multiRegion,
          }),
          graphDb: b.relational('graph', {
            ...mysql,
            topology: 'multi-az',
            readersAtLeast: 2,
            holds: follows,
            bytes: graphBytes,
            hotBytes: capacity(0.1 * graphBytes + 1e9, assumed('people of a day')),
            sharding: 'by hash',
            maxVcpu: 16,
            pitrDays: 35,
          }),
        }),
      ),
      when(grown, 'MySQL with readers', 'posts, comments and follows of half a million people', () => {
        const one = b.relational('graph', {
          ...mysql,
          ...{
            topology: 'multi-az',
            readersAtLeast: 2,
            holds: `posts of a month, comments, ${follows}`,
            bytes: graphBytes + 1.3 * postBytes,
            pitrDays: 35,
          },
          hotBytes: capacity(0.1 * (graphBytes + postBytes) + 1e9, assumed('people and posts of a day')),
        });
        return { store: one, graphDb: one };
      }),
      otherwise('one MySQL', 'a join answers a feed', () => {
        const one = b.relational('graph', {
          ...mysql,
          topology: 'single',
          holds: `posts, comments, ${follows}`,
          bytes: graphBytes + 12 * postBytes,
          hotBytes: capacity(postBytes + 1e9, assumed('posts of a month')),
        });
        return { store: one, graphDb: one };
      }),
      reject('graph database', 'one hop is asked for, which an index answers', ch('ch3')),
    ]);
    graphDb.alarm('cpu', 0.6, ch('ch2'));

    // Timelines: ids only; content is looked up once for all who read it.
    const timelineBytes = ENTRY_BYTES * w.entries * w.timelines;
    const timelines = b.decide('timelines', [
      when(
        grown,
        'lists in Redis Cluster, newest ids of each active user',
        'a page is one read; the eldest fall off, and who is away for a week has none',
        () =>
          b
            .cache('timelines', {
              holds: `newest ${w.entries} ids of each user of a week, newest posts of popular authors, followers by page`,
              bytes: timelineBytes + 60 * w.daily * 20,
              opsPerNode: PIPELINED,
              topology: 'cluster',
              eviction: 'volatile-ttl',
              snapshots: true,
            })
            .alarm('memory used', 0.7, ch('ch2')),
      ),
      otherwise('a query', 'posts of those one follows, newest first', () => undefined),
      reject('whole posts in timelines', 'fifty times the memory, and an edit is two hundred writes', text003),
      reject(
        'a table of home timelines',
        'every insert is a billed write; as a second copy it would double the largest flow for an outage of minutes',
        ch('ch2'),
      ),
    ]);
    const bus = b.decide('events of posts', [
      when(grown, 'Kafka', 'fan-out, counters, notifications and archive read one log; a bug in fan-out is replayed from it', () =>
        b
          .kafka('events', {
            topics: [
              // Consumers past the partitions idle, so there are three for each at the peak of the stated fleet.
              { name: 'post.created', partitions: Math.max(24, 200 * Math.ceil((3 * pushed.peak) / 30e3)), retentionSeconds: 7 * DAY },
              {
                name: 'engagement.events',
                partitions: Math.max(24, 100 * Math.ceil((2 * likes.peak) / NOTICES.value / 100)),
                retentionSeconds: DAY,
              },
            ],
            retentionSeconds: 7 * DAY,
            messagesPerBroker: capacity(20e3, assumed('a kilobyte each')),
          })
          .alarm('consumer lag', 60 * pushed.peak, ch('ch2, ch4')),
      ),
      otherwise('none', 'one query needs no copies', () => undefined),
      reject('queues', 'each consumer would need its own copy, and nothing could be replayed', ch('ch3')),
    ]);

    const front = b.front('web', { layer: 7 }).alarm('latency p99', 0.4, ch('ch1'));
    front
      .routesTo(feed, reads, { sends: 800, returns: 300 * w.page })
      .routesTo(post, posts, { sends: 2e3, returns: 300 })
      .routesTo(engagement, likes, { sends: 600, returns: 200 });
    const media = b.objectStore('media', {
      holds: 'images and clips, by content',
      // Every third post has one, half a megabyte in three sizes, kept: two years are sized for.
      bytes: (500e3 / 3) * w.postsPerDay * 730,
      objectBytes: 200e3,
      // Objects this small would pay more for being watched by Intelligent-Tiering than for being kept.
      lifecycle: [{ afterDays: 90, to: 'instant archive' }],
      coldShare: { 'instant archive': 0.87 },
    });
    const cdn = b.edge('cdn', { serves: 'images and clips', ttlSeconds: 30 * DAY, hitRatio: 0.95 });
    b.clients.routesTo(cdn, reads, { returns: w.mediaBytes }).writes(media, times(posts, 1 / 3), { sends: 300e3, returns: 0 });
    cdn.reads(media, times(reads, 0.05), { returns: w.mediaBytes });
    post.writes(store, posts, { sends: POST_BYTES });

    if (timelines && bus) {
      // Push: to most authors' followers.
      const graph = http('graph-service', 'followers by page of five thousand, blocks and mutes', 1000, 'one read of memory or database');
      const fanOut = b.worker(
        'fan-out',
        'writes the id of a post to followers of this week, in pages; leaves out authors past 10K followers',
        capacity(100, derived(ch('ch2'), 'two pages of 200 adds are done in milliseconds; half of the time it waits')),
        { pod: pod(0.5, 0.5) },
      );
      post.publishes(bus, posts, { sends: POST_BYTES });
      fanOut
        .consumes(bus, pushed, { returns: POST_BYTES })
        .calls(graph, pushed, { returns: 16 * w.followers })
        .writes(timelines, inserts, { sends: 30 });
      b.decide('authors abroad', [
        when(
          above('regions', b.place.regions.length, 1, ch('ch2 (a full stack in each region)')),
          'a table of new posts that every region has, put into its own log each second',
          'a follow is kept where its reader lives; each region pushes to its own, and popular authors come to its memory',
          () => {
            const AT_ONCE = 100;
            post.writes(store, times(posts, w.abroadShare), { sends: 100 });
            b.service('importer', {
              does: 'reads what the other regions posted in the last second, remembers how far',
              tier: 'workers',
              protocol: 'worker',
              perPod: { messagesPerSecond: capacity(2000, assumed('a page of a hundred at a time')) },
              pod: pod(0.5, 0.5),
              podsAtLeast: 2,
            })
              .reads(store, times(abroad, 1 / AT_ONCE), { returns: 100 * AT_ONCE })
              .publishes(bus, abroad, { sends: 200 })
              .writes(timelines, times(abroad, w.pulledShare), { sends: 30 });
          },
        ),
        otherwise('none', 'there is one region', () => undefined),
        reject('asking the other regions for each page', 'an ocean in every feed, and a lost region in all of them', ch('ch2')),
      ]);
      graph
        .reads(timelines, sum([pushed, reads]), { returns: 2e3, soft: true })
        .reads(graphDb, times(sum([pushed, reads]), 0.05), { returns: 2e3 });
      graph.writes(graphDb, steady((2 * w.daily) / DAY));
      b.decide('popular authors', [
        otherwise(
          'pulled past 10K followers, pushed again below 8K',
          'one post of theirs would be minutes of writes; every reader merges those he follows',
          () => {
            post.writes(timelines, times(posts, w.pulledShare), { sends: 30 });
            // A reader follows some of them: their newest come in one pipeline.
            feed.reads(timelines, times(reads, 2), { returns: ENTRY_BYTES * w.candidates, soft: true });
          },
        ),
        reject('push for all', '100M followers are 100M writes for one post', ch('ch3')),
        reject('pull for all', 'each page asks two hundred authors', ch('ch3')),
      ]);
      // Who may see what is asked of the graph and never guessed.
      feed.calls(graph, reads, { returns: 1e3 });

      // Content.
      const cached = b.cache('post-cache', {
        engine: 'memcached',
        holds: 'posts with their authors, for a day',
        bytes: 1.5 * POST_BYTES * 0.2 * w.postsPerDay,
        opsPerNode: capacity(250e3, assumed('gets of a page spread over all nodes, in one call each')),
        eviction: 'allkeys-lru',
      });
      cached.alarm('hit ratio', 0.85, ch('ch2'));
      const shown = times(reads, w.page);
      feed
        .reads(cached, shown, { returns: 1.5 * POST_BYTES, soft: true })
        .reads(store, times(shown, 1 - w.hitRatio), { returns: POST_BYTES });
      feed.writes(cached, times(shown, 1 - w.hitRatio), { sends: 1.5 * POST_BYTES, soft: true });

      const ranking = b.service('ranking-service', {
        does: 'scores candidates by recency, affinity, engagement and kind, with a model in the process',
        tier: 'ranking',
        perPod: { requestsPerSecond: capacity(4 / (5e-5 * w.candidates), ch('ch2 (0.05 ms a candidate)')) },
        pod: pod(4, 8),
        // Without it feeds come in order of time, after 25 ms.
        interruptible: true,
      });
      feed.calls(ranking, reads, { sends: 16 * w.candidates, returns: 16 * w.page, soft: true });
      const features = b.cache('features', {
        holds: 'affinity of a user to authors, engagement of posts',
        bytes: 2e3 * w.timelines,
        opsPerNode: capacity(100e3, assumed('one hash a user')),
        topology: 'cluster',
        eviction: 'allkeys-lru',
      });
      ranking.reads(features, reads, { returns: 2e3, soft: true });
      b.worker('affinity', 'who reacts to whom, within two hours', capacity(2000, assumed('one increment of two')))
        .consumes(bus, likes, { returns: 200 })
        .writes(features, likes, { sends: 60, soft: true });

      // Counters: in memory at once, in the table once a minute.
      const shards = b.decide('likes of one post', [
        when(
          above('likes per second of one post', world.hottestPeak, 100e3, ch('ch2')),
          'eight counters each, summed on read',
          'one key is one core',
          () => 8,
        ),
        otherwise('one counter a post', 'far from what a core increments', () => 1),
      ]);
      const counters = b.cache('counters', {
        holds: 'likes, comments and shares of posts of this month that somebody still sees',
        bytes: 120 * shards * 0.3 * w.postsPerDay * 7,
        opsPerNode: capacity(100e3, assumed('increments')),
        topology: 'cluster',
        eviction: 'volatile-ttl',
        snapshots: true,
      });
      engagement.writes(counters, likes, { sends: 40 }).publishes(bus, likes, { sends: 200 });
      // Those of a page in one command a shard.
      feed.reads(counters, times(reads, Math.min(w.page, 3 * shards)), { returns: 200, soft: true });
      b.worker('counter-flusher', 'adds up a minute of increments, then writes', capacity(5000, assumed('adds in memory')))
        .consumes(bus, likes, { returns: 200 })
        .writes(store, times(likes, 0.1), { sends: 100 });

      const push = b.channel('push', { medium: 'push', messageBytes: 400 });
      const told = steady((3 * w.daily) / DAY);
      b.worker('notification-sender', 'bundles likes, five an hour a person at most', NOTICES)
        .consumes(bus, likes, { returns: 200 })
        .writes(store, told, { sends: 200 })
        .sends(push, rate(told.average, w.peakFactor * told.average), { sends: 400 });
      const archive = b.objectStore('archive', {
        holds: 'all posts in columns',
        bytes: 0.3 * POST_BYTES * w.postsPerDay * 365 * 2,
        objectBytes: 128e6,
        lifecycle: [{ afterDays: 365, to: 'deep archive' }],
        coldShare: { 'deep archive': 0.5 },
      });
      b.worker('archiver', 'writes posts in columns before the table forgets them', capacity(5000, assumed('sorts and compresses')), {
        pod: { vcpu: 1, memoryBytes: 4 * GIB, source: assumed('holds a file of 128 MB') },
      })
        .consumes(bus, posts, { returns: POST_BYTES })
        .writes(archive, times(posts, (0.3 * POST_BYTES) / 128e6), { sends: 128e6 });
      // Profiles scrolled past a month: assumed, one page in a thousand; files are sorted by author, so a range of one answers.
      feed.reads(archive, times(reads, 1e-3), { returns: 64e3, soft: true });
    } else {
      feed.reads(store, times(reads, 2), { returns: POST_BYTES * w.page });
      engagement.writes(store, likes);
    }
    b.job('privacy-audit', {
      does: 'opens feeds of test accounts and looks for what they must not see',
      tier: 'web',
      schedule: '*/5 * * * *',
      pod: pod(0.1, 0.25),
      source: ch('ch4'),
    }).calls(feed, rate(10 / (5 * MINUTE), 10));
    b.job('erasure', {
      does: 'erases accounts within thirty days',
      tier: 'web',
      schedule: '0 2 * * *',
      pod: pod(0.25, 0.5),
      source: ch('ch4'),
    }).writes(graphDb, steady((1e-4 * w.daily) / HOUR));
  },

  claims: [
    claim('reads-peak', 'stated-fleet', 'feeds per second at peak', 5e6, 'per second', ch('ch1')).against(
      (e) => e.figure('readsPeak'),
      'Average 58K; ten times that, as for posts, is 579K. 5M would be 86 times the average.',
    ),
    claim('posts', 'stated-fleet', 'posts a year', 1e9, 'posts', ch('ch1')).against(
      (e) => e.figure('postsPerDay') * 365,
      '1K/s is 31.6B a year.',
    ),
    claim('timeline-memory', 'stated-fleet', 'bytes of timelines', 160e9, 'bytes', ch('ch1')).against(
      (e) => e.figure('timelines') * e.figure('entries') * ENTRY_BYTES,
      '50M x 200 x 16 bytes. Users of a week have one, and an entry has its share of the key; ch3 says 2.56 TB.',
    ),
    claim('inserts', 'stated-fleet', 'entries written per second, average', 200e3, 'per second', ch('ch1')).against(
      (e) => e.figure('insertsPeak') / e.figure('peakFactor'),
      '1K posts x 200 followers; four of ten were not here for a week and get none.',
    ),
    claim('inserts-003', 'seed-003', 'entries written per second, average', 2.3e6, 'per second', derived(text003, '200B a day')).against(
      (e) => e.figure('insertsPeak') / e.figure('peakFactor'),
      'The same: 1B posts x 200 followers a day, of which 0.6 are written.',
    ),
    claim('ranking-pods', 'stated-fleet', 'pods that rank', 100, 'pods', ch('ch2')).against(
      (e) => e.count('ranking-service'),
      '200 candidates of 0.05 ms are 10 ms of processor; 579K pages a second keep 5,790 processors busy.',
    ),
    claim('push', 'stated-fleet', 'push notifications per second at peak', 5e6, 'per second', ch('ch1')).against(
      (e) => (3 * e.figure('daily') * e.figure('peakFactor')) / DAY,
      'Five an hour for each of 50M would be 69K/s; three a day, ten times the average at peak.',
    ),
    claim('reads-003', 'seed-003', 'feeds per second, average', 60e3, 'per second', text003).against(
      (e) => e.figure('readsPerDay') / DAY,
      '5B a day; no peak is given.',
    ),
  ],
});
