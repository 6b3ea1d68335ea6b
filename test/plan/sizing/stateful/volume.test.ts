import { describe as inWords, gp3Volume } from '../../../../plan/sizing/stateful/volume';
import { GIB } from '../../../../plan/units';

test('is the smallest that holds so much with room, and at least a GiB', () => {
  expect(gp3Volume('x', 70 * GIB, { bytes: 0 })).toEqual({ gib: 100, kept: true });
  expect(gp3Volume('x', 0, { bytes: 0 })).toEqual({ gib: 1, kept: true });
});

test('says only the speed that is bought, and is as large as that takes', () => {
  expect(gp3Volume('x', 0, { bytes: 0, iops: 3000, throughputMibs: 125 })).toEqual({ gib: 1, kept: true });
  expect(gp3Volume('x', 0, { bytes: 0, iops: 6000, throughputMibs: 500 })).toEqual({
    gib: 12,
    iops: 6000,
    throughputMibs: 500,
    kept: true,
  });
  expect(inWords({ gib: 12, iops: 6000, kept: true })).toBe('12 GiB gp3, 6000 IOPS');
});

test('refuses what gp3 does not offer', () => {
  expect(() => gp3Volume('x', 0, { bytes: 0, iops: 20_000 })).toThrow('iops is 20000; gp3 takes 3000 to 16000');
  expect(() => gp3Volume('x', 0, { bytes: 0, throughputMibs: 1000 })).toThrow('1000 MiB/s take 4000 IOPS; it has 3000');
});
