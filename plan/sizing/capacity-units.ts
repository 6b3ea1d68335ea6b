import { derived, docs, type Source } from '../source';
import { percent, type Rate, sum, times } from '../units';

/** Units per second of a table in Keyspaces or DynamoDB, and what is provisioned for them where they are not billed one by one. */
export interface Units {
  load: Rate;
  /** @default on demand */
  provisioned?: ScaledUnits;
}

/** Least and most units that are provisioned, and the percentage of them that is kept in use. */
export interface ScaledUnits {
  min: number;
  max: number;
  targetPercent: number;
}

/** How the throughput of tables is billed. */
export interface Billing {
  mode: 'on demand' | 'provisioned';
  reason: string;
  source: Source;
}

/** Assumed: of the 20 to 90 % that auto scaling takes, what AWS uses in its examples (keyspaces/latest/devguide/autoscaling.html). */
const TARGET_PERCENT = 70;
const PRICES = docs(
  'aws-samples, pricing calculator for Amazon Keyspaces (us-east-1; DynamoDB alike): $0.625 a million writes on demand, $0.00065 an hour of a unit, which is $0.181 a million',
  '2025-11-05',
  'https://github.com/aws-samples/sample-pricing-calculator-for-keyspaces',
);
/**
 * Average over peak from which provisioned units cost less: (1 + peak / average) / 2 x $0.181 / 0.7 = $0.625. Scaling follows a load up
 * within minutes and down within a quarter of an hour, so that what it holds lies between what the average and the peak need;
 * midway is assumed. The 18 % of the peak that AWS names (CostOptimization_TableCapacityMode.html) are from before requests got cheaper.
 */
const STEADY_FROM = { value: 0.26, source: derived(PRICES, 'scaled units, midway between average and peak, at 70 %') };
/** A read on demand costs a fifth of a write, and so does a provisioned one. */
const READ_WEIGHT = 0.2;
/** Assumed, as for services: at night half of the average load remains. */
const NIGHT_SHARE = 0.5;

/**
 * The cheaper mode for a load.
 * @param multiRegion whether the traffic of a region that fails comes at once; only on demand takes twice its peak
 */
export function billingOf(writes: Rate, reads: Rate, multiRegion: boolean): Billing {
  const { source } = STEADY_FROM;
  if (multiRegion) return { mode: 'on demand', reason: 'a region may have to take over another at once', source };
  const { average, peak } = sum([writes, times(reads, READ_WEIGHT)]);
  const steadiness = peak > 0 ? average / peak : 0;
  const isSteady = steadiness >= STEADY_FROM.value;
  return {
    mode: isSteady ? 'provisioned' : 'on demand',
    reason: `the average is ${percent(steadiness)} of the peak, and from ${percent(STEADY_FROM.value)} on provisioned units cost less`,
    source,
  };
}

/** A load in units, with what scaling may provide for it if that is how it is billed: from a quiet night to the peak. */
export function unitsOf(load: Rate, { mode }: Billing): Units {
  if (mode === 'on demand') return { load };
  const units = (perSecond: number): number => Math.max(1, Math.ceil((perSecond * 100) / TARGET_PERCENT));
  return { load, provisioned: { min: units(load.average * NIGHT_SHARE), max: units(load.peak), targetPercent: TARGET_PERCENT } };
}

/** Units per second that a table is used or scaled up to. */
export const mostUnits = ({ load, provisioned }: Units): number => provisioned?.max ?? load.peak;
