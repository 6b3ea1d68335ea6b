import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeNatGatewaysCommand,
} from '@aws-sdk/client-ec2';
import type { Readers } from './reader';

/** Machines, what they start from, and the addresses by which they reach the internet. */
export const machineReaders: Readers = {
  'AWS::EC2::Instance': async ({ clients: { ec2 }, id, properties }) => {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
    const instance = Reservations[0]?.Instances?.[0];
    if (!instance || instance.State?.Name === 'terminated') return undefined;
    const { UserData } = await ec2.send(new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'userData' }));
    const arn = instance.IamInstanceProfile?.Arn;
    return {
      ...instance,
      // A reference to a profile is its name; the emulator gives an ARN.
      IamInstanceProfile: String(properties.IamInstanceProfile).startsWith('arn:') ? arn : arn?.split('/').at(-1),
      SecurityGroupIds: instance.SecurityGroups?.map(({ GroupId }) => GroupId),
      UserData: UserData?.Value,
    };
  },
  'AWS::EC2::LaunchTemplate': async ({ clients: { ec2 }, id }) => {
    const asked = { LaunchTemplateId: id, Versions: ['$Latest'] };
    const { LaunchTemplateVersions: [version] = [] } = await ec2.send(new DescribeLaunchTemplateVersionsCommand(asked));
    return version && { ...version };
  },
  'AWS::EC2::EIP': async ({ clients: { ec2 }, id }) => {
    const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({ PublicIps: [id] }));
    const address = Addresses.find(({ PublicIp }) => PublicIp === id);
    return address && { ...address };
  },
  'AWS::EC2::NatGateway': async ({ clients: { ec2 }, id }) => {
    const { NatGateways: [gateway] = [] } = await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }));
    return gateway && gateway.State !== 'deleted'
      ? { ...gateway, AllocationId: gateway.NatGatewayAddresses?.[0]?.AllocationId }
      : undefined;
  },
  'AWS::EC2::FlowLog': async ({ clients: { ec2 }, id }) => {
    const { FlowLogs: [log] = [] } = await ec2.send(new DescribeFlowLogsCommand({ FlowLogIds: [id] }));
    return log && { ...log, LogGroupName: log.LogGroupName ?? log.LogDestination };
  },
};
