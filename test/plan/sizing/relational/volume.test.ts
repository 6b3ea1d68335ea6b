import { gp3Volume } from '../../../../plan/sizing/relational/volume';

const size = (gib: number, iops: number) => {
  const { gib: allocated, iops: provisioned, throughputMibs } = gp3Volume(gib, iops);
  return [allocated, provisioned, throughputMibs];
};

test('a small volume has 3000 IOPS, and none can be bought for it', () => {
  expect(size(1, 3000)).toEqual([20, undefined, undefined]);
  expect(size(100.5, 100)).toEqual([101, undefined, undefined]);
});

test('one of 400 GiB has 12,000, so that more IOPS ask for more GiB', () => {
  expect(size(100, 3001)).toEqual([400, undefined, undefined]);
  expect(size(900, 12_000)).toEqual([900, undefined, undefined]);
});

test('more are provisioned, with their share of throughput past 32,000', () => {
  expect(size(100, 12_001)).toEqual([400, 13_000, undefined]);
  expect(size(500, 32_000)).toEqual([500, 32_000, undefined]);
  expect(size(500, 40_000)).toEqual([500, 40_000, 625]);
});

test('says what it includes, and why it is larger than its data', () => {
  expect([gp3Volume(10, 60), gp3Volume(500, 60), gp3Volume(10, 5000), gp3Volume(500, 5000)].map(({ reason }) => reason)).toEqual([
    '60 IOPS wanted, 3K included',
    '60 IOPS wanted, 12K included',
    '5K IOPS wanted, 12K included from 400 GiB on',
    '5K IOPS wanted, 12K included',
  ]);
});
