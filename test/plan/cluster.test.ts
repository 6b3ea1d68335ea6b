import { ADDRESS_POOL, clusterDimensions, interfacesOf, SUBNETS } from '../../plan/cluster';
import type { Deployment } from '../../plan/plan';
import { plan } from '../../plan/plan';
import { tiny } from './tiny-system';

const growth = plan(tiny, 'growth').deployments[0]!;
const [group] = growth.nodeGroups;
const web = growth.parts.find((p) => p.kind === 'service')!;
/** A cluster of so many equal machines and pods. */
const cluster = (nodes: number, pods: number, zones = 3, maxPods = 250): Deployment => ({
  ...growth,
  zones,
  parts: [{ ...web, pods: { min: pods, expected: pods, peak: pods } }],
  nodeGroups: [{ ...group!, maxPods, services: ['web'], nodes: { min: nodes, expected: nodes, peak: nodes, max: nodes } }],
});
const demand = (d: Deployment, name: string) => clusterDimensions(d).find((x) => x.name === name)!.demand;

test('subnets are as large as the network makes them', () => {
  expect(SUBNETS).toEqual({ private: 16_379, isolated: 4091, public: 1019 });
});

test('every node counts, whatever its group, and every pod with the five that each node has', () => {
  const one = cluster(300, 400);
  const two = { ...one, nodeGroups: [...one.nodeGroups, { ...one.nodeGroups[0]!, services: [] }] };
  expect([demand(one, 'nodes'), demand(two, 'nodes')]).toEqual([300, 600]);
  expect([demand(one, 'pods'), demand(two, 'pods')]).toEqual([400 + 5 * 300, 400 + 5 * 600]);
});

test('a zone holds its nodes, their pools of addresses, and a half of the pods when one of three is lost', () => {
  // 100 nodes with 10 each besides 300 pods are 1300; 44 interfaces more than the first of each node.
  expect(demand(cluster(300, 600), 'addresses of private subnets')).toBe(100 * ADDRESS_POOL.minimum + 300 + 100 + 44);
});

test('one zone holds all pods, and a quarter more while they are rolled out', () => {
  expect(demand(cluster(10, 40, 1), 'addresses of private subnets')).toBe(10 * ADDRESS_POOL.minimum + 50 + 10 + 5);
});

test('small machines need an interface for every nine pods', () => {
  expect(interfacesOf(cluster(30, 300, 3, 29))).toBe(3 * (10 + Math.floor((100 + 150) / 9)));
});

test('nodes of isolated tiers have their addresses in isolated subnets', () => {
  const open = cluster(30, 60);
  const isolated = { ...open, parts: open.parts.map((p) => ({ ...p, isolated: true })) } as Deployment;
  expect(clusterDimensions(open).map((d) => d.name)).toEqual(['nodes', 'pods', 'addresses of private subnets']);
  expect(demand(isolated, 'addresses of private subnets')).toBe(0);
  expect(demand(isolated, 'addresses of isolated subnets')).toBe(demand(open, 'addresses of private subnets'));
});

test('one machine has no cluster to fill', () => {
  expect(clusterDimensions({ ...growth, platform: 'k3s' })).toEqual([]);
});
