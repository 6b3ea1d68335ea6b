import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { recordUsage } from '../constructs/access';
import { Network } from '../constructs/network';
import type { Deployment } from '../plan/plan';
import { SecurityGroups } from './security-groups';
import { networkTraffic } from './usage/network-traffic';
import { privateSubnetEgress } from './usage/private-subnet-egress';
import { refusedConnections } from './usage/cluster-logs';
import { StageStack } from './stage-stack';

export interface NetworkStackProps extends StackProps {
  readonly deployment: Deployment;
  /** Regions of the stage. */
  readonly regions: number;
}

/** The network of a cell and the rules of who talks to whom in it. */
export class NetworkStack extends StageStack {
  readonly vpc: ec2.Vpc;
  readonly securityGroups: SecurityGroups;
  /** From which pods reach the internet; the one machine has its own. */
  readonly addresses: readonly string[];

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, props);
    const { deployment, regions } = props;
    const hasPrivateSubnets = deployment.platform === 'eks';
    const egress = privateSubnetEgress(deployment);
    const network = new Network(this, 'Network', {
      egress: !hasPrivateSubnets ? 'none' : deployment.zones === 1 ? 'single' : 'per zone',
      interfaceEndpoints: Object.fromEntries([...egress.endpoints].map(([service, { port }]) => [service, port])),
      endpointZones: deployment.zones,
    });
    this.vpc = network.vpc;
    this.addresses = network.addresses;
    this.securityGroups = new SecurityGroups(this, 'SecurityGroups', { vpc: network.vpc, deployment });
    recordUsage(network.resource, 'AWS::EC2::VPC', networkTraffic(deployment, regions));
    for (const nat of network.natGateways)
      recordUsage(nat, 'AWS::EC2::NatGateway', { processedGbPerMonth: egress.natGb / network.natGateways.length });
    for (const [service, endpoint] of network.interfaceEndpoints)
      recordUsage(endpoint, 'AWS::EC2::VPCEndpoint', { processedGbPerMonth: egress.endpoints.get(service)!.gb });
    recordUsage(network.flowLog, 'AWS::EC2::FlowLog', { deliveredGbPerMonth: refusedConnections.deliveredGbPerMonth });
    recordUsage(network.flowLogGroup, 'AWS::Logs::LogGroup', refusedConnections.group);
  }
}
