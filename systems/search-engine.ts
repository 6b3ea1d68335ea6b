import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed, type Source } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, anyOf } from '../plan/trigger';
import { DAY, GIB, HOUR, perDay, type Rate, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const row = seed('001', 9);
const ch = (chapter: string) => seed('001', 9, chapter);

const workload = Workload.of({
  availability: figure('ratio', 'share of time that queries are answered', 0.999, ch('ch1')),
  pages: figure('items', 'pages in the index'),
  queriesPeak: figure('per second', 'queries at the busiest moment'),
  peakFactor: figure('ratio', 'busiest moment over the average', 2, derived(ch('ch1'), '100K/s over 50K/s')),
  pageBytes: figure('bytes each', 'a page', 100e3, ch('ch1')),
  storedShare: figure('ratio', 'of a page that is stored, compressed', 0.1, derived(ch('ch1'), '10 TB a day of 1B pages of 100 KB')),
  wireShare: figure('ratio', 'of a page that is transferred, compressed', 0.25, assumed('gzip of HTML')),
  linksPerPage: figure('each', 'links on a page', 10, derived(ch('ch2'), '100B links on 10B pages')),
  postingBytes: figure('bytes each', 'a page in the index, compressed', 1e3, derived(ch('ch1'), '10 TB over 10B pages')),
  textBytes: figure('bytes each', 'a page’s text for snippets, compressed', 3e3, assumed('a third of the stored page')),
  changedShare: figure('ratio', 'fetched pages that changed since the last visit', 0.3, assumed('of the others only the date is noted')),
  rawDays: figure('days', 'days that fetched pages are kept', 30, assumed('three visits; the last is the cached page')),
  cacheHitRatio: figure('ratio', 'queries answered from the cache', 0.5, ch('ch2, ch3')),
  cachedQueries: figure('each', 'queries in the cache', 1e6, ch('ch1')),
  firstTier: figure('ratio', 'pages of the first tier, those of highest rank', 0.1, assumed('a tenth')),
  secondTierShare: figure('ratio', 'queries that the first tier does not fill', 0.2, assumed('rare words')),
  results: figure('each', 'results of a page', 10, ch('ch1 (top 10)')),
  suggestionsPerQuery: figure('each', 'suggestions asked for while a query is typed', 2, assumed('whenever typing pauses')),
})
  .and({
    crawledPerDay: figure('per day', 'pages fetched', (w) => w.pages / 10, derived(ch('ch1'), '1B of 10B pages')),
    queriesPerDay: figure('per day', 'queries', (w) => (DAY * w.queriesPeak) / w.peakFactor, derived(ch('ch1'), '50K/s all day')),
    indexBytes: figure('bytes', 'inverted index', (w) => w.pages * w.postingBytes, ch('ch1')),
    textsBytes: figure('bytes', 'texts that snippets are cut from', (w) => w.pages * w.textBytes, assumed('3 KB a page')),
  })
  .and({
    rawBytes: figure('bytes', 'fetched pages', (w) => w.crawledPerDay * w.rawDays * w.storedShare * w.pageBytes, ch('ch1')),
  });

/** GeoDNS leads to US, EU and Asia (ch4), each with the whole index; shares of queries and of the crawl are assumed. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.5, role: 'active' },
  { name: 'eu-west-1', share: 0.25, role: 'active' },
  { name: 'ap-southeast-1', share: 0.25, role: 'active' },
];

/** URLs of one domain in a message: its crawler works them off one a second. */
const URLS = 20;
/** Bytes of a WARC file, of an index segment, of a file of the log. */
const FILE = 64e6;
/** Of a WARC file: ten seconds of a crawler, so that news is not waiting for it to fill. */
const WARC = 10e6;
/** Of a page: quantised. */
const VECTOR_BYTES = 64;
/** Log events of a message. */
const EVENTS = 50;
/** Machines of 32 vCPU: what a pod there keeps of its volume in memory, at four fifths, and how long it looks through one page's share. */
const MACHINES = {
  quick: { gib: 112, bytes: 105e9, source: assumed('a machine of 32 vCPU and 128 GiB, less the process') },
  roomy: { gib: 230, bytes: 220e9, source: assumed('a machine of 32 vCPU and 256 GiB, less the process') },
};
const FILLED = 0.8;
const PER_PAGE = { seconds: 40e-12, source: assumed('7 ms of a vCPU for impact-ordered lists of 180M pages') };
const FETCHED = capacity(116, derived(ch('ch1, ch4'), '11.6K/s on 100 crawlers'));
const PARSED = capacity(400, assumed('10 ms of each of four vCPU: parse, language, boilerplate, SimHash'));
const INDEXED = capacity(400, assumed('5 ms of each of two vCPU: terms with positions, compressed'));

export default system('search-engine', {
  title: 'Search engine',
  summary:
    'Crawls politely, builds an inverted index and ranks by links; queries are answered from memory, by shards of pages in two tiers.',
  aliases: ['web-search', 'google'],
  sources: [{ seed: '001', row: 9 }],
  workload,
  headline: { peak: 'queriesPeak' },

  stages: {
    launch: stage('0 to 10M pages, 1K queries/s', ch('ch4'), { pages: 10e6, queriesPeak: 1e3, cachedQueries: 10e3, availability: 0.99 }),
    growth: stage('10M to 1B pages, 10K queries/s', ch('ch4'), { pages: 1e9, queriesPeak: 10e3, cachedQueries: 100e3 }),
    scale: stage('1B to 10B pages, 100K queries/s', ch('ch1, ch4'), { pages: 10e9, queriesPeak: 100e3 }),
    beyond: stage('over 10B pages; half as many again, assumed', ch('ch4'), { pages: 15e9, queriesPeak: 150e3 }),
    'seed-001': stage('10B pages', row, { pages: 10e9, queriesPeak: 100e3 }),
    'seed-001-readme': stage('10B pages, 1M of them fetched a second', ch('README'), {
      pages: 10e9,
      queriesPeak: 100e3,
      crawledPerDay: 1e6 * DAY,
    }),
  },

  regions: (w) => [
    when(
      anyOf(above('pages', w.pages, 1e9, ch('ch4')), above('queries per second at peak', w.queriesPeak, 10e3, ch('ch4'))),
      'US, EU and Asia, the whole index in each',
      'an answer may not cross an ocean; each region fetches the pages near to it and copies its segments to the others',
      () => REGIONS,
    ),
    otherwise('one region', 'the index is one', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const queries = rate(perDay(w.queriesPerDay), w.queriesPeak);
    const missed = times(queries, 1 - w.cacheHitRatio);
    // Four queries in five end in a click.
    const events = times(queries, 1.8 / EVENTS);
    const typed = times(queries, w.suggestionsPerQuery);
    const crawled = steady(perDay(w.crawledPerDay));
    const stored = w.storedShare * w.pageBytes;
    const wire = w.wireShare * w.pageBytes;
    const changedAll = w.changedShare * perDay(world.crawledPerDay);
    const multiRegion = b.place.regions.length > 1;
    const isHome = b.place.region.name === b.place.regions[0]!.name;

    const either = (pages: number, peak: number) =>
      anyOf(above('pages', world.pages, pages, ch('ch4')), above('queries per second at peak', world.queriesPeak, peak, ch('ch4')));
    const distributed = either(10e6, 1e3);
    const large = either(1e9, 10e3);
    const beyond = above('pages', world.pages, 10e9, ch('ch4'));
    b.oneMachineUntil([distributed, 'one machine neither fetches nor answers as much']);

    // Answers.
    const web = (id: string, does: string, requests: number, why: string, size = pod(1, 2)) =>
      b.service(id, { does, tier: 'web', perPod: { requestsPerSecond: capacity(requests, assumed(why)) }, pod: size });
    const api = web('query-api', 'limits by address, spelling, synonyms, cache of queries', 1000, '1 ms of a vCPU a query', pod(1, 2));
    const ranker = web('ranker', 'asks the index, merges, ranks, puts snippets together', 500, '2 ms of a vCPU a query');
    const suggest = web('autocomplete', 'suggestions from a trie in memory', 10e3, 'a look-up takes 0.1 ms', pod(1, 2));
    b.front('web', { layer: 7 })
      .routesTo(api, queries, { sends: 500, returns: 2e3 })
      .routesTo(suggest, typed, { sends: 300, returns: 400 })
      .alarm('latency p99', 0.5, ch('ch1 (p95)'));
    api.calls(ranker, missed, { sends: 300, returns: 5e3 });

    const cacheOf = (topology?: 'cluster') =>
      b
        .cache('query-cache', {
          holds: 'result pages by hash of the query for 300 s, limits by address',
          bytes: 10e3 * w.cachedQueries,
          opsPerNode: capacity(50e3, assumed('pages of 5 KB')),
          topology,
          eviction: 'allkeys-lru',
        })
        .alarm('hit ratio', 0.5, ch('ch2, ch3'));
    const cache = b.decide('queries asked again', [
      when(large, 'Redis Cluster', 'more than a node answers', () => cacheOf('cluster')),
      when(distributed, 'Redis', 'half of all queries; without it the index answers all, slower', () => cacheOf()),
      otherwise('in the process', 'ten thousand queries are 100 MB', () => undefined),
      reject('a CDN', 'a result is 300 s old at most, and every click on it is to be learnt from', assumed('it bills each query')),
    ]);
    if (cache) api.reads(cache, times(queries, 2), { returns: 5e3, soft: true }).writes(cache, missed, { sends: 5e3, soft: true });

    // Segments: what indexers build and who serves picks up.
    const packs = b.objectStore('segments', {
      holds: 'segments of index and texts, link graph, ranks, trie; programs',
      bytes: 2 * world.pages * (w.postingBytes + w.textBytes) + world.pages * w.linksPerPage * 8,
      objectBytes: FILE,
      multiRegion,
    });
    const raw = b.objectStore('pages', {
      holds: 'fetched pages, a thousand to a WARC file; shown as cached pages',
      bytes: w.rawBytes,
      objectBytes: WARC,
      versioned: false,
      lifecycle: [{ afterDays: w.rawDays, to: 'delete' }],
    });

    const leaves = (
      id: string,
      does: string,
      pages: number,
      { gib, bytes, source }: (typeof MACHINES)['quick'],
      asked: Rate,
      soft = false,
    ) => {
      const held = pages * w.postingBytes;
      const pagesOfOne = (bytes * FILLED) / w.postingBytes;
      const part = b.stateful(id, {
        does,
        tier: id,
        copies: 3,
        perPod: {
          readsPerSecond: capacity(30 / (pagesOfOne * PER_PAGE.seconds), PER_PAGE.source),
          bytes: capacity(bytes, source),
        },
        pod: pod(30, gib, source),
        volume: { bytes: held, throughputMibs: 500 },
        rebuiltFrom: 'segments in the bucket',
        drainSeconds: 60,
      });
      // Each shard is asked for its best; where there are more of them than memory asks for, each has less to look through.
      ranker.reads(part, times(asked, Math.ceil(pages / pagesOfOne)), { sends: 200, returns: 1e3, soft });
      part.reads(packs, steady((2 * 3 * changedAll * (pages / world.pages) * w.postingBytes) / FILE), { returns: FILE });
    };
    const index = b.decide('inverted index', [
      when(large, 'shards by page in memory, in two tiers', 'the tenth of highest rank fills four result pages in five', () => {
        leaves('first-leaves', 'pages of highest rank', w.firstTier * world.pages, MACHINES.quick, missed);
        leaves('leaves', 'all other pages', (1 - w.firstTier) * world.pages, MACHINES.roomy, times(missed, w.secondTierShare), true);
        return undefined;
      }),
      when(distributed, 'OpenSearch', 'shards, copies and merges are its own', () =>
        b.search('index', {
          holds: 'terms with positions, weights, rank',
          bytes: w.indexBytes,
          queriesPerNode: capacity(500 / 0.7, derived(ch('ch4'), '10 nodes take the half of 10K/s that the cache does not')),
        }),
      ),
      otherwise('OpenSearch, one node', 'ten gigabytes', () =>
        b.search('index', {
          holds: 'terms with positions and weights (TF-IDF)',
          bytes: w.indexBytes,
          queriesPerNode: capacity(1000, ch('ch4')),
        }),
      ),
      reject('Elasticsearch of 100 nodes', 'a domain takes 80, and each keeps a heap of what it could keep of the index', ch('ch4')),
      reject('shards by term', 'lists of common words cross the network for each query, and a hot word is a hot shard', ch('ch3, ch4')),
    ]);
    if (index) ranker.reads(index, missed, { returns: 5e3 });

    const documents = b.decide('documents and snippets', [
      when(large, 'document servers', 'ten texts a result page are half a million a second: sentences are cut where the text lies', () => {
        const texts = b.stateful('snippets', {
          does: 'title, address and the sentences around the words of a query',
          tier: 'documents',
          copies: 2,
          perPod: { readsPerSecond: capacity(5000, assumed('two I/Os of 4 KB a text, half of them in memory')) },
          pod: pod(3, 26, assumed('a machine of 4 vCPU and 32 GiB')),
          volume: { bytes: world.textsBytes, iops: 6000, throughputMibs: 250 },
          rebuiltFrom: 'segments in the bucket',
        });
        ranker.reads(texts, times(missed, w.results), { sends: 100, returns: 400, soft: true });
        texts.reads(packs, steady((2 * changedAll * w.textBytes) / FILE), { returns: FILE });
        return undefined;
      }),
      when(distributed, 'key-value table', 'ten look-ups by key', () =>
        b.keyValue('documents', {
          holds: 'address, title, language, text for snippets, rank',
          partitionKey: 'document',
          bytes: w.textsBytes,
          itemBytes: w.textBytes,
        }),
      ),
      otherwise('PostgreSQL', 'thirty gigabytes', () =>
        b.relational('documents', {
          holds: 'address, title, language, text for snippets; links',
          engine: 'postgres',
          topology: 'single',
          bytes: 1.3 * w.textsBytes,
          hotBytes: capacity(0.1 * w.textsBytes, assumed('a tenth of the pages is nine tenths of all results')),
          queriesPerVcpu: capacity(1000, assumed('ten rows by key')),
          strongReads: true,
        }),
      ),
      reject('Cassandra', 'the same model with a cluster to run, and Spark does not reach it here', ch('ch4')),
    ]);
    if (documents)
      ranker.reads(documents, times(missed, documents.kind === 'keyValue' ? w.results : 1), { returns: w.textBytes, soft: true });

    b.decide('ranking', [
      when(large, 'a model over the best hundred', 'in 50 ms, or the answer goes out ranked by rank and words', () => {
        const model = b.service('ranking-model', {
          does: 'scores the best hundred pages of a query (TensorFlow Serving)',
          tier: 'model',
          perPod: { requestsPerSecond: capacity(1000, derived(ch('ch3, ch4'), '50 instances score 50K/s')) },
          pod: pod(15, 24, assumed('16 vCPU; the source does not say')),
        });
        ranker.calls(model, missed, { sends: 20e3, returns: 1e3, soft: true });
        model.reads(packs, steady(0.01), { returns: FILE, soft: true });
      }),
      otherwise('words and rank', 'part of the query', () => {}),
    ]);
    b.decide('meaning', [
      when(beyond, 'nearest neighbours of embeddings', 'for queries whose words the first tier does not find', () => {
        const pagesOfOne = (MACHINES.quick.bytes * FILLED) / VECTOR_BYTES;
        const vectors = b.stateful('vectors', {
          does: 'nearest pages by embedding (FAISS)',
          tier: 'first-leaves',
          copies: 2,
          perPod: {
            readsPerSecond: capacity(6000, assumed('5 ms of a vCPU for the nearest lists of 1.3B')),
            bytes: capacity(MACHINES.quick.bytes, MACHINES.quick.source),
          },
          pod: pod(30, MACHINES.quick.gib, MACHINES.quick.source),
          volume: { bytes: VECTOR_BYTES * world.pages, throughputMibs: 500 },
          rebuiltFrom: 'segments in the bucket',
        });
        const asked = times(missed, w.secondTierShare * Math.ceil(world.pages / pagesOfOne));
        ranker.reads(vectors, asked, { sends: 500, returns: 1e3, soft: true });
        vectors.reads(packs, steady((2 * 2 * changedAll * VECTOR_BYTES) / FILE), { returns: FILE });
      }),
      otherwise('words and synonyms', 'an embedding of each page is not worth its memory yet', () => {}),
    ]);

    const graph = steady((world.pages * world.linksPerPage * 8) / FILE / DAY);
    const linkAnalysis = (id: string, does: string, schedule: string, executors: number, hours: number, source: Source) => {
      if (!isHome) return;
      b.sparkJob(id, {
        does,
        schedule,
        program: 'segments',
        executors,
        executor: { vcpu: 4, memoryBytes: 16 * GIB, source: assumed('an executor of a usual size') },
        hours: capacity(hours, source),
        timeoutHours: 1.5 * hours,
      })
        .reads(packs, graph, { returns: FILE })
        .writes(packs, times(graph, 0.2), { sends: FILE });
    };
    const ranks = 'ten rounds of PageRank, spam farms, what to fetch next; until it is done the ranks before count';
    b.decide('link analysis', [
      when(beyond, 'what changed by the hour, all of it by the week', 'an hour of new links moves few ranks', () => {
        const source = derived(ch('ch4'), 'a hundredth of a whole run');
        linkAnalysis('pagerank', ranks, '0 1 * * 6', 1500, 4, derived(ch('ch2, ch4'), '4 h on 1000 for 10B pages'));
        linkAnalysis('pagerank-changes', 'ranks around links that changed', '20 * * * *', 120, 0.5, source);
      }),
      when(large, 'PageRank by the day', 'Spark on a thousand executors for four hours', () =>
        linkAnalysis('pagerank', ranks, '0 1 * * *', 1000, 4, ch('ch2, ch4')),
      ),
      when(distributed, 'PageRank by the week', 'Spark on a hundred executors', () =>
        linkAnalysis('pagerank', ranks, '0 1 * * 6', 100, 4, derived(ch('ch4'), 'a tenth of the links on a tenth of the executors')),
      ),
      otherwise('none', 'TF-IDF alone', () => {}),
      reject('the graph in Cassandra', 'every round reads all of it: files in a bucket, which Spark reads in parallel', ch('ch2')),
    ]);

    // Crawl: a domain is one partition, so one crawler, which asks it once a second.
    const sites = b.external('websites', { does: 'pages and robots.txt of the world', host: 'www.example.org', source: ch('components') });
    const writeRaw = times(crawled, stored / WARC);
    // Cached pages: assumed, asked for with one query in a thousand; the document says in which file it lies, and where.
    api.reads(raw, times(queries, 1e-3), { returns: stored, soft: true });
    const changed = times(crawled, w.changedShare);
    const partitions = (perSecond: number, each: number) => 6 * Math.ceil((2 * perSecond) / each / 6 + 0.5);
    const log = b.decide('frontier', [
      when(
        distributed,
        'Kafka, partitioned by domain',
        'a crawler that is lost leaves its domains to the others; news has a topic of its own',
        () =>
          b
            .kafka('crawl', {
              topics: [
                { name: 'frontier_news', partitions: 6, retentionSeconds: DAY },
                { name: 'frontier', partitions: partitions(crawled.peak, FETCHED.value), retentionSeconds: 14 * DAY },
                { name: 'fetched', partitions: partitions(crawled.peak, PARSED.value), retentionSeconds: DAY },
                { name: 'parsed', partitions: partitions(changed.peak, INDEXED.value), retentionSeconds: DAY },
                { name: 'events', partitions: partitions(events.peak, 200), retentionSeconds: DAY },
              ],
              retentionSeconds: DAY,
              messagesPerBroker: capacity(33e3, derived(seed('001', 1, 'ch4'), '100K/s, every message on three brokers')),
            })
            .alarm('consumer lag', Math.max(10e3, 9 * crawled.peak), derived(ch('ch4'), '10K pages are 9 s of growth’s crawl')),
      ),
      otherwise('SQLite', 'one crawler', () => undefined),
      reject('URLs by priority alone', 'crawlers would meet at the same site', ch('components')),
    ]);
    suggest.reads(packs, steady(0.01), { returns: FILE, soft: true });
    if (!log) {
      b.stateful('crawler', {
        does: 'fetches by a frontier in SQLite, once a second from a domain; parses and indexes',
        tier: 'crawl',
        copies: 1,
        perPod: { bytes: capacity(100e9, assumed('what SQLite serves well')) },
        pod: pod(0.5, 2, assumed('12 pages a second')),
        volume: { bytes: 100 * w.linksPerPage * w.pages },
      })
        .calls(sites, crawled, { sends: 500, returns: wire, soft: true })
        .writes(raw, writeRaw, { sends: WARC })
        .writes(index!, times(changed, 1 / 100), { sends: 100 * stored })
        .writes(documents!, crawled, { sends: w.textBytes });
      b.job('trie', { does: 'counts the queries of a day', tier: 'crawl', schedule: '0 3 * * *', pod: pod(0.5, 1), source: ch('ch2') })
        .reads(documents!, steady(0.1), { returns: 1e6 })
        .writes(packs, steady(10 / DAY), { sends: FILE });
      return;
    }
    const state = b.cache('crawl-state', {
      holds: 'Bloom filter of URLs seen (1 % false), robots.txt and addresses of domains, time of the last visit',
      bytes: 1.25 * w.linksPerPage * w.pages + 2 * w.pages,
      opsPerNode: capacity(100e3, assumed('ten URLs a command, in pipelines')),
      topology: 'cluster',
      eviction: 'noeviction',
    });
    const spot = { tier: 'crawl', interruptible: true, drainSeconds: 60 };
    const perMessage = capacity(FETCHED.value / URLS, derived(FETCHED.source, 'twenty URLs a message'));
    b.worker('crawler', 'robots.txt, once a second from a domain, 10 s, five redirects, traps', perMessage, { ...spot, pod: pod(2, 4) })
      .consumes(log, times(crawled, 1 / URLS), { returns: 100 * URLS })
      .writes(state, times(crawled, 2), { sends: 100 })
      .calls(sites, crawled, { sends: 500, returns: wire, soft: true })
      .writes(raw, writeRaw, { sends: WARC })
      // File and place of twenty pages that lie beside each other.
      .publishes(log, times(crawled, 1 / URLS), { sends: 200 * URLS });
    const twins = b.keyValue('simhash', {
      holds: 'pages by each quarter of their SimHash, for near duplicates (95 %)',
      partitionKey: 'quarter',
      sortKey: 'document',
      bytes: 4 * 40 * world.pages,
      itemBytes: 40,
      multiRegion,
    });
    const parsed = capacity(PARSED.value / URLS, derived(PARSED.source, 'twenty pages a message'));
    b.worker('content-processor', 'language, boilerplate, near duplicates, links', parsed, { ...spot, pod: pod(4, 8) })
      .consumes(log, times(crawled, 1 / URLS), { returns: 200 * URLS })
      .reads(raw, times(crawled, 1 / URLS), { returns: stored * URLS })
      .writes(state, crawled, { sends: 8 * w.linksPerPage })
      .reads(twins, times(changed, 4), { returns: 400 })
      .writes(twins, times(changed, 0.4), { sends: 40 })
      .writes(packs, times(changed, (w.linksPerPage * 8) / FILE), { sends: FILE })
      .publishes(log, changed, { sends: w.textBytes + w.postingBytes })
      .publishes(log, times(crawled, 0.1 / URLS), { sends: 100 * URLS });
    const indexer = b.worker('indexer', 'postings and texts of pages that changed', INDEXED, { ...spot, pod: pod(2, 8) });
    indexer.consumes(log, changed, { returns: w.textBytes + w.postingBytes });
    if (index && documents)
      indexer.writes(index, times(changed, 1 / 500), { sends: 500 * w.textBytes }).writes(documents, changed, { sends: w.textBytes });
    // Half a minute of each indexer is a segment: news is found within the minute.
    else {
      const segments = Math.max(2, (changed.average * (w.postingBytes + w.textBytes)) / FILE);
      indexer.writes(packs, steady(segments), { sends: (changed.average * (w.postingBytes + w.textBytes)) / segments });
    }
    const jobs = { tier: 'web', pod: pod(1, 2) };
    b.job('recrawl', { ...jobs, does: 'puts what is due back into the frontier, by rank', schedule: '5 * * * *', source: ch('components') })
      .reads(packs, steady((perDay(w.crawledPerDay) * 100) / FILE), { returns: FILE })
      .publishes(log, rate((0.9 * crawled.average) / URLS, (2 * crawled.average) / URLS), { sends: 100 * URLS });

    // What people ask and click.
    const logBytes = events.average * EVENTS * 60;
    const files = Math.max(0.1, logBytes / FILE);
    api.publishes(log, events, { sends: 150 * EVENTS, soft: true });
    const logs = b.objectStore('query-logs', {
      holds: 'queries, clicks and dwell times without addresses, counts by the minute',
      bytes: logBytes * DAY * 90,
      objectBytes: FILE,
      lifecycle: [
        { afterDays: 30, to: 'infrequent access' },
        { afterDays: 90, to: 'delete' },
      ],
      coldShare: { 'infrequent access': 2 / 3 },
      versioned: false,
    });
    b.worker('log-writer', 'writes files, counts queries', capacity(200, assumed('10K events a second')), { pod: pod(1, 2) })
      .consumes(log, events, { returns: 150 * EVENTS })
      .writes(logs, steady(files), { sends: logBytes / files });
    const rebuilt = large.fires ? '10 * * * *' : '10 3 * * *';
    b.job('trie', { ...jobs, does: 'makes the trie of suggestions from counts', schedule: rebuilt, source: ch('ch2, ch4') })
      .reads(logs, steady(360 / HOUR), { returns: 1e6 })
      .writes(packs, steady(16 / HOUR), { sends: FILE });
    const removals = b.keyValue('removals', {
      holds: 'addresses that may not be shown: asked for by their owners or by law, penalised domains',
      partitionKey: 'domain',
      sortKey: 'address',
      bytes: 10e9,
      itemBytes: 200,
      multiRegion,
    });
    api.writes(removals, steady(1), { soft: true });
    ranker.reads(removals, times(missed, 0.01), { soft: true });
  },

  claims: [
    claim('queries-day', 'scale', 'queries a day', 8.6e9, 'per day', ch('ch1')).against(
      (e) => e.figure('queriesPerDay'),
      '8.6B are the peak of 100K/s held all day; the average of 50K/s makes 4.3B.',
    ),
    claim('crawl-volume', 'scale', 'bytes fetched a day', 100e15, 'bytes', ch('ch1')).against(
      (e) => e.figure('crawledPerDay') * e.figure('pageBytes'),
      '1B x 100 KB are 100 TB; the 10 TB that ch1 stores of them are a tenth.',
    ),
    claim('crawl-rate', 'seed-001', 'pages fetched a second', 1e6, 'per second', ch('README')).against(
      (e) => perDay(e.figure('crawledPerDay')),
      '1M/s would fetch each of 10B pages nine times a day; ch1 has 11K/s. README has a stage of its own.',
    ),
    claim('recrawl', 'scale', 'pages fetched a day', 1e9, 'per day', ch('ch1')).against(
      (e) => e.figure('pages') / 7,
      'Popular pages daily and the others weekly, as ch1 wants, are over 1.4B; 1B visit a page each ten days.',
    ),
    claim('raw', 'seed-001', 'all pages as they are', 1e15, 'bytes', ch('README')).against(
      (e) => e.figure('pages') * e.figure('pageBytes'),
      '10B x 100 KB.',
    ),
    claim('index', 'scale', 'inverted index', 100e12, 'bytes', ch('ch4')).against(
      (e) => e.figure('indexBytes'),
      '10 KB a page is a whole text. ch1 compresses 110 TB to 10; postings are what must be in memory, texts lie elsewhere.',
    ),
    claim('index-readme', 'seed-001-readme', 'inverted index', 500e12, 'bytes', ch('README')).against(
      (e) => e.figure('indexBytes'),
      '50 KB a page would be half of the page itself.',
    ),
    claim('index-nodes', 'scale', 'nodes of the index', 300, 'nodes', derived(ch('ch4'), '100 with three replicas')).against(
      (e) => e.count('first-leaves') + e.count('leaves'),
      'Three copies in each of three regions of what must be in memory: 10 TB of postings, not the 100 TB that the sheet’s nodes keep on disks.',
    ),
    claim('search-nodes', 'growth', 'nodes of the index', 10, 'nodes', ch('ch4')).against(
      (e) => e.count('index'),
      'Ten carry 5K/s at 70 %; with a zone lost five more do, and masters come on top.',
    ),
    claim('crawlers', 'scale', 'crawlers', 100, 'crawlers', ch('ch4')).against(
      (e) => e.count('crawler'),
      '11.6K/s over 116 are 100 at 100 %; 80 % and a lost zone make nearly twice that. README has 1000.',
    ),
    claim('brokers', 'scale', 'Kafka brokers', 20, 'brokers', ch('ch4')).against(
      (e) => e.count('crawl'),
      'Three regions, each with brokers in three zones; twenty URLs are a message.',
    ),
    claim('models', 'scale', 'instances of the ranking model', 50, 'instances', ch('ch4')).against(
      (e) => e.count('ranking-model'),
      '50K/s at 1000 each, at 100 %; each region outlives the loss of a zone.',
    ),
  ],
});
