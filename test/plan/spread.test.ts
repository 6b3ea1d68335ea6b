import { GRAVITON } from '../../plan/catalogue/ec2';
import { allocatable } from '../../plan/catalogue/node-room';
import { type Batch, nodesFor } from '../../plan/first-fit';
import { nodesToSpread } from '../../plan/spread';

const type = GRAVITON.find(({ name }) => name === 'm7g.xlarge')!;
const room = allocatable(type, false);
const pods = (count: number, share: number): Batch => ({
  count,
  vcpu: share * room.vcpu,
  memoryBytes: share * room.memoryBytes,
  bytesPerSecond: 0,
  gpus: 0,
  volumes: 0,
});

test('large pods find room beside small ones that were there first', () => {
  const sets = [pods(10, 0.8), pods(20, 0.1)];
  expect(nodesFor(sets, type)).toBe(10);
  // On ten nodes each has two small ones, which leaves room; three of them would not.
  expect(nodesToSpread(sets, type)).toBe(10);
  const fuller = [pods(10, 0.8), pods(20, 0.1), pods(10, 0.05)];
  expect(nodesFor(fuller, type)).toBe(11);
  expect(nodesToSpread(fuller, type)!).toBeGreaterThan(11);
});

test('small pods take what is left beside larger ones', () => {
  // On five nodes: large ones on three, then the small ones on the other two first. All five are left with 0.6 or less.
  const sets = [pods(1, 0.65), pods(3, 0.4), pods(2, 0.2), pods(4, 0.2)];
  expect(nodesFor(sets, type)).toBe(4);
  expect(nodesToSpread(sets, type)).toBe(6);
});

test('pods of one size need no more than packed, and none need no node', () => {
  expect(nodesToSpread([pods(30, 0.25)], type)).toBe(nodesFor([pods(30, 0.25)], type));
  expect(nodesToSpread([], type)).toBe(0);
});

test('pods without number need nodes without number', () => {
  expect(nodesToSpread([pods(Infinity, 0.5), pods(Infinity, 0.1)], type)).toBe(Infinity);
});

test('a pod that is larger than a node finds none', () => {
  expect(nodesToSpread([pods(1, 1.1)], type)).toBeNull();
});
