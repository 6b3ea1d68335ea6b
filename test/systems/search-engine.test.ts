import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import search from '../../systems/search-engine';

const stages = Object.keys(search.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(search, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) =>
  d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K] | undefined;
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);
const chosen = (stage: string, about: string) => plan(search, stage).decisions.find((d) => d.about === about)?.chosen;

test('every stage of the sheet and its scale points are there', () => {
  expect(stages).toEqual(['launch', 'growth', 'scale', 'beyond', 'seed-001', 'seed-001-readme']);
  expect(search.claims.filter(({ stage }) => !stages.includes(stage))).toEqual([]);
});

test('launch is one machine with a crawler that keeps its frontier on a disk, one search node type and one database', () => {
  const d = home('launch');
  expect([d.platform, d.nodeGroups.length]).toEqual(['k3s', 1]);
  expect(part(d, 'stateful', 'crawler')!.volume).toBeDefined();
  expect(d.parts.filter(({ kind }) => ['kafka', 'cache', 'sparkJob', 'keyValue'].includes(kind))).toEqual([]);
});

test('a crawler that is lost takes nothing with it: the frontier is kept by domain, longer than a round through all pages', () => {
  const { topics } = part(home('growth'), 'kafka', 'crawl')!;
  const frontier = topics.find(({ name }) => name === 'frontier')!;
  expect(frontier.retentionSeconds).toBeGreaterThan(10 * 86_400);
  expect(topics.map(({ name }) => name)).toContain('frontier_news');
  expect(part(home('growth'), 'service', 'crawler')).toMatchObject({ interruptible: true, scaleOn: 'queue depth' });
  // Each fetch is noted with its domain before the next; a site that is down is no fault of ours.
  expect(flows(home('growth'), 'crawler', 'crawl-state')[0]!.soft).toBeUndefined();
  expect(flows(home('growth'), 'crawler', 'websites')[0]!.soft).toBe(true);
});

test('crawler, parser and indexer are on machines that may go, and nobody who asks waits for them', () => {
  const d = home('scale');
  const spot = d.nodeGroups.find(({ tier }) => tier === 'crawl')!;
  expect([...spot.services].sort()).toEqual(['content-processor', 'crawler', 'indexer']);
  expect(spot.spot).toBeDefined();
});

test('all pages are in the memory of each region, in three copies over three zones, and come back from segments', () => {
  for (const d of plan(search, 'scale').deployments)
    for (const [id, share] of [
      ['first-leaves', 0.1],
      ['leaves', 0.9],
    ] as const) {
      const leaves = part(d, 'stateful', id)!;
      expect([leaves.replicas, leaves.rebuiltFrom]).toEqual([3, 'segments in the bucket']);
      expect(leaves.sets.length * leaves.memoryBytes * 0.8).toBeGreaterThan(share * 10e9 * 1000);
      expect(flows(d, id, 'segments').map(({ verb }) => verb)).toEqual(['reads']);
    }
});

test('a query asks every shard of the first tier, and one in five those of the second, without which it is still answered', () => {
  const d = home('scale');
  const missed = d.workload.queriesPeak! * 0.5;
  const [first] = flows(d, 'ranker', 'first-leaves');
  const [second] = flows(d, 'ranker', 'leaves');
  expect(first!.rate.peak).toBeCloseTo(missed * Math.ceil(1e12 / 84e9));
  expect(second!.rate.peak).toBeCloseTo(0.2 * missed * Math.ceil(9e12 / 176e9));
  expect([first!.soft, second!.soft]).toEqual([undefined, true]);
});

test('PageRank runs in one region, reads and writes files, and is given up after six hours', () => {
  const { deployments } = plan(search, 'scale');
  expect(deployments.map((d) => d.parts.filter(({ kind }) => kind === 'sparkJob').length)).toEqual([1, 0, 0]);
  const job = part(deployments[0]!, 'sparkJob', 'pagerank')!;
  expect([job.count, job.timeoutHours, Math.round(job.runs)]).toEqual([1001, 6, 30]);
  expect(new Set(deployments[0]!.flows.filter(({ from }) => from === 'pagerank').map(({ to }) => to))).toEqual(new Set(['segments']));
  expect(['launch', 'growth', 'scale', 'beyond'].map((stage) => chosen(stage, 'link analysis'))).toEqual([
    'none',
    'PageRank by the week',
    'PageRank by the day',
    'what changed by the hour, all of it by the week',
  ]);
});

test('without cache, model or snippets there is an answer; with the cache half of the queries reach the index', () => {
  const d = home('scale');
  const soft = [['query-api', 'query-cache'], ['ranker', 'ranking-model'], ['ranker', 'snippets']] as const; // prettier-ignore
  for (const [from, to] of soft) expect(new Set(flows(d, from, to).map((f) => f.soft))).toEqual(new Set([true]));
  expect(flows(d, 'query-api', 'ranker')[0]!.rate.peak).toBeCloseTo(d.workload.queriesPeak! / 2);
  expect(d.alarms).toContainEqual(expect.objectContaining({ part: 'query-cache', watched: 'hit ratio', threshold: 0.5 }));
});

test('news is found within a minute: indexers write segments of their own every few seconds', () => {
  const d = home('scale');
  expect(flows(d, 'indexer', 'segments')[0]!.rate.average).toBeGreaterThanOrEqual(2);
  expect(part(d, 'objectStore', 'segments')!.spec.multiRegion).toBe(true);
});

test('fetched pages go through the bucket, and the log carries where they lie', () => {
  const d = home('scale');
  const { crawledPerDay, storedShare, pageBytes } = d.workload as Record<string, number>;
  const bytes = (from: string, verb: string) => d.flows.filter((f) => f.from === from && f.to === 'pages' && f.verb === verb);
  const read = bytes('content-processor', 'reads')[0]!;
  const fetched = (crawledPerDay! * storedShare! * pageBytes!) / 86_400;
  expect(read.rate.average * read.returnedBytes).toBeCloseTo(fetched, -3);
  expect(bytes('crawler', 'writes')[0]!.rate.average * bytes('crawler', 'writes')[0]!.sentBytes).toBeCloseTo(fetched, -3);
  const told = flows(d, 'crawler', 'crawl').filter(({ verb }) => verb === 'publishes');
  expect(told.reduce((n, f) => n + f.rate.average * f.sentBytes, 0)).toBeLessThan(fetched / 20);
});

test('near duplicates are found by any quarter of their SimHash, in every region', () => {
  const d = home('scale');
  expect(flows(d, 'content-processor', 'simhash').find(({ verb }) => verb === 'reads')!.rate.average).toBeCloseTo(
    (4 * 0.3 * d.workload.crawledPerDay!) / 86_400,
  );
  expect(part(d, 'keyValue', 'simhash')!.spec).toMatchObject({ partitionKey: 'quarter', multiRegion: true });
});

test('what must not be shown is known to every ranker and region', () => {
  for (const d of plan(search, 'scale').deployments) {
    expect(part(d, 'keyValue', 'removals')!.spec.multiRegion).toBe(true);
    expect(flows(d, 'ranker', 'removals')).toHaveLength(1);
  }
});

test.each(stages)('%s has no more consumers than partitions', (stage) => {
  for (const d of plan(search, stage).deployments) {
    const topics = part(d, 'kafka', 'crawl')?.topics;
    if (!topics) continue;
    const partitions = (name: RegExp) => topics.reduce((n, t) => n + (name.test(t.name) ? t.partitions : 0), 0);
    const pods = (id: string) => part(d, 'service', id)!.pods.peak;
    expect(pods('crawler')).toBeLessThanOrEqual(partitions(/frontier/));
    expect(pods('content-processor')).toBeLessThanOrEqual(partitions(/fetched/));
    expect(pods('indexer')).toBeLessThanOrEqual(partitions(/parsed/));
    expect(pods('log-writer')).toBeLessThanOrEqual(partitions(/events/));
  }
});

test('ten thousand pages that wait for the index are an alarm, and no fewer where a minute brings more', () => {
  for (const stage of stages.filter((name) => part(home(name), 'kafka', 'events') ?? part(home(name), 'kafka', 'log'))) {
    const lag = home(stage).alarms.find(({ watched }) => watched === 'consumer lag')!;
    expect(lag.threshold).toBeGreaterThanOrEqual(10e3);
  }
  expect(home('growth').alarms.map(({ watched }) => watched)).toContain('consumer lag');
});
