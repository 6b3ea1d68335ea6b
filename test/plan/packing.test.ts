import { GRAVITON } from '../../plan/catalogue/ec2';
import { GPUS } from '../../plan/catalogue/gpu';
import { allocatable, VOLUME_DRIVER, VOLUMES_PER_NODE } from '../../plan/catalogue/node-room';
import { packBox } from '../../plan/pack-box';
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

test('the network of a node is shared by its pods', () => {
  const type = GRAVITON.find((t) => t.name === 'c7g.xlarge')!;
  const quiet = set(0.5, 0.5, 30);
  // Three pods to a node, which has room for seven.
  const loud = { ...quiet, bytesPerSecond: type.networkBitsPerSecond / 8 / 3 };
  expect(packTier('web', [quiet], 1, {}, [type]).nodes.peak).toBe(5);
  expect(packTier('web', [loud], 1, {}, [type]).nodes.peak).toBe(10);
  // What moves little fills what the others leave.
  expect(packTier('web', [loud, set(0.5, 0.5, 30)], 1, {}, [type]).nodes.peak).toBe(10);
  expect(packTier('web', [{ ...loud, bytesPerSecond: type.networkBitsPerSecond / 8 + 1 }], 1, {}).vcpu).toBeGreaterThan(type.vcpu);
  expect(() => packTier('web', [{ ...quiet, bytesPerSecond: 2e9 }], 1, {})).toThrow('the largest offers 256 GiB and 15 Gbit/s');
});

test("a GPU is its pod's alone", () => {
  const one = { ...set(3, 10, 12), gpus: 1 };
  const small = packTier('gpu', [one], 1, {}, GPUS.t4, 't4');
  expect(small).toMatchObject({ instanceType: 'g4dn.xlarge', gpuModel: 't4', nodes: { peak: 12 } });
  const four = packTier('gpu', [{ ...one, gpus: 4 }], 1, {}, GPUS.l4, 'l4');
  expect(four).toMatchObject({ instanceType: 'g6.12xlarge', nodes: { peak: 12 } });
  expect(() => packTier('gpu', [{ ...one, gpus: 8 }], 1, {}, GPUS.t4, 't4')).toThrow('no instance type holds a pod of tier "gpu"');
});

test('a node has disk for the files of as many pods as it may hold', () => {
  const type = GRAVITON.find(({ name }) => name === 'm7g.xlarge')!;
  const writing = { ...set(0.5, 1, 30), scratchBytes: 10 * GIB };
  const group = packTier('web', [writing, set(0.5, 1, 30)], 1, {}, [type]);
  const fitting = Math.floor(Math.min(allocatable(type).vcpu / 0.5, allocatable(type).memoryBytes / GIB));
  expect(fitting).toBeGreaterThan(1);
  expect(group.scratchGib).toBe(10 * fitting);
  expect(packTier('web', [{ ...writing, pods: { min: 1, expected: 1, peak: 2 } }], 1, {}, [type]).scratchGib).toBe(20);
  expect(packTier('web', [set(0.5, 1, 30)], 1, {}, [type])).not.toHaveProperty('scratchGib');
  expect(packBox([{ ...set(0.1, 0.1, 2), scratchBytes: 3 * GIB }]).scratchGib).toBe(6);
});

test('a node takes no more volumes than it can attach, and keeps room for what attaches them', () => {
  const type = GRAVITON.find(({ name }) => name === 'm7g.8xlarge')!;
  const tiny = { ...set(0.1, 0.1, 100), pods: { min: 100, expected: 100, peak: 100 } };
  expect(packTier('web', [tiny], 1, {}, [type]).nodes.peak).toBe(1);
  expect(packTier('web', [{ ...tiny, volumes: 1 }], 1, {}, [type]).nodes.peak).toBe(Math.ceil(100 / VOLUMES_PER_NODE.value));
  const [without, attaching] = [allocatable(type), allocatable(type, true)];
  expect(without.vcpu - attaching.vcpu).toBeCloseTo(VOLUME_DRIVER.node.vcpu);
  expect(without.memoryBytes - attaching.memoryBytes).toBeCloseTo(VOLUME_DRIVER.node.memoryBytes);
  expect(without.pods - attaching.pods).toBe(1);
});
