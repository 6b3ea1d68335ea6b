import { bandOf } from './band';
import type { Section } from './meter';
import type { Cost, Origin, PricedCharge } from './pooling';
import type { Confidence } from './price-file';

/** One line of the bill. */
export interface LineItem extends Origin {
  section: Section;
  dimension: string;
  /** Monthly quantity at the expected load, in `unit`, free allowances not yet taken off. */
  quantity: number;
  /** The same with every fleet scaled in to its minimum all month. */
  quantityMin: number;
  /** The same with every fleet scaled out to its maximum all month. */
  quantityMax: number;
  unit: string;
  /** USD a unit: what the expected quantity costs after allowances and tiers, divided by it. */
  unitPrice: number;
  /** USD a month. */
  monthly: number;
  monthlyMin: number;
  monthlyMax: number;
  /** How the quantity came about. */
  formula: string;
  source: {
    name: string;
    /** ISO date, possibly only year and month; empty for remembered prices. */
    date: string;
    /** `stand-in`: another region's price, for want of one of the resource's own. */
    confidence: Confidence | 'stand-in';
  };
}

/** Digits of a unit price that came out of a division. */
const SIGNIFICANT = 9;

export function toLineItem({ origin, charge, price, standIn }: PricedCharge, { usd, allowance }: Cost): LineItem {
  const { min, expected, max } = bandOf(charge.quantity);
  const flat = price.tiers.length === 1 && !allowance;
  const free = allowance && `the free allowance of the ${allowance.pooledOver}, ${allowance.free}, comes off first`;
  return {
    ...origin,
    section: charge.section ?? 'aws',
    dimension: charge.dimension,
    quantity: expected,
    quantityMin: min,
    quantityMax: max,
    unit: charge.unit,
    unitPrice: flat || expected === 0 ? price.usd : Number((usd.expected / expected).toPrecision(SIGNIFICANT)),
    monthly: roundUsd(usd.expected),
    monthlyMin: roundUsd(usd.min),
    monthlyMax: roundUsd(usd.max),
    formula: [
      charge.formula,
      free,
      price.tiers.length > 1 && 'graduated price',
      standIn && `${price.region}'s price stands in for ${origin.region}`,
    ]
      .filter(Boolean)
      .join('; '),
    source: { name: price.source, date: price.sourceDate, confidence: standIn ? 'stand-in' : price.confidence },
  };
}

/** Lines are whole millionths of a dollar, so that they add up exactly in any order. */
const MICRO = 1e6;

const roundUsd = (usd: number): number => Math.round(usd * MICRO) / MICRO;

/** Exact sum of amounts that are whole millionths of a dollar. */
export const sumUsd = (amounts: readonly number[]): number => amounts.reduce((sum, usd) => sum + Math.round(usd * MICRO), 0) / MICRO;
