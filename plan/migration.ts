import { tellsQueue } from './managed-callers';
import { drain, leave, machine } from './migration-leave';
import { statefulMoves } from './migration-stateful';
import type { Holder, Way } from './migration-way';
import { move, rename, replicate, reshape, spread } from './migration-ways';
import type { Deployment, Plan } from './plan';
import type { Part } from './sizing';

/** Something that growing from one stage into another does not do by itself: data or machines that AWS cannot make what they have to be. */
export interface Migration extends Way {
  /** Part id; `box` for the one machine, `cluster` for its opposite. */
  part: string;
  region: string;
  /** The technology that is left. */
  from: string;
  /** What takes over, by part. */
  to: string;
}

/** Kinds that hold data, by what can take it over. */
const HOLDS: Partial<Record<Part['kind'], 'records' | 'cached' | 'messages' | 'objects' | 'keys'>> = {
  relational: 'records',
  keyValue: 'records',
  wideColumn: 'records',
  search: 'records',
  cache: 'cached',
  kafka: 'messages',
  rabbitmq: 'messages',
  queue: 'messages',
  objectStore: 'objects',
  hsm: 'keys',
};

/** Memcached holds nothing that a miss does not bring back. */
const isHolder = (part: Part): part is Holder => part.kind in HOLDS && !isMemcached(part);
const isMemcached = (part: Part): boolean => part.kind === 'cache' && part.engine === 'memcached';

/**
 * What has to be moved when an environment's stacks are updated from one plan to another (docs/decisions/0017). Everything else that
 * holds data is updated in place: a rule holds this list against the templates.
 */
export function migrationsBetween(before: Plan, after: Plan): Migration[] {
  return before.deployments.flatMap((deployment) => {
    const { region, platform, parts } = deployment;
    const next = after.deployments.find((d) => d.region.name === region.name);
    const platformLeft = next && next.platform !== platform ? [ofMachines(deployment, next)] : [];
    const stateful = statefulMoves(deployment, next).map(({ part: { id, technology }, to, way }) => ({
      ...{ part: id, region: region.name, from: technology, to },
      ...way,
    }));
    return [...platformLeft, ...parts.filter(isHolder).flatMap((part) => ofPart(part, deployment, next)), ...stateful];
  });
}

function ofMachines({ region, platform, nodeGroups }: Deployment, next: Deployment): Migration {
  const name = { k3s: 'k3s on one machine', eks: 'EKS' };
  const [from, to] = [name[platform], name[next.platform]];
  const part = platform === 'k3s' ? 'box' : 'cluster';
  return { part, region: region.name, from: `${from}, ${nodeGroups[0]!.instanceType}`, to, ...machine(part, to) };
}

function ofPart(part: Holder, deployment: Deployment, next: Deployment | undefined): Migration[] {
  const successor = next?.parts.find(({ id }) => id === part.id);
  const entry = (to: string, way: Way | undefined): Migration[] =>
    way ? [{ part: part.id, region: deployment.region.name, from: part.technology, to, ...way }] : [];
  if (successor?.kind === part.kind) {
    const renamed = part.kind === 'objectStore' && tellsQueue(part.id, deployment) !== tellsQueue(part.id, next!);
    return entry(successor.technology, renamed ? rename(part) : wayOf(part, successor as Holder));
  }
  const heirs = successor ? [successor] : heirsOf(part, deployment, next);
  const to = heirs.map(({ id, technology }) => `${id} (${technology})`).join(', ') || 'nothing of this region';
  return entry(to, HOLDS[part.kind] === 'messages' ? drain(part, to) : leave(part, to));
}

/** How a part becomes what it is next; undefined where AWS changes it in place. */
function wayOf(part: Holder, next: Holder): Way | undefined {
  const isReplaced = makeOf(part) !== makeOf(next);
  if (part.kind === 'relational' && next.kind === 'relational') {
    if (isReplaced) return move(part, next);
    return part.shards === next.shards ? undefined : spread(part, next);
  }
  if (isMemcached(next)) return leave(part, next.technology);
  if (isReplaced && part.kind === 'wideColumn') return replicate(part);
  return isReplaced && (part.kind === 'rabbitmq' || part.kind === 'cache') ? reshape(part) : undefined;
}

/**
 * What a part stays for as long as AWS keeps it: another make is another resource. ElastiCache keeps a group's mode, and CloudFormation replaces
 * one whose shards get other numbers of replicas.
 */
export function makeOf(part: Part): string {
  const { kind } = part;
  if (kind === 'relational') return part.topology === 'aurora' ? 'Aurora' : 'RDS';
  if (kind === 'rabbitmq') return part.deployment;
  if (kind === 'wideColumn') return part.multiRegion ? 'of regions' : 'of one region';
  if (kind === 'cache') return part.topology === 'cluster' ? `cluster with ${part.replicasPerShard}` : 'no cluster';
  return kind;
}

/** What takes over from a part that is no longer there: what is new of its sort, or what there is of it. */
function heirsOf(part: Holder, { parts }: Deployment, next: Deployment | undefined): Part[] {
  const sort = (next?.parts ?? []).filter(({ kind }) => HOLDS[kind] === HOLDS[part.kind]);
  const fresh = sort.filter(({ id }) => !parts.some((p) => p.id === id));
  return fresh.length ? fresh : sort;
}
