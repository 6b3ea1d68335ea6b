import type { Price } from './price-book';
import type { Resource } from './template';
import type { UsageByType } from './usage';

/**
 * The same quantity of a month with every fleet at its minimum, at the expected load, and at its maximum. The peak hours of a day lie between
 * the last two: `max` is what autoscaling can bill at most.
 */
export interface Band {
  min: number;
  expected: number;
  max: number;
}

/** Which row of the price book a charge is billed by. */
export interface PriceKey {
  service: string;
  dimension: string;
  /** The row's `usage_type_or_spec`, exactly. @default '' or, where the dimension has but one, that one */
  spec?: string;
}

/** One metered dimension of a resource, before it is priced. */
export interface Charge {
  /** What is billed, as the bill prints it: `broker instance kafka.m7g.large`. */
  dimension: string;
  /**
   * Monthly quantity, in `unit`, before free allowances and tiers: the estimate applies those over the whole account.
   * A plain number does not change with autoscaling.
   */
  quantity: number | Band;
  /** The unit of the price row: `hour`, `GB-month`, `1M requests`. */
  unit: string;
  price: PriceKey;
  /** How the quantity came about: `3 brokers x 730 h`. */
  formula: string;
  /** Whose bill it is compared on: messages to people are counted with the other third parties. @default 'aws' */
  section?: Section;
}

export type Section = 'aws' | 'thirdParty';

/** Thrown by a meter for a resource it cannot price as configured (spot capacity, a missing size): listed as unpriced, with the message. */
export class Unpriceable extends Error {}

/** What a meter sees besides the resource itself. */
export interface Surroundings {
  /** Follows a `Ref` or `Fn::GetAtt` in a property to the resource it names, in this template or in another stack's. */
  follow(value: unknown): Resource | undefined;
  /** Resources of the same template whose `property` refers to `target`. */
  referringTo(target: Resource, type: string, property: string): Resource[];
  /** A price by key in the resource's region; for meters that choose between rows. */
  find(key: PriceKey): Price | undefined;
}

/**
 * A meter turns one resource into charges. It is pure. `usage` is complete when the meter runs: a required figure that is
 * missing reads as 0, and the resource is reported as lacking usage with what its fixed part costs.
 */
export interface Meter<T extends string = string> {
  type: T;
  /** Usage figures without which the estimate would only be a lower bound. */
  needs: readonly string[];
  charges(
    resource: Resource,
    usage: T extends keyof UsageByType ? Partial<UsageByType[T]> : Record<string, number>,
    around: Surroundings,
  ): Charge[];
}

/** Hours AWS bills in a month of 730 hours. */
export const HOURS_PER_MONTH = 730;
