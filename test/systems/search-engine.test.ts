import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import search from '../../systems/search-engine';

const stages = Object.keys(search.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(search, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);

test('every stage with figures and the scale point are there', () => {
  expect(stages).toEqual(['launch', 'growth', 'scale', 'seed-001']);
});

test('nothing of the crawl is on the way of a query', () => {
  const serving = ['query-api', 'ranker', 'autocomplete'];
  for (const stage of stages) {
    const d = home(stage);
    const crawl = new Set(d.parts.flatMap((p) => (p.kind === 'service' && p.tier === 'crawl' ? [p.id] : [])));
    expect(crawl.size).toBe(3);
    for (const id of serving) {
      expect(part(d, 'service', id).tier).toBe('serving');
      expect(d.flows.filter((f) => f.from === id && crawl.has(f.to))).toEqual([]);
    }
  }
});

test('a crawler or indexer may be taken away: addresses and files wait until they are done', () => {
  const d = home('growth');
  for (const id of ['crawler', 'content-processor', 'indexer']) expect(part(d, 'service', id).interruptible).toBe(true);
  expect(part(d, 'kafka', 'frontier').topics.map(({ name }) => name)).toEqual(['addresses', 'fetched']);
  expect(part(d, 'queue', 'arrived').maxReceives).toBe(5);
});

test('each region has the index of the whole world, and indexes what others found', () => {
  const { deployments, workload } = plan(search, 'scale');
  expect(deployments).toHaveLength(3);
  for (const d of deployments) {
    const index = part(d, 'search', 'index');
    expect(index.dataNodes * index.storageGibPerNode * 2 ** 30).toBeGreaterThan(2 * workload.pages! * workload.indexBytes!);
    expect(flows(d, 'indexer', 'index')[0]!.rate.average).toBeCloseTo(workload.crawlRate! / 1000);
    expect(part(d, 'objectStore', 'parsed').spec.multiRegion).toBe(true);
  }
});

test('links are ranked once in the world, daily, given up after six hours', () => {
  const { deployments } = plan(search, 'scale');
  const jobs = deployments.map((d) => part(d, 'sparkJob', 'pagerank'));
  expect(jobs[0]).toMatchObject({ executors: 1000, timeoutHours: 6, schedule: '0 1 * * *' });
  expect(jobs.slice(1)).toEqual([undefined, undefined]);
  expect(part(home('growth'), 'sparkJob', 'pagerank')).toMatchObject({ executors: 100, schedule: '0 1 * * 0' });
});

test('results come without cache, snippets in memory and model; never without index and rows', () => {
  const d = home('scale');
  const hard = d.flows.filter((f) => f.from === 'ranker' && !f.soft).map(({ to }) => to);
  expect(hard.sort()).toEqual(['documents', 'index']);
  expect(d.flows.filter((f) => f.from === 'query-api' && f.to === 'queries').every((f) => f.soft)).toBe(true);
});

test('one more model is one more GPU', () => {
  expect(part(home('scale'), 'service', 'ranking-model').gpu).toMatchObject({ count: 1 });
});

test('lag of ten thousand addresses and of an hour of files are alarms', () => {
  const watched = home('growth').alarms.map(({ part: id, watched: what, threshold }) => `${id} ${what} ${threshold}`);
  expect(watched).toEqual(expect.arrayContaining(['frontier consumer lag 10000', 'arrived oldest message 3600']));
});
