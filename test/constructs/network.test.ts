import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Network, type NetworkProps } from '../../constructs/network';

function templateOf(props: NetworkProps): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'eu-west-1' } });
  new Network(stack, 'Network', props);
  return Template.fromStack(stack);
}

const subnets = (template: Template) =>
  Object.values(template.findResources('AWS::EC2::Subnet')).map(
    ({ Properties }) => Properties as { CidrBlock: string; AvailabilityZone: unknown; MapPublicIpOnLaunch?: boolean },
  );

test.each([
  ['none', 0, 6],
  ['single', 1, 9],
  ['per zone', 3, 9],
] as const)('egress %s has %i NAT gateways and %i subnets', (egress, gateways, count) => {
  const template = templateOf({ egress });
  template.resourceCountIs('AWS::EC2::NatGateway', gateways);
  template.resourceCountIs('AWS::EC2::Subnet', count);
});

test('private subnets have addresses for tens of thousands of pods, and no subnet gives public ones away', () => {
  const all = subnets(templateOf({ egress: 'per zone' }));
  const addresses = all.map(({ CidrBlock }) => 2 ** (32 - Number(CidrBlock.split('/')[1])));
  expect(addresses.filter((n) => n === 16_384)).toHaveLength(3);
  expect(all.filter(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).toEqual([]);
});

test('zones are chosen when it is deployed, or given', () => {
  const zonesOf = (template: Template) => new Set(subnets(template).map(({ AvailabilityZone }) => JSON.stringify(AvailabilityZone)));
  const chosen = [0, 1, 2].map((i) => JSON.stringify({ 'Fn::Select': [i, { 'Fn::GetAZs': '' }] }));
  expect(zonesOf(templateOf({ egress: 'none' }))).toEqual(new Set(chosen));
  expect(zonesOf(templateOf({ egress: 'none', availabilityZones: ['a', 'b', 'c'] }))).toEqual(new Set(['"a"', '"b"', '"c"']));
});

test('S3 and DynamoDB are reached for free, other services where asked', () => {
  const template = templateOf({ egress: 'per zone', interfaceEndpoints: { cassandra: 9142 } });
  const types = Object.values(template.findResources('AWS::EC2::VPCEndpoint')).map(
    ({ Properties }) => Properties.VpcEndpointType as string,
  );
  expect(types.sort()).toEqual(['Gateway', 'Gateway', 'Interface']);
  template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [Match.objectLike({ FromPort: 9142, ToPort: 9142 })] });
});

test('refused connections are logged for a month', () => {
  const template = templateOf({ egress: 'none' });
  template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'REJECT', LogGroupName: Match.anyValue() });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
});

test('refuses a range too small for pods and a wrong number of zones', () => {
  expect(() => templateOf({ egress: 'none', cidr: '10.0.0.0/24' })).toThrow('cidr is "10.0.0.0/24"; it takes a range from /16 to /18');
  expect(() => templateOf({ egress: 'none', availabilityZones: ['a'] })).toThrow('availabilityZones has 1 entries; it takes 3');
});
