import { docs } from '../../source';
import { bytes, GIB } from '../../units';

/** What members of a stateful part keep on a disk of their own. */
export interface VolumeSpec {
  /** What all members together hold, copies not counted. */
  bytes: number;
  /** Of each member's volume. @default 3000, which every volume includes */
  iops?: number;
  /** Of each member's volume, MiB/s. @default 125, which every volume includes */
  throughputMibs?: number;
}

/** The volume of one member. */
export interface Volume {
  gib: number;
  /** Provisioned. @default what a volume includes */
  iops?: number;
  /** Provisioned, MiB/s. @default what a volume includes */
  throughputMibs?: number;
  /** False where what is on it may go with its pod, as in a sandbox: then it is a part of its node's disk. */
  kept: boolean;
}

/** Limits of gp3. */
export const GP3 = {
  gib: 16 * 1024,
  iops: { least: 3000, most: 16_000, perGib: 500 },
  throughputMibs: { least: 125, most: 1000, perIops: 0.25 },
  source: docs(
    'AWS docs, Amazon EBS volume types: gp3',
    '2026-11-22',
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html',
  ),
};

/** Share of a volume that may be full: assumed, merges and snapshots need room, and a full disk stops its member. */
export const STORAGE_TARGET = 0.7;

/**
 * The smallest gp3 volume that holds so much and is as fast as asked.
 * @throws {Error} for what gp3 does not offer: a defect of the system file
 */
export function gp3Volume(
  id: string,
  heldBytes: number,
  { iops = GP3.iops.least, throughputMibs = GP3.throughputMibs.least }: VolumeSpec,
): Volume {
  requireIn(id, 'iops', iops, GP3.iops);
  requireIn(id, 'throughputMibs', throughputMibs, GP3.throughputMibs);
  if (throughputMibs > iops * GP3.throughputMibs.perIops)
    throw new Error(`stateful "${id}": ${throughputMibs} MiB/s take ${throughputMibs / GP3.throughputMibs.perIops} IOPS; it has ${iops}`);
  const gib = Math.max(1, Math.ceil(heldBytes / STORAGE_TARGET / GIB), Math.ceil(iops > GP3.iops.least ? iops / GP3.iops.perGib : 0));
  return {
    gib,
    ...(iops > GP3.iops.least && { iops }),
    ...(throughputMibs > GP3.throughputMibs.least && { throughputMibs }),
    kept: true,
  };
}

function requireIn(id: string, name: string, value: number, { least, most }: { least: number; most: number }): void {
  if (!(value >= least && value <= most)) throw new Error(`stateful "${id}": ${name} is ${value}; gp3 takes ${least} to ${most}`);
}

/** `20 GiB gp3, 6000 IOPS`. */
export const describe = ({ gib, iops, throughputMibs }: Volume): string =>
  [`${bytes(gib * GIB)} gp3`, iops && `${iops} IOPS`, throughputMibs && `${throughputMibs} MiB/s`].filter(Boolean).join(', ');
