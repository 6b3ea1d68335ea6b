import { parse } from 'yaml';
import { controllersOf } from '../../k8s/controllers';
import { systemPods } from '../../plan/cluster-system-pods';
import type { Plan } from '../../plan/plan';
import type { Json } from './read-manifests';
import { tinyPlan } from './tiny-system';

const helmfilesOf = (plan: Plan, outputs = {}): Json[] => controllersOf(plan, { outputs }).map(({ text }) => parse(text));
const releasesOf = (plan: Plan, outputs = {}): Map<string, Json> =>
  new Map(helmfilesOf(plan, outputs)[0].releases.map((r: Json) => [r.name, r]));
const zones = tinyPlan('zones');
const releases = releasesOf(zones);

/** Every `{ cpu, memory }` below a value, wherever the chart keeps it. */
const requestsIn = (value: Json): Json[] =>
  typeof value !== 'object' || value === null
    ? []
    : [...(value.requests ? [value.requests] : []), ...Object.values(value).flatMap((v) => requestsIn(v))];

test('each cluster has a file of its own, for its own context; the one machine has none', () => {
  expect(controllersOf(tinyPlan('box'))).toEqual([]);
  const cells = controllersOf(tinyPlan('cells'));
  expect(cells.length).toBeGreaterThan(1);
  cells.forEach(({ path, text }, i) => {
    const place = i === 0 ? 'us-east-1' : `us-east-1-cell${i + 1}`;
    expect(path).toBe(`${place}/helmfile.yaml`);
    expect(parse(text).helmDefaults.kubeContext).toBe(`tiny-cells-${place}`);
  });
});

test('charts are pinned and come from a repository that the file names', () => {
  const [{ repositories }] = helmfilesOf(zones) as [Json];
  const names = repositories.map((r: Json) => r.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { chart, version } of releases.values()) {
    expect(names).toContain(chart.split('/')[0]);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  }
  for (const { url } of repositories) expect(url).toMatch(/^https:\/\//);
});

test('a stage gets the controllers its parts need', () => {
  expect([...releases.keys()]).toEqual(['aws-load-balancer-controller', 'cluster-autoscaler', 'keda']);
  const [deployment] = zones.deployments;
  const parts = deployment!.parts.map((p) => (p.kind === 'service' ? { ...p, scaleOn: 'cpu' as const } : p));
  expect([...releasesOf({ ...zones, deployments: [{ ...deployment!, parts }] }).keys()]).not.toContain('keda');
});

test('pods request what the packing counted, and stand on the tier it counted them on', () => {
  const [{ parts, nodeGroups }] = zones.deployments as [Plan['deployments'][number]];
  const addons = ['coredns', 'metrics-server', 'cloudwatch-operator'];
  const planned = systemPods(parts).filter((s) => !addons.includes(s.service));
  const quantity = (s: (typeof planned)[number]) => `${s.vcpu * 1000}m ${s.memoryBytes / 2 ** 20}Mi`;
  const requested = [...releases.values()].flatMap((r) => requestsIn(r.values)).map((r) => `${r.cpu} ${r.memory}`);
  expect(requested.sort()).toEqual(planned.map(quantity).sort());
  for (const { values } of releases.values()) {
    const tier = nodeGroups.find((g) => g.services.includes('cluster-autoscaler'))!.tier;
    expect(values[0].nodeSelector).toEqual({ 'scaleprint.dev/tier': tier });
  }
  const replicas = (name: string) => planned.find((s) => s.service === name)!.pods.peak;
  expect(releases.get('aws-load-balancer-controller').values[0].replicaCount).toBe(replicas('aws-load-balancer-controller'));
  expect(releases.get('keda').values[0].operator.replicaCount).toBe(replicas('keda-operator'));
});

test('they are told their cluster and network', () => {
  const outputs = { 'tiny-zones-us-east-1-compute': { VpcId: 'vpc-1' } };
  expect(releasesOf(zones, outputs).get('aws-load-balancer-controller').values[0]).toMatchObject({
    clusterName: 'tiny-zones-us-east-1',
    region: 'us-east-1',
    vpcId: 'vpc-1',
  });
  expect(releases.get('cluster-autoscaler').values[0]).toMatchObject({
    autoDiscovery: { clusterName: 'tiny-zones-us-east-1' },
    awsRegion: 'us-east-1',
  });
});
