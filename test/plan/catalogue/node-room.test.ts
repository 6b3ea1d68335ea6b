import { GRAVITON } from '../../../plan/catalogue/ec2';
import { allocatable, DAEMON_ROOM, DAEMONS, maxPods } from '../../../plan/catalogue/node-room';
import { GIB, MIB } from '../../../plan/units';

test('the kubelet reserves memory for every address, also where fewer pods are taken: 64 GiB less 5 %, 255 + 11 x 234 + 100 MiB and daemons', () => {
  const room = allocatable(GRAVITON.find((t) => t.name === 'm7g.4xlarge')!);
  expect([room.pods, room.memoryBytes / GIB]).toEqual([105, expect.closeTo(60.8 - (255 + 11 * 234 + 100 + 512) / 1024)]);
});

test('every daemon takes a place for a pod, and what it requests', () => {
  expect(DAEMON_ROOM.pods).toBe(Object.keys(DAEMONS).length);
  expect(DAEMON_ROOM.vcpu).toBeCloseTo(0.3);
  expect(DAEMON_ROOM.memoryBytes).toBe(512 * MIB);
});

test.each(GRAVITON)('$name offers less than it has', (type) => {
  const room = allocatable(type);
  expect(room.vcpu).toBeLessThan(type.vcpu);
  expect(room.memoryBytes).toBeLessThan(type.memoryBytes);
  expect(room.pods).toBeLessThan(maxPods(type));
  expect(maxPods(type)).toBeLessThanOrEqual(type.maxPodsEni);
});
