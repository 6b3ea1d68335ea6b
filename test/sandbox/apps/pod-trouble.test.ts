import { podTrouble, type PodReport } from '../../../sandbox/apps/pod-trouble';

const pod = (status: PodReport['status']): PodReport => ({ metadata: { name: 'shop-1' }, status });
const no = (type: string, reason: string, message?: string) => ({ type, status: 'False', reason, message });

test('a pod without a node says what it waits for', () => {
  const unplaced = pod({
    conditions: [no('Ready', 'x'), no('PodScheduled', 'Unschedulable', '0/1 nodes are available: 1 Insufficient cpu.')],
  });
  expect(podTrouble([unplaced])).toBe('shop-1 has no node: 0/1 nodes are available: 1 Insufficient cpu.');
});

test('an image that cannot be had, and a program that ends', () => {
  const waiting = (reason: string, message?: string, exitCode?: number) =>
    pod({
      containerStatuses: [
        { state: { waiting: { reason, message } }, lastState: exitCode === undefined ? {} : { terminated: { exitCode } } },
      ],
    });
  expect(podTrouble([waiting('ImagePullBackOff', 'not found')])).toBe('shop-1: ImagePullBackOff, not found');
  expect(podTrouble([waiting('CrashLoopBackOff', undefined, 3)])).toBe('shop-1: CrashLoopBackOff, it ended with code 3');
  expect(podTrouble([waiting('ContainerCreating')])).toBeUndefined();
});

test('the first that tells something is named, pods that are well are not', () => {
  const well = pod({ conditions: [{ type: 'Ready', status: 'True' }] });
  const unready = pod({ conditions: [no('Ready', 'ContainersNotReady', 'containers with unready status: [shop]')] });
  expect(podTrouble([well, unready])).toBe('shop-1 is not ready: ContainersNotReady, containers with unready status: [shop]');
  expect(podTrouble([well])).toBeUndefined();
  expect(podTrouble([])).toBeUndefined();
});
