import type { Step } from '../../../../sandbox/engine';
import { Progress, type StackEvent } from '../../../../sandbox/engines/cloudformation/progress';

const RESOURCES = new Map([
  ['network', ['Vpc', 'Subnet']],
  ['data', ['Database']],
]);

function watched() {
  const steps: Step[] = [];
  return { steps, progress: new Progress(RESOURCES, (step) => steps.push(step)) };
}

const at = (seconds: number, LogicalResourceId: string, ResourceStatus: string, ResourceStatusReason?: string): StackEvent => ({
  ...{ LogicalResourceId, ResourceStatus, ResourceStatusReason, ResourceType: 'AWS::Some::Thing' },
  Timestamp: new Date(seconds * 1000),
});

test('each resource counts once, whatever order its events come in', () => {
  const { steps, progress } = watched();
  progress.event('network', at(2, 'Vpc', 'CREATE_COMPLETE'));
  progress.event('network', at(1, 'Vpc', 'CREATE_IN_PROGRESS'));
  progress.event('network', at(2, 'Vpc', 'CREATE_COMPLETE'));
  expect(steps.map(({ status, done, total }) => [status, done, total])).toEqual([
    ['done', 1, 3],
    ['done', 1, 3],
  ]);
});

test('a finished stack counts whole, also what an update did not touch', () => {
  const { steps, progress } = watched();
  progress.event('network', at(1, 'Vpc', 'UPDATE_COMPLETE'));
  progress.end('network');
  progress.end('data');
  expect(steps.at(-1)).toEqual({ stack: 'data', status: 'done', done: 3, total: 3 });
});

test('the stack itself, what is cleaned up and what was replaced are no resources of the template', () => {
  const { steps, progress } = watched();
  progress.event('network', at(1, 'network', 'CREATE_COMPLETE'));
  progress.event('network', at(1, 'Vpc', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'));
  progress.event('network', at(1, 'Old', 'DELETE_COMPLETE'));
  expect(steps).toEqual([]);
});

test('the cause is the first failure that follows from no other, over all stacks', () => {
  const { steps, progress } = watched();
  progress.event('network', at(3, 'Subnet', 'CREATE_FAILED', 'second'));
  progress.event('network', at(1, 'Vpc', 'CREATE_FAILED', 'Resource creation cancelled'));
  progress.event('data', at(2, 'Database', 'CREATE_FAILED', 'first'));
  expect(progress.cause).toMatchObject({ stack: 'data', resource: 'Database', reason: 'first' });
  expect(steps.map(({ status, reason }) => [status, reason])).toEqual([
    ['failed', 'second'],
    ['failed', 'first'],
  ]);
});

test('without a failure there is no cause', () => {
  expect(watched().progress.cause).toBeUndefined();
});
