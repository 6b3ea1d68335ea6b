import { aws_ec2 as ec2, aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { creditsOf } from './cpu-credits';
import { type HostUserData, hostUserData } from './host-user-data';

export interface HostTemplateProps extends Omit<HostUserData, 'region'> {
  readonly role: iam.Role;
  /** Opens the ports to clients, and `port` to who hands out sessions. */
  readonly securityGroup: ec2.ISecurityGroup;
  /** Such as `c7g.4xlarge`, or `c7i.4xlarge` for programs built for x86. */
  readonly instanceType: string;
  /** GiB of the root volume. @default 30 */
  readonly rootVolumeGib?: number;
  /** Tags of hosts and their volumes. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether the fleet may be deleted with the stack, sessions and all, and processors stay within their price. @default false */
  readonly disposable?: boolean;
}

/** https://docs.aws.amazon.com/linux/al2023/ug/ec2.html (2026-11-23): both architectures. */
const image = (instanceType: string): string =>
  `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${/^[a-z]+\d+g/.test(instanceType) ? 'arm64' : 'x86_64'}`;

/** What hosts with public addresses start from: managed through SSM, without SSH, on an encrypted disk that goes with them. */
export function hostTemplate(scope: Construct, id: string, props: HostTemplateProps): ec2.CfnLaunchTemplate {
  const { instanceType, securityGroup, rootVolumeGib = 30, tags = {}, disposable, role } = props;
  const volume = { volumeType: 'gp3', volumeSize: rootVolumeGib, encrypted: true, deleteOnTermination: true };
  const profile = new iam.CfnInstanceProfile(scope, 'Profile', { roles: [role.roleName] });
  const listed = Object.entries(tags).map(([key, value]) => ({ key, value }));
  return new ec2.CfnLaunchTemplate(scope, id, {
    launchTemplateData: {
      // Resolved by EC2 when it starts a host, and not by CloudFormation at every update.
      imageId: image(instanceType),
      instanceType,
      creditSpecification: creditsOf(disposable, [instanceType]),
      iamInstanceProfile: { arn: profile.attrArn },
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      networkInterfaces: [
        { deviceIndex: 0, associatePublicIpAddress: true, groups: [securityGroup.securityGroupId], deleteOnTermination: true },
      ],
      blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: volume }],
      userData: hostUserData({ ...props, region: Stack.of(scope).region }),
      ...(listed.length > 0 && { tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags: listed })) }),
    },
  });
}
