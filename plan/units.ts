/** Base units of the plan: seconds, bytes, per second, USD. These name the multiples. */
export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;
/** A month of 730 hours, as AWS bills it; seconds. */
export const MONTH = 730 * HOUR;
export const KIB = 1024;
export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

export const perDay = (n: number): number => n / DAY;

/** A rate by its long-term average and its busiest moment; per second. */
export interface Rate {
  average: number;
  peak: number;
}

export const rate = (average: number, peak: number): Rate => ({ average, peak });
export const steady = (perSecond: number): Rate => ({ average: perSecond, peak: perSecond });
export const times = (r: Rate, factor: number): Rate => ({ average: r.average * factor, peak: r.peak * factor });
export const sum = (rates: readonly Rate[]): Rate =>
  rates.reduce((a, b) => ({ average: a.average + b.average, peak: a.peak + b.peak }), steady(0));

const PREFIXES: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
  [1, ''],
];

/** Three significant digits with a unit prefix, for sentences: 37.5K, 1.25M; shares keep their nines: 0.9995. */
export function short(n: number): string {
  if (Math.abs(n) < 1) return `${Number(n.toPrecision(n > 0.9 ? 5 : 3))}`;
  const rounded = Number(n.toPrecision(3));
  const [size, suffix] = PREFIXES.find(([limit]) => Math.abs(rounded) >= limit)!;
  return `${rounded / size}${suffix}`;
}

/** Bytes for sentences: 1.5 GiB. */
export function bytes(n: number): string {
  const steps: [number, string][] = [
    [1024 ** 5, 'PiB'],
    [1024 ** 4, 'TiB'],
    [GIB, 'GiB'],
    [MIB, 'MiB'],
    [KIB, 'KiB'],
  ];
  const [size, suffix] = steps.find(([limit]) => n >= limit) ?? [1, 'B'];
  return `${Number((n / size).toPrecision(3))} ${suffix}`;
}

export const percent = (ratio: number): string => `${Number((ratio * 100).toPrecision(3))} %`;
