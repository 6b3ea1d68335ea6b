import { numbersTo } from '../fleets';
import { measured, type Sized, type Surroundings } from '../part';
import type { Capacity, Source } from '../source';
import { bytes, short } from '../units';
import { membersFor, TARGET } from './stateful/members';
import { describe, gp3Volume, type Volume, type VolumeSpec } from './stateful/volume';

/**
 * Pods that each have a name, which callers choose by, and where they keep anything a volume of their own: a lease store, a column store, the
 * owners of document shards.
 */
export interface StatefulSpec {
  /** What it does, for the diagram and the manifest's annotation. */
  does: string;
  /** Node group it runs on: services of one tier share nodes. */
  tier: string;
  /**
   * Members that hold the same keys, each in another zone as far as there are zones; 1 where each owns its keys alone, and callers hash. Where
   * the stage lives in one zone, there is one.
   */
  copies: number;
  /**
   * The copies decide by majority, as those of etcd and Consul do. Then there is one set of them, whose leader carries every request: more
   * members survive more, and carry no more.
   *
   * @default false
   */
  quorum?: boolean;
  /** What one pod carries at 100 %. */
  perPod: {
    /** Calls. @default they are not a dimension */
    requestsPerSecond?: Capacity;
    /** @default they are not a dimension */
    readsPerSecond?: Capacity;
    /** Every copy carries each of them. @default they are not a dimension */
    writesPerSecond?: Capacity;
    /** Messages it takes from brokers. @default they are not a dimension */
    messagesPerSecond?: Capacity;
    /** @default they are not a dimension */
    connections?: Capacity;
    /** Of its volume. @default as much as a volume holds */
    bytes?: Capacity;
  };
  pod: { vcpu: number; memoryBytes: number; source: Source };
  /** Connections held open at peak. @default 0 */
  connections?: number;
  /** @default none: what it holds is in memory */
  volume?: VolumeSpec;
  /** Where a member finds again what it has lost: `the operation log`. @default nowhere, and flows say what backs it up */
  rebuiltFrom?: string;
  /** Members whatever the load, where there are several zones; one set of copies where there is one. @default one a zone */
  podsAtLeast?: number;
  /** Seconds a pod gets to hand over what it holds when it is stopped. @default 30 */
  drainSeconds?: number;
  /** Kernel settings of the tier's nodes, such as `vm.max_map_count`. @default none */
  kernel?: Record<string, string>;
}

export interface StatefulPart extends Sized<'stateful'> {
  does: string;
  tier: string;
  vcpu: number;
  memoryBytes: number;
  /** The same at all times: members do not come and go with the load. */
  pods: { min: number; expected: number; peak: number };
  /**
   * Names of its StatefulSets: `leases`, or one for each set of copies, `reports-1`. They do not depend on how many there are, because volumes are
   * named after them.
   */
  sets: string[];
  /** Members of a set. */
  replicas: number;
  /** Whether each member has keys of its own, which no other holds, however many zones there are. */
  ownsKeys: boolean;
  /** Whether members hear each other: copies do. */
  peers: boolean;
  /** @default it keeps nothing on a disk */
  volume?: Volume;
  /** @default it holds the only copy */
  rebuiltFrom?: string;
  drainSeconds: number;
  kernel: Record<string, string>;
}

/**
 * As many members as load and data ask for. Of a lost zone's members the copies elsewhere take over; an owner without a volume comes back on
 * another node under its own name, one with a volume waits for its zone.
 * @throws {Error} on a quorum that cannot decide, or more copies than zones: defects of the system file
 */
export function sizeStateful(id: string, spec: StatefulSpec, { zones, load }: Surroundings): StatefulPart {
  requireCopies(id, spec);
  const copies = zones > 1 ? spec.copies : 1;
  const { used, count, cells } = membersFor(spec, load, copies, zones);
  const sets = spec.copies > 1 && !spec.quorum ? numbersTo(count / copies).map((number) => `${id}-${number}`) : [id];
  const keys = spec.quorum ? 1 : count / copies;
  const volume = spec.volume && gp3Volume(id, spec.volume.bytes / keys, spec.volume);
  const { volume: held, rebuiltFrom } = spec;
  const perPod = used.dimensions.find((d) => d.name === used.binding)!;
  return {
    id,
    kind: 'stateful',
    technology: technologyOf(spec, copies),
    size: `${spec.pod.vcpu} vCPU / ${bytes(spec.pod.memoryBytes)}${volume ? ` / ${describe(volume)}` : ''}`,
    reason: `${short(perPod.demand)} ${perPod.unit} at ${short(perPod.perUnit)} a member${held ? `, ${bytes(held.bytes)} held` : ''}: ${membersOf(count, sets.length, copies)}${rebuiltFrom ? `; what is lost comes back from ${rebuiltFrom}` : ''}.`,
    load,
    cellsNeeded: cells,
    does: spec.does,
    tier: spec.tier,
    vcpu: spec.pod.vcpu,
    memoryBytes: spec.pod.memoryBytes,
    pods: { min: count, expected: count, peak: count },
    sets,
    replicas: count / sets.length,
    ownsKeys: spec.copies === 1,
    peers: copies > 1,
    ...(volume && { volume }),
    ...(rebuiltFrom && { rebuiltFrom }),
    drainSeconds: spec.drainSeconds ?? 30,
    kernel: spec.kernel ?? {},
    ...measured({ fit: used, target: TARGET }),
    count,
  };
}

function requireCopies(id: string, { copies, quorum, volume, rebuiltFrom }: StatefulSpec): void {
  if (quorum && (copies < 3 || copies % 2 === 0))
    throw new Error(`stateful "${id}": ${copies} copies decide nothing by majority; take 3 or 5`);
  if (!quorum && !(copies >= 1 && copies <= 3)) throw new Error(`stateful "${id}": copies is ${copies}; it takes 1 to 3, one a zone`);
  if (!volume && !rebuiltFrom) throw new Error(`stateful "${id}" has no volume and does not say what it is rebuilt from`);
}

function technologyOf({ quorum, volume }: StatefulSpec, copies: number): string {
  const kept = volume ? 'on volumes' : 'in memory';
  if (quorum)
    return copies > 1 ? `pods with a quorum of ${Math.floor(copies / 2) + 1} of ${copies}, ${kept}` : `pod with a name of its own, ${kept}`;
  return copies > 1 ? `pods in sets of ${copies} copies, ${kept}` : `pods with names of their own, ${kept}`;
}

const membersOf = (count: number, sets: number, copies: number): string =>
  copies > 1 ? `${sets} set${sets > 1 ? 's' : ''} of ${copies}, each copy in another zone` : `${count} member${count > 1 ? 's' : ''}`;
