import { eksMeters } from '../../../cost/meters/eks';
import { bill } from './bill';

const group = (properties: object, others = {}) => ({
  It: { Type: 'AWS::EKS::Nodegroup', Properties: { ScalingConfig: { MinSize: 2, DesiredSize: 3, MaxSize: 6 }, ...properties } },
  ...others,
});
// m7g.large 0.0816: 2 | 3 | 6 nodes x 730 h; in the order least, desired, most
const hours = 'instance m7g.large: 3 (2 to 6) instances x 730 h = 1460 | 2190 | 4380 hour at 0.0816 = 119.14 | 178.7 | 357.41';

describe('EKS', () => {
  test('a control plane pays by the hour', () => {
    expect(bill(eksMeters, 'It', { It: { Type: 'AWS::EKS::Cluster' } })).toEqual([
      'control plane, standard support: 1 cluster x 730 h = 730 hour at 0.1 = 73',
    ]);
  });

  test('Auto Mode cannot be priced', () => {
    expect(() => bill(eksMeters, 'It', { It: { Type: 'AWS::EKS::Cluster', Properties: { ComputeConfig: { Enabled: true } } } })).toThrow(
      /Auto Mode/,
    );
  });

  test('a node group pays between its least and most nodes, with 20 GB each', () => {
    expect(bill(eksMeters, 'It', group({ InstanceTypes: ['m7g.large', 'm6g.large'] }))).toEqual([
      hours,
      'root volume gp3: 3 (2 to 6) x 20 GB = 40 | 60 | 120 GB-month at 0.08 = 3.2 | 4.8 | 9.6',
    ]);
  });

  test('a node group may leave type and volume to a launch template', () => {
    const LaunchTemplateData = { InstanceType: 'm7g.large', BlockDeviceMappings: [{ Ebs: { VolumeSize: 100, VolumeType: 'gp3' } }] };
    const resources = group(
      { LaunchTemplate: { Id: { Ref: 'Lt' } } },
      { Lt: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData } } },
    );
    expect(bill(eksMeters, 'It', resources)).toEqual([
      hours,
      'root volume gp3: 3 (2 to 6) x 100 GB = 200 | 300 | 600 GB-month at 0.08 = 16 | 24 | 48',
    ]);
  });

  test('nodes in a public subnet pay an address each', () => {
    const others = { Subnet: { Type: 'AWS::EC2::Subnet', Properties: { MapPublicIpOnLaunch: true } } };
    const lines = bill(eksMeters, 'It', group({ InstanceTypes: ['m7g.large'], Subnets: [{ Ref: 'Subnet' }] }, others));
    expect(lines[2]).toBe(
      'public IPv4 address: 3 (2 to 6) instances x 730 h = 1460 | 2190 | 4380 address-hour at 0.005 = 7.3 | 10.95 | 21.9',
    );
  });

  test('Spot capacity is half of the on-demand price, and says that this is an estimate', () => {
    expect(bill(eksMeters, 'It', group({ CapacityType: 'SPOT', InstanceTypes: ['m7g.large', 'm6g.large'] }))[0]).toBe(
      // Half of 1460 | 2190 | 4380 hours.
      'instance m7g.large, Spot (estimated): 3 (2 to 6) instances x 730 h x 0.5 of the on-demand price, an estimate: the market sets it = 730 | 1095 | 2190 hour at 0.0816 = 59.57 | 89.35 | 178.7',
    );
  });

  test('reserved blocks cannot be priced', () => {
    expect(() => bill(eksMeters, 'It', group({ CapacityType: 'CAPACITY_BLOCK' }))).toThrow('ON_DEMAND and SPOT can be priced');
  });
});
