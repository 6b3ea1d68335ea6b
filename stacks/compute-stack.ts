import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Reachable, recordUsage } from '../constructs/access';
import { Certificate } from '../constructs/certificate';
import type { DnsTarget } from '../constructs/dns';
import { K3sBox } from '../constructs/k3s-box';
import { LoadBalancer } from '../constructs/load-balancer';
import { watchBalancers, watchTarget } from '../constructs/load-balancer-metrics';
import type { Watchable } from '../constructs/watchable';
import { nameOfOne, numbersTo } from '../plan/fleets';
import type { Deployment } from '../plan/plan';
import type { LoadBalancerPart } from '../plan/sizing/load-balancer';
import { ClusterNodes } from './cluster-nodes';
import { cellLabel, entriesOf, nameBelow } from './entries';
import { grantAll, permissionsOf } from './identities';
import type { NetworkStack } from './network-stack';
import { parameter } from './parameters';
import { HEALTH_PATH, POD_PORT } from './ports';
import { balancerUsage } from './usage/balancer';
import { podLogs } from './usage/cluster-logs';

export interface ComputeStackProps extends StackProps {
  readonly deployment: Deployment;
  readonly network: NetworkStack;
  /** 1 to `deployment.cells`. */
  readonly cell: number;
  /** What services use, by part. */
  readonly reachable: ReadonlyMap<string, Reachable>;
  /** Name and namespace of the cluster. */
  readonly clusterName: string;
  readonly namespace: string;
  /** @default false */
  readonly disposable?: boolean;
}

const pascal = (id: string): string => id.replace(/(^|-)([a-z0-9])/g, (_, __, c: string) => c.toUpperCase());

/** The services of a cell: their machines, their identities, and the balancers in front of them. */
export class ComputeStack extends Stack {
  /** What shows metrics: balancers, services behind one, and `box` for the one machine. */
  readonly watchable: ReadonlyMap<string, Watchable>;
  /** Where names of the entries lead to, by balancer part or `box`. */
  readonly targets: ReadonlyMap<string, readonly DnsTarget[]>;
  private readonly props: ComputeStackProps;

  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    this.props = props;
    const parts = props.deployment.parts.filter((part) => part.kind === 'loadBalancer');
    const balancers = new Map(parts.map((part) => [part.id, this.balancersOf(part)]));
    const targets = new Map<string, readonly DnsTarget[]>();
    const watchable = new Map<string, Watchable>();
    for (const [id, own] of balancers) {
      targets.set(
        id,
        own.map(({ resource }) => ({ alias: resource.attrDnsName, zoneId: resource.attrCanonicalHostedZoneId })),
      );
      watchable.set(id, watchBalancers(own));
      for (const target of own[0]!.targetGroups.keys()) watchable.set(target, watchTarget(own, target));
    }
    if (props.deployment.platform === 'k3s') {
      const box = this.box();
      targets.set('box', [{ address: box.address.attrPublicIp }]);
      watchable.set('box', box);
    } else
      new ClusterNodes(this, 'Cluster', {
        ...props,
        targetGroups: [...balancers.values()].flat().flatMap(({ targetGroups }) => [...targetGroups.values()]),
      });
    this.targets = targets;
    this.watchable = watchable;
  }

  /** The balancers of a part, each before a fleet of its own of every service it routes to. */
  private balancersOf(part: LoadBalancerPart): LoadBalancer[] {
    return numbersTo(part.count).map((number) => this.balancer(part, nameOfOne(part.id, number, part.count)));
  }

  private balancer(part: LoadBalancerPart, name: string): LoadBalancer {
    const { deployment, network, disposable } = this.props;
    const targets = [...new Set(deployment.flows.filter((flow) => flow.from === part.id).map((flow) => flow.to))];
    const onlyBehindEdge = entriesOf(deployment).some(
      ({ id, labels }) => id === part.id && labels.every((label) => label.endsWith('-origin')),
    );
    const balancer = new LoadBalancer(this, name, {
      layer: part.layer,
      vpcId: network.vpc.vpcId,
      // AWS asks for two zones even where the pods live in one; each costs an address.
      subnetIds: (part.public ? network.vpc.publicSubnets : network.vpc.privateSubnets)
        .slice(0, Math.max(deployment.zones, 2))
        .map((subnet) => subnet.subnetId),
      securityGroupId: network.securityGroups.byPart.get(part.id)!.securityGroupId,
      certificateArn: this.certificate().ref,
      targets,
      targetPort: POD_PORT,
      healthPath: HEALTH_PATH,
      internetFacing: part.public,
      redirectsHttp: !onlyBehindEdge,
      drainSeconds: part.drainSeconds,
      idleSeconds: part.layer === 7 ? part.idleSeconds : undefined,
      disposable,
    });
    recordUsage(balancer.resource, 'AWS::ElasticLoadBalancingV2::LoadBalancer', balancerUsage(part));
    for (const [target, group] of balancer.targetGroups) this.output(`${pascal(name)}${pascal(target)}TargetGroupArn`, group.ref);
    return balancer;
  }

  private box(): K3sBox {
    const { deployment, cell, network, disposable, reachable } = this.props;
    const [group] = deployment.nodeGroups;
    const entry = entriesOf(deployment).find(({ kind }) => kind === 'box')?.labels ?? ['box'];
    const labels = deployment.cells > 1 ? [...entry, ...entry.map((label) => cellLabel(label, deployment.region.name, cell))] : entry;
    const domain = parameter(this, 'DomainName').valueAsString;
    const box = new K3sBox(this, 'Box', {
      instanceType: group!.instanceType,
      vpc: network.vpc,
      subnetId: network.vpc.publicSubnets[0]!.subnetId,
      securityGroupId: network.securityGroups.byTier.get('box')!.securityGroupId,
      domainNames: labels.map((label) => nameBelow(domain, label)),
      disposable,
    });
    // Assumed: the machine's average stays below its baseline.
    recordUsage(box.instance, 'AWS::EC2::Instance', { burstVcpuHoursPerMonth: 0 });
    recordUsage(box.logGroup, 'AWS::Logs::LogGroup', podLogs(deployment));
    for (const permissions of permissionsOf(deployment, reachable).values()) grantAll(box, permissions);
    this.output('ManifestsBucket', box.manifests.bucketName);
    this.output('InstanceId', box.instance.ref);
    return box;
  }

  private certificate(): Certificate {
    const existing = this.node.tryFindChild('Certificate');
    const [domainName, hostedZoneId] = [parameter(this, 'DomainName').valueAsString, parameter(this, 'HostedZoneId').valueAsString];
    return existing instanceof Certificate ? existing : new Certificate(this, 'Certificate', { domainName, hostedZoneId });
  }

  private output(name: string, value: string): void {
    new CfnOutput(this, name, { value });
  }
}
