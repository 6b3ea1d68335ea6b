import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import type { Clients } from '../clients';
import type { Readers } from './reader';

/** Networks and what routes in them. */
export const networkReaders: Readers = {
  'AWS::EC2::VPC': async ({ clients: { ec2 }, id, properties }) => {
    const { Vpcs: [vpc] = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [id] }));
    if (!vpc) return undefined;
    const names = await ec2.send(new DescribeVpcAttributeCommand({ VpcId: id, Attribute: 'enableDnsHostnames' }));
    return {
      CidrBlock: [properties.CidrBlock, vpc.CidrBlock],
      EnableDnsHostnames: [properties.EnableDnsHostnames, names.EnableDnsHostnames?.Value],
    };
  },
  'AWS::EC2::Subnet': async ({ clients: { ec2 }, id, properties }) => {
    const { Subnets: [subnet] = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
    return (
      subnet && {
        CidrBlock: [properties.CidrBlock, subnet.CidrBlock],
        VpcId: [properties.VpcId, subnet.VpcId],
        MapPublicIpOnLaunch: [properties.MapPublicIpOnLaunch, subnet.MapPublicIpOnLaunch],
      }
    );
  },
  'AWS::EC2::RouteTable': async ({ clients, id, properties, others }) => {
    const table = await routeTable(clients, id);
    const own = others('AWS::EC2::Route').filter(({ RouteTableId }) => RouteTableId === id);
    return (
      table && {
        VpcId: [properties.VpcId, table.VpcId],
        // Its own network's route is there without being asked for.
        routes: [own.length, destinations(table).filter((destination) => destination !== undefined).length - 1],
      }
    );
  },
  'AWS::EC2::Route': async ({ clients, properties }) => {
    const table = await routeTable(clients, String(properties.RouteTableId));
    const route = table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === properties.DestinationCidrBlock);
    return route && { GatewayId: [properties.GatewayId, route.GatewayId], NatGatewayId: [properties.NatGatewayId, route.NatGatewayId] };
  },
  'AWS::EC2::SubnetRouteTableAssociation': async ({ clients, properties }) => {
    const table = await routeTable(clients, String(properties.RouteTableId));
    const association = table?.Associations?.find(({ SubnetId }) => SubnetId === properties.SubnetId);
    return association && { RouteTableId: [properties.RouteTableId, association.RouteTableId] };
  },
  'AWS::EC2::InternetGateway': async ({ clients: { ec2 }, id, others }) => {
    const { InternetGateways: [gateway] = [] } = await ec2.send(new DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] }));
    const attached = others('AWS::EC2::VPCGatewayAttachment').filter(({ InternetGatewayId }) => InternetGatewayId === id);
    return gateway && { networks: [attached.map(({ VpcId }) => VpcId), gateway.Attachments?.map(({ VpcId }) => VpcId)] };
  },
  'AWS::EC2::VPCEndpoint': async ({ clients: { ec2 }, id, properties }) => {
    const { VpcEndpoints: [endpoint] = [] } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    return (
      endpoint && {
        ServiceName: [properties.ServiceName, endpoint.ServiceName],
        VpcId: [properties.VpcId, endpoint.VpcId],
        RouteTableIds: [sorted(properties.RouteTableIds), sorted(endpoint.RouteTableIds)],
      }
    );
  },
  'AWS::EC2::FlowLog': async ({ clients: { ec2 }, id, properties }) => {
    const { FlowLogs: [log] = [] } = await ec2.send(new DescribeFlowLogsCommand({ FlowLogIds: [id] }));
    return (
      log && {
        ResourceId: [properties.ResourceId, log.ResourceId],
        TrafficType: [properties.TrafficType, log.TrafficType],
        LogGroupName: [properties.LogGroupName, log.LogGroupName],
      }
    );
  },
  'AWS::EC2::EIP': async ({ clients: { ec2 }, id, properties }) => {
    const { Addresses: [address] = [] } = await ec2.send(new DescribeAddressesCommand({ PublicIps: [id] }));
    return address && { Domain: [properties.Domain, address.Domain], InstanceId: [properties.InstanceId, address.InstanceId] };
  },
};

async function routeTable({ ec2 }: Clients, id: string): Promise<RouteTable | undefined> {
  const { RouteTables: [table] = [] } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }));
  return table;
}

const destinations = ({ Routes = [] }: RouteTable) => Routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock);

const sorted = (ids: unknown): unknown => (Array.isArray(ids) ? [...ids].sort() : ids);
