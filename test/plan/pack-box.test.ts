import { BOX_OVERHEAD, packBox } from '../../plan/pack-box';
import type { PodSet } from '../../plan/packing';
import { GIB } from '../../plan/units';

const set = (vcpu: number, gib: number, peak: number): PodSet => ({
  service: `${vcpu}x${gib}`,
  vcpu,
  memoryBytes: gib * GIB,
  pods: { min: 1, expected: Math.ceil(peak / 3), peak },
});

test('the box is the smallest machine that holds every pod of the peak beside k3s and the log agent', () => {
  const sizes = [1, 4, 8, 16].map((n) => packBox([set(0.5, 0.5, n)]));
  expect(sizes.map((g) => g.instanceType)).toEqual(['t4g.medium', 't4g.xlarge', 't4g.2xlarge', 'c7g.4xlarge']);
  expect(() => packBox([set(8, 8, 10)])).toThrow('the stage needs a cluster');
});

test('it leaves the kernel its twentieth of the memory', () => {
  const fits = 4 * 0.95 - BOX_OVERHEAD.memoryBytes / GIB;
  expect(packBox([set(0.1, fits, 1)]).instanceType).toBe('t4g.medium');
  expect(packBox([set(0.1, fits + 0.001, 1)]).instanceType).toBe('t4g.large');
});

test('it is as large as its network has to be, and says so', () => {
  // 264 Mbit/s: a t4g.small has 128, a t4g.medium 256, a t4g.large 512.
  const pods = [set(0.1, 0.1, 1)];
  const [quiet, loud] = [packBox(pods), packBox(pods, 33e6)];
  expect([quiet.instanceType, loud.instanceType]).toEqual(['t4g.small', 't4g.large']);
  expect(loud.reason).toBe(`${quiet.reason.replace('small', 'large')} It is as large for its network: 31.5 MiB a second.`);
  expect(() => packBox(pods, 3e9)).toThrow('the stage needs a cluster');
});
