import type { HostFleetPart } from '../../plan/sizing/host-fleet';
import { smallest } from '../../plan/smallest';
import { networkTraffic } from '../../stacks/usage/network-traffic';
import { GIB, MONTH } from '../../plan/units';
import { find, objectsOf } from '../k8s/read-manifests';
import { tinyArenaPlan } from '../plan/tiny-arena';
import { synthesized, templateOf } from './synthesized';

const plan = tinyArenaPlan('zones');
const stacks = synthesized(plan);
const compute = templateOf(stacks, 'us-east-1-compute');
const network = templateOf(stacks, 'us-east-1-network');
const part = plan.deployments[0]!.parts.find((p) => p.kind === 'hostFleet') as HostFleetPart;
const groups = network.findResources('AWS::EC2::SecurityGroup');
const hosts = Object.values(groups).find(({ Properties }) => Properties.GroupDescription === 'hostFleet matches')!.Properties;

test('the group has the hosts of the plan, in public subnets of every zone, and no balancer of its own', () => {
  const [group] = Object.values(compute.findResources('AWS::AutoScaling::AutoScalingGroup'));
  const { min, peak } = part.hosts;
  expect(group!.Properties).toMatchObject({ MinSize: String(min), MaxSize: String(peak) });
  expect(group!.Metadata['scaleprint:usage']).toEqual({ averageInstances: part.hosts.expected });
  const subnets = JSON.stringify(group!.Properties.VPCZoneIdentifier);
  expect(subnets.match(/publicSubnet/g)).toHaveLength(3);
  expect(JSON.stringify(compute.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'))).not.toContain('matches');
});

test('clients reach its UDP ports and nothing else, and their answers are not tracked', () => {
  const anywhere = { CidrIp: '0.0.0.0/0' };
  expect(hosts.SecurityGroupIngress).toEqual([expect.objectContaining({ ...anywhere, IpProtocol: 'udp', FromPort: 7000, ToPort: 7099 })]);
  expect(hosts.SecurityGroupEgress).toContainEqual(expect.objectContaining({ ...anywhere, IpProtocol: 'udp', FromPort: 0, ToPort: 65535 }));
});

test('the service that hands out sessions reaches its hosts, starts and ends them; the others do not', () => {
  const describe = (id: string) => groups[id]?.Properties.GroupDescription as string;
  const into = Object.values(network.findResources('AWS::EC2::SecurityGroupIngress'))
    .map(({ Properties: p }) => [describe(p.SourceSecurityGroupId['Fn::GetAtt'][0]), describe(p.GroupId['Fn::GetAtt'][0]), p.FromPort])
    .filter(([, to]) => to === 'hostFleet matches');
  expect(into).toEqual([['pods of tier web', 'hostFleet matches', 9000]]);
  const ofHosts = Object.entries(compute.findResources('AWS::IAM::Policy')).flatMap(([id, { Properties }]) =>
    /TerminateInstanceInAutoScalingGroup.*"Hostsmatches\w+","AutoScalingGroupARN"/.test(JSON.stringify(Properties)) ? [id] : [],
  );
  expect(ofHosts).toEqual([expect.stringMatching(/Identityallocator/)]);
  expect(find(objectsOf(plan), 'ConfigMap', 'endpoints').data).toMatchObject({
    MATCHES_GROUP: 'stack-output:tiny-arena-zones-us-east-1-compute.MatchesGroup',
    MATCHES_PORT: '9000',
    MATCHES_UDP_PORTS: '7000-7099',
  });
  expect(compute.findOutputs('MatchesGroup')).toMatchObject({ MatchesGroup: { Value: { Ref: expect.stringMatching(/^Hostsmatches/) } } });
});

test('hosts may do what their flows say, and find it in their parameter', () => {
  const own = Object.entries(compute.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('Hostsmatches'));
  const text = JSON.stringify(own);
  expect(own).toHaveLength(1);
  expect(text).toContain('sqs:SendMessage');
  expect(text).toContain('dynamodb:PutItem');
  expect(text).not.toContain('sqs:ReceiveMessage');
  expect(JSON.stringify(compute.findResources('AWS::SSM::Parameter'))).toMatch(/RESULTS_URL.*PLAYERS_TABLE/);
});

test('what clients are sent is billed as leaving for the internet', () => {
  const [packets, starts] = [0.6 * 1000 * 60 * 30, 1000 / 2000];
  const { internetOutGbPerMonth } = networkTraffic(plan.deployments[0]!, 1);
  expect(internetOutGbPerMonth).toBeCloseTo(((packets * 500 + starts * 500) * MONTH) / GIB, 0);
});

test('operators hear of failed checks', () => {
  const alarms = JSON.stringify(templateOf(stacks, 'us-east-1-operations').findResources('AWS::CloudWatch::Alarm'));
  expect(alarms).toContain('matches: error share at or above 0.05');
});

test('a sandbox has one small host, which goes when its stack does', () => {
  const sandbox = templateOf(synthesized(smallest(plan), { disposable: true }), 'us-east-1-compute');
  sandbox.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    MinSize: '1',
    MaxSize: '1',
    NewInstancesProtectedFromScaleIn: false,
  });
  sandbox.hasResourceProperties('AWS::AutoScaling::LifecycleHook', { HeartbeatTimeout: 30 });
  const [template] = Object.values(sandbox.findResources('AWS::EC2::LaunchTemplate')).filter(({ Properties }) =>
    JSON.stringify(Properties).includes('AssociatePublicIpAddress'),
  );
  expect(template!.Properties.LaunchTemplateData.InstanceType).toBe('t4g.micro');
});
