import { GRAVITON, type InstanceType, SIZES } from '../catalogue/ec2';
import { VISIBLE_MEMORY } from '../catalogue/node-room';
import { cheapest } from '../choose-size';
import { type Dimension, unitsFor, utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed, type Capacity, type Source } from '../source';
import { bytes, GIB, short } from '../units';
import type { StatefulSpec } from './stateful';

/**
 * Machines for what must not be scheduled, moved or scaled, such as the matching engines of an exchange: a process a machine, a thread a
 * processor, each reached by its own name. They are no nodes of a cluster, and what runs there is installed by its operator.
 */
export interface MachinesSpec {
  /** What it does, for the diagram. */
  does: string;
  /** What one thread carries at 100 %. Each has a processor to itself. */
  perThread: {
    /** Calls. @default they are not a dimension */
    requestsPerSecond?: Capacity;
    /** Messages it takes from brokers. @default they are not a dimension */
    messagesPerSecond?: Capacity;
  };
  /** What all machines together hold in memory; standbys have as much again. */
  bytes: number;
  /** Where a machine finds again what it has lost: `the order log`. */
  rebuiltFrom: string;
  /** Threads whatever the load, such as one for each symbol of its own. @default 1 */
  threadsAtLeast?: number;
  /**
   * Whether each has a second machine in another zone that follows what it does, by flows of its own, and takes over. Where the stage lives in
   * one zone there is none.
   *
   * @default false
   */
  standby?: boolean;
  /**
   * `cluster`: as near to each other as one zone allows; `spread`: each on hardware of its own, over the zones; `partition`: in groups that
   * share no hardware, over the zones.
   *
   * @default 'cluster'
   */
  placement?: Placement;
  /** Where the whole stage is one machine it is a pod of this size there. @default 1 vCPU and 1 GiB */
  pod?: { vcpu: number; memoryBytes: number; source: Source };
}

export type Placement = 'cluster' | 'partition' | 'spread';

export interface MachinesPart extends Sized<'machines'> {
  does: string;
  instanceType: string;
  vcpu: number;
  /** Machines that answer. */
  active: number;
  /** One for each of them, or none. */
  standbys: number;
  placement: Placement;
  rebuiltFrom: string;
}

/** Share of a thread that may be busy: assumed, what arrives meanwhile waits as long again as it takes, and no longer. */
const TARGET = 0.5;
/** Of each machine. */
export const KEPT = {
  vcpu: 2,
  bytes: GIB,
  source: assumed('two processors and a GiB for interrupts of the network, the log and the system'),
};
/** Machines that answer, in one cell: a machine is three of the 500 resources of a template, and a standby three more. */
const MOST = 40;
/** Spread groups take seven machines a zone: AWS docs, Placement groups, 2026-11-22. */
const MOST_SPREAD_IN_ZONE = 7;

/** The machines that cost least of those that hold the threads. Burstable types are not among them. */
export function sizeMachines(id: string, spec: MachinesSpec, { zones, load }: Surroundings): MachinesPart {
  const { placement = 'cluster', threadsAtLeast = 1 } = spec;
  const standby = spec.standby === true && zones > 1;
  if (spec.standby && placement !== 'cluster')
    throw new Error(`machines "${id}": standbys are of placement cluster; others are spread over the zones themselves`);
  const network = Math.max(load.bytesIn.peak, load.bytesOut.peak);
  const busy = (demand: number, per: Capacity | undefined): number => (per ? Math.ceil(demand / (per.value * TARGET)) : 0);
  const { requestsPerSecond, messagesPerSecond } = spec.perThread;
  const threads = Math.max(threadsAtLeast, busy(load.requests.peak, requestsPerSecond), busy(load.consumed.peak, messagesPerSecond));
  const plans = GRAVITON.filter((type) => threadsOf(type) >= 1).map((type) => {
    const spread = {
      // In one zone, they are lost with it.
      zones: placement === 'cluster' && !standby ? 1 : zones,
      target: TARGET,
      minimum: Math.max(Math.ceil(threadsAtLeast / threadsOf(type)), placement === 'cluster' ? 1 : zones),
      standIn: standby,
    };
    const dimensions = dimensionsOn(type, spec, load.requests.peak, load.consumed.peak, network);
    return { type, dimensions, spread, count: unitsFor(dimensions, spread), weight: type.vcpu + type.memoryBytes / GIB / 8 };
  });
  const { type, dimensions, spread, count } = cheapest(plans)!;
  const used = measured({ fit: utilise(count, dimensions, spread), target: TARGET });
  const most = placement === 'spread' ? Math.min(MOST, MOST_SPREAD_IN_ZONE * zones) : MOST;
  return {
    id,
    kind: 'machines',
    technology: `EC2 machines, ${PLACED[placement]}${standby ? ', each with a hot standby in a second zone' : ''}`,
    size: type.name,
    reason: `${short(threads)} thread${threads > 1 ? 's' : ''}, a processor each, on ${count} ${type.name} that ${count > 1 ? 'have' : 'has'} ${threadsOf(type)} for them; ${bytes(spec.bytes)} in memory come back from ${spec.rebuiltFrom}.`,
    load,
    cellsNeeded: Math.ceil(count / most),
    does: spec.does,
    instanceType: type.name,
    vcpu: type.vcpu,
    active: count,
    standbys: standby ? count : 0,
    placement,
    rebuiltFrom: spec.rebuiltFrom,
    ...used,
    count: standby ? 2 * count : count,
  };
}

/** The same as a pod: a thread of its own. */
export const onOneMachine = ({ does, perThread, rebuiltFrom, pod }: MachinesSpec): StatefulSpec => ({
  ...{ does, tier: 'machines', copies: 1, rebuiltFrom, perPod: perThread },
  pod: pod ?? { vcpu: 1, memoryBytes: GIB, source: assumed('one thread of an engine with few books') },
});

const PLACED: Record<Placement, string> = { cluster: 'near to each other', partition: 'in partitions', spread: 'each on its own hardware' };

const threadsOf = ({ vcpu }: InstanceType): number => vcpu - KEPT.vcpu;

function dimensionsOn(
  type: InstanceType,
  { perThread, bytes: held }: MachinesSpec,
  requests: number,
  messages: number,
  network: number,
): Dimension[] {
  const of = (name: string, demand: number, per: Capacity | undefined, unit: string): Dimension[] =>
    per ? [{ name, demand, perUnit: per.value * threadsOf(type), unit, source: per.source }] : [];
  return [
    ...of('requests', requests, perThread.requestsPerSecond, 'requests/s'),
    ...of('messages', messages, perThread.messagesPerSecond, 'messages/s'),
    { name: 'memory', demand: held, perUnit: type.memoryBytes * VISIBLE_MEMORY - KEPT.bytes, unit: 'bytes', source: KEPT.source },
    { name: 'network', demand: network, perUnit: type.networkBitsPerSecond / 8, unit: 'bytes/s', source: SIZES },
  ];
}
