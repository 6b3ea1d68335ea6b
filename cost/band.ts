import type { Band } from './meter';

/** A quantity as a band; a plain number is the same at every load. */
export const bandOf = (quantity: number | Band): Band =>
  typeof quantity === 'number' ? { min: quantity, expected: quantity, max: quantity } : quantity;

/** Applies a function to each of a band's three figures. */
export const mapBand = (band: Band, change: (amount: number, load: keyof Band) => number): Band => ({
  min: change(band.min, 'min'),
  expected: change(band.expected, 'expected'),
  max: change(band.max, 'max'),
});

/** `3`, or `3 (2 to 6)` for a fleet that scales. */
export const spell = (quantity: number | Band): string => {
  const { min, expected, max } = bandOf(quantity);
  return min === max ? String(expected) : `${expected} (${min} to ${max})`;
};
