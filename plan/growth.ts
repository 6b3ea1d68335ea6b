import { type Interruption, interruptionsBetween } from './interruption';
import { type Migration, migrationsBetween } from './migration';
import { inOrder, type Move } from './migration-order';
import type { Plan } from './plan';
import type { Part } from './sizing';
import { short } from './units';

/** How an environment comes from the stage it held before. */
export interface Growth {
  /** That stage. */
  from: string;
  /** What does not grow by itself. */
  migrations: Migration[];
  /** What does, and is not there for a moment. */
  interruptions: Interruption[];
  /** All there is to do, in order. */
  moves: Move[];
}

/**
 * The plan for an environment that holds another stage: what AWS cannot make smaller stays as large as it is, and what does not grow
 * by itself is named (docs/decisions/0017).
 */
export function growInPlace(before: Plan, after: Plan): Plan {
  const deployments = after.deployments.map((deployment) => {
    const earlier = before.deployments.find(({ region }) => region.name === deployment.region.name)?.parts ?? [];
    const parts = deployment.parts.map((part) =>
      noSmaller(
        part,
        earlier.find(({ id }) => id === part.id),
      ),
    );
    return { ...deployment, parts };
  });
  const [migrations, interruptions] = [migrationsBetween(before, after), interruptionsBetween(before, after)];
  return { ...after, deployments, growth: { from: before.stage, migrations, interruptions, moves: inOrder(migrations, interruptions) } };
}

/** The plan for an environment that has held stages, one after the other. */
export const grownThrough = (held: readonly Plan[], after: Plan): Plan =>
  [...held, after].reduce((before, next) => growInPlace(before, next));

/**
 * RDS, MSK and EBS shrink no volume (MSK docs, https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html, 2026-11-22; of RDS
 * remembered), Kafka takes no partition away from a topic (remembered).
 */
function noSmaller(part: Part, before: Part | undefined): Part {
  if (part.kind === 'relational' && before?.kind === 'relational') {
    const [now, then] = [part.storage, before.storage];
    if (now.type !== 'gp3' || then.type !== 'gp3' || then.gib <= now.gib) return part;
    return { ...part, storage: { ...now, gib: then.gib }, reason: `${part.reason} ${kept(`${short(then.gib)} GiB`)}` };
  }
  if (part.kind === 'kafka' && before?.kind === 'kafka') {
    const storageGibPerBroker = Math.max(part.storageGibPerBroker, before.storageGibPerBroker);
    const partitionsOf = new Map(before.topics.map(({ name, partitions }) => [name, partitions]));
    const topics = part.topics.map((topic) => ({ ...topic, partitions: Math.max(topic.partitions, partitionsOf.get(topic.name) ?? 0) }));
    const larger = storageGibPerBroker > part.storageGibPerBroker;
    const reason = larger ? `${part.reason} ${kept(`${short(storageGibPerBroker)} GiB a broker`)}` : part.reason;
    return { ...part, storageGibPerBroker, topics, reason };
  }
  if (part.kind === 'stateful' && before?.kind === 'stateful') {
    const [now, then] = [part.volume, before.volume];
    if (!now?.kept || !then?.kept || then.gib <= now.gib) return part;
    return { ...part, volume: { ...now, gib: then.gib }, reason: `${part.reason} ${kept(`${short(then.gib)} GiB a member`)}` };
  }
  return part;
}

const kept = (size: string): string => `Its volume keeps the ${size} it has: AWS shrinks none.`;
