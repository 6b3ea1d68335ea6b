import { anycastPlan } from '../plan/tiny-anycast';
import { synthesized, templateOf } from './synthesized';

const template = templateOf(synthesized(anycastPlan('regions')), 'us-east-1-edge');
const groupsOf = (from = template) => Object.values(from.findResources('AWS::GlobalAccelerator::EndpointGroup'));
const namesOf = (from: typeof template) =>
  Object.values(from.findResources('AWS::Route53::RecordSet')).map(({ Properties: { Name } }) =>
    Name.Ref ? 'domain' : Name['Fn::Join'][1][0],
  );
const below = (label: string) => `${label}.`;

test('leads to the balancers of each region, and to the one that stands by when no other is well', () => {
  const dials = groupsOf().map(({ Properties: p }) => `${p.EndpointGroupRegion} ${p.TrafficDialPercentage}`);
  expect([...new Set(dials)]).toEqual(['us-east-1 100', 'eu-west-1 100', 'eu-west-2 0']);
  for (const { Properties: p } of groupsOf())
    expect(p.EndpointConfigurations.map((e: any) => e.EndpointId['Fn::GetStackOutput'].Region)).toEqual([p.EndpointGroupRegion]);
});

test('the domain is its name; the balancers behind it have none', () => {
  expect(namesOf(template)).toEqual(['domain']);
  template.hasResourceProperties('AWS::Route53::RecordSet', {
    Type: 'A',
    AliasTarget: { HostedZoneId: 'Z2BJ6XQ5FK7U4H', EvaluateTargetHealth: false },
  });
});

test('cells keep names of their own, to which clients come back', () => {
  const plan = anycastPlan('cells');
  const cells = plan.deployments[0]!.cells;
  expect(cells).toBeGreaterThan(1);
  const names = namesOf(templateOf(synthesized(plan), 'us-east-1-edge'));
  expect(names).toContain('domain');
  for (let cell = 1; cell <= cells; cell += 1) expect(names).toContain(below(`us-east-1-cell${cell}`));
});

test('the premium is billed on what passes in the direction that has more of it', () => {
  const usage = Object.entries(template.findResources('AWS::GlobalAccelerator::EndpointGroup')).filter(([id]) => /useast1/.test(id));
  const gb = (bytesPerSecond: number) => expect.closeTo((bytesPerSecond * 730 * 3600) / 2 ** 30, 1);
  // 150 requests/s of 900 bytes back; 150/s of 300 bytes there on each of the other ports.
  expect(usage.map(([, { Metadata }]) => Metadata!['scaleprint:usage'].dominantGbPerMonth)).toEqual([gb(135_000), gb(45_000), gb(45_000)]);
});

test('a sandbox leaves no security group behind, so its balancers do not see addresses', () => {
  const disposable = templateOf(synthesized(anycastPlan('regions'), { disposable: true }), 'us-east-1-edge');
  const preserves = (from: typeof template) =>
    groupsOf(from).flatMap(({ Properties: p }) => p.EndpointConfigurations.map((e: any) => e.ClientIPPreservationEnabled));
  expect(new Set(preserves(disposable))).toEqual(new Set([false]));
  expect(new Set(preserves(template))).toEqual(new Set([true]));
});

test('clients reach the balancers behind it at their ports', () => {
  const network = templateOf(synthesized(anycastPlan('regions')), 'us-east-1-network');
  const open = (description: string) =>
    Object.values(network.findResources('AWS::EC2::SecurityGroup', { Properties: { GroupDescription: description } })).flatMap(
      ({ Properties: p }) => p.SecurityGroupIngress.map((rule: any) => `${rule.CidrIp} ${rule.IpProtocol} ${rule.ToPort}`),
    );
  expect(open('loadBalancer web')).toEqual(['0.0.0.0/0 tcp 443', '0.0.0.0/0 tcp 80']);
  expect(open('loadBalancer lines')).toEqual(['0.0.0.0/0 udp 5000', '0.0.0.0/0 tcp 5001']);
});

test('where no edge reads requests, a firewall of the region stands before the balancer that does', () => {
  const compute = templateOf(synthesized(anycastPlan('regions')), 'eu-west-1-compute');
  compute.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'REGIONAL' });
  const tied = Object.values(compute.findResources('AWS::WAFv2::WebACLAssociation')).map(({ Properties }) =>
    JSON.stringify(Properties.ResourceArn),
  );
  expect(tied).toEqual([expect.stringContaining('web')]);
});
