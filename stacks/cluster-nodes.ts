import { type aws_elasticloadbalancingv2 as elbv2, CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type Reachable, recordUsage } from '../constructs/access';
import { ImageCache } from '../constructs/image-cache';
import { KubernetesCluster } from '../constructs/kubernetes-cluster';
import { NodeGroup, ROOT_VOLUME_GIB } from '../constructs/node-group';
import { PodIdentity } from '../constructs/pod-identity';
import { CONTROLLERS, EVENT_AUTOSCALER, scalesOnEvents } from '../plan/cluster-system-pods';
import { isolatedTiers } from '../plan/isolation';
import type { NodeGroup as NodeGroupPlan } from '../plan/packing';
import { PLACEHOLDER_IMAGE } from '../plan/placeholder-image';
import type { Deployment } from '../plan/plan';
import { reservedTiers } from '../plan/tiers';
import { addonSettings } from './addon-settings';
import { allowMetrics, allowScaling, allowTargetRegistration } from './controllers';
import { diskForScratch } from './disk-for-scratch';
import { fittingName } from './fitting-name';
import { grantAll, permissionsOf } from './identities';
import type { NetworkStack } from './network-stack';
import { parameter } from './parameters';
import { lastingTags } from './lasting-tags';
import { controlPlaneLogs, measurements, podLogs } from './usage/cluster-logs';

export interface ClusterNodesProps {
  readonly deployment: Deployment;
  readonly network: NetworkStack;
  readonly reachable: ReadonlyMap<string, Reachable>;
  readonly clusterName: string;
  readonly namespace: string;
  /** Groups that the load balancer controller registers pods with. */
  readonly targetGroups: readonly elbv2.CfnTargetGroup[];
  readonly disposable?: boolean;
}

/** Encrypting secrets asks KMS once a start of an API server and once a new secret: assumed a thousand times a month. */
const KEY_REQUESTS = 1000;

/** Assumed: libraries for GPUs make an image ten gigabytes large, and a node keeps a few releases. GiB. */
const GPU_ROOT_GIB = 100;

const subtract = (nodes: NodeGroupPlan['nodes'], others: NodeGroupPlan['nodes']): NodeGroupPlan['nodes'] => ({
  min: nodes.min - others.min,
  expected: nodes.expected - others.expected,
  peak: nodes.peak - others.peak,
  max: nodes.max - others.max,
});

/** The cluster of a cell, its node groups by tier, and the identities of what runs on them. */
export class ClusterNodes extends Construct {
  private readonly cluster: KubernetesCluster;
  private readonly props: ClusterNodesProps;

  constructor(scope: Construct, id: string, props: ClusterNodesProps) {
    super(scope, id);
    this.props = props;
    const { deployment, network } = props;
    const stack = Stack.of(this);
    this.cluster = new KubernetesCluster(this, 'Cluster', {
      name: props.clusterName,
      subnetIds: network.vpc.privateSubnets.map((subnet) => subnet.subnetId),
      securityGroupId: network.securityGroups.cluster!.controlPlane.securityGroupId,
      publicAccessCidrs: parameter(stack, 'ApiCidrs').valueAsList,
      administratorArn: parameter(stack, 'AdministratorArn').valueAsString,
      disposable: props.disposable,
      ...addonSettings(deployment),
    });
    const nodes = deployment.nodeGroups.reduce((n, group) => n + group.nodes.expected, 0);
    if (this.cluster.logGroup) recordUsage(this.cluster.logGroup, 'AWS::Logs::LogGroup', controlPlaneLogs(nodes));
    const { applicationLogs, performanceLogs } = this.cluster.observability;
    recordUsage(applicationLogs, 'AWS::Logs::LogGroup', podLogs(deployment));
    recordUsage(performanceLogs, 'AWS::Logs::LogGroup', measurements(deployment));
    recordUsage(this.cluster.key, 'AWS::KMS::Key', { requestsPerMonth: KEY_REQUESTS });
    deployment.nodeGroups.forEach((group) => this.nodes(group));
    this.identities();
    new CfnOutput(stack, 'ClusterName', { value: this.cluster.name });
    new CfnOutput(stack, 'VpcId', { value: network.vpc.vpcId });
    if (isolatedTiers(deployment).size > 0) this.images(props.clusterName);
  }

  /** A group of machines on demand, and where AWS may take some back, another of those. */
  private nodes(group: NodeGroupPlan): void {
    const { tier, nodes, spot } = group;
    const steady = spot ? subtract(nodes, spot.nodes) : nodes;
    this.nodeGroup(`Nodes-${tier}`, group, steady);
    if (spot) this.nodeGroup(`SpotNodes-${tier}`, group, spot.nodes, spot.instanceTypes);
  }

  private nodeGroup(id: string, planned: NodeGroupPlan, nodes: NodeGroupPlan['nodes'], spotInstanceTypes?: readonly string[]): void {
    const { deployment, network } = this.props;
    const { tier, instanceType, maxPods, kernel, gpuModel, scratchGib } = planned;
    const isolated = isolatedTiers(deployment).has(tier);
    const group = new NodeGroup(this, id, {
      clusterName: this.cluster.name,
      tier,
      instanceType,
      spotInstanceTypes,
      gpuModel,
      minNodes: nodes.min,
      desiredNodes: nodes.expected,
      maxNodes: nodes.max,
      maxPods,
      kernel,
      rootVolumeGib: (gpuModel ? GPU_ROOT_GIB : ROOT_VOLUME_GIB) + diskForScratch(scratchGib),
      // A stage in one zone pays for no traffic between zones.
      subnetIds: (isolated ? network.vpc.isolatedSubnets : network.vpc.privateSubnets).slice(0, deployment.zones).map((s) => s.subnetId),
      tainted: reservedTiers(deployment).has(tier),
      tags: lastingTags(Stack.of(this)),
      securityGroupIds: [network.securityGroups.cluster!.nodes, network.securityGroups.byTier.get(tier)!].map((sg) => sg.securityGroupId),
      nodeRoleArn: this.cluster.nodeRole.roleArn,
      disposable: this.props.disposable,
    });
    this.cluster.orderNodes(group.resource);
  }

  /** The manifests name its registry. */
  private images(clusterName: string): void {
    const { repository } = PLACEHOLDER_IMAGE;
    const { registry } = new ImageCache(this, 'Images', { prefix: fittingName(clusterName, 30), repositories: [repository] });
    new CfnOutput(Stack.of(this), 'ImageRegistry', { value: registry });
  }

  private identities(): void {
    const { deployment, reachable, namespace, targetGroups } = this.props;
    for (const [service, permissions] of permissionsOf(deployment, reachable)) grantAll(this.identity(namespace, service), permissions);
    allowScaling(this.identity(CONTROLLERS, 'cluster-autoscaler'), Stack.of(this), this.cluster.name);
    if (targetGroups.length > 0)
      allowTargetRegistration(
        this.identity(CONTROLLERS, 'aws-load-balancer-controller'),
        targetGroups.map((group) => group.ref),
      );
    if (deployment.parts.some(scalesOnEvents)) allowMetrics(this.identity(EVENT_AUTOSCALER, 'keda-operator'));
  }

  private identity(namespace: string, serviceAccount: string): PodIdentity {
    return new PodIdentity(this, `Identity-${serviceAccount}`, { clusterName: this.cluster.name, namespace, serviceAccount });
  }
}
