import type { Source } from './source';
import { short } from './units';

/** A condition on the workload that changes the topology when it fires. */
export interface Trigger {
  /** What is measured, in words: `messages per second at peak`. */
  metric: string;
  value: number;
  threshold: number;
  fires: boolean;
  source: Source;
}

/** Fires when `value` has reached `threshold`. */
export const atLeast = (metric: string, value: number, threshold: number, source: Source): Trigger => ({
  metric,
  value,
  threshold,
  fires: value >= threshold,
  source,
});

/** Fires when `value` has passed `threshold`. */
export const above = (metric: string, value: number, threshold: number, source: Source): Trigger => ({
  ...atLeast(metric, value, threshold, source),
  fires: value > threshold,
});

/** Fires when a wish of the workload (a `yes or no` figure) is there. */
export const wanted = (metric: string, flag: number, source: Source): Trigger => atLeast(metric, flag, 1, source);

/** Fires with whichever of its triggers fires; stands for the one nearest to firing. */
export const anyOf = (...triggers: [Trigger, ...Trigger[]]): Trigger => [...triggers].sort(nearestFirst)[0]!;

/** Fires when all do; stands for the one farthest from firing. */
export const allOf = (...triggers: [Trigger, ...Trigger[]]): Trigger => [...triggers].sort(nearestFirst).at(-1)!;

/** At its threshold one trigger fires and another does not yet, so firing comes before nearness. */
const nearestFirst = (a: Trigger, b: Trigger): number => Number(b.fires) - Number(a.fires) || distance(a) - distance(b);

/** How many times the workload must grow before the trigger fires; 1 or less once it has. */
export const distance = (t: Trigger): number => (t.value === 0 ? Infinity : t.threshold / t.value);

export const describe = (t: Trigger): string => `${t.metric}: ${short(t.value)}, threshold ${short(t.threshold)}`;
