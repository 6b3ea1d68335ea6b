import { DescribeInstanceAttributeCommand, DescribeInstancesCommand, DescribeLaunchTemplateVersionsCommand } from '@aws-sdk/client-ec2';
import type { Properties, Readers } from './reader';

/** Machines and the templates they are launched from. */
export const machineReaders: Readers = {
  'AWS::EC2::Instance': async ({ clients: { ec2 }, id, properties }) => {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
    const instance = Reservations[0]?.Instances?.[0];
    if (!instance || instance.State?.Name === 'terminated') return undefined;
    const { UserData } = await ec2.send(new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'userData' }));
    return {
      InstanceType: [properties.InstanceType, instance.InstanceType],
      SubnetId: [properties.SubnetId, instance.SubnetId],
      SecurityGroupIds: [properties.SecurityGroupIds, instance.SecurityGroups?.map(({ GroupId }) => GroupId)],
      IamInstanceProfile: [properties.IamInstanceProfile, instance.IamInstanceProfile?.Arn?.split('/').at(-1)],
      UserData: [properties.UserData, UserData?.Value],
    };
  },
  'AWS::EC2::LaunchTemplate': async ({ clients: { ec2 }, id, properties }) => {
    const { LaunchTemplateVersions: [version] = [] } = await ec2.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: ['$Latest'] }),
    );
    const { InstanceType, MetadataOptions } = properties.LaunchTemplateData as Properties;
    const data = version?.LaunchTemplateData;
    return (
      data && {
        InstanceType: [InstanceType, data.InstanceType],
        HttpTokens: [(MetadataOptions as Properties | undefined)?.HttpTokens, data.MetadataOptions?.HttpTokens],
      }
    );
  },
};
