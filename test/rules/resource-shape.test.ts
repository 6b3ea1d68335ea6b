import type { Resource, Template } from '../every-stage';
import { newlyShaped, shapeOf } from './resource-shape';

const topic = { Type: 'AWS::SNS::Topic' };
const queue: Resource = {
  Type: 'AWS::SQS::Queue',
  Properties: {
    QueueName: 'orders-7',
    DelaySeconds: 5,
    SqsManagedSseEnabled: true,
    DeduplicationScope: 'queue',
    Target: { Ref: 'Orders' },
  },
};
const templateOf = (resources: Record<string, Resource>, text = ''): Template => ({ name: '', path: '', text, resources, outputs: {} });
const among = templateOf({ Orders: topic, Payments: topic });
const withProperties = (properties: object): string => shapeOf({ ...queue, Properties: { ...queue.Properties, ...properties } }, among);

test('names, figures, sentences, tags and which of a type is meant make no shape', () => {
  const same = [
    { QueueName: 'payments-12' },
    { DelaySeconds: 900 },
    { Target: { Ref: 'Payments' } },
    { Tags: [{ Key: 'a', Value: 'b' }] },
    { Description: 'what it is for' },
  ];
  for (const properties of same) expect(withProperties(properties)).toBe(withProperties({}));
});

test('words, sizes, kinds of value, properties and the type that is meant do', () => {
  const others = [
    { DeduplicationScope: 'messageGroup' },
    { DelaySeconds: '5' },
    { Unknown: 1 },
    { Target: { Ref: 'AWS::Region' } },
    { Target: { 'Fn::GetAtt': ['Orders', 'Arn'] } },
    { Size: 'db.t4g.medium' },
    { Size: 'db.t4g.large' },
  ];
  expect(new Set([{}, ...others].map(withProperties)).size).toBe(others.length + 1);
  expect(shapeOf({ ...queue, DeletionPolicy: 'Retain' }, among)).not.toBe(shapeOf(queue, among));
});

test('a template is left out when others, larger ones, have all of its shapes', () => {
  const [both, one, other] = [
    templateOf({ queue, topic }, 'both'),
    templateOf({ queue }, 'one'),
    templateOf({ key: { Type: 'AWS::KMS::Key' } }),
  ];
  expect(newlyShaped([one, other, both])).toEqual([both, other]);
});
