import { ec2Meters } from '../../../cost/meters/ec2';
import { bill } from './bill';

const type = 'AWS::EC2::Instance';
const subnet = (MapPublicIpOnLaunch: boolean) => ({ Type: 'AWS::EC2::Subnet', Properties: { MapPublicIpOnLaunch } });
const hours = 'instance t4g.small: 1 instance x 730 h = 730 hour at 0.0168 = 12.26';
const rootOf = (gb: number, usd: number) => `root volume gp3: 1 x ${gb} GB = ${gb} GB-month at 0.08 = ${usd}`;
const address = 'public IPv4 address: 1 instance x 730 h = 730 address-hour at 0.005 = 3.65';

describe('EC2 instances', () => {
  test('pay hours, the image’s root volume, and an address where the subnet gives one', () => {
    const properties = { InstanceType: 't4g.small', SubnetId: { Ref: 'Subnet' } };
    expect(bill(ec2Meters, 'It', { It: { Type: type, Properties: properties }, Subnet: subnet(true) })).toEqual([
      hours,
      rootOf(8, 0.64),
      address,
    ]);
    expect(bill(ec2Meters, 'It', { It: { Type: type, Properties: properties }, Subnet: subnet(false) })).toEqual([hours, rootOf(8, 0.64)]);
  });

  test('take the address from their network interface first', () => {
    const It = (AssociatePublicIpAddress: boolean) => ({
      Type: type,
      Properties: { InstanceType: 't4g.small', NetworkInterfaces: [{ SubnetId: { Ref: 'Subnet' }, AssociatePublicIpAddress }] },
    });
    expect(bill(ec2Meters, 'It', { It: It(true), Subnet: subnet(false) })).toContain(address);
    expect(bill(ec2Meters, 'It', { It: It(false), Subnet: subnet(true) })).not.toContain(address);
  });

  test('with an Elastic IP leave the address to it', () => {
    const resources = {
      It: { Type: type, Properties: { InstanceType: 't4g.small', SubnetId: { Ref: 'Subnet' } } },
      ...{ Subnet: subnet(true), Ip: { Type: 'AWS::EC2::EIP', Properties: { InstanceId: { Ref: 'It' } } } },
    };
    expect(bill(ec2Meters, 'It', resources)).toEqual([hours, rootOf(8, 0.64)]);
  });

  test('pay each volume they map', () => {
    // 30 x 0.08; 200 x 0.08 and (3,500 - 3,000) x 0.005
    const BlockDeviceMappings = [
      { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, VolumeType: 'gp3' } },
      { Ebs: { VolumeSize: 200, Iops: 3500 } },
      { VirtualName: 'ephemeral0' },
    ];
    expect(bill(ec2Meters, 'It', { It: { Type: type, Properties: { InstanceType: 't4g.small', BlockDeviceMappings } } })).toEqual([
      ...[hours, rootOf(30, 2.4), 'volume 2 gp3: 1 x 200 GB = 200 GB-month at 0.08 = 16'],
      'volume 2 IOPS gp3: 1 x (3500 - 3000 included) IOPS = 500 IOPS-month at 0.005 = 2.5',
    ]);
  });

  test('take type and volumes from their launch template', () => {
    const LaunchTemplateData = { InstanceType: 't4g.small', BlockDeviceMappings: [{ Ebs: { VolumeSize: 20 } }] };
    const resources = {
      It: { Type: type, Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Lt' }, Version: '1' } } },
      Lt: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData } },
    };
    expect(bill(ec2Meters, 'It', resources)).toEqual([hours, rootOf(20, 1.6)]);
  });

  test('pay CPU credits beyond the baseline, where burstable', () => {
    const It = (InstanceType: string) => ({ It: { Type: type, Properties: { InstanceType } } });
    expect(bill(ec2Meters, 'It', It('t4g.small'), { burstVcpuHoursPerMonth: 100 })[2]).toBe(
      'CPU credits t4g: 100 vCPU-hours above the baseline = 100 vCPU-hour at 0.04 = 4',
    );
    expect(bill(ec2Meters, 'It', It('m7g.large'), { burstVcpuHoursPerMonth: 100 })).toHaveLength(2);
  });

  test('without a type cannot be priced', () => {
    expect(() => bill(ec2Meters, 'It', { It: { Type: type } })).toThrow('InstanceType is undefined; a literal can be priced');
  });
});
