import type { Source } from './source';

/** One thing a part can run out of. */
export interface Dimension {
  /** `memory`, `writes`, `connections` ... */
  name: string;
  /** At peak, in `unit`. */
  demand: number;
  /** What one unit (node, pod, shard) offers at 100 %, in `unit`. */
  perUnit: number;
  unit: string;
  source: Source;
}

/** A dimension with how full it is. */
export interface Utilisation extends Dimension {
  atPeak: number;
  /** With one Availability Zone lost at peak; null where a part lives in one zone and goes down with it. */
  zoneLost: number | null;
}

export interface Fit {
  count: number;
  dimensions: Utilisation[];
  /** Name of the fullest dimension. */
  binding: string;
  utilisation: number;
  utilisationZoneLost: number | null;
}

export interface Spread {
  /** Zones the units are spread over evenly. */
  zones: number;
  /** Highest utilisation allowed, a zone lost or not; 0-1. */
  target: number;
  /** @default 1 */
  minimum?: number;
  /** Units that must be a multiple of this. @default 1 */
  multipleOf?: number;
  /** True when each unit has a stand-in in another zone that takes over, so a lost zone costs no capacity. @default false */
  standIn?: boolean;
}

const survivors = (count: number, { zones, standIn }: Spread): number =>
  standIn ? count : zones > 1 ? count - Math.ceil(count / zones) : 0;

/** Utilisation of `count` units. */
export function utilise(count: number, dimensions: readonly Dimension[], spread: Spread): Fit {
  const left = survivors(count, spread);
  const used = dimensions.map((d) => ({
    ...d,
    atPeak: d.demand / (count * d.perUnit),
    zoneLost: spread.zones > 1 ? d.demand / (left * d.perUnit) : null,
  }));
  return fitOf(count, used);
}

/** A part of two fleets, such as primaries and their readers: the fullest dimension of both binds. */
export const together = (main: Fit, other: Fit): Fit => fitOf(main.count, [...main.dimensions, ...other.dimensions]);

function fitOf(count: number, dimensions: Utilisation[]): Fit {
  const fullest = dimensions.reduce((a, b) => (b.atPeak > a.atPeak ? b : a));
  const down = dimensions.some((d) => d.zoneLost === null);
  const utilisationZoneLost = down ? null : Math.max(...dimensions.map((d) => d.zoneLost!));
  return { count, dimensions, binding: fullest.name, utilisation: fullest.atPeak, utilisationZoneLost };
}

/** The fewest units that keep every dimension at or below the target, also with one zone lost. */
export function unitsFor(dimensions: readonly Dimension[], { zones, target, minimum = 1, multipleOf = 1, standIn }: Spread): number {
  const needed = Math.max(1, ...dimensions.map((d) => Math.ceil(d.demand / (d.perUnit * target) - 1e-9)));
  // Spread evenly, the fullest zone holds a zone-th of the units, rounded up; the rest have to carry the peak.
  const evenWithZoneLost = zones > 1 && !standIn ? Math.ceil((needed * zones) / (zones - 1)) : needed;
  return Math.ceil(Math.max(evenWithZoneLost, minimum) / multipleOf) * multipleOf;
}

/** How full {@link unitsFor} units are. */
export const fit = (dimensions: readonly Dimension[], spread: Spread): Fit => utilise(unitsFor(dimensions, spread), dimensions, spread);
