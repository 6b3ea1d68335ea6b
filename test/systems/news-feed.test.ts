import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import feed from '../../systems/news-feed';

const stages = Object.keys(feed.stages);
const onCluster = stages.filter((name) => name !== 'launch');
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(feed, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);

test('a path of growth, the stated fleet and every scale point are there', () => {
  expect(stages).toEqual(['launch', 'growth', 'scale', 'stated-fleet', 'seed-001', 'seed-001-readme', 'seed-003', 'seed-004']);
});

test('a post is pushed to followers of this week; who has too many is written once and merged on read', () => {
  const d = home('scale');
  const { postsPeak, pulledShare, followers, reachedShare } = d.workload as Record<string, number>;
  expect(flows(d, 'fan-out', 'timelines')[0]!.rate.peak).toBeCloseTo((1 - pulledShare!) * postsPeak! * followers! * reachedShare!);
  expect(flows(d, 'post-service', 'timelines')[0]!.rate.peak).toBeCloseTo(pulledShare! * postsPeak!);
  expect(flows(d, 'feed-service', 'timelines')[0]!.rate.peak).toBeCloseTo(2 * d.workload.readsPeak!);
});

test('partitions leave room to add consumers', () => {
  for (const stage of onCluster) {
    const d = home(stage);
    const topic = part(d, 'kafka', 'events').topics.find(({ name }) => name === 'post.created')!;
    expect(topic.partitions).toBeGreaterThanOrEqual(part(d, 'service', 'fan-out').pods.peak);
    expect(topic.retentionSeconds).toBe(7 * 86_400);
  }
});

test('a feed is answered without ranking, counters and features, and never without knowing who may see what', () => {
  for (const stage of onCluster) {
    const d = home(stage);
    const hard = d.flows.filter((f) => f.from === 'feed-service' && !f.soft).map(({ to }) => to);
    expect(hard.sort()).toEqual(['graph-service', stage === 'growth' ? 'graph' : 'posts'].sort());
  }
});

test('ranking runs on what AWS may take back', () => {
  expect(part(home('stated-fleet'), 'service', 'ranking-service').interruptible).toBe(true);
});

test('content is cached apart in Memcached, ids in Redis with a copy in another zone', () => {
  const d = home('stated-fleet');
  expect(part(d, 'cache', 'post-cache').engine).toBe('memcached');
  expect(part(d, 'cache', 'timelines')).toMatchObject({
    topology: 'cluster',
    replicasPerShard: 1,
    eviction: 'volatile-ttl',
    snapshots: true,
  });
});

test('a post that all like has eight counters', () => {
  const commands = (set: Record<string, number>) => flows(home('stated-fleet', set), 'feed-service', 'counters')[0]!.rate.peak;
  expect(commands({ hottestPeak: 200e3 }) / commands({ hottestPeak: 10e3 })).toBeCloseTo(20 / 3);
});

test('posts go by themselves after a month, from a table that every region has; timelines stay at home', () => {
  const { deployments } = plan(feed, 'stated-fleet');
  expect(deployments).toHaveLength(3);
  const posts = part(deployments[0]!, 'wideColumn', 'posts');
  expect(posts.multiRegion).toBe(true);
  expect(posts.tables.find(({ name }) => name === 'posts')).toMatchObject({
    ttlSeconds: 30 * 86_400,
    partitionKey: [{ name: 'author_id' }],
  });
});

test('who follows an author abroad gets his posts: each region pushes those of the others from a table that all have', () => {
  for (const d of plan(feed, 'stated-fleet').deployments) {
    const { postsPeak, abroadShare } = d.workload as Record<string, number>;
    const { share } = d.region;
    const foreign = (abroadShare! * postsPeak! * (1 - share)) / share;
    expect(part(d, 'wideColumn', 'posts').tables.map(({ name }) => name)).toContain('abroad');
    expect(flows(d, 'importer', 'events')[0]!.rate.peak).toBeCloseTo(foreign);
    expect(flows(d, 'fan-out', 'events')[0]!.rate.peak).toBeCloseTo(postsPeak! + foreign);
  }
  expect(flows(home('scale'), 'importer', 'events')).toEqual([]);
});

test('lag of a minute is an alarm', () => {
  const d = home('scale');
  const alarm = d.alarms.find(({ part: id, watched }) => id === 'events' && watched === 'consumer lag')!;
  expect(alarm.threshold).toBeCloseTo(60 * d.workload.postsPeak!);
});

test('feeds of test accounts are opened every five minutes, whatever the stage', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(part(d, 'job', 'privacy-audit').schedule).toBe('*/5 * * * *');
    expect(flows(d, 'privacy-audit', 'feed-service')).toHaveLength(1);
  }
});

test('followers come from memory, and from one of several databases without it', () => {
  for (const stage of onCluster) {
    const d = home(stage);
    expect(flows(d, 'graph-service', 'timelines')).toMatchObject([{ verb: 'reads', soft: true }]);
    expect(flows(d, 'graph-service', 'graph').find(({ verb }) => verb === 'reads')!.soft ?? false).toBe(false);
    expect(part(d, 'relational', 'graph')).toMatchObject({ topology: 'multi-az', readersPerShard: expect.any(Number) });
    expect(part(d, 'relational', 'graph').readersPerShard).toBeGreaterThanOrEqual(2);
  }
});

test('memory of timelines, hits of posts and latency of feeds are alarms', () => {
  expect(home('scale').alarms).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ part: 'timelines', watched: 'memory used', threshold: 0.7 }),
      expect.objectContaining({ part: 'post-cache', watched: 'hit ratio', threshold: 0.85 }),
      expect.objectContaining({ part: 'web', watched: 'latency p99', threshold: 0.4 }),
    ]),
  );
});
