import { aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosedSecurityGroup } from '../constructs/closed-security-group';
import { ClusterSecurityGroups } from '../constructs/cluster-security-groups';
import { CLIENTS } from '../plan/blueprint';
import type { Flow } from '../plan/flow';
import type { Deployment } from '../plan/plan';
import type { Part } from '../plan/sizing';
import { CLOUDFRONT_PREFIX_LISTS } from './cloudfront-prefix-lists';
import { parameter } from './parameters';
import { portsInside, portsOutside } from './ports';

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

  constructor(scope: Construct, id: string, { vpc, deployment }: SecurityGroupsProps) {
    super(scope, id);
    this.deployment = deployment;
    const group = (name: string, description: string) => new ClosedSecurityGroup(this, name, { vpc, description });
    this.byTier = new Map(deployment.nodeGroups.map(({ tier }) => [tier, group(`tier-${tier}`, `pods of tier ${tier}`)]));
    this.byPart = new Map(
      deployment.parts.flatMap((part): [string, ClosedSecurityGroup][] => {
        if (part.kind === 'service' || part.kind === 'job') return [[part.id, this.groupOfTier(part.tier)]];
        return portsInside(part).length > 0 ? [[part.id, group(part.id, `${part.kind} ${part.id}`)]] : [];
      }),
    );
    if (deployment.platform === 'eks') this.cluster = new ClusterSecurityGroups(this, 'Cluster', { vpc });
    else this.byTier.get('box')!.addEgressRule(ec2.Peer.anyIpv4(), HTTPS, 'AWS APIs and registries');
    const parts = new Map(deployment.parts.map((part) => [part.id, part]));
    deployment.flows.forEach((flow) => this.open(flow, parts));
  }

  private groupOfTier(tier: string): ClosedSecurityGroup {
    return this.byTier.get(this.deployment.platform === 'k3s' ? 'box' : tier)!;
  }

  private open(flow: Flow, parts: ReadonlyMap<string, Part>): void {
    const target = parts.get(flow.to)!;
    const [from, to] = [this.byPart.get(flow.from), this.byPart.get(flow.to)];
    const why = `${flow.from} ${flow.verb} ${flow.to}`;
    if (to && (flow.from === CLIENTS || parts.get(flow.from)?.kind === 'edge')) this.openToOutside(to, flow, target);
    else if (from && to && !(from === to && this.deployment.platform === 'k3s')) {
      for (const port of portsInside(target)) from.allowTo(to, ec2.Port.tcp(port), why);
    }
    if (from) for (const port of portsOutside(target)) from.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(port), why);
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
