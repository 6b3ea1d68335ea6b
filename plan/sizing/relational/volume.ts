import { docs, type Source } from '../../source';
import { short } from '../../units';

const STORAGE = docs(
  'AWS docs, Amazon RDS DB instance storage: gp3 of MySQL and PostgreSQL',
  '2026-11-22',
  'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html',
);
const LEAST_GIB = 20;
/** From this size on RDS stripes a volume over four; below it IOPS cannot be bought. */
const STRIPED_FROM_GIB = 400;
const INCLUDED_IOPS = { single: 3000, striped: 12_000 };
const MOST_IOPS = 64_000;
/** Throughput follows IOPS: more than 32,000 of them ask for more than the 500 MiB/s included, 40,000 for 625. */
const IOPS_PER_MIBS = 64;
const INCLUDED_MIBS = 500;

/** The gp3 volume of an instance in RDS. */
export interface Gp3Volume {
  type: 'gp3';
  gib: number;
  /** Provisioned. @default what a volume of its size includes */
  iops?: number;
  /** Provisioned, MiB/s. @default what a volume of its size includes */
  throughputMibs?: number;
  reason: string;
  source: Source;
}

/** The smallest volume that holds so much and is so fast. Its throughput is enough for pages of 16 KiB at all of its IOPS. */
export function gp3Volume(gib: number, iops: number): Gp3Volume {
  const held = Math.max(LEAST_GIB, Math.ceil(gib));
  const striped = Math.max(STRIPED_FROM_GIB, held);
  const volume = (size: number, reason: string, more: Pick<Gp3Volume, 'iops' | 'throughputMibs'> = {}): Gp3Volume => ({
    ...{ type: 'gp3', gib: size, ...more, source: STORAGE },
    reason: `${short(Math.ceil(iops))} IOPS wanted, ${reason}`,
  });
  if (iops <= INCLUDED_IOPS.single) return volume(held, `${short(included(held))} included`);
  if (iops <= INCLUDED_IOPS.striped)
    return volume(striped, `${short(INCLUDED_IOPS.striped)} included${striped > held ? ` from ${STRIPED_FROM_GIB} GiB on` : ''}`);
  const provisioned = Math.min(MOST_IOPS, Math.ceil(iops / 1000) * 1000);
  const throughputMibs = Math.ceil(provisioned / IOPS_PER_MIBS);
  return volume(striped, `${short(provisioned)} provisioned`, {
    iops: provisioned,
    ...(throughputMibs > INCLUDED_MIBS && { throughputMibs }),
  });
}

const included = (gib: number): number => (gib < STRIPED_FROM_GIB ? INCLUDED_IOPS.single : INCLUDED_IOPS.striped);
