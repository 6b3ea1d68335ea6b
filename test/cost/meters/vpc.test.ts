import { vpcMeters } from '../../../cost/meters/vpc';
import { bill, charges } from './bill';

const one = (Type: string, Properties = {}) => ({ It: { Type, Properties } });

test('a VPC pays traffic between zones in both directions, to the internet and to other regions', () => {
  // 1,000 GB x 2 x 0.01 = 20; 20,480 GB: 10,240 x 0.09 + 10,240 x 0.085 = 921.60 + 870.40 (the 100 free GB are the account's); 50 x 0.02
  const usage = { crossZoneGbPerMonth: 1000, internetOutGbPerMonth: 20_480, interRegionOutGbPerMonth: 50 };
  expect(bill(vpcMeters, 'It', one('AWS::EC2::VPC'), usage)).toEqual([
    'data between zones: 1000 GB x 2 directions = 2000 GB at 0.01 = 20',
    'data to the internet: 20480 GB = 20480 GB at 0.09 then 0.085 then 0.07 then 0.05 = 1792',
    'data to other regions: 50 GB = 50 GB at 0.02 = 1',
  ]);
});

test('a NAT gateway pays its hours and what passes', () => {
  // 730 x 0.045 = 32.85; 100 x 0.045 = 4.50
  expect(bill(vpcMeters, 'It', one('AWS::EC2::NatGateway'), { processedGbPerMonth: 100 })).toEqual([
    'NAT gateway: 1 gateway x 730 h = 730 hour at 0.045 = 32.85',
    'NAT data processed: 100 GB = 100 GB at 0.045 = 4.5',
  ]);
});

test('an Elastic IP pays as a public IPv4 address', () => {
  expect(bill(vpcMeters, 'It', one('AWS::EC2::EIP'))).toEqual([
    'public IPv4 address: 1 address x 730 h = 730 address-hour at 0.005 = 3.65',
  ]);
});

describe('VPC endpoints', () => {
  test('an interface endpoint pays in each zone, more cheaply per GB beyond a petabyte', () => {
    // 3 x 730 x 0.01 = 21.90; 1,000,000 x 0.01 + 500,000 x 0.006 = 13,000
    const endpoint = one('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b', 'c'] });
    expect(bill(vpcMeters, 'It', endpoint, { processedGbPerMonth: 1_500_000 })).toEqual([
      'interface endpoint: 3 zones x 730 h = 2190 hour at 0.01 = 21.9',
      'interface endpoint data processed: 1500000 GB = 1500000 GB at 0.01 then 0.006 then 0.004 = 13000',
    ]);
  });

  test('a gateway endpoint is free', () => {
    expect(charges(vpcMeters, 'It', one('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }))).toEqual([]);
    expect(charges(vpcMeters, 'It', one('AWS::EC2::VPCEndpoint'))).toEqual([]);
  });

  test('other endpoints cannot be priced', () => {
    expect(() => charges(vpcMeters, 'It', one('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Resource' }))).toThrow(
      'VpcEndpointType is Resource; Interface and Gateway can be priced',
    );
  });
});

describe('flow logs', () => {
  test('pay as vended logs, less when they go to S3', () => {
    // 20,480 GB: 10,240 x 0.50 + 10,240 x 0.25 = 7,680; to S3 10,240 x 0.25 + 10,240 x 0.15 = 4,096
    const usage = { deliveredGbPerMonth: 20_480 };
    expect(bill(vpcMeters, 'It', one('AWS::EC2::FlowLog'), usage)).toEqual([
      'vended log delivery: 20480 GB = 20480 GB at 0.5 then 0.25 then 0.1 then 0.05 = 7680',
    ]);
    expect(bill(vpcMeters, 'It', one('AWS::EC2::FlowLog', { LogDestinationType: 's3' }), usage)).toEqual([
      'vended log delivery to S3: 20480 GB = 20480 GB at 0.25 then 0.15 then 0.075 then 0.05 = 4096',
    ]);
  });
});
