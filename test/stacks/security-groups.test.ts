import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Plan } from '../../plan/plan';
import { SecurityGroups } from '../../stacks/security-groups';
import { tinyPlan as everyKind } from '../k8s/tiny-system';
import { tinyStatefulPlan } from '../plan/tiny-stateful';
import { isolated } from './isolated';
import { tinyPlan } from './tiny-shop';

interface Rule {
  from: string;
  to: string;
  port: number;
}

function rulesOf(stage: string, plan = tinyPlan(stage)) {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  const groups = new SecurityGroups(stack, 'Groups', {
    vpc: new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false }),
    deployment: plan.deployments[0]!,
  });
  const template = Template.fromStack(stack);
  const nameOf = (reference: { 'Fn::GetAtt': [string] } | undefined) => {
    const group = template.findResources('AWS::EC2::SecurityGroup')[reference?.['Fn::GetAtt'][0] ?? ''];
    return group?.Properties.GroupDescription as string | undefined;
  };
  const resources = (type: string) => Object.values(template.findResources(type)).map(({ Properties }) => Properties);
  const ingress = resources('AWS::EC2::SecurityGroupIngress').map((p): Rule => ({
    from: nameOf(p.SourceSecurityGroupId) ?? p.SourcePrefixListId?.Ref,
    to: nameOf(p.GroupId)!,
    port: p.ToPort,
  }));
  const egress = resources('AWS::EC2::SecurityGroupEgress').map((p): Rule => ({
    from: nameOf(p.GroupId)!,
    to: nameOf(p.DestinationSecurityGroupId)!,
    port: p.ToPort,
  }));
  const open = Object.values(template.findResources('AWS::EC2::SecurityGroup')).flatMap(({ Properties: p }) =>
    ((p.SecurityGroupIngress ?? []) as { CidrIp: string; ToPort: number }[]).map(({ CidrIp, ToPort }) => ({
      from: CidrIp,
      to: p.GroupDescription as string,
      port: ToPort,
    })),
  );
  return { groups, template, ingress, egress, open };
}

const web = 'pods of tier web';
const sockets = 'pods of tier sockets';

describe('on a cluster', () => {
  const { groups, template, ingress, egress, open } = rulesOf('zones');
  const betweenParts = (rules: Rule[]) =>
    rules.filter(({ to, from }) => ![to, from].some((name) => name?.endsWith('of the cluster')) && from !== 'CloudFrontPrefixList');

  test('every flow inside the network opens one port at both ends, and nothing else is open', () => {
    const expected: Rule[] = [
      { from: 'loadBalancer front', to: web, port: 8080 },
      { from: 'loadBalancer lines', to: sockets, port: 8080 },
      { from: web, to: web, port: 8080 },
      { from: sockets, to: web, port: 8080 },
      { from: web, to: 'cache hot', port: 6379 },
      { from: sockets, to: 'cache hot', port: 6379 },
    ];
    const sorted = (rules: Rule[]) => rules.map(({ from, to, port }) => `${from} > ${to}:${port}`).sort();
    expect(sorted(betweenParts(ingress))).toEqual(sorted(expected));
    expect(sorted(betweenParts(egress))).toEqual(sorted(expected));
  });

  test('the internet reaches balancers that clients use, CloudFront those the edge uses', () => {
    expect(open).toEqual([{ from: '0.0.0.0/0', to: 'loadBalancer lines', port: 443 }]);
    expect(ingress.filter(({ from }) => from === 'CloudFrontPrefixList')).toEqual([
      { from: 'CloudFrontPrefixList', to: 'loadBalancer front', port: 443 },
    ]);
  });

  test('services of a tier share its group; parts without addresses have none', () => {
    expect(groups.byPart.get('shop')).toBe(groups.byPart.get('stock'));
    expect(groups.byPart.get('sweep')).toBe(groups.byTier.get('web'));
    for (const id of ['images', 'mails', 'bank', 'cdn']) expect(groups.byPart.has(id)).toBe(false);
  });

  test('no group lets everything out', () => {
    const all = Object.values(template.findResources('AWS::EC2::SecurityGroup'));
    expect(all.length).toBe(7);
    for (const { Properties } of all) {
      const rules = Properties.SecurityGroupEgress as { IpProtocol: string; CidrIp: string; ToPort?: number }[];
      expect(rules.length).toBeGreaterThan(0);
      expect(rules.filter(({ IpProtocol, CidrIp }) => IpProtocol === '-1' && CidrIp !== '127.0.0.1/32')).toEqual([]);
    }
  });
});

describe('KEDA, where pods follow connections or a backlog', () => {
  const rules = (plan: Plan) => rulesOf('zones', plan).ingress.map(({ from, to, port }) => `${from} > ${to}:${port}`);
  const nodes = 'every node of the cluster';
  const own = [`control plane of the cluster > ${nodes}:6443`, `${nodes} > ${nodes}:9666`];
  const counting = `${web} > ${sockets}:8080`;

  test('is asked by the control plane, and asks the pods that hold connections', () => {
    expect(rules(everyKind('zones'))).toEqual(expect.arrayContaining([...own, counting]));
  });

  test('has no door where it is not', () => {
    expect(rules(tinyPlan('zones')).filter((rule) => [...own, counting].includes(rule))).toEqual([]);
  });
});

describe('on one machine', () => {
  const { groups, ingress, open } = rulesOf('box');

  test('the web is open, and services need no rules among themselves', () => {
    expect(open).toEqual([443, 80].map((port) => ({ from: '0.0.0.0/0', to: 'pods of tier box', port })));
    expect(ingress).toEqual([{ from: 'pods of tier box', to: 'cache hot', port: 6379 }]);
    expect(groups.cluster).toBeUndefined();
  });
});

describe('an isolated tier', () => {
  const { template } = rulesOf('zones', isolated(tinyPlan('zones'), 'sockets'));
  /** Addresses that a group lets out to, beside other groups, by port. */
  const outOf = (description: string) => {
    const groups = template.findResources('AWS::EC2::SecurityGroup', { Properties: { GroupDescription: description } });
    const [id, group] = Object.entries(groups)[0]!;
    const own = Object.values(template.findResources('AWS::EC2::SecurityGroupEgress')).map(({ Properties }) => Properties);
    return [
      ...group.Properties.SecurityGroupEgress,
      ...own.filter((rule) => rule.GroupId['Fn::GetAtt'][0] === id && !rule.DestinationSecurityGroupId),
    ]
      .filter(({ IpProtocol }) => IpProtocol !== '-1')
      .map(({ CidrIp, DestinationPrefixListId, ToPort }) => [CidrIp ?? DestinationPrefixListId, ToPort]);
  };

  test('reaches endpoints in the network and S3, others the internet', () => {
    expect(outOf(sockets)).toEqual([
      [{ 'Fn::GetAtt': [expect.stringMatching('^Vpc'), 'CidrBlock'] }, 443],
      [{ Ref: 'S3PrefixList' }, 443],
    ]);
    expect(outOf(web)).toEqual([['0.0.0.0/0', 443]]);
    expect(outOf('every node of the cluster')).toEqual([]);
    template.hasParameter('S3PrefixList', { Default: 'pl-63a5400a' });
  });

  test('reaches other ports of AWS in the network too', () => {
    const keyspaces = (plan: Plan) =>
      Object.values(rulesOf('zones', plan).template.findResources('AWS::EC2::SecurityGroup'))
        .flatMap(({ Properties }) => Properties.SecurityGroupEgress as { CidrIp: unknown; ToPort?: number }[])
        .flatMap(({ CidrIp, ToPort }) => (ToPort === 9142 ? [CidrIp] : []));
    expect(keyspaces(everyKind('zones'))).toEqual(['0.0.0.0/0']);
    expect(keyspaces(isolated(everyKind('zones'), 'sockets'))).toEqual([{ 'Fn::GetAtt': [expect.stringMatching('^Vpc'), 'CidrBlock'] }]);
  });
});

test('the prefix list of a region we do not know has to be given', () => {
  const stack = new Stack(new App(), 'Test', { env: { region: 'me-south-1' } });
  const deployment = tinyPlan('regions').deployments.find(({ region }) => region.name === 'me-south-1')!;
  new SecurityGroups(stack, 'Groups', { vpc: new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false }), deployment });
  const { CloudFrontPrefixList } = Template.fromStack(stack).toJSON().Parameters;
  expect(CloudFrontPrefixList).toMatchObject({ Type: 'String' });
  expect(CloudFrontPrefixList.Default).toBeUndefined();
});

test('copies of a stateful part hear each other on a port of their own; owners do not', () => {
  const peers = rulesOf('zones', tinyStatefulPlan('zones'));
  const at8081 = (Object.values(peers).flat() as Rule[]).filter(({ port }) => port === 8081);
  expect(new Set(at8081.map(({ from, to }) => `${from} > ${to}`))).toEqual(new Set(['pods of tier control > pods of tier control']));
});
