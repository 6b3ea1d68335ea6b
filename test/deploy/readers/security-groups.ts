import { DescribeSecurityGroupsCommand, type IpPermission, type SecurityGroup } from '@aws-sdk/client-ec2';
import type { Clients } from '../clients';
import { isUnknown } from '../expected';
import type { Properties, Readers } from './reader';

/** Security groups with every rule of theirs: not one less, not one more. */
export const securityGroupReaders: Readers = {
  'AWS::EC2::SecurityGroup': async ({ clients, id, properties, others }) => {
    const group = await securityGroup(clients, id);
    const rules = (property: string): string[] => {
      const standalone = others(`AWS::EC2::${property}`).filter(({ GroupId }) => GroupId === id);
      return [...((properties[property] ?? []) as Properties[]), ...standalone].map(ruleOf).sort();
    };
    return (
      group && {
        GroupDescription: [properties.GroupDescription, group.Description],
        VpcId: [properties.VpcId, group.VpcId],
        SecurityGroupIngress: [rules('SecurityGroupIngress'), group.IpPermissions?.flatMap(rulesOf).sort()],
        SecurityGroupEgress: [rules('SecurityGroupEgress'), group.IpPermissionsEgress?.flatMap(rulesOf).sort()],
      }
    );
  },
  'AWS::EC2::SecurityGroupIngress': async ({ clients, properties }) => {
    const group = await securityGroup(clients, String(properties.GroupId));
    const rule = ruleOf(properties);
    const found = group?.IpPermissions?.flatMap(rulesOf).find((other) => other === rule);
    return found === undefined ? undefined : { rule: [rule, found] };
  },
};

async function securityGroup({ ec2 }: Clients, id: string): Promise<SecurityGroup | undefined> {
  const { SecurityGroups: [group] = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
  return group;
}

/** A rule as a template says it: protocol, ports and who. */
function ruleOf({ IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6, ...peers }: Properties): string {
  const peer = ['SourceSecurityGroupId', 'DestinationSecurityGroupId', 'SourcePrefixListId', 'DestinationPrefixListId'].reduce(
    (found, key) => found ?? peers[key],
    CidrIp ?? CidrIpv6,
  );
  if (peer === undefined || isUnknown(peer))
    throw new Error('a rule whose peer the test cannot tell; teach test/deploy/readers/security-groups.ts');
  return `${IpProtocol} ${FromPort ?? '*'}-${ToPort ?? '*'} ${String(peer)}`;
}

/** The same of what was found, where peers of the same ports are listed together. */
function rulesOf({
  IpProtocol,
  FromPort,
  ToPort,
  IpRanges = [],
  Ipv6Ranges = [],
  UserIdGroupPairs = [],
  PrefixListIds = [],
}: IpPermission): string[] {
  const peers = [
    ...IpRanges.map(({ CidrIp }) => CidrIp),
    ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6),
    ...UserIdGroupPairs.map(({ GroupId }) => GroupId),
    ...PrefixListIds.map(({ PrefixListId }) => PrefixListId),
  ];
  return peers.map((peer) => `${IpProtocol} ${FromPort ?? '*'}-${ToPort ?? '*'} ${peer}`);
}
