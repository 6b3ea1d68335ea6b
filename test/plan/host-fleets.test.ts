import { estimateAvailability } from '../../plan/availability';
import { machinesUp, promiseOf } from '../../plan/availability/figures';
import { clusterDimensions } from '../../plan/cluster';
import { endpointsOf } from '../../plan/endpoints';
import type { Flow, Verb } from '../../plan/flow';
import { growInPlace } from '../../plan/growth';
import { requireHostFleets } from '../../plan/host-fleets';
import { gbWith, interfaceEndpoints } from '../../plan/interface-endpoints';
import { plan } from '../../plan/plan';
import { LIMITS } from '../../plan/quotas';
import type { HostFleetPart } from '../../plan/sizing/host-fleet';
import { smallest } from '../../plan/smallest';
import { GIB, MONTH, steady } from '../../plan/units';
import { tinyArena, tinyArenaPlan } from './tiny-arena';

const [zone, zones] = ['zone', 'zones'].map((name) => tinyArenaPlan(name).deployments[0]!) as [Deployment, Deployment];
type Deployment = ReturnType<typeof tinyArenaPlan>['deployments'][number];
const fleetOf = ({ parts }: Deployment) => parts.find(({ kind }) => kind === 'hostFleet') as HostFleetPart;
const withPart = (d: Deployment, part: HostFleetPart): Deployment => ({ ...d, parts: d.parts.map((p) => (p.id === part.id ? part : p)) });
const flow = (from: string, verb: Verb, to: string): Flow => ({ from, to, verb, rate: steady(1), sentBytes: 1, returnedBytes: 1 });
const needed = (name: string, d: Deployment) => LIMITS.find((l) => l.name === name)!.needed(d);

test('one machine has no host fleet, and says so', () => {
  expect(() => plan(tinyArena, 'zone', { cluster: 0 })).toThrow('host fleet "matches" is declared for a stage of one machine');
});

test('its sessions are handed out by a service, for clients who speak to it themselves', () => {
  const without = (from: string) => ({ ...zones, flows: zones.flows.filter((f) => f.from !== from || f.to !== 'matches') });
  expect(() => requireHostFleets(zones)).not.toThrow();
  expect(() => requireHostFleets(without('allocator'))).toThrow('no service hands out sessions of host fleet "matches"');
  expect(() => requireHostFleets(without('clients'))).toThrow('no clients call host fleet "matches"');
});

test('no balancer stands before it, and it finds no pod', () => {
  const and = (more: Flow) => ({ ...zones, flows: [...zones.flows, more] });
  expect(() => requireHostFleets(and(flow('web', 'routes', 'matches')))).toThrow('web routes host fleet "matches"');
  expect(() => requireHostFleets(and(flow('matches', 'calls', 'lobby')))).toThrow('"lobby", whose name only the cluster knows');
});

test('who hands out its sessions is told the group and the ports', () => {
  expect(endpointsOf(fleetOf(zones))).toEqual([
    { variable: 'MATCHES_GROUP', output: 'MatchesGroup' },
    { variable: 'MATCHES_PORT', value: '9000' },
    { variable: 'MATCHES_UDP_PORTS', value: '7000-7099' },
  ]);
});

test('hosts count at their most, as processors and as network interfaces', () => {
  const vcpus = 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, vCPUs';
  const none = { ...zones, parts: zones.parts.filter(({ kind }) => kind !== 'hostFleet') };
  const { count, vcpu } = fleetOf(zones);
  expect(needed(vcpus, zones) - needed(vcpus, none)).toBe(count * vcpu);
  expect(needed('Network interfaces per Region', zones) - needed('Network interfaces per Region', none)).toBe(count);
});

test('public subnets hold the hosts of a lost zone, and ask for cells where they do not', () => {
  const addresses = (d: Deployment) => clusterDimensions(d).find(({ name }) => name === 'addresses of public subnets');
  const hosts = (count: number) => addresses(withPart(zones, { ...fleetOf(zones), count }))!;
  // A half of them, eight addresses of a balancer, and the NAT gateway.
  expect(hosts(2000)).toMatchObject({ demand: 1000 + 8 + 1, perUnit: 1019 });
  expect(hosts(2100).demand).toBeGreaterThan(1019);
  expect(addresses({ ...zones, parts: zones.parts.filter(({ kind }) => kind !== 'hostFleet') })).toBeUndefined();
});

test('there is a host for a new session as long as a zone is up', () => {
  expect(promiseOf(fleetOf(zone))).toEqual(machinesUp(1));
  expect(promiseOf(fleetOf(zones))).toEqual(machinesUp(3));
  const { entries } = estimateAvailability([zones], 0.999);
  expect(entries.find(({ entry }) => entry === 'matches')!.path.map(({ part }) => part)).toEqual(['matches']);
});

test('hosts reach AWS by addresses of their own, past NAT; an endpoint that is there they pass', () => {
  const queue = zones.parts.find(({ id }) => id === 'results')!;
  expect(gbWith(queue, zones)).toBe(0);
  const asked = { ...flow('lobby', 'publishes', 'results'), rate: steady((1000 * GIB) / MONTH / 2) };
  const busy = { ...zones, flows: [...zones.flows, asked] };
  const byHosts = zones.flows.find((f) => f.from === 'matches' && f.to === 'results')!;
  const gb = (byHosts.rate.average * (byHosts.sentBytes + byHosts.returnedBytes) * MONTH) / GIB;
  expect(interfaceEndpoints(busy).get('sqs')!.gb).toBeCloseTo(1000 + gb);
});

test('it holds nothing: growing moves nothing of it and stops no host', () => {
  const grown = growInPlace(tinyArenaPlan('zone'), tinyArenaPlan('more'));
  expect(grown.growth).toMatchObject({ migrations: [], interruptions: [] });
});

test('a sandbox has one small host', () => {
  const small = fleetOf(smallest(tinyArenaPlan('zones')).deployments[0]!);
  expect(small).toMatchObject({ instanceType: 't4g.micro', count: 1, hosts: { min: 1, expected: 1, peak: 1 }, zones: 1 });
});
