import { hourly, monthly, times, withoutZeros } from '../charges';
import type { Charge, PriceKey, Surroundings } from '../meter';
import { numberAt, textAt } from '../property';
import type { Resource } from '../template';

/**
 * Instances and volumes of RDS in one zone or two. Multi-AZ keeps a second, idle copy of both; where the book lists only the
 * Single-AZ price, it is billed twice, which is what AWS's Multi-AZ rows come to.
 */
function inZones(charge: Charge, spec: string, multiAz: boolean, around: Surroundings): Charge {
  const single = { ...charge.price, spec: `${spec} Single-AZ` };
  const multi = { ...charge.price, spec: `${spec} Multi-AZ` };
  if (!multiAz) return { ...charge, price: single };
  if (around.find(multi) || !around.find(single)) return { ...charge, price: multi, formula: `${charge.formula}, Multi-AZ` };
  return {
    ...charge,
    price: single,
    quantity: times(charge.quantity, 2),
    formula: `${charge.formula} x 2 zones (only Single-AZ is listed here)`,
  };
}

const rds = (dimension: string): PriceKey => ({ service: 'RDS', dimension });

/** The instance by the hour. `engine` as the price book writes it. */
export function instanceHours(engine: string, instanceClass: string, multiAz: boolean, around: Surroundings): Charge {
  const hours = hourly(`instance ${engine} ${instanceClass}`, 1, '1 instance', rds('instance'));
  return inZones(hours, `${engine} ${instanceClass}`, multiAz, around);
}

/** From this size on RDS stripes gp3 over four volumes, for PostgreSQL, MySQL and MariaDB alike; all four's baseline is included. */
const STRIPED_FROM_GIB = 400;

/** IOPS and MiB/s that the price of a gp3 volume includes. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
const gp3Included = (gb: number) => (gb >= STRIPED_FROM_GIB ? { iops: 12_000, throughput: 500 } : { iops: 3_000, throughput: 125 });

/** Storage, and IOPS and throughput above what it includes: gp3 a baseline, io1 and io2 nothing. */
export function volume(instance: Resource, multiAz: boolean, around: Surroundings): Charge[] {
  const gb = numberAt(instance, 'AllocatedStorage');
  const type = textAt(instance, 'StorageType', 'Iops' in instance.properties ? 'io1' : 'gp3');
  const included = type === 'gp3' ? gp3Included(gb) : { iops: 0, throughput: 0 };
  const iops = numberAt(instance, 'Iops', included.iops);
  const throughput = numberAt(instance, 'StorageThroughput', included.throughput);
  const above = (dimension: string, amount: number, free: number, unit: string) =>
    monthly(`${dimension} ${type}`, Math.max(0, amount - free), `${amount} - ${free} included`, rds(dimension), unit);
  return [
    monthly(`storage ${type}`, gb, `${gb} GB`, rds('storage')),
    ...withoutZeros([
      above('provisioned IOPS', iops, included.iops, 'IOPS-month'),
      above('provisioned throughput', throughput, included.throughput, 'MBps-month'),
    ]),
  ].map((charge) => inZones(charge, type, multiAz, around));
}
