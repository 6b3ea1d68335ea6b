import { COMPUTE_X86, GRAVITON, type InstanceType, SIZES } from '../catalogue/ec2';
import { VISIBLE_MEMORY } from '../catalogue/node-room';
import { cheapest } from '../choose-size';
import { type Dimension, unitsFor, utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed, type Capacity, capacity, type Source } from '../source';
import { GIB, percent, type Rate, short } from '../units';
import { KEPT } from './machines';

/**
 * Hosts with a public address each, to which clients speak by UDP and with no balancer in between: servers of matches, relays of conferences.
 * A session stays on its host until it ends. A service of the cluster hands sessions out, starts hosts and ends idle ones, as it `calls` the
 * fleet; clients `call` it too, an operation a packet, so that what it sends is billed.
 */
export interface HostFleetSpec {
  /** What it does, for the diagram. */
  does: string;
  /** Sessions at the same time: matches, conferences. */
  sessions: Rate;
  /** What a session takes of its host at 100 %, such as a 500th of a vCPU for a relayed stream. */
  perSession: { vcpu: number; memoryBytes: number; source: Source };
  /** UDP ports that clients speak to, both included; a session has one of its own. Below the ephemeral ports of Linux. */
  ports: PortRange;
  /** Seconds a session may go on for when its host is to go; 30 to 7200. */
  drainSeconds: number;
  /** Hosts that run idle, as a share of those at work: they take what comes while others boot. @default 0.2 */
  spareShare?: Capacity;
  /** Sessions a host may take with it when it fails. @default as many as fit */
  sessionsPerHostAtMost?: Capacity;
  /**
   * What stands in for a lost zone, whose sessions are lost with it. `replaced`: Auto Scaling starts as many hosts in the others, within minutes;
   * `carried`: they have the hosts already.
   *
   * @default 'replaced'
   */
  lostZone?: 'carried' | 'replaced';
  /** What its program is built for; Graviton costs less. @default 'arm64' */
  architecture?: Architecture;
}

export type Architecture = 'arm64' | 'x86_64';

/** First and last. */
export interface PortRange {
  from: number;
  to: number;
}

export interface HostFleetPart extends Sized<'hostFleet'> {
  does: string;
  instanceType: string;
  vcpu: number;
  architecture: Architecture;
  /** At its emptiest, at the average number of sessions and at peak, with what is spare. */
  hosts: { min: number; expected: number; peak: number };
  /** Sessions that fit on a host. */
  sessionsPerHost: number;
  ports: PortRange;
  drainSeconds: number;
  /** Zones it is spread over. */
  zones: number;
}

const SPARE = capacity(0.2, assumed('a fifth of the hosts takes what comes in the minutes that another one boots'));
/** A heartbeat of a lifecycle hook, seconds: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html (2026-11-23). */
const HEARTBEAT = { least: 30, most: 7200 };
/** `net.ipv4.ip_local_port_range` of Linux starts here: docs.kernel.org, IP Sysctl (2026-11-23). Below 1024, ports need privileges. */
const PORTS = { first: 1024, last: 32_767 };
/** What a host's address and volume cost beside it, in the weight of types: 6 USD a month of 21 a vCPU. */
const WEIGHT_OF_A_HOST = 0.3;

const OFFERED: Record<Architecture, readonly InstanceType[]> = { arm64: GRAVITON, x86_64: COMPUTE_X86 };

/** The hosts that cost least of those that take a session. Burstable types are not among them. */
export function sizeHostFleet(id: string, spec: HostFleetSpec, { zones, load }: Surroundings): HostFleetPart {
  const { sessions, perSession, ports, drainSeconds, spareShare = SPARE, lostZone = 'replaced', architecture = 'arm64' } = spec;
  requirePorts(id, ports);
  requireDrain(id, drainSeconds);
  const target = 1 / (1 + spareShare.value);
  const spread = { zones, target, minimum: zones, standIn: lostZone === 'replaced' };
  const network = Math.max(load.bytesIn.peak, load.bytesOut.peak);
  const plans = OFFERED[architecture].flatMap((type) => {
    const fitting = sessionsOn(type, spec);
    if (fitting === 0) return [];
    const dimensions = dimensionsOn(type, fitting, sessions.peak, network, perSession.source);
    const weight = type.vcpu + type.memoryBytes / GIB / 8 + WEIGHT_OF_A_HOST;
    return [{ type, fitting, dimensions, count: unitsFor(dimensions, spread), weight }];
  });
  const chosen = cheapest(plans);
  if (!chosen) throw new Error(`host fleet "${id}": perSession asks for more than the largest host has, which is ${largest(architecture)}`);
  const { type, fitting, dimensions, count } = chosen;
  if (fitting > ports.to - ports.from + 1)
    throw new Error(
      `host fleet "${id}": ports ${ports.from} to ${ports.to} are fewer than the ${fitting} sessions of a host, each with one`,
    );
  const atAverage = dimensionsOn(type, fitting, sessions.average, Math.max(load.bytesIn.average, load.bytesOut.average), perSession.source);
  const expected = unitsFor(atAverage, spread);
  const spares = Math.max(spread.minimum, Math.ceil(count * (1 - target)));
  return {
    id,
    kind: 'hostFleet',
    technology: 'EC2 Auto Scaling group of hosts with public addresses',
    size: type.name,
    reason: `${short(sessions.peak)} sessions at ${fitting} a ${type.name}: ${count} host${count > 1 ? 's' : ''}, ${percent(spareShare.value)} of those at work idle for what comes while others boot.${zones > 1 ? ZONE_LOST[lostZone] : ''}`,
    load,
    cellsNeeded: 1,
    does: spec.does,
    instanceType: type.name,
    vcpu: type.vcpu,
    architecture,
    hosts: { min: Math.min(spares, expected), expected, peak: count },
    sessionsPerHost: fitting,
    ports,
    drainSeconds,
    zones,
    ...measured({ fit: utilise(count, dimensions, spread), target }),
  };
}

const ZONE_LOST = {
  carried: ' With a zone lost the others carry the peak; its sessions start again.',
  replaced: ' With a zone lost its sessions start again, and as many hosts come up in the others.',
};

const largest = (architecture: Architecture): string => OFFERED[architecture].at(-1)!.name;

/** Whole ones, by processor, by memory and by what may be lost with a host. */
const sessionsOn = (type: InstanceType, { perSession, sessionsPerHostAtMost }: HostFleetSpec): number =>
  Math.max(
    0,
    Math.min(
      Math.floor((type.vcpu - KEPT.vcpu) / perSession.vcpu + 1e-9),
      Math.floor((type.memoryBytes * VISIBLE_MEMORY - KEPT.bytes) / perSession.memoryBytes),
      sessionsPerHostAtMost?.value ?? Infinity,
    ),
  );

const dimensionsOn = (type: InstanceType, fitting: number, sessions: number, network: number, source: Source): Dimension[] => [
  { name: 'sessions', demand: sessions, perUnit: fitting, unit: 'sessions', source },
  { name: 'network', demand: network, perUnit: type.networkBitsPerSecond / 8, unit: 'bytes/s', source: SIZES },
];

function requirePorts(id: string, { from, to }: PortRange): void {
  if ([from, to].every(Number.isInteger) && PORTS.first <= from && from <= to && to <= PORTS.last) return;
  throw new Error(`host fleet "${id}": ports are ${from} to ${to}; they take a range between ${PORTS.first} and ${PORTS.last}`);
}

function requireDrain(id: string, seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= HEARTBEAT.least && seconds <= HEARTBEAT.most) return;
  throw new Error(`host fleet "${id}": drainSeconds is ${seconds}; it takes a whole number from ${HEARTBEAT.least} to ${HEARTBEAT.most}`);
}
