import {
  type INetworkPolicyPeer,
  Namespaces,
  NetworkPolicy,
  NetworkPolicyIpBlock,
  NetworkPolicyPort,
  type NetworkPolicyRule,
  NetworkPolicyTrafficDefault,
  Pods,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { callersOf, type Cell, reachedBy, type Workload, workloadsOf } from './cell';
import { selectorLabels } from './labels';
import { podListenersOf, type SizedListener } from '../plan/listeners';
import { type Outside, POD_PORT, reachOf } from '../plan/reach';
import { EVENT_AUTOSCALER, scalesOnEvents } from '../plan/cluster-system-pods';
import { interfaceEndpoints } from '../plan/interface-endpoints';
import { runsAsPods } from '../plan/pods';
import { PEER_PORT } from '../plan/ports';

/** Where pods get AWS credentials: the agent of EKS Pod Identity, or the machine's instance metadata. */
const CREDENTIALS = { eks: '169.254.170.23/32', k3s: '169.254.169.254/32' };
const tcp = (ports: readonly number[]): NetworkPolicyPort[] => ports.map((port) => NetworkPolicyPort.tcp(port));

/** Nothing in the namespace talks to anything but DNS unless a flow says so. */
export function addDefaultDeny(scope: Construct): void {
  const dns = {
    peer: podsOf(scope, 'kube-system', { 'k8s-app': 'kube-dns' }),
    ports: [NetworkPolicyPort.udp(53), NetworkPolicyPort.tcp(53)],
  };
  new NetworkPolicy(scope, 'default-deny', {
    metadata: { name: 'default-deny' },
    ingress: { default: NetworkPolicyTrafficDefault.DENY },
    egress: { default: NetworkPolicyTrafficDefault.DENY, rules: [dns] },
  });
}

/** Opens exactly the workload's flows. */
export function addNetworkPolicy(scope: Construct, cell: Cell, workload: Workload): void {
  const peers = new Construct(scope, 'network-policy-peers');
  new NetworkPolicy(scope, 'network-policy', {
    metadata: { name: workload.id },
    selector: Pods.select(peers, 'self', { labels: selectorLabels(workload.id) }),
    ingress: { default: NetworkPolicyTrafficDefault.DENY, rules: ingressOf(peers, cell, workload) },
    egress: { default: NetworkPolicyTrafficDefault.DENY, rules: egressOf(peers, cell, workload) },
  });
}

function ingressOf(scope: Construct, cell: Cell, workload: Workload): NetworkPolicyRule[] {
  const { flows, platform } = cell.deployment;
  const pods = new Set(workloadsOf(cell).map((w) => w.id));
  const callers = callersOf(cell, workload.id);
  const at = (peer: INetworkPolicyPeer, ports = tcp([POD_PORT])): NetworkPolicyRule => ({ peer, ports });
  const rules = callers.filter((id) => pods.has(id)).map((id) => at(podsLabelled(scope, `from-${id}`, id)));
  const listeners = podListenersOf(workload.id, flows);
  // A balancer leaves packets of UDP their sender's address.
  const fromClients = listeners.filter(({ protocol }) => protocol === 'udp' && platform === 'eks');
  const fromEntrance = listeners.filter((listener) => !fromClients.includes(listener));
  if (callers.some((id) => !pods.has(id))) rules.push(at(entrance(scope, cell), [...tcp([POD_PORT]), ...fromEntrance.map(podPort)]));
  if (fromClients.length > 0) rules.push(at(NetworkPolicyIpBlock.ipv4(scope, 'from-anywhere', '0.0.0.0/0'), fromClients.map(podPort)));
  if (hasPeers(workload)) rules.push(at(podsLabelled(scope, 'from-peers', workload.id), tcp([PEER_PORT])));
  // The autoscaler asks pods themselves how many connections they hold.
  if (platform === 'eks' && scalesOnEvents(workload) && workload.scaleOn === 'connections')
    rules.push(at(podsOf(scope, EVENT_AUTOSCALER, { 'app.kubernetes.io/name': 'keda-operator' })));
  return rules;
}

const podPort = ({ protocol, podPort: port }: SizedListener): NetworkPolicyPort =>
  protocol === 'udp' ? NetworkPolicyPort.udp(port) : NetworkPolicyPort.tcp(port);

/** Balancers with targets of type ip speak from their own addresses in the network; on one machine the entrance is Traefik. */
const entrance = (scope: Construct, { deployment, vpcCidr }: Cell): INetworkPolicyPeer =>
  deployment.platform === 'k3s'
    ? podsOf(scope, 'kube-system', { 'app.kubernetes.io/name': 'traefik' })
    : NetworkPolicyIpBlock.ipv4(scope, 'from-network', vpcCidr);

function egressOf(scope: Construct, cell: Cell, workload: Workload): NetworkPolicyRule[] {
  const reached = reachedBy(cell, workload.id);
  const services = reached.filter(runsAsPods).map((p) => ({ peer: podsLabelled(scope, `to-${p.id}`, p.id), ports: tcp([POD_PORT]) }));
  const reaches = reached.filter((p) => !runsAsPods(p)).map(reachOf);
  const endpoints = interfaceEndpoints(cell.deployment);
  const outside = reaches.flatMap((r) => r.outside);
  const comesIn = ({ service }: Outside): boolean => service !== undefined && endpoints.has(service);
  const portsOf = (addresses: readonly Outside[]): number[] => addresses.map(({ port }) => port);
  const block = (id: string, cidr: string, ports: readonly number[]): NetworkPolicyRule[] =>
    ports.length ? [{ peer: NetworkPolicyIpBlock.ipv4(scope, id, cidr), ports: tcp([...new Set(ports)].sort((a, b) => a - b)) }] : [];
  const peers = hasPeers(workload) ? [{ peer: podsLabelled(scope, 'to-peers', workload.id), ports: tcp([PEER_PORT]) }] : [];
  return [
    ...services,
    ...peers,
    ...block('to-network', cell.vpcCidr, [...reaches.flatMap((r) => r.inside), ...portsOf(outside.filter(comesIn))]),
    // S3 and DynamoDB keep their public addresses behind a gateway endpoint, and an isolated tier has a route to no others.
    ...block('to-anywhere', '0.0.0.0/0', portsOf(outside.filter((address) => !comesIn(address)))),
    ...block('to-credentials', CREDENTIALS[cell.deployment.platform], reaches.some((r) => r.identity) ? [80] : []),
  ];
}

/** Copies of a stateful part hear each other. */
const hasPeers = (workload: Workload): boolean => workload.kind === 'stateful' && workload.peers;

const podsLabelled = (scope: Construct, id: string, name: string): Pods => Pods.select(scope, id, { labels: selectorLabels(name) });

function podsOf(scope: Construct, namespace: string, labels: Record<string, string>): Pods {
  return Pods.select(scope, `pods-of-${namespace}`, { labels, namespaces: Namespaces.select(scope, namespace, { names: [namespace] }) });
}
