import type { Estimate } from './estimate';
import { sumUsd } from './line-item';
import type { LineItem } from './line-item';

/** An estimate and what it is of. */
export interface LabelledEstimate {
  system: string;
  stage: string;
  estimate: Estimate;
  /** Users the stage serves; `perUser` divides by them. @default - no price per user */
  users?: number;
}

/** One column of the comparison. */
export interface ComparisonRow {
  system: string;
  stage: string;
  /** USD a month, other companies included. */
  monthly: number;
  /** USD a month and user; null when the number of users is not known. */
  perUser: number | null;
  /** The resource types that cost most, dearest first. */
  topItems: { type: string; monthly: number }[];
}

const TOP = 5;

/** Estimates side by side, in the order given. */
export function compare(estimates: readonly LabelledEstimate[]): { rows: ComparisonRow[] } {
  return {
    rows: estimates.map(({ system, stage, estimate, users }) => ({
      system,
      stage,
      monthly: estimate.monthly.total,
      perUser: users ? estimate.monthly.total / users : null,
      topItems: dearestTypes(estimate.lineItems),
    })),
  };
}

function dearestTypes(lines: readonly LineItem[]): ComparisonRow['topItems'] {
  const byType = new Map<string, number[]>();
  for (const { type, monthly } of lines) byType.set(type, [...(byType.get(type) ?? []), monthly]);
  const sums = [...byType].map(([type, amounts]) => ({ type, monthly: sumUsd(amounts) }));
  return sums.sort((a, b) => b.monthly - a.monthly).slice(0, TOP);
}
