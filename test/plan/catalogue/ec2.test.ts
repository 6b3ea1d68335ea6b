import { EBS_BASELINE } from '../../../plan/catalogue/ebs';
import { typeBehind } from '../../../plan/catalogue/ec2';

test('a node of a managed service is as large as the EC2 type of its name', () => {
  expect(typeBehind('cache.t4g.micro')).toMatchObject({ name: 't4g.micro', vcpu: 2, networkBitsPerSecond: 64e6 });
  expect(typeBehind('db.r7g.2xlarge')).toBe(typeBehind('kafka.r7g.2xlarge'));
});

test('an unknown type is named', () => {
  expect(() => typeBehind('db.z9.large')).toThrow('no EC2 type z9.large is known, which db.z9.large is named after');
});

test('types with an EBS baseline exist, and larger ones have more', () => {
  const names = Object.keys(EBS_BASELINE);
  names.forEach((name) => expect(typeBehind(`db.${name}`).name).toBe(name));
  const [iops, bytes] = [Object.values(EBS_BASELINE).map((b) => b.iops), Object.values(EBS_BASELINE).map((b) => b.bytesPerSecond)];
  expect(iops).toEqual([...iops].sort((a, b) => a - b));
  expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
});

test('16 KiB at all of its IOPS are within the bytes per second of each', () => {
  for (const { iops, bytesPerSecond } of Object.values(EBS_BASELINE)) expect(iops * 16 * 1024).toBeLessThan(bytesPerSecond);
});
