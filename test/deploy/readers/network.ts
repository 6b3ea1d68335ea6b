import {
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type IpPermission,
  type RouteTable,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import type { Clients } from '../clients';
import { differences } from '../compare';
import type { Properties, Readers } from './reader';

/** Networks, what routes in them and who may talk to whom. */
export const networkReaders: Readers = {
  'AWS::EC2::VPC': async ({ clients: { ec2 }, id }) => {
    const { Vpcs: [vpc] = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [id] }));
    const names = await ec2.send(new DescribeVpcAttributeCommand({ VpcId: id, Attribute: 'enableDnsHostnames' }));
    const support = await ec2.send(new DescribeVpcAttributeCommand({ VpcId: id, Attribute: 'enableDnsSupport' }));
    return vpc && { ...vpc, EnableDnsHostnames: names.EnableDnsHostnames?.Value, EnableDnsSupport: support.EnableDnsSupport?.Value };
  },
  'AWS::EC2::Subnet': async ({ clients: { ec2 }, id }) => {
    const { Subnets: [subnet] = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
    return subnet && { ...subnet };
  },
  'AWS::EC2::RouteTable': async ({ clients, id }) => {
    const table = await routeTable(clients, id);
    return table && { ...table };
  },
  'AWS::EC2::Route': async ({ clients, properties: { RouteTableId, DestinationCidrBlock } }) => {
    const table = await routeTable(clients, String(RouteTableId));
    const route = table?.Routes?.find((found) => found.DestinationCidrBlock === DestinationCidrBlock);
    return route && { RouteTableId: table?.RouteTableId, ...route };
  },
  'AWS::EC2::SubnetRouteTableAssociation': async ({ clients, properties: { RouteTableId, SubnetId } }) => {
    const table = await routeTable(clients, String(RouteTableId));
    const association = table?.Associations?.find((found) => found.SubnetId === SubnetId);
    return association && { ...association };
  },
  'AWS::EC2::InternetGateway': async ({ clients: { ec2 }, id }) => {
    const { InternetGateways: [gateway] = [] } = await ec2.send(new DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] }));
    return gateway && { ...gateway };
  },
  'AWS::EC2::VPCGatewayAttachment': async ({ clients: { ec2 }, properties: { InternetGatewayId, VpcId } }) => {
    const asked = { InternetGatewayIds: [String(InternetGatewayId)] };
    const { InternetGateways: [gateway] = [] } = await ec2.send(new DescribeInternetGatewaysCommand(asked));
    const attachment = gateway?.Attachments?.find((found) => found.VpcId === VpcId);
    return attachment && { InternetGatewayId: gateway?.InternetGatewayId, VpcId: attachment.VpcId };
  },
  'AWS::EC2::VPCEndpoint': async ({ clients: { ec2 }, id }) => {
    const { VpcEndpoints: [endpoint] = [] } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    return endpoint && { ...endpoint, SecurityGroupIds: endpoint.Groups?.map(({ GroupId }) => GroupId) };
  },
  'AWS::EC2::SecurityGroup': async ({ clients, id, others }) => {
    const group = await securityGroup(clients, id);
    // Rules that are resources of their own are read as such; what is left has to be what the group itself says.
    const left = (type: string, rules: Properties[]) =>
      others(type)
        .filter(({ GroupId }) => GroupId === id)
        .reduce((found, { GroupId: _, ...rule }) => without(found, rule), rules);
    return (
      group && {
        ...group,
        GroupDescription: group.Description,
        SecurityGroupIngress: left('AWS::EC2::SecurityGroupIngress', rulesOf(group.IpPermissions, 'Source')),
        SecurityGroupEgress: left('AWS::EC2::SecurityGroupEgress', rulesOf(group.IpPermissionsEgress, 'Destination')),
      }
    );
  },
  'AWS::EC2::SecurityGroupIngress': async ({ clients, properties: { GroupId, ...rule } }) => {
    const group = await securityGroup(clients, String(GroupId));
    const found = rulesOf(group?.IpPermissions, 'Source').find((other) => isSame(rule, other));
    return found && { GroupId, ...found };
  },
  'AWS::EC2::SecurityGroupEgress': async ({ clients, properties: { GroupId, ...rule } }) => {
    const group = await securityGroup(clients, String(GroupId));
    const found = rulesOf(group?.IpPermissionsEgress, 'Destination').find((other) => isSame(rule, other));
    return found && { GroupId, ...found };
  },
};

async function routeTable({ ec2 }: Clients, id: string): Promise<RouteTable | undefined> {
  const { RouteTables: [table] = [] } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }));
  return table;
}

async function securityGroup({ ec2 }: Clients, id: string): Promise<SecurityGroup | undefined> {
  const { SecurityGroups: [group] = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
  return group;
}

const isSame = (rule: Properties, found: Properties): boolean => differences(rule, found, '').length === 0;

function without(rules: Properties[], rule: Properties): Properties[] {
  const at = rules.findIndex((found) => isSame(rule, found));
  return rules.filter((_, i) => i !== at);
}

/** Rules as templates say them, one a peer; EC2 lists the peers of the same ports together. */
const rulesOf = (permissions: IpPermission[] = [], end: 'Source' | 'Destination'): Properties[] =>
  permissions.flatMap(({ IpProtocol, FromPort, ToPort, IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [], PrefixListIds = [] }) =>
    [
      ...IpRanges.map(({ CidrIp, Description }) => ({ CidrIp, Description })),
      ...Ipv6Ranges.map(({ CidrIpv6, Description }) => ({ CidrIpv6, Description })),
      ...UserIdGroupPairs.map(({ GroupId, Description }) => ({ [`${end}SecurityGroupId`]: GroupId, Description })),
      ...PrefixListIds.map(({ PrefixListId, Description }) => ({ [`${end}PrefixListId`]: PrefixListId, Description })),
    ].map((peer) => ({ IpProtocol, FromPort, ToPort, ...peer })),
  );
