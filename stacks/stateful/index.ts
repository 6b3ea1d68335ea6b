import type { ManagedService } from '../../constructs/managed-service';
import type { PartByKind } from '../../plan/sizing';
import type { Around } from './around';
import { cache } from './cache';
import { relational } from './relational';
import { keyValue } from './key-value';
import { wideColumn } from './wide-column';
import { kafka } from './kafka';
import { rabbitmq } from './rabbitmq';
import { queue } from './queue';
import { objectStore } from './object-store';
import { search } from './search';
import { channel } from './channel';

/** Kinds of parts that hold data, with what builds them. */
const BUILD = { cache, relational, keyValue, wideColumn, kafka, rabbitmq, queue, objectStore, search, channel };

export type StatefulPart = PartByKind[keyof typeof BUILD];

export const isStateful = (part: { kind: string }): part is StatefulPart => part.kind in BUILD;

/** The construct of a part. */
export const build = (part: StatefulPart, around: Around): ManagedService =>
  (BUILD[part.kind] as (part: StatefulPart, around: Around) => ManagedService)(part, around);
