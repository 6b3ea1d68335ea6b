import { aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosedSecurityGroup } from '../constructs/closed-security-group';
import { ClusterSecurityGroups } from '../constructs/cluster-security-groups';
import { scalesOnEvents } from '../plan/cluster-system-pods';
import { isDelivered } from '../plan/deliveries';
import type { Flow, Listener } from '../plan/flow';
import { interfaceEndpoints } from '../plan/interface-endpoints';
import { isolatedTiers } from '../plan/isolation';
import { listenersOf, podListenersOf } from '../plan/listeners';
import { CLIENTS } from '../plan/part-ref';
import type { Deployment } from '../plan/plan';
import { runsAsPods } from '../plan/pods';
import { PEER_PORT } from '../plan/ports';
import type { Part } from '../plan/sizing';
import type { PortRange } from '../plan/sizing/host-fleet';
import { CLOUDFRONT_PREFIX_LISTS } from './cloudfront-prefix-lists';
import { parameter } from './parameters';
import { addressesOutside, POD_PORT, portsInside } from './ports';
import { S3_PREFIX_LISTS } from './s3-prefix-lists';

export interface SecurityGroupsProps {
  readonly vpc: ec2.IVpc;
  readonly deployment: Deployment;
}

const HTTPS = ec2.Port.tcp(443);
/** Of brokers whose clients sign in by IAM: remembered of MSK's guide to multi-VPC private connectivity. */
const PRIVATE_CONNECTIVITY = ec2.Port.tcpRange(14001, 14100);

/**
 * One security group a part that has addresses in the network. Services share the group of their tier, because pods have the
 * groups of their node; between pods of one tier the network policies decide. The rules follow from the flows alone.
 */
export class SecurityGroups extends Construct {
  /** By part; services and jobs lead to the group of their tier, or of the one machine. */
  readonly byPart: ReadonlyMap<string, ClosedSecurityGroup>;
  /** By tier of nodes; `box` for the one machine. */
  readonly byTier: ReadonlyMap<string, ClosedSecurityGroup>;
  /** What the cluster itself needs. @default none where there is no cluster */
  readonly cluster?: ClusterSecurityGroups;
  private readonly deployment: Deployment;
  private readonly vpc: ec2.IVpc;
  /** AWS services that have addresses in the network. */
  private readonly endpoints: ReadonlyMap<string, unknown>;

  constructor(scope: Construct, id: string, { vpc, deployment }: SecurityGroupsProps) {
    super(scope, id);
    this.deployment = deployment;
    this.vpc = vpc;
    this.endpoints = interfaceEndpoints(deployment);
    const group = (name: string, description: string) => new ClosedSecurityGroup(this, name, { vpc, description });
    this.byTier = new Map(deployment.nodeGroups.map(({ tier }) => [tier, group(`tier-${tier}`, `pods of tier ${tier}`)]));
    this.byPart = new Map(
      deployment.parts.flatMap((part): [string, ClosedSecurityGroup][] => {
        if (runsAsPods(part)) return [[part.id, this.groupOfTier(part.tier)]];
        return portsInside(part).length > 0 || part.kind === 'streamJob' ? [[part.id, group(part.id, `${part.kind} ${part.id}`)]] : [];
      }),
    );
    if (deployment.platform === 'eks')
      this.cluster = new ClusterSecurityGroups(this, 'Cluster', { vpc, eventAutoscaler: deployment.parts.some(scalesOnEvents) });
    const isolated = isolatedTiers(deployment);
    for (const [tier, nodes] of this.byTier) {
      if (isolated.has(tier)) this.openToEndpoints(nodes);
      else nodes.addEgressRule(ec2.Peer.anyIpv4(), HTTPS, 'AWS APIs and registries');
    }
    for (const { id, kind } of deployment.parts)
      if (kind === 'machines' || kind === 'hostFleet' || kind === 'streamJob')
        this.byPart.get(id)!.addEgressRule(ec2.Peer.anyIpv4(), HTTPS, 'AWS APIs and packages');
    const parts = new Map(deployment.parts.map((part) => [part.id, part]));
    deployment.flows.forEach((flow) => this.open(flow, parts));
    this.openToAutoscaler();
    this.openBetweenCopies();
    this.openToDeliveries();
  }

  private groupOfTier(tier: string): ClosedSecurityGroup {
    return this.byTier.get(this.deployment.platform === 'k3s' ? 'box' : tier)!;
  }

  /** Images lie in S3, which keeps its public addresses behind a gateway endpoint. */
  private openToEndpoints(nodes: ClosedSecurityGroup): void {
    nodes.addEgressRule(ec2.Peer.ipv4(this.vpc.vpcCidrBlock), HTTPS, 'interface endpoints');
    const list = parameter(Stack.of(this), 'S3PrefixList', S3_PREFIX_LISTS[this.deployment.region.name]);
    nodes.addEgressRule(ec2.Peer.prefixList(list.valueAsString), HTTPS, 'images');
  }

  /** The autoscaler asks pods themselves how many connections they hold. */
  private openToAutoscaler(): void {
    const { parts, platform, nodeGroups } = this.deployment;
    if (platform === 'k3s') return;
    const asked = parts.flatMap((p) => (scalesOnEvents(p) && p.scaleOn === 'connections' ? [p.tier] : []));
    const home = nodeGroups.find(({ services }) => services.includes('keda-operator'));
    for (const tier of new Set(asked))
      this.byTier.get(home!.tier)!.allowTo(this.byTier.get(tier)!, ec2.Port.tcp(POD_PORT), 'autoscaler counts connections');
  }

  /** Copies of a stateful part hear each other, wherever their pods run. */
  private openBetweenCopies(): void {
    const { parts, platform } = this.deployment;
    if (platform === 'k3s') return;
    for (const part of parts) {
      if (part.kind !== 'stateful' || !part.peers) continue;
      const nodes = this.groupOfTier(part.tier);
      nodes.allowTo(nodes, ec2.Port.tcp(PEER_PORT), `copies of ${part.id}`);
    }
  }

  /** Firehose comes by a balancer of MSK's, in the subnets of the brokers, which has ports of its own for each. */
  private openToDeliveries(): void {
    for (const { id, kind } of this.deployment.parts)
      if (kind === 'kafka' && isDelivered(id, this.deployment))
        this.byPart.get(id)!.addIngressRule(ec2.Peer.ipv4(this.vpc.vpcCidrBlock), PRIVATE_CONNECTIVITY, 'private connectivity');
  }

  private open(flow: Flow, parts: ReadonlyMap<string, Part>): void {
    const target = parts.get(flow.to)!;
    const [from, to] = [this.byPart.get(flow.from), this.byPart.get(flow.to)];
    const why = `${flow.from} ${flow.verb} ${flow.to}`;
    const caller = parts.get(flow.from)?.kind;
    if (to && flow.from === CLIENTS && target.kind === 'hostFleet') openToPackets(to, target.ports);
    else if (to && (flow.from === CLIENTS || caller === 'edge' || caller === 'accelerator')) this.openToOutside(to, flow, target, caller);
    else if (from && to && !(from === to && this.deployment.platform === 'k3s')) {
      for (const port of portsInside(target)) from.allowTo(to, ec2.Port.tcp(port), why);
      if (flow.listener)
        for (const { podPort, protocol } of podListenersOf(target.id, [flow])) from.allowTo(to, portOf(podPort, protocol), why);
    }
    if (from)
      for (const { service, port } of addressesOutside(target)) {
        const isNear = service !== undefined && this.endpoints.has(service);
        from.addEgressRule(isNear ? ec2.Peer.ipv4(this.vpc.vpcCidrBlock) : ec2.Peer.anyIpv4(), ec2.Port.tcp(port), why);
      }
  }

  private openToOutside(to: ClosedSecurityGroup, flow: Flow, target: Part, caller: Part['kind'] | undefined): void {
    // Let's Encrypt has to reach the machine, so it is open even where only the edge uses it.
    const isOpen = caller !== 'edge' || this.deployment.platform === 'k3s';
    const redirects = target.kind !== 'loadBalancer' || target.layer === 7;
    const { listener } = flow;
    if (listener) to.addIngressRule(ec2.Peer.anyIpv4(), portOf(listener.port, listener.protocol), 'clients');
    if (listener && this.deployment.platform === 'eks') return;
    if (!isOpen) to.addIngressRule(this.cloudFront(), HTTPS, `${flow.from} ${flow.verb} ${flow.to}`);
    else
      for (const port of [...listenerPorts(target, this.deployment), ...(redirects ? [80] : [])])
        to.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(port), 'clients');
  }

  private cloudFront(): ec2.IPeer {
    const list = parameter(Stack.of(this), 'CloudFrontPrefixList', CLOUDFRONT_PREFIX_LISTS[this.deployment.region.name]);
    return ec2.Peer.prefixList(list.valueAsString);
  }
}

/**
 * Clients' packets come in at the fleet's ports, and answers go to whatever port a client has. With both open to everybody EC2 tracks no connection,
 * and a flood of made-up senders fills no table of them: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 * (2026-11-23).
 */
function openToPackets(group: ec2.SecurityGroup, { from, to }: PortRange): void {
  group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.udpRange(from, to), 'clients');
  group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.allUdp(), 'answers to clients, not tracked');
}

/** Ports that no flow names. */
const listenerPorts = (target: Part, { flows }: Deployment): number[] =>
  target.kind === 'loadBalancer' && target.layer === 4
    ? listenersOf(
        target.id,
        flows.filter(({ listener }) => !listener),
      ).map(({ port }) => port)
    : [443];

const portOf = (port: number, protocol: Listener['protocol']): ec2.Port => (protocol === 'udp' ? ec2.Port.udp(port) : ec2.Port.tcp(port));
