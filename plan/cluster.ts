import { DAEMON_ROOM } from './catalogue/node-room';
import { systemPods } from './cluster-system-pods';
import type { Dimension } from './fit';
import { isolatedTiers } from './isolation';
import { type NodeGroup, SURGE_SHARE } from './packing';
import type { Deployment } from './plan';
import { podsOf, runsAsPods } from './pods';
import type { Part } from './sizing';
import { docs } from './source';

const READ = '2026-11-22';
/** EKS runs larger clusters for those who arrange it with AWS. */
const LARGEST = { nodes: 5000, pods: 150_000 };
const LARGEST_SOURCE = docs(
  'Kubernetes docs, Considerations for large clusters',
  READ,
  'https://kubernetes.io/docs/setup/best-practices/cluster-large/',
);
/** Of a zone: a /18, a /20 for isolated tiers and what holds data, and a public /22 (constructs/network.ts); AWS keeps five addresses of each. */
export const SUBNETS = { private: 2 ** 14 - 5, isolated: 2 ** 12 - 5, public: 2 ** 10 - 5 };
const SUBNET_SIZE = docs('AWS docs, Subnet CIDR blocks', READ, 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html');
/** Addresses of a zone that a balancer has to find free: AWS docs, Application Load Balancers, subnets (2026-11-23). */
const BALANCER_ADDRESSES = 8;
const SPARE = 5;
/**
 * Addresses a node keeps for pods: at least so many, and so many more than it has pods. By default it would keep a whole spare network
 * interface, 30 addresses of a large machine that holds four pods. Not prefixes: blocks of 16 waste more on such machines, and fragment
 * their subnet. Each change is a call to EC2, which long-lived pods make few of.
 * https://github.com/aws/amazon-vpc-cni-k8s/blob/df0f292bee30d7b70b130f2afa00ac88302c24eb/docs/eni-and-ip-target.md, 2026-11-22.
 */
export const ADDRESS_POOL = { minimum: DAEMON_ROOM.pods + SPARE, spare: SPARE };

type Cluster = Pick<Deployment, 'nodeGroups' | 'parts' | 'platform' | 'zones'>;

/** What a cluster and its network can run out of, with every node there is at most. One machine has neither. */
export function clusterDimensions(cluster: Cluster): Dimension[] {
  const { nodeGroups, platform } = cluster;
  if (platform === 'k3s') return [];
  const isolated = isolatedTiers(cluster);
  const nodesIn = (subnet: 'private' | 'isolated'): number =>
    nodeGroups
      .filter(({ tier }) => isolated.has(tier) === (subnet === 'isolated'))
      .reduce((n, group) => n + inZone(group, cluster).addresses, 0);
  const addresses = (subnet: keyof typeof SUBNETS, demand: number): Dimension => ({
    name: `addresses of ${subnet} subnets`,
    demand,
    perUnit: SUBNETS[subnet],
    unit: `${subnet} addresses in a zone`,
    source: SUBNET_SIZE,
  });
  const total = (what: keyof typeof LARGEST, of: (group: NodeGroup) => number): Dimension => ({
    name: what,
    demand: nodeGroups.reduce((n, group) => n + of(group), 0),
    perUnit: LARGEST[what],
    unit: what,
    source: LARGEST_SOURCE,
  });
  return [
    total('nodes', (group) => group.nodes.max),
    total('pods', (group) => podsIn(group, cluster.parts) + group.nodes.max * DAEMON_ROOM.pods),
    addresses('private', nodesIn('private')),
    ...(isolated.size > 0 ? [addresses('isolated', nodesIn('isolated'))] : []),
    ...(cluster.parts.some(({ kind }) => kind === 'hostFleet') ? [addresses('public', publicInZone(cluster))] : []),
  ];
}

/** Hosts of a zone with those of a lost one, balancers at their largest, and the NAT gateway. */
function publicInZone({ parts, zones }: Cluster): number {
  const of = (part: Part): number => {
    if (part.kind === 'hostFleet') return Math.ceil(part.count / Math.max(zones - 1, 1));
    return part.kind === 'loadBalancer' && part.public ? part.count * BALANCER_ADDRESSES : 0;
  };
  return parts.reduce((n, part) => n + of(part), 1);
}

/** Network interfaces of all nodes there are at most. */
export const interfacesOf = (cluster: Cluster): number =>
  cluster.nodeGroups.reduce((n, group) => n + cluster.zones * inZone(group, cluster).interfaces, 0);

/** What a group takes of the network of one zone: the pods of a lost zone move in, or those of a roll-out come on top. */
function inZone(group: NodeGroup, { parts, zones }: Cluster): { interfaces: number; addresses: number } {
  const nodes = Math.ceil(group.nodes.max / zones);
  const pods = Math.ceil(podsIn(group, parts) * (zones > 1 ? 1 / (zones - 1) : 1 + SURGE_SHARE));
  const forPods = nodes * ADDRESS_POOL.minimum + pods;
  // Each interface has an address of its own; those of a node but the last are full.
  const interfaces = nodes + Math.floor(forPods / addressesPerInterface(group.maxPods));
  return { interfaces, addresses: forPods + interfaces };
}

function podsIn({ services }: NodeGroup, parts: readonly Part[]): number {
  const own = parts.filter(runsAsPods).flatMap((p) => (services.includes(p.id) ? podsOf(p).peak : []));
  const system = systemPods(parts)
    .filter((s) => services.includes(s.service))
    .map((s) => s.pods.peak);
  return [...own, ...system].reduce((a, b) => a + b, 0);
}

/** Addresses for pods on an interface: 29 pods on 3 of them, 58 on 4, 234 and more on 8 and more, less the 2 that have the node's (catalogue/ec2.ts). */
function addressesPerInterface(maxPods: number): number {
  if (maxPods <= 29) return 9;
  return maxPods <= 58 ? 14 : 29;
}
