import { DescribeAutoScalingGroupsCommand, DescribeLifecycleHooksCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeNatGatewaysCommand,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, ListTagsForResourceCommand } from '@aws-sdk/client-ssm';
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
      PlacementGroupName: instance.Placement?.GroupName,
      UserData: UserData?.Value,
    };
  },
  'AWS::EC2::LaunchTemplate': async ({ clients: { ec2 }, id }) => {
    const asked = { LaunchTemplateId: id, Versions: ['$Latest'] };
    const { LaunchTemplateVersions: [version] = [] } = await ec2.send(new DescribeLaunchTemplateVersionsCommand(asked));
    return version && { ...version };
  },
  'AWS::AutoScaling::AutoScalingGroup': async ({ clients: { autoscaling }, id }) => {
    const { AutoScalingGroups: [group] = [] } = await autoscaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [id] }),
    );
    return (
      group && {
        ...group,
        MetricsCollection: group.EnabledMetrics,
        MinSize: String(group.MinSize),
        MaxSize: String(group.MaxSize),
        VPCZoneIdentifier: group.VPCZoneIdentifier?.split(','),
        Tags: group.Tags?.map(({ Key, Value, PropagateAtLaunch }) => ({ Key, Value, PropagateAtLaunch })),
      }
    );
  },
  'AWS::AutoScaling::LifecycleHook': async ({ clients: { autoscaling }, properties: { AutoScalingGroupName, LifecycleHookName } }) => {
    const asked = { AutoScalingGroupName: String(AutoScalingGroupName), LifecycleHookNames: [String(LifecycleHookName)] };
    const { LifecycleHooks: [hook] = [] } = await autoscaling.send(new DescribeLifecycleHooksCommand(asked));
    return hook && { ...hook };
  },
  'AWS::SSM::Parameter': async ({ clients: { ssm }, id }) => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: id }));
    const { TagList } = await ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: id }));
    return Parameter && { ...Parameter, Tags: Object.fromEntries((TagList ?? []).map(({ Key, Value }) => [Key, Value])) };
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
