import { type aws_kms as kms, CfnOutput, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Reachable, recordUsage } from '../constructs/access';
import { Certificate } from '../constructs/certificate';
import type { DnsTarget } from '../constructs/dns';
import { K3sBox, ROOT_VOLUME_GIB } from '../constructs/k3s-box';
import type { BoxListener } from '../constructs/k3s-user-data';
import { LoadBalancer } from '../constructs/load-balancer';
import { watchBalancers, watchTarget } from '../constructs/load-balancer-metrics';
import type { Watchable } from '../constructs/watchable';
import { nameOfOne, numbersTo } from '../plan/fleets';
import { boxListenersOf, entryPointOf, listenersOf, type SizedListener } from '../plan/listeners';
import type { Deployment } from '../plan/plan';
import { WebFirewall } from '../constructs/web-firewall';
import type { LoadBalancerPart } from '../plan/sizing/load-balancer';
import { MONTH } from '../plan/units';
import { claimedGib } from '../plan/volumes';
import { ClusterNodes } from './cluster-nodes';
import { diskForScratch } from './disk-for-scratch';
import { cellLabel, entriesOf, nameBelow } from './entries';
import { layFunctions } from './functions';
import { grantAll, permissionsOf } from './identities';
import { layHostFleets } from './host-fleets';
import { layMachines } from './machines';
import type { NetworkStack } from './network-stack';
import { parameter } from './parameters';
import { HEALTH_PATH, POD_PORT } from './ports';
import { laySparkJobs } from './spark-jobs';
import { balancerUsage } from './usage/balancer';
import { podLogs } from './usage/cluster-logs';
import { StageStack } from './stage-stack';
import { layStreamJobs } from './stream-jobs';

export interface ComputeStackProps extends StackProps {
  readonly deployment: Deployment;
  readonly network: NetworkStack;
  /** 1 to `deployment.cells`. */
  readonly cell: number;
  /** What services use, by part. */
  readonly reachable: ReadonlyMap<string, Reachable>;
  /** What data of a part is encrypted with. */
  readonly keyOf: (partId: string) => kms.IKey;
  /** Name and namespace of the cluster. */
  readonly clusterName: string;
  readonly namespace: string;
  /** @default false */
  readonly disposable?: boolean;
}

/** TLS ends at the route, not at the port. */
const boxListener = (listener: SizedListener): BoxListener => ({
  name: entryPointOf(listener),
  port: listener.port,
  protocol: listener.protocol === 'udp' ? 'udp' : 'tcp',
  ownPort: listener.podPort,
});

const pascal = (id: string): string => id.replace(/(^|-)([a-z0-9])/g, (_, __, c: string) => c.toUpperCase());

/** The services of a cell: their machines, their identities, and the balancers in front of them. */
export class ComputeStack extends StageStack {
  /** What shows metrics: balancers, services behind one, and `box` for the one machine. */
  readonly watchable: ReadonlyMap<string, Watchable>;
  /** By part. */
  readonly balancers: ReadonlyMap<string, readonly LoadBalancer[]>;
  /** Where names of the entries lead to, by balancer part or `box`. */
  readonly targets: ReadonlyMap<string, readonly DnsTarget[]>;
  private readonly props: ComputeStackProps;

  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    const fleets = layHostFleets(this, props);
    this.props = { ...props, reachable: new Map<string, Reachable>([...props.reachable, ...fleets]) };
    const parts = props.deployment.parts.filter((part) => part.kind === 'loadBalancer');
    const balancers = new Map(parts.map((part) => [part.id, this.balancersOf(part)]));
    this.balancers = balancers;
    const targets = new Map<string, readonly DnsTarget[]>();
    const watchable = new Map<string, Watchable>(fleets);
    for (const [id, own] of balancers) {
      targets.set(
        id,
        own.map(({ resource }) => ({ alias: resource.attrDnsName, zoneId: resource.attrCanonicalHostedZoneId })),
      );
      watchable.set(id, watchBalancers(own));
      for (const target of this.targetsOf(id)) watchable.set(target, watchTarget(own, target));
    }
    if (props.deployment.platform === 'k3s') {
      const box = this.box();
      targets.set('box', [{ address: box.address.attrPublicIp }]);
      watchable.set('box', box);
    } else
      new ClusterNodes(this, 'Cluster', {
        ...this.props,
        targetGroups: [...balancers.values()].flat().flatMap(({ targetGroups }) => [...targetGroups.values()]),
      });
    for (const [id, machines] of layMachines(this, props)) watchable.set(id, machines);
    laySparkJobs(this, props.deployment, props.reachable);
    for (const [id, job] of layStreamJobs(this, props)) watchable.set(id, job);
    for (const [id, run] of layFunctions(this, props.deployment, props.reachable)) watchable.set(id, run);
    this.targets = targets;
    this.watchable = watchable;
  }

  /** The balancers of a part, each before a fleet of its own of every service it routes to. */
  private balancersOf(part: LoadBalancerPart): LoadBalancer[] {
    const names = numbersTo(part.count).map((number) => nameOfOne(part.id, number, part.count));
    const balancers = names.map((name) => this.balancer(part, name));
    if (part.firewall) {
      const arns = Object.fromEntries(names.map((name, i) => [name, balancers[i]!.resource.attrLoadBalancerArn]));
      const { resource } = new WebFirewall(this, `${part.id}-firewall`, { ...part.firewall, balancers: arns });
      recordUsage(resource, 'AWS::WAFv2::WebACL', { requestsPerMonth: part.load.requests.average * MONTH });
    }
    return balancers;
  }

  private balancer(part: LoadBalancerPart, name: string): LoadBalancer {
    const { deployment, network, disposable } = this.props;
    const listeners = part.layer === 4 ? listenersOf(part.id, deployment.flows) : [];
    const chosen = listeners.filter(({ target, name }) => target !== name);
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
      targets: part.layer === 7 ? this.targetsOf(part.id) : listeners.flatMap(({ target, name }) => (target === name ? [name] : [])),
      listeners: chosen.map(({ name, podPort, ...listener }) => ({ ...listener, target: name, targetPort: podPort })),
      targetPort: POD_PORT,
      healthPath: HEALTH_PATH,
      internetFacing: part.public,
      redirectsHttp: !onlyBehindEdge,
      drainSeconds: part.drainSeconds,
      idleSeconds: part.layer === 7 ? part.idleSeconds : undefined,
      disposable,
    });
    recordUsage(balancer.resource, 'AWS::ElasticLoadBalancingV2::LoadBalancer', balancerUsage(part, deployment.flows));
    for (const [target, group] of balancer.targetGroups) this.output(`${pascal(name)}${pascal(target)}TargetGroupArn`, group.ref);
    return balancer;
  }

  private targetsOf(balancer: string): string[] {
    return [...new Set(this.props.deployment.flows.filter((flow) => flow.from === balancer).map((flow) => flow.to))];
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
      // Volumes of pods are folders on it, as their files are.
      rootVolumeGib: ROOT_VOLUME_GIB + claimedGib(deployment.parts) + diskForScratch(group!.scratchGib),
      listeners: boxListenersOf(deployment.flows).map(boxListener),
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
