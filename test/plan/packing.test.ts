import { GRAVITON } from '../../plan/catalogue/ec2';
import { allocatable } from '../../plan/catalogue/node-room';
import { type NodeGroup, packTier, type PodSet } from '../../plan/packing';
import { GIB } from '../../plan/units';

const set = (vcpu: number, gib: number, peak: number): PodSet => ({
  service: `${vcpu}x${gib}`,
  vcpu,
  memoryBytes: gib * GIB,
  pods: { min: Math.ceil(peak / 8), expected: Math.ceil(peak / 3), peak },
});
const counts = [1, 3, 10, 50, 200, 1000, 3000];
const shapes = [
  [0.25, 0.25],
  [0.5, 2],
  [1, 1],
  [2, 2],
  [4, 16],
  [1, 8],
] as const;
const typeOf = (group: NodeGroup) => GRAVITON.find((t) => t.name === group.instanceType)!;

test.each(shapes)('a tier of pods with %s vCPU and %s GiB never shrinks as pods are added', (vcpu, gib) => {
  const capacity = counts.map((n) => {
    const group = packTier('web', [set(vcpu, gib, n)], 3, {});
    return { vcpu: group.nodes.peak * group.vcpu, bytes: group.nodes.peak * group.memoryBytes, needed: n * vcpu };
  });
  capacity.reduce((fewer, more) => {
    expect(more.vcpu).toBeGreaterThanOrEqual(fewer.vcpu);
    return more;
  });
  capacity.forEach((c) => expect(c.vcpu).toBeGreaterThan(c.needed));
});

test.each(shapes)('what the surviving zones offer holds all pods with %s vCPU and %s GiB', (vcpu, gib) => {
  for (const n of counts) {
    const group = packTier('web', [set(vcpu, gib, n)], 3, {});
    const room = allocatable(typeOf(group));
    const perNode = Math.floor(Math.min(room.vcpu / vcpu, room.memoryBytes / (gib * GIB), room.pods));
    expect((group.nodes.peak / 3) * 3 * perNode).toBeGreaterThanOrEqual(n);
    expect((group.nodes.max / 3) * 2 * perNode).toBeGreaterThanOrEqual(n);
  }
});

test('each zone has a whole number of nodes at every moment', () => {
  const { nodes } = packTier('web', [set(0.5, 1, 37), set(2, 4, 5)], 3, {});
  Object.values(nodes).forEach((n) => expect(n % 3).toBe(0));
});

test('nodes grow from the night to the peak and to the worst case', () => {
  const { min, expected, peak, max } = packTier('web', [set(0.5, 1, 400)], 3, {}).nodes;
  expect([min, expected, peak, max]).toEqual([...[min, expected, peak, max]].sort((a, b) => a - b));
});

test('addresses bind where pods are tiny', () => {
  const group = packTier('web', [set(0.01, 0.01, 1000)], 1, {});
  expect(group.nodes.peak).toBeGreaterThanOrEqual(Math.ceil(1000 / (group.maxPods - 5)));
  expect(group.maxPods).toBeLessThanOrEqual(typeOf(group).maxPodsEni);
});

test('a pod larger than every machine is refused by name', () => {
  expect(() => packTier('giant', [set(64, 16, 1)], 1, {})).toThrow('no instance type holds a pod of tier "giant"');
});
