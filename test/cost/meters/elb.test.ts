import { elbMeters } from '../../../cost/meters/elb';
import { bill } from './bill';

const balancer = (properties: object, others = {}) => ({
  It: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internal', ...properties } },
  ...others,
});
const listener = (Protocol: string) => ({
  L: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'It' }, Protocol } },
});

// An ALB unit holds 25 new connections/s, 3,000 active ones, 1 GB/h, 1,000 rule evaluations/s.
const albHours = 'Application Load Balancer: 1 load balancer x 730 h = 730 hour at 0.0225 = 16.43';
const idle = { newConnectionsPerSecond: 0, activeConnections: 0, processedGbPerMonth: 0 };

describe('an ALB pays capacity units by the dimension that needs most', () => {
  test.each([
    // 100 / 25 = 4 units x 730 h x 0.008
    [
      'new connections',
      { newConnectionsPerSecond: 100, activeConnections: 3000 },
      '100 new connections/s / 25 a unit x 730 h = 2920 LCU-hour at 0.008 = 23.36',
    ],
    // 30,000 / 3,000 = 10 units
    [
      'active connections',
      { newConnectionsPerSecond: 100, activeConnections: 30_000 },
      '30000 active connections / 3000 a unit x 730 h = 7300 LCU-hour at 0.008 = 58.4',
    ],
    // 3,650 GB / 730 h = 5 GB/h
    ['traffic', { newConnectionsPerSecond: 100, processedGbPerMonth: 3650 }, '5 GB/h / 1 a unit x 730 h = 3650 LCU-hour at 0.008 = 29.2'],
    // 7,000 / 1,000 = 7 units
    [
      'rules',
      { newConnectionsPerSecond: 100, ruleEvaluationsPerSecond: 7000 },
      '7000 rule evaluations/s / 1000 a unit x 730 h = 5110 LCU-hour at 0.008 = 40.88',
    ],
  ])('%s', (_, usage, line) => {
    expect(bill(elbMeters, 'It', balancer({}), { ...idle, ...usage })).toEqual([albHours, `capacity units, ALB: ${line}`]);
  });
});

describe('an NLB pays units of its own, smaller over TLS and UDP', () => {
  const usage = { ...idle, newConnectionsPerSecond: 800 };
  test.each([
    ['TCP', '800 new connections/s / 800 a unit x 730 h = 730 LCU-hour at 0.006 = 4.38'],
    ['UDP', '800 new connections/s / 400 a unit x 730 h = 1460 LCU-hour at 0.006 = 8.76'],
    ['TLS', '800 new connections/s / 50 a unit x 730 h = 11680 LCU-hour at 0.006 = 70.08'],
  ])('%s', (protocol, line) => {
    expect(bill(elbMeters, 'It', balancer({ Type: 'network' }, listener(protocol)), usage)).toEqual([
      'Network Load Balancer: 1 load balancer x 730 h = 730 hour at 0.0225 = 16.43',
      `capacity units, NLB over ${protocol}: ${line}`,
    ]);
  });
});

describe('an NLB that listens by several protocols', () => {
  const listen = (...protocols: string[]) =>
    Object.fromEntries(
      protocols.map((Protocol) => [
        `L${Protocol}`,
        { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'It' }, Protocol } },
      ]),
    );
  const usage = { ...idle, newConnectionsPerSecond: 800 };

  test('pays each share in units of its own', () => {
    const shares = { 'shareOf:TCP': 0.75, 'shareOf:UDP': 0.25 };
    expect(bill(elbMeters, 'It', balancer({ Type: 'network' }, listen('TCP', 'UDP')), { ...usage, ...shares }).slice(1)).toEqual([
      'capacity units, NLB over UDP: 200 new connections/s / 400 a unit x 730 h = 365 LCU-hour at 0.006 = 2.19',
      'capacity units, NLB over TCP: 600 new connections/s / 800 a unit x 730 h = 547.5 LCU-hour at 0.006 = 3.29',
    ]);
  });

  test('pays all of it by the dearest where nobody says how it is shared', () => {
    expect(bill(elbMeters, 'It', balancer({ Type: 'network' }, listen('TCP', 'UDP', 'TLS')), usage)[1]).toContain(
      'NLB over TLS: 800 new connections/s / 50 a unit',
    );
  });
});

describe('an internet-facing load balancer', () => {
  const address = (count: number, usd: number) =>
    `public IPv4 address: ${count} subnets x 730 h = ${count * 730} address-hour at 0.005 = ${usd}`;

  test('pays a public address in each subnet', () => {
    expect(bill(elbMeters, 'It', balancer({ Scheme: 'internet-facing', Subnets: ['a', 'b', 'c'] }), idle)[2]).toBe(address(3, 10.95));
  });

  test('leaves Elastic IPs to themselves', () => {
    const SubnetMappings = [{ SubnetId: 'a', AllocationId: 'eip' }, { SubnetId: 'b' }];
    expect(bill(elbMeters, 'It', balancer({ Type: 'network', Scheme: 'internet-facing', SubnetMappings }), idle)[2]).toBe(address(1, 3.65));
  });
});

test('a gateway load balancer cannot be priced', () => {
  expect(() => bill(elbMeters, 'It', balancer({ Type: 'gateway' }), idle)).toThrow(
    'Type is gateway; application and network can be priced',
  );
});
