import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosedSecurityGroup } from './closed-security-group';

export interface ClusterSecurityGroupsProps {
  readonly vpc: ec2.IVpc;
  /** Whether KEDA scales pods: the control plane asks its metrics server, which asks its operator. @default false */
  readonly eventAutoscaler?: boolean;
}

const DNS = [ec2.Port.tcp(53), ec2.Port.udp(53)];
const KUBELET = ec2.Port.tcp(10_250);
/** The EKS add-on serves the metrics API one port above the kubelet's. */
const METRICS_API = ec2.Port.tcp(10_251);
const WEBHOOKS = ec2.Port.tcp(9443);
/** KEDA's chart, 2.20: the external metrics API, and its operator's gRPC. */
const EVENT_METRICS = { api: ec2.Port.tcp(6443), operator: ec2.Port.tcp(9666) };

/**
 * What a cluster needs to live, whatever runs on it: nodes and control plane hear each other, nodes resolve names. How far
 * nodes reach AWS and registries is up to the groups of their tiers. VPC resolver, clock and instance metadata pass no security
 * group.
 */
export class ClusterSecurityGroups extends Construct {
  /** For every node, besides the group of its tier. */
  readonly nodes: ClosedSecurityGroup;
  /** For the interfaces of the control plane. */
  readonly controlPlane: ClosedSecurityGroup;

  constructor(scope: Construct, id: string, { vpc, eventAutoscaler }: ClusterSecurityGroupsProps) {
    super(scope, id);
    this.nodes = new ClosedSecurityGroup(this, 'Nodes', { vpc, description: 'every node of the cluster' });
    this.controlPlane = new ClosedSecurityGroup(this, 'ControlPlane', { vpc, description: 'control plane of the cluster' });
    this.nodes.allowTo(this.controlPlane, ec2.Port.tcp(443), 'Kubernetes API');
    for (const port of [KUBELET, METRICS_API, WEBHOOKS])
      this.controlPlane.allowTo(this.nodes, port, 'control plane to kubelets and extensions');
    for (const port of DNS) this.nodes.allowTo(this.nodes, port, 'names');
    this.nodes.allowTo(this.nodes, KUBELET, 'metrics server to kubelets');
    if (!eventAutoscaler) return;
    this.controlPlane.allowTo(this.nodes, EVENT_METRICS.api, 'control plane to KEDA');
    this.nodes.allowTo(this.nodes, EVENT_METRICS.operator, 'KEDA to its operator');
  }
}
