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

test.each([undefined, '10.0.0.0/17', '10.0.0.0/18'])('subnets of %s do not overlap and hold pods', (cidr) => {
  const ranges = subnets(templateOf({ egress: 'per zone', cidr })).map(({ CidrBlock }) => rangeOf(CidrBlock));
  const [start, end] = rangeOf(cidr ?? '10.0.0.0/16');
  const sizes = ranges.map(([from, to]) => (to - from) / (end - start)).sort();
  expect(sizes).toEqual([1 / 64, 1 / 64, 1 / 64, 1 / 16, 1 / 16, 1 / 16, 1 / 4, 1 / 4, 1 / 4]);
  const inOrder = ranges.sort(([a], [b]) => a - b);
  expect(inOrder.every(([from, to], i) => from >= (inOrder[i - 1]?.[1] ?? start) && to <= end)).toBe(true);
});

test('subnets keep their addresses when private ones come', () => {
  const subnetsById = (egress: NetworkProps['egress']) => templateOf({ egress }).findResources('AWS::EC2::Subnet');
  const before = Object.entries(subnetsById('none'));
  expect(before).toHaveLength(6);
  const after = subnetsById('per zone');
  for (const [id, { Properties }] of before) expect(after[id]!.Properties.CidrBlock).toBe(Properties.CidrBlock);
});

test('no subnet gives public addresses away', () => {
  const all = subnets(templateOf({ egress: 'per zone' }));
  expect(all.filter(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).toEqual([]);
});

test('isolated subnets have no route but to S3 and DynamoDB', () => {
  const template = templateOf({ egress: 'per zone' });
  const routes = Object.values(template.findResources('AWS::EC2::Route')).map(({ Properties }) => Properties.RouteTableId.Ref as string);
  expect(routes).toHaveLength(6);
  expect(routes.filter((table) => table.includes('isolated'))).toEqual([]);
});

test('zones are chosen when it is deployed, or given', () => {
  const zonesOf = (template: Template) => new Set(subnets(template).map(({ AvailabilityZone }) => JSON.stringify(AvailabilityZone)));
  const chosen = [0, 1, 2].map((i) => JSON.stringify({ 'Fn::Select': [i, { 'Fn::GetAZs': '' }] }));
  expect(zonesOf(templateOf({ egress: 'none' }))).toEqual(new Set(chosen));
  expect(zonesOf(templateOf({ egress: 'none', availabilityZones: ['a', 'b', 'c'] }))).toEqual(new Set(['"a"', '"b"', '"c"']));
});

/** First address and the one after the last. */
function rangeOf(cidr: string): [number, number] {
  const [address, mask] = cidr.split('/') as [string, string];
  const start = address.split('.').reduce((n, byte) => n * 256 + Number(byte), 0);
  return [start, start + 2 ** (32 - Number(mask))];
}

test('S3 and DynamoDB are reached for free, other services where asked', () => {
  const template = templateOf({ egress: 'per zone', interfaceEndpoints: { cassandra: 9142 } });
  const types = Object.values(template.findResources('AWS::EC2::VPCEndpoint')).map(
    ({ Properties }) => Properties.VpcEndpointType as string,
  );
  expect(types.sort()).toEqual(['Gateway', 'Gateway', 'Interface']);
  const network = { 'Fn::GetAtt': [Match.stringLikeRegexp('^NetworkVpc'), 'CidrBlock'] };
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupIngress: [Match.objectLike({ CidrIp: network, FromPort: 9142, ToPort: 9142 })],
  });
});

test('an interface endpoint has an address in each zone, or in as many as asked', () => {
  const subnetsOf = (endpointZones?: number) => {
    const template = templateOf({ egress: 'per zone', interfaceEndpoints: { sqs: 443 }, endpointZones });
    const [endpoint] = Object.values(template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } }));
    return (endpoint!.Properties.SubnetIds as { Ref: string }[]).map(({ Ref }) => Ref);
  };
  expect(subnetsOf()).toHaveLength(3);
  expect(subnetsOf()).toEqual(subnetsOf().map(() => expect.stringContaining('isolated')));
  expect(subnetsOf(1)).toEqual(subnetsOf().slice(0, 1));
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
