import { Queue } from '../../constructs/queue';
import type { ManagedService } from '../../constructs/managed-service';
import type { Deployment } from '../../plan/plan';
import type { QueuePart } from '../../plan/sizing/queue';
import { queueUsage } from '../usage/queue';
import { type Around, standard } from './around';

export const queue = (part: QueuePart, around: Around): ManagedService =>
  new Queue(around.stack, part.id, {
    ...standard(around),
    maxReceives: part.maxReceives,
    retentionSeconds: part.retentionSeconds,
    visibilitySeconds: part.visibilitySeconds,
    usage: { 'AWS::SQS::Queue': queueUsage(part, isPolled(part.id, around.deployment)) },
  });

const isPolled = (id: string, { parts, flows }: Deployment): boolean => {
  const functions = new Set(parts.filter(({ kind }) => kind === 'function').map((part) => part.id));
  return flows.some((flow) => flow.to === id && flow.verb === 'consumes' && functions.has(flow.from));
};
