import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import limiter from '../../systems/rate-limiter';

const stages = Object.keys(limiter.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(limiter, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const chosen = (stage: string, about: string, set: Record<string, number> = {}): string =>
  plan(limiter, stage, set).decisions.find((d) => d.about === about)!.chosen;

test('every stage of the sheet and every scale point is there', () => {
  expect(stages).toEqual(['start', 'reference-design', 'worst-case', 'seed-000', 'seed-003', 'seed-004']);
});

describe.each(stages)('%s', (stage) => {
  test('every check that is not absorbed reaches Redis', () => {
    const d = home(stage);
    const { checksPeak, localShare } = d.workload;
    const checks = d.flows.filter((f) => f.to === 'counters' && f.verb === 'writes' && f.from !== 'admin');
    expect(checks.reduce((n, f) => n + f.rate.peak, 0)).toBeCloseTo(checksPeak! * (1 - 0.9 * localShare!), 3);
  });

  test('the rules are off the path of requests', () => {
    const d = home(stage);
    expect(part(d, 'relational', 'rules').load.reads.peak).toBeLessThan(d.workload.requestsPeak! / 100);
  });
});

test('one primary up to 100K requests per second, a cluster beyond', () => {
  expect(part(home('start'), 'cache', 'counters')).toMatchObject({ topology: 'failover', count: 2 });
  expect(part(home('start', { requestsPeak: 100_001 }), 'cache', 'counters').topology).toBe('cluster');
});

test('without counters in the servers each check is a script and takes a dozen nodes and more', () => {
  const shards = (set: Record<string, number>) => part(home('reference-design', set), 'cache', 'counters').shards;
  expect(shards({ localShare: 0 })).toBeGreaterThanOrEqual(13);
  expect(shards({ localShare: 0.39 })).toBeGreaterThan(2 * shards({ localShare: 0.4 }));
  expect(part(home('worst-case'), 'cache', 'counters').shards).toBe(shards({ localShare: 0 }));
});

test('a flood is filtered at the edge, and only then is there an edge', () => {
  expect(chosen('seed-000', 'floods')).toBe('balancer and gateway');
  const d = home('seed-000', { attackPeak: 10e6 });
  expect(part(d, 'edge', 'edge').spec.firewall).toBe(true);
  expect(d.flows.filter((f) => f.to === 'front').map((f) => f.from)).toEqual(['edge']);
});

test('counters take 100 bytes each', () => {
  expect(home('reference-design').workload.counterBytes).toBe(41e6);
  expect(home('seed-003').workload.counterBytes).toBe(10e9);
});

test('a small API on one machine has neither balancer nor cluster', () => {
  const d = home('seed-004', { availability: 0.99 });
  expect(d.platform).toBe('k3s');
  expect(d.parts.some((p) => p.kind === 'loadBalancer')).toBe(false);
  expect(d.flows.some((f) => f.from === 'clients' && f.to === 'gateway')).toBe(true);
});

test('a busier API never gets fewer nodes', () => {
  const sizes = [10e3, 50e3, 100e3, 250e3, 500e3, 1e6, 3e6].map((requestsPeak) => {
    const { cells, nodeGroups, parts } = home('seed-000', { requestsPeak, tenants: 10e3 });
    const redis = parts.find((p) => p.id === 'counters')!.count;
    return [cells * nodeGroups.reduce((n, g) => n + g.nodes.max * g.vcpu, 0), cells * redis];
  });
  for (const dimension of [0, 1]) {
    const values = sizes.map((s) => s[dimension]!);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  }
});
