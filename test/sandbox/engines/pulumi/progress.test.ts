import type { EngineEvent } from '@pulumi/pulumi/automation';
import type { Step } from '../../../../sandbox/engine';
import { Progress } from '../../../../sandbox/engines/pulumi/progress';

const urnOf = (name: string) => `urn:pulumi:box::scaleprint::aws-native:index:ExtensionResource::${name}`;
const types = new Map([
  ['data/Bucket', 'AWS::S3::Bucket'],
  ['data/Policy', 'AWS::S3::BucketPolicy'],
]);
const pre = (name: string, op: string) => ({ resourcePreEvent: { metadata: { op, urn: urnOf(name) } } }) as unknown as EngineEvent;
const post = (name: string, op: string) => ({ resOutputsEvent: { metadata: { op, urn: urnOf(name) } } }) as unknown as EngineEvent;
const error = (urn: string, message: string) => ({ diagnosticEvent: { severity: 'error', urn, message } }) as unknown as EngineEvent;

function stepsOf(events: readonly EngineEvent[]): { steps: Step[]; progress: Progress } {
  const steps: Step[] = [];
  const progress = new Progress((step) => steps.push(step));
  progress.expect(types);
  events.forEach((event) => progress.event(event));
  return { steps, progress };
}

test('each resource starts and is done, and is counted once', () => {
  const { steps } = stepsOf([
    pre('data/Bucket', 'create'),
    post('data/Bucket', 'create'),
    post('data/Bucket', 'create'),
    post('data/Policy', 'same'),
  ]);
  expect(steps.map(({ resource, status, done, total }) => [resource, status, done, total])).toEqual([
    ['Bucket', 'started', 0, 2],
    ['Bucket', 'done', 1, 2],
    ['Bucket', 'done', 1, 2],
    ['Policy', 'done', 2, 2],
  ]);
  expect(steps[0]).toMatchObject({ stack: 'data', type: 'AWS::S3::Bucket' });
});

test('a replacement counts when it is made, not when the old one is gone; what needs nothing does not start', () => {
  const { steps } = stepsOf([
    pre('data/Policy', 'same'),
    post('data/Bucket', 'delete-replaced'),
    post('data/Bucket', 'create-replacement'),
  ]);
  expect(steps.map(({ done }) => done)).toEqual([0, 1]);
});

test('the first error is the cause, whatever follows', () => {
  const { steps, progress } = stepsOf([
    error(urnOf('data/Bucket'), 'name taken'),
    error(urnOf('data/Policy'), 'no bucket'),
    error('', 'update failed'),
  ]);
  expect(progress.cause).toEqual({ stack: 'data', resource: 'Bucket', type: 'AWS::S3::Bucket', reason: 'name taken' });
  expect(steps.filter(({ status }) => status === 'failed')).toHaveLength(2);
});

test('an error of the engine itself is a cause too', () => {
  expect(stepsOf([error('urn:pulumi:box::scaleprint::pulumi:pulumi:Stack::box', 'no plugin')]).progress.cause).toEqual({
    reason: 'no plugin',
  });
});
