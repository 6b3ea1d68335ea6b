import { CfnOutput } from 'aws-cdk-lib';
import type { ManagedService } from '../../constructs/managed-service';
import { ObjectStore } from '../../constructs/object-store';
import type { Queue } from '../../constructs/queue';
import { endpointsOf, metricNameOutput } from '../../plan/endpoints';
import type { PartByKind } from '../../plan/sizing';
import type { Around } from './around';
import { cache } from './cache';
import { relational } from './relational';
import { keyValue } from './key-value';
import { wideColumn } from './wide-column';
import { hsm } from './hsm';
import { kafka } from './kafka';
import { rabbitmq } from './rabbitmq';
import { queue } from './queue';
import { objectStore } from './object-store';
import { search } from './search';
import { channel } from './channel';
import { delivery } from './delivery';
import { lake } from './lake';

/** Kinds of parts that hold data, with what builds them. */
const BUILD = { cache, relational, keyValue, wideColumn, kafka, rabbitmq, queue, objectStore, search, channel, hsm, lake, delivery };

/** Kinds that lead to others of the stack, in the order in which they come after those. */
const AFTER_OTHERS: readonly string[] = ['lake', 'delivery'];

export type StatefulPart = PartByKind[keyof typeof BUILD];

export const isStateful = (part: { kind: string }): part is StatefulPart => part.kind in BUILD;

/** Builds parts into their stack, which puts out what callers are told. */
export function buildAll(
  parts: readonly StatefulPart[],
  surroundings: (partId: string) => Omit<Around, 'built'>,
): ReadonlyMap<string, ManagedService> {
  const built = new Map<string, ManagedService>();
  const aroundOf = (partId: string): Around => ({ ...surroundings(partId), built });
  const inOrder = [...parts].sort((a, b) => AFTER_OTHERS.indexOf(a.kind) - AFTER_OTHERS.indexOf(b.kind));
  for (const part of inOrder) {
    const around = aroundOf(part.id);
    const service = build(part, around);
    putOut(part, service, around);
    built.set(part.id, service);
  }
  for (const { id } of parts) tellQueue(id, built, aroundOf(id));
  return built;
}

/** Buckets tell queues, once both are there. */
function tellQueue(id: string, built: ReadonlyMap<string, ManagedService>, { deployment }: Around): void {
  const store = built.get(id);
  if (!(store instanceof ObjectStore)) return;
  for (const { to } of deployment.flows.filter((flow) => flow.from === id)) store.tell(built.get(to) as Queue);
}

const build = (part: StatefulPart, around: Around): ManagedService =>
  (BUILD[part.kind] as (part: StatefulPart, around: Around) => ManagedService)(part, around);

/** Under the names the manifests look for. */
function putOut(part: StatefulPart, { endpoints, metricName }: ManagedService, { stack }: Around): void {
  for (const { variable, output } of endpointsOf(part)) {
    const suffix = variable.slice(part.id.length + 1);
    const value = endpoints[suffix];
    if (value === undefined) throw new Error(`${stack.node.path}: part "${part.id}" has no endpoint ${suffix}`);
    new CfnOutput(stack, output!, { value });
  }
  if (metricName) new CfnOutput(stack, metricNameOutput(part), { value: metricName });
}
