import { monthly, times, withoutZeros } from '../charges';
import { spell } from '../band';
import { Unpriceable } from '../meter';
import type { Band, Charge, Meter, PriceKey } from '../meter';
import { numberAt, textAt } from '../property';

/** One EBS volume. */
export interface Volume {
  /** `gp3`, `io2` ... as CloudFormation spells it. */
  type: string;
  gb: number;
  /** Provisioned IOPS. @default - what the type includes */
  iops?: number;
  /** Provisioned throughput in MiB/s. @default - what the type includes */
  throughput?: number;
}

/** What a gp3 volume includes in its storage price; the rows of the book start above it. */
const GP3_INCLUDED = { iops: 3000, throughput: 125 };

const SPECS: Record<string, string> = { standard: 'standard (magnetic)' };
const KNOWN = ['gp3', 'gp2', 'io1', 'io2', 'st1', 'sc1', 'standard'];

const ebs = (dimension: string, spec: string): PriceKey => ({ service: 'EBS', dimension, spec });

/**
 * Charges of `count` equal volumes: storage, and IOPS and throughput beyond what the type includes.
 * `role` names them on the bill: `root volume`. https://aws.amazon.com/ebs/pricing/
 * @throws Unpriceable for an unknown volume type.
 */
export function volumeCharges({ type, gb, iops = 0, throughput = 0 }: Volume, count: number | Band, role: string): Charge[] {
  if (!KNOWN.includes(type)) throw new Unpriceable(`volume type is ${type}; ${KNOWN.join(', ')} can be priced`);
  const each = (dimension: string, amount: number, formula: string, price: PriceKey, unit: string): Charge => ({
    ...monthly(dimension, 0, `${spell(count)} x ${formula}`, price, unit),
    quantity: times(count, amount),
  });
  const above = (amount: number, included: number) => Math.max(0, amount - included);
  const extra =
    type === 'gp3'
      ? [
          each(
            `${role} IOPS gp3`,
            above(iops, GP3_INCLUDED.iops),
            `(${iops} - ${GP3_INCLUDED.iops} included) IOPS`,
            ebs('provisioned IOPS above 3000', 'gp3'),
            'IOPS-month',
          ),
          each(
            `${role} throughput gp3`,
            above(throughput, GP3_INCLUDED.throughput),
            `(${throughput} - ${GP3_INCLUDED.throughput} included) MiB/s`,
            ebs('provisioned throughput above 125 MiB/s', 'gp3'),
            'MiBps-month',
          ),
        ]
      : type.startsWith('io')
        ? [each(`${role} IOPS ${type}`, iops, `${iops} IOPS`, ebs('provisioned IOPS', type), 'IOPS-month')]
        : [];
  return [each(`${role} ${type}`, gb, `${gb} GB`, ebs('volume storage', SPECS[type] ?? type), 'GB-month'), ...withoutZeros(extra)];
}

/** Amazon EBS volumes on their own. Magnetic volumes also bill I/O, which no usage figure states. */
export const ebsMeters: Meter[] = [
  {
    type: 'AWS::EC2::Volume',
    needs: [],
    charges: (volume) =>
      volumeCharges(
        {
          type: textAt(volume, 'VolumeType', 'gp2'),
          gb: numberAt(volume, 'Size'),
          iops: numberAt(volume, 'Iops', 0),
          throughput: numberAt(volume, 'Throughput', 0),
        },
        1,
        'volume',
      ),
  },
];
