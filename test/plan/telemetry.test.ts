import type { Part } from '../../plan/sizing';
import { type Telemetry, telemetry } from '../../plan/telemetry';
import { times } from '../../plan/units';
import { tinyPlan } from '../k8s/tiny-system';

const [zones] = tinyPlan('zones').deployments as [ReturnType<typeof tinyPlan>['deployments'][number]];
const [box] = tinyPlan('box').deployments as [typeof zones];
const GIB = 1024 ** 3;
const MONTH = 730 * 3600;

const busier = (factor: number) => (part: Part) =>
  part.kind === 'service'
    ? { ...part, load: { ...part.load, requests: times(part.load.requests, factor), consumed: times(part.load.consumed, factor) } }
    : part;

test('one machine: 11 lines of a thousand operations, 300 bytes, 45 around them and 26 billed', () => {
  const operations = box.parts.reduce((n, p) => n + (p.kind === 'service' ? p.load.requests.average + p.load.consumed.average : 0), 0);
  expect(operations).toBeGreaterThan(0);
  expect(telemetry(box)).toEqual({ logGb: expect.closeTo((operations * MONTH * 0.011 * 371) / GIB, 6), measuredGb: 0, metrics: 0 });
});

test('a cluster without services: its nodes and its own pods', () => {
  const bare = { ...zones, parts: [], nodeGroups: zones.nodeGroups.map((g) => ({ ...g, nodes: { ...g.nodes, expected: 3 } })) };
  const nodes = 3 * zones.nodeGroups.length;
  const pods = 6 + 5 * nodes;
  expect(telemetry(bare)).toEqual({
    logGb: expect.closeTo(1 + 0.02 * nodes),
    // A node's four events and a pod's five, each minute, as long as AWS's examples and 26 bytes more.
    measuredGb: expect.closeTo(((nodes * 5573 + pods * 8344) * 43_800) / GIB),
    // 4 controllers and 5 daemons of 9 metrics, 4 services and 4 namespaces of 7.
    metrics: 24 + 8 * nodes + 9 * 9 + 7 * 4 + 7 * 4,
  });
});

test('lines follow the load, measurements the pods', () => {
  const twice = telemetry({ ...zones, parts: zones.parts.map(busier(2)) });
  const once = telemetry(zones);
  const own = 1 + 0.02 * zones.nodeGroups.reduce((n, g) => n + g.nodes.expected, 0);
  expect(twice.logGb - own).toBeCloseTo(2 * (once.logGb - own));
  expect(twice.measuredGb).toBe(once.measuredGb);
  const many = zones.parts.map((p) => (p.kind === 'service' ? { ...p, pods: { ...p.pods, expected: p.pods.expected + 100 } } : p));
  expect(telemetry({ ...zones, parts: many }).measuredGb).toBeGreaterThan(once.measuredGb);
  // Pods of a service share its metrics.
  expect(telemetry({ ...zones, parts: many }).metrics).toBe(once.metrics);
});

test('without metrics the measurements are the same', () => {
  expect(telemetry({ ...zones, podMetrics: false })).toEqual({ ...telemetry(zones), metrics: 0 });
});

test('nothing is negative or unknown', () => {
  for (const stage of ['box', 'zone', 'zones', 'cells'])
    for (const value of Object.values(telemetry(tinyPlan(stage).deployments[0]!) satisfies Telemetry))
      expect(value).toBeGreaterThanOrEqual(0);
});
