import { aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosedSecurityGroup } from '../constructs/closed-security-group';
import { ClusterSecurityGroups } from '../constructs/cluster-security-groups';
import { scalesOnEvents } from '../plan/cluster-system-pods';
import type { Flow } from '../plan/flow';
import { interfaceEndpoints } from '../plan/interface-endpoints';
import { isolatedTiers } from '../plan/isolation';
import { CLIENTS } from '../plan/part-ref';
import type { Deployment } from '../plan/plan';
import type { Part } from '../plan/sizing';
import { CLOUDFRONT_PREFIX_LISTS } from './cloudfront-prefix-lists';
import { parameter } from './parameters';
import { addressesOutside, POD_PORT, portsInside } from './ports';
import { S3_PREFIX_LISTS } from './s3-prefix-lists';

export interface SecurityGroupsProps {
  readonly vpc: ec2.IVpc;
  readonly deployment: Deployment;
}

const HTTPS = ec2.Port.tcp(443);

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
        if (part.kind === 'service' || part.kind === 'job') return [[part.id, this.groupOfTier(part.tier)]];
        return portsInside(part).length > 0 ? [[part.id, group(part.id, `${part.kind} ${part.id}`)]] : [];
      }),
    );
    if (deployment.platform === 'eks')
      this.cluster = new ClusterSecurityGroups(this, 'Cluster', { vpc, eventAutoscaler: deployment.parts.some(scalesOnEvents) });
    const isolated = isolatedTiers(deployment);
    for (const [tier, nodes] of this.byTier) {
      if (isolated.has(tier)) this.openToEndpoints(nodes);
      else nodes.addEgressRule(ec2.Peer.anyIpv4(), HTTPS, 'AWS APIs and registries');
    }
    const parts = new Map(deployment.parts.map((part) => [part.id, part]));
    deployment.flows.forEach((flow) => this.open(flow, parts));
    this.openToAutoscaler();
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

  private open(flow: Flow, parts: ReadonlyMap<string, Part>): void {
    const target = parts.get(flow.to)!;
    const [from, to] = [this.byPart.get(flow.from), this.byPart.get(flow.to)];
    const why = `${flow.from} ${flow.verb} ${flow.to}`;
    if (to && (flow.from === CLIENTS || parts.get(flow.from)?.kind === 'edge')) this.openToOutside(to, flow, target);
    else if (from && to && !(from === to && this.deployment.platform === 'k3s')) {
      for (const port of portsInside(target)) from.allowTo(to, ec2.Port.tcp(port), why);
    }
    if (from)
      for (const { service, port } of addressesOutside(target)) {
        const isNear = service !== undefined && this.endpoints.has(service);
        from.addEgressRule(isNear ? ec2.Peer.ipv4(this.vpc.vpcCidrBlock) : ec2.Peer.anyIpv4(), ec2.Port.tcp(port), why);
      }
  }

  private openToOutside(to: ClosedSecurityGroup, flow: Flow, target: Part): void {
    // Let's Encrypt has to reach the machine, so it is open even where only the edge uses it.
    const isOpen = flow.from === CLIENTS || this.deployment.platform === 'k3s';
    const redirects = target.kind !== 'loadBalancer' || target.layer === 7;
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

/** A balancer at layer 4 listens on a port for each of its targets, from 443 upwards. */
function listenerPorts(target: Part, { flows }: Deployment): number[] {
  const targets = new Set(flows.filter((flow) => flow.from === target.id).map((flow) => flow.to)).size;
  const count = target.kind === 'loadBalancer' && target.layer === 4 ? targets : 1;
  return Array.from({ length: count }, (_, i) => 443 + i);
}
