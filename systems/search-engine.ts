import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { table } from '../plan/sizing/wide-column-table';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, anyOf } from '../plan/trigger';
import { DAY, GIB, HOUR, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 9, chapter);

const workload = Workload.of({
  availability: figure('ratio', 'share of time that queries are answered', 0.999, ch('ch1')),
  pages: figure('items', 'pages in the index'),
  queriesPeak: figure('per second', 'queries at the busiest moment'),
  peakFactor: figure('ratio', 'queries at the busiest moment over the average', 2, derived(ch('ch1'), '100K/s over 50K/s')),
  hitRatio: figure('ratio', 'queries answered from memory', 0.5, ch('ch2')),
  keystrokes: figure('each', 'suggestions asked for while a query is typed', 4, assumed('one every few letters')),
  results: figure('each', 'results of a page', 10, ch('ch2')),
  pageBytes: figure(
    'bytes each',
    'a page as it is sent, compressed',
    20e3,
    derived(ch('ch1'), '100 KB of HTML, a fifth of it once compressed: assumed'),
  ),
  storedBytes: figure('bytes each', 'a page as it is kept', 10e3, derived(ch('ch1'), '10 TB a day over 1B pages')),
  links: figure('each', 'links of a page', 10, derived(ch('ch2'), '100B links of 10B pages')),
  indexBytes: figure('bytes each', 'postings of a page, compressed', 1e3, derived(ch('ch1'), '10 TB over 10B pages')),
})
  .and({
    crawledPerDay: figure('per day', 'pages fetched', (w) => 0.1 * w.pages, derived(ch('ch1'), '1B a day of 10B pages')),
    logBytesPerDay: figure(
      'bytes',
      'log of queries and clicks of a day',
      (w) => (300 * DAY * w.queriesPeak) / w.peakFactor,
      assumed('300 bytes each'),
    ),
  })
  .and({
    crawlRate: figure('per second', 'pages fetched', (w) => w.crawledPerDay / DAY, ch('ch1')),
  });

/** US, EU and Asia (ch4); shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.4, role: 'active' },
  { name: 'eu-west-1', share: 0.3, role: 'active' },
  { name: 'ap-southeast-1', share: 0.3, role: 'active' },
];

/** Parsed pages of a file. */
const BATCH = 10e3;

export default system('search-engine', {
  title: 'Web search engine',
  summary:
    'Crawls politely, ranks by links overnight, and answers from an inverted index in every region; what is popular is answered from memory.',
  aliases: ['web-search'],
  sources: [{ seed: '001', row: 9 }],
  workload,
  headline: { peak: 'queriesPeak' },

  stages: {
    launch: stage('10M pages, 1K queries/s', ch('ch4'), { pages: 10e6, queriesPeak: 1e3, availability: 0.99 }),
    growth: stage('1B pages, 10K queries/s', ch('ch4'), { pages: 1e9, queriesPeak: 10e3 }),
    scale: stage('10B pages, 100K queries/s', ch('ch4'), { pages: 10e9, queriesPeak: 100e3 }),
    'seed-001': stage('10B pages', seed('001', 9), { pages: 10e9, queriesPeak: 100e3 }),
  },

  regions: (w) => [
    when(
      anyOf(above('pages', w.pages, 1e9, ch('ch4')), above('queries per second', w.queriesPeak, 10e3, ch('ch4'))),
      'active regions, the whole index in each',
      'people are answered near them; a region crawls what lies near it and reads what the others found',
      () => REGIONS,
    ),
    otherwise('one region', 'one copy of the index answers all', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const queries = rate(w.queriesPeak / w.peakFactor, w.queriesPeak);
    const fetched = rate(w.crawlRate, 1.2 * w.crawlRate);
    const everywhere = rate(world.crawlRate, 1.2 * world.crawlRate);
    const grown = above('pages', world.pages, 10e6, ch('ch4'));
    const large = above('pages', world.pages, 1e9, ch('ch4'));
    const multiRegion = b.place.regions.length > 1;

    // Serving reads, and nothing of the crawl is on its way.
    const api = b.service('query-api', {
      does: 'spelling, synonyms, stop words; answers popular queries from memory; limits by key and address',
      tier: 'serving',
      perPod: { requestsPerSecond: capacity(500, assumed('dictionaries in memory')) },
      pod: pod(1, 2),
    });
    const ranker = b.service('ranker', {
      does: 'asks the index, ranks by words, links and model, puts results with their snippets together',
      tier: 'serving',
      perPod: { requestsPerSecond: capacity(100, assumed('a thousand candidates')) },
      pod: pod(2, 4),
    });
    const suggest = b.service('autocomplete', {
      does: 'suggestions from a trie in memory',
      tier: 'serving',
      perPod: { requestsPerSecond: capacity(5000, ch('ch3 (a look-up below 1 ms)')) },
      pod: pod(1, 3),
    });
    const index = b.search('index', {
      holds: 'postings with positions and weights, sharded by document',
      bytes: world.pages * w.indexBytes,
      queriesPerNode: capacity(1000, derived(ch('ch4'), '100K/s over 100 nodes')),
    });
    b.decide('shards of the index', [
      otherwise('by document', 'a query asks all shards once, in parallel, and each ranks what it has', () => undefined),
      reject('by term', 'queries of several terms move postings between nodes, and one word of the news is one hot node', ch('ch3, ch4')),
      reject('an index of our own', 'past 10B pages; below, its operation costs more than it saves', ch('ch4')),
    ]);

    const records = { holds: 'address, title, snippet, language, fingerprint and rank of each page', bytes: 1e3 * world.pages };
    const documents = b.decide('documents', [
      when(grown, 'Cassandra (Keyspaces), in all regions', 'one row by id, ten for a page of results', () =>
        b.wideColumn('documents', {
          holds: records.holds,
          bytes: records.bytes,
          multiRegion,
          tables: [
            table('documents', {
              partition: { doc_id: 'bigint' },
              columns: { url: 'text', title: 'text', snippet: 'text', language: 'text', simhash: 'bigint', pagerank: 'bigint' },
              rowBytes: 1e3,
              share: 1,
            }),
          ],
        }),
      ),
      otherwise('PostgreSQL', 'ten million rows, with the frontier beside them', () =>
        b.relational('documents', {
          engine: 'postgres',
          topology: 'single',
          holds: `${records.holds}; addresses to fetch`,
          bytes: 2 * records.bytes,
          queriesPerVcpu: capacity(1000, assumed('rows by their key')),
          hotBytes: capacity(5e9, assumed('a fourth of the rows is shown')),
        }),
      ),
    ]);
    const popular = b
      .cache('queries', {
        holds: 'results of popular queries for five minutes',
        bytes: 10e3 * 10 * w.queriesPeak,
        opsPerNode: capacity(100e3, assumed('values of 10 KB: the network binds first')),
        topology: large.fires ? 'cluster' : undefined,
        eviction: 'allkeys-lru',
      })
      .alarm('hit ratio', w.hitRatio * 0.95, ch('ch3, ch4'));
    const missed = times(queries, 1 - w.hitRatio);
    api
      .reads(popular, queries, { returns: 5e3, soft: true })
      .writes(popular, missed, { sends: 10e3, soft: true })
      .calls(ranker, missed, { returns: 10e3 });
    ranker.reads(index, missed, { returns: 40e3 });
    const shown = times(missed, w.results);
    const snippets = b.decide('snippets', [
      when(
        grown,
        'in Memcached for an hour',
        'pages that are shown are shown again; ten rows a query would be the largest bill of the table',
        () =>
          b.cache('snippets', {
            engine: 'memcached',
            holds: 'titles and snippets of pages that are shown',
            bytes: 600 * 0.01 * world.pages,
            opsPerNode: capacity(250e3, assumed('ten gets in a call')),
            eviction: 'allkeys-lru',
          }),
      ),
      otherwise('from the rows', 'five thousand rows a second', () => undefined),
    ]);
    if (snippets)
      ranker.reads(snippets, shown, { returns: 600, soft: true }).writes(snippets, times(shown, 0.1), { sends: 600, soft: true });
    ranker.reads(documents, times(shown, snippets ? 0.1 : 1), { returns: 600 });
    b.decide('ranking', [
      when(large, 'words and links first, then a model', 'the model scores the best hundred; without it results come as they are', () => {
        const model = b.service('ranking-model', {
          does: 'scores a hundred candidates of a query',
          tier: 'models',
          perPod: { requestsPerSecond: capacity(400, assumed('50 ms each (ch3), twenty in a batch on one GPU')) },
          pod: { vcpu: 3, memoryBytes: 12 * GIB, gpu: 1, source: ch('ch3, ch4 (TensorFlow Serving)') },
        });
        ranker.calls(model, missed, { sends: 20e3, returns: 1e3, soft: true });
      }),
      when(grown, 'words and links', 'rank by links is a number in the index', () => undefined),
      otherwise('words', 'TF-IDF alone', () => undefined),
    ]);

    b.decide('limits', [
      otherwise(
        'by key and address, in the query service',
        'a thousand an hour of one address is a counter beside the popular queries',
        () => {
          api.writes(popular, queries, { sends: 60, soft: true });
        },
      ),
      reject('a web firewall', 'asks 0.60 USD for a million requests, more than all that answers them', ch('ch4')),
    ]);
    const front = b.front('web', { layer: 7 }).alarm('latency p99', 0.5, ch('ch1, ch4'));
    front
      .routesTo(api, queries, { sends: 700, returns: 8e3 })
      .routesTo(suggest, times(queries, w.keystrokes), { sends: 400, returns: 300 });

    // Crawl: one fetch a second of a domain, whoever fetches.
    const web = b.external('internet', { does: 'the pages of the world', host: 'www.example.com', source: ch('ch2') });
    const crawler = b.worker(
      'crawler',
      'robots.txt, fetch within 10 s and five redirects, links, traps',
      capacity(116, derived(ch('ch1, ch4'), '11.6K/s over 100')),
      // Fetches wait; addresses stay in the frontier until they are done.
      { pod: pod(1, 2), tier: 'crawl', interruptible: true, scaleOn: 'cpu' },
    );
    crawler.calls(web, fetched, { sends: 500, returns: w.pageBytes, soft: true });
    const polite = b.cache('crawl-state', {
      holds: 'last fetch and robots.txt of a domain; filter of addresses that were seen, wrong once in a hundred',
      // Ten bits an address.
      bytes: 1.25 * w.links * w.pages + 2e3 * 0.002 * w.pages,
      opsPerNode: capacity(400e3, assumed('checks of all links of a page in one command')),
      topology: grown.fires ? 'cluster' : undefined,
      eviction: 'noeviction',
      snapshots: true,
    });
    crawler.reads(polite, times(fetched, 2)).writes(polite, times(fetched, 2), { sends: 500 });
    const pages = b.objectStore('pages', {
      holds: 'pages as fetched, by address; the last one of each',
      bytes: 1.3 * w.pages * w.storedBytes,
      objectBytes: w.storedBytes * 100,
      versioned: false,
    });
    crawler.writes(pages, times(fetched, 0.01), { sends: 100 * w.storedBytes });
    const parsed = b.objectStore('parsed', {
      holds: 'words, links and fingerprints of pages, ten thousand a file; every region has those of all',
      bytes: 5e3 * w.crawledPerDay * 30,
      objectBytes: 5e3 * BATCH,
      lifecycle: [{ afterDays: 30, to: 'delete' }],
      multiRegion,
    });

    const processor = (from: typeof documents, verb: 'consumes' | 'reads') => {
      const content = b.worker(
        'content-processor',
        'language, boilerplate, near-duplicates by fingerprint; drops spam',
        capacity(2, assumed('a hundred pages of 5 ms each')),
        {
          pod: pod(1, 2),
          tier: 'crawl',
          interruptible: true,
          ...(verb === 'reads' && { scaleOn: 'cpu' as const }),
        },
      );
      if (verb === 'consumes') content.consumes(from, times(fetched, 0.01), { returns: 10e3 });
      content
        .reads(pages, times(fetched, 0.01), { returns: 100 * w.storedBytes })
        .writes(parsed, times(fetched, 1 / BATCH), { sends: 5e3 * BATCH });
    };
    b.decide('frontier', [
      when(
        grown,
        'Kafka, a partition for its domains',
        'one consumer has all of a domain, so politeness is its own; a crawler that dies leaves its addresses behind',
        () => {
          const frontier = b
            .kafka('frontier', {
              topics: [
                { name: 'addresses', partitions: large.fires ? 100 : 24, retentionSeconds: 7 * DAY },
                { name: 'fetched', partitions: large.fires ? 100 : 24, retentionSeconds: DAY },
              ],
              retentionSeconds: 7 * DAY,
              messagesPerBroker: capacity(50e3, assumed('addresses of 100 bytes, in batches')),
            })
            .alarm('consumer lag', 10e3, ch('ch4'));
          crawler.consumes(frontier, fetched, { returns: 200 }).publishes(frontier, times(fetched, 0.1), { sends: 200 * w.links });
          processor(frontier, 'consumes');
        },
      ),
      otherwise('a table', 'addresses by priority and time; one crawler takes a hundred at once', () => {
        crawler.reads(documents, times(fetched, 0.01), { returns: 20e3 }).writes(documents, times(fetched, 0.1), { sends: 2e3 });
        processor(documents, 'reads');
      }),
    ]);

    // What was found here and elsewhere goes into the index of this region: a file that arrives, from wherever, tells so.
    const files = times(everywhere, 1 / BATCH);
    const arrived = b
      .queue('arrived', { holds: 'files of parsed pages to be indexed', maxReceives: 5, retentionSeconds: 4 * DAY })
      .alarm('oldest message', HOUR, ch('ch4'));
    parsed.publishes(arrived, files, { sends: 1e3 });
    const indexer = b.worker(
      'indexer',
      'adds and replaces pages in bulk',
      capacity(2000 / BATCH, assumed('two thousand pages a second, in bulks')),
      {
        pod: pod(1, 4),
        tier: 'crawl',
        interruptible: true,
      },
    );
    indexer
      .consumes(arrived, files, { returns: 1e3 })
      .reads(parsed, files, { returns: 5e3 * BATCH })
      .writes(index, times(everywhere, 0.001), { sends: 5e6 });
    indexer.writes(documents, fetched, { sends: 1e3 });

    // Links by night: scores come back as files, which the indexer reads with the pages.
    const graph = b.objectStore('link-graph', {
      holds: 'links of all pages in columns, programs, scores of the last runs',
      bytes: 16 * world.pages * w.links + 3 * 12 * world.pages,
      objectBytes: 128e6,
      multiRegion,
    });
    const graphFiles = (bytes: number, seconds: number) => steady(Math.max(1, bytes / 128e6) / seconds);
    // Once in the world: scores, like links, are copied.
    const rank = (days: number, schedule: string) => {
      if (b.place.region !== b.place.regions[0]) return;
      b.sparkJob('pagerank', {
        does: 'ten rounds over all links',
        schedule,
        program: 'link-graph',
        executors: Math.max(2, Math.ceil((1000 * world.pages) / 10e9)),
        executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('a partition of ten million pages in memory') },
        hours: capacity(4, ch('ch2, ch4')),
        timeoutHours: 6,
      })
        .reads(graph, graphFiles(16 * world.pages * w.links, days * DAY), { returns: 128e6 })
        .writes(graph, graphFiles(12 * world.pages, days * DAY), { sends: 128e6 });
    };
    indexer
      .writes(graph, times(fetched, (16 * w.links) / 128e6), { sends: 128e6 })
      .reads(graph, graphFiles(12 * world.pages, DAY), { returns: 128e6 });
    b.decide('rank by links', [
      when(large, 'daily', 'if it is not done in six hours the scores of yesterday are used', () => rank(1, '0 1 * * *')),
      when(grown, 'weekly', 'links change slower than pages', () => rank(7, '0 1 * * 0')),
      otherwise('none', 'ten million pages are chosen by hand', () => undefined),
      reject('incremental', 'worth it past 10B pages', ch('ch4')),
    ]);

    // What people ask: suggestions, and clicks to learn from.
    const logs = b.objectStore('query-logs', {
      holds: 'queries, clicks and times, by pseudonym; programs; tries of the last day',
      bytes: 90 * 0.3 * w.logBytesPerDay,
      objectBytes: 64e6,
      lifecycle: [{ afterDays: 90, to: 'delete' }],
    });
    const written = times(queries, (0.3 * 300) / 64e6);
    api.writes(logs, written, { sends: 64e6, soft: true });
    b.sparkJob('suggestions', {
      does: 'trie of what is asked, without what only one asked',
      schedule: large.fires ? '15 * * * *' : '15 2 * * *',
      program: 'query-logs',
      executors: Math.max(2, Math.ceil((0.3 * w.logBytesPerDay) / (large.fires ? 24 : 1) / 50e9)),
      executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('counts by prefix') },
      hours: capacity(0.25, assumed('50 GB an executor in a quarter of an hour')),
    })
      .reads(logs, written, { returns: 64e6 })
      .writes(logs, steady(16 / (large.fires ? HOUR : DAY)), { sends: 64e6 });
    suggest.reads(logs, rate(16 / HOUR, 1), { returns: 64e6, soft: true });
  },

  claims: [
    claim('crawl-bytes', 'scale', 'bytes fetched a day', 100e15, 'bytes', ch('ch1')).against(
      (e) => e.figure('crawledPerDay') * 100e3,
      '1B pages of 100 KB are 100 TB; ch1 prints a thousand times that.',
    ),
    claim('crawl-rate', 'scale', 'pages fetched per second', 1e6, 'per second', ch('README')).against(
      (e) => e.figure('crawlRate'),
      '1B a day is 11.6K/s; at a million the whole index would be fetched in three hours.',
    ),
    claim('crawlers', 'scale', 'crawlers', 100, 'crawlers', ch('ch4')).against(
      (e) => e.count('crawler'),
      'At 116 pages/s each, all busy. A fifth more at peak, four fifths full, a zone lost.',
    ),
    claim('index', 'scale', 'bytes of the index', 500e12, 'bytes', ch('README')).against(
      (e) => e.figure('pages') * e.figure('indexBytes'),
      '10 TB compressed (ch1); ch4 keeps 100 TB, with three copies and room.',
    ),
    claim('queries', 'scale', 'queries a day', 8.6e9, 'per day', ch('ch1')).against(
      (e) => (e.figure('queriesPeak') / e.figure('peakFactor')) * DAY,
      'That is the peak held all day.',
    ),
    claim('search-nodes', 'scale', 'nodes of the index', 100, 'nodes', ch('ch4')).against(
      (e) => e.count('index'),
      'Half of the queries are answered from memory; three regions each outlive the loss of a zone.',
    ),
    claim('models', 'scale', 'instances of the ranking model', 50, 'instances', ch('ch4')).against(
      (e) => e.count('ranking-model'),
      '50 ms of one processor answer twenty queries a second: fifty of them 1K. With a GPU each they answer 20K in batches; 50K are asked.',
    ),
  ],
});
