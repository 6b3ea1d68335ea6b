import { ebsMeters } from '../../../cost/meters/ebs';
import { bill } from './bill';

const volume = (Properties: object) => ({ It: { Type: 'AWS::EC2::Volume', Properties: { ...Properties } } });

test('gp3 pays IOPS above 3,000 and throughput above 125 MiB/s', () => {
  // 500 x 0.08 = 40; 1,000 x 0.005 = 5; 125 x 0.04 = 5
  expect(bill(ebsMeters, 'It', volume({ VolumeType: 'gp3', Size: 500, Iops: 4000, Throughput: 250 }))).toEqual([
    'volume gp3: 1 x 500 GB = 500 GB-month at 0.08 = 40',
    'volume IOPS gp3: 1 x (4000 - 3000 included) IOPS = 1000 IOPS-month at 0.005 = 5',
    'volume throughput gp3: 1 x (250 - 125 included) MiB/s = 125 MiBps-month at 0.04 = 5',
  ]);
});

test('gp3 within what it includes pays storage alone', () => {
  expect(bill(ebsMeters, 'It', volume({ VolumeType: 'gp3', Size: 500, Iops: 3000, Throughput: 125 }))).toHaveLength(1);
});

test('io2 pays all of its IOPS, graduated', () => {
  // 100 x 0.125 = 12.50; 32,000 x 0.065 + 8,000 x 0.0455 = 2,080 + 364
  expect(bill(ebsMeters, 'It', volume({ VolumeType: 'io2', Size: 100, Iops: 40_000 }))).toEqual([
    'volume io2: 1 x 100 GB = 100 GB-month at 0.125 = 12.5',
    'volume IOPS io2: 1 x 40000 IOPS = 40000 IOPS-month at 0.065 then 0.0455 then 0.03185 = 2444',
  ]);
});

test('a volume that states no type is gp2', () => {
  expect(bill(ebsMeters, 'It', volume({ Size: '10' }))).toEqual(['volume gp2: 1 x 10 GB = 10 GB-month at 0.1 = 1']);
});

test('an unknown type, or a size known only at deployment, cannot be priced', () => {
  expect(() => bill(ebsMeters, 'It', volume({ Size: 10, VolumeType: 'gp9' }))).toThrow(/volume type is gp9; gp3, gp2/);
  expect(() => bill(ebsMeters, 'It', volume({ Size: { Ref: 'P' } }))).toThrow('Size is {"Ref":"P"}; a number can be priced');
});
