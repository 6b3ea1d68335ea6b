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
