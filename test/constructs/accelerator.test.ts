import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Accelerator, type AcceleratorGroup, type AcceleratorListener, type AcceleratorProps } from '../../constructs/accelerator';

const group: AcceleratorGroup = { region: 'us-east-1', balancerArns: ['arn:one', 'arn:two'] };
const listener: AcceleratorListener = { name: 'web', protocol: 'tcp', ports: [443, 80], groups: [group] };

function make(props: Partial<AcceleratorProps> = {}) {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  const accelerator = new Accelerator(stack, 'anycast', { listeners: [listener], ...props });
  return { accelerator, template: Template.fromStack(stack) };
}

test('leads each region to its balancers in equal shares, which see the addresses of clients', () => {
  make().template.hasResourceProperties('AWS::GlobalAccelerator::EndpointGroup', {
    EndpointGroupRegion: 'us-east-1',
    TrafficDialPercentage: 100,
    EndpointConfigurations: ['arn:one', 'arn:two'].map((EndpointId) => ({ EndpointId, ClientIPPreservationEnabled: true })),
  });
});

test('holds a region back by its dial, and sees no addresses where that is not wanted', () => {
  const groups = [group, { ...group, region: 'eu-west-1', trafficDial: 0, preservesClientAddress: false }];
  const { accelerator, template } = make({ listeners: [{ ...listener, groups }] });
  template.hasResourceProperties('AWS::GlobalAccelerator::EndpointGroup', {
    EndpointGroupRegion: 'eu-west-1',
    TrafficDialPercentage: 0,
    EndpointConfigurations: ['arn:one', 'arn:two'].map((EndpointId) => ({ EndpointId, ClientIPPreservationEnabled: false })),
  });
  expect([...accelerator.groups.keys()]).toEqual(['web us-east-1', 'web eu-west-1']);
});

test('listens on neighbouring ports as one range', () => {
  const ranges = (ports: number[]) =>
    Object.values(make({ listeners: [{ ...listener, ports }] }).template.findResources('AWS::GlobalAccelerator::Listener'))[0]!.Properties
      .PortRanges;
  expect(ranges([443, 80])).toEqual([
    { FromPort: 80, ToPort: 80 },
    { FromPort: 443, ToPort: 443 },
  ]);
  expect(ranges([7001, 7000, 7002, 7004])).toEqual([
    { FromPort: 7000, ToPort: 7002 },
    { FromPort: 7004, ToPort: 7004 },
  ]);
});

test.each([
  [false, 'NONE'],
  [true, 'SOURCE_IP'],
])('sticky %s is affinity %s', (sticky, ClientAffinity) => {
  make({ sticky }).template.hasResourceProperties('AWS::GlobalAccelerator::Listener', { ClientAffinity, Protocol: 'TCP' });
});

test.each([
  [{ listeners: [] }, 'listeners is empty'],
  [{ listeners: [{ ...listener, ports: [0] }] }, 'ports is 0; it takes a whole number from 1 to 65535'],
  [{ listeners: [{ ...listener, ports: [] }] }, 'ranges of ports is 0'],
  [{ listeners: [{ ...listener, ports: Array.from({ length: 11 }, (_, i) => 1 + 2 * i) }] }, 'ranges of ports is 11'],
  [{ listeners: [{ ...listener, groups: [{ ...group, balancerArns: Array(11).fill('arn') }] }] }, 'balancerArns is 11'],
  [{ listeners: [{ ...listener, groups: [{ ...group, trafficDial: 101 }] }] }, 'trafficDial is 101'],
])('refuses %j', (props, message) => {
  expect(() => make(props)).toThrow(message);
});
