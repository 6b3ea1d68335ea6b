import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosedSecurityGroup } from './closed-security-group';

export interface ClusterSecurityGroupsProps {
  readonly vpc: ec2.IVpc;
}

const DNS = [ec2.Port.tcp(53), ec2.Port.udp(53)];
const KUBELET = ec2.Port.tcp(10_250);
/** The EKS add-on serves the metrics API one port above the kubelet's. */
const METRICS_API = ec2.Port.tcp(10_251);
const WEBHOOKS = ec2.Port.tcp(9443);

/**
 * What a cluster needs to live, whatever runs on it: nodes and control plane hear each other, nodes resolve names and
 * reach HTTPS endpoints (AWS, registries). VPC resolver, clock and instance metadata pass no security group.
 */
export class ClusterSecurityGroups extends Construct {
  /** For every node, besides the group of its tier. */
  readonly nodes: ClosedSecurityGroup;
  /** For the interfaces of the control plane. */
  readonly controlPlane: ClosedSecurityGroup;

  constructor(scope: Construct, id: string, { vpc }: ClusterSecurityGroupsProps) {
    super(scope, id);
    this.nodes = new ClosedSecurityGroup(this, 'Nodes', { vpc, description: 'every node of the cluster' });
    this.controlPlane = new ClosedSecurityGroup(this, 'ControlPlane', { vpc, description: 'control plane of the cluster' });
    this.nodes.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'AWS APIs and registries');
    this.nodes.allowTo(this.controlPlane, ec2.Port.tcp(443), 'Kubernetes API');
    for (const port of [KUBELET, METRICS_API, WEBHOOKS])
      this.controlPlane.allowTo(this.nodes, port, 'control plane to kubelets and extensions');
    for (const port of DNS) this.nodes.allowTo(this.nodes, port, 'names');
    this.nodes.allowTo(this.nodes, KUBELET, 'metrics server to kubelets');
  }
}
