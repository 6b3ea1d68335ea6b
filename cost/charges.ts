import { bandOf, mapBand } from './band';
import { HOURS_PER_MONTH } from './meter';
import type { Band, Charge, PriceKey } from './meter';

/**
 * A charge for things that run all month. `counted` says how `count` came about: `3 brokers`.
 * `unit` is the price row's, by default `hour`.
 */
export function hourly(dimension: string, count: number | Band, counted: string, price: PriceKey, unit = 'hour'): Charge {
  return { dimension, quantity: times(count, HOURS_PER_MONTH), unit, price, formula: `${counted} x ${HOURS_PER_MONTH} h` };
}

/** A charge for events whose price is per million. `unit` is the price row's: `1M requests`. */
export function perMillion(dimension: string, count: number, counted: string, price: PriceKey, unit = '1M requests'): Charge {
  return { dimension, quantity: count / 1e6, unit, price, formula: `${grouped(count)} ${counted} / 1M` };
}

/** A charge for data held all month, or for whatever else is billed once a month by `unit`. `counted` says how `amount` came about. */
export function monthly(dimension: string, amount: number, counted: string, price: PriceKey, unit = 'GB-month'): Charge {
  return { dimension, quantity: amount, unit, price, formula: counted };
}

/** A figure as formulas print it: `12,000,000`. */
export const grouped = (figure: number): string => figure.toLocaleString('en-US');

/** Leaves out charges that are zero even with every fleet scaled out, so that options nobody switched on neither fill the bill nor ask for a price. */
export const withoutZeros = (charges: Charge[]): Charge[] => charges.filter(({ quantity }) => bandOf(quantity).max > 0);

/** A quantity of so many regions, zones or hours. */
export const times = (quantity: number | Band, factor: number): number | Band =>
  typeof quantity === 'number' ? quantity * factor : mapBand(quantity, (amount) => amount * factor);
