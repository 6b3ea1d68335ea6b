import { bandOf } from './band';
import { checkGivenUsage, usageOf } from './given-usage';
import type { GivenUsage } from './given-usage';
import { sumUsd, toLineItem } from './line-item';
import type { LineItem } from './line-item';
import type { Meter, Section } from './meter';
import { meterResource } from './metering';
import type { Metered, Verdict } from './metering';
import { metersByType } from './meters';
import { poolCosts } from './pooling';
import type { PriceBook } from './price-book';
import { References } from './references';
import { KUBERNETES } from './template';
import type { Template } from './template';
import { thirdPartyCharges } from './third-party';

/** A resource that is not, or not fully, in the total. */
export interface Unpriced {
  resource: string;
  type: string;
  why: 'lacking usage' | 'unknown' | 'no price in region';
  detail: string;
}

/** Resources that cost nothing, by type. */
export interface FreeType {
  type: string;
  resources: number;
  why: string;
}

/** List prices in USD a month of 730 hours, before tax and discounts. */
export interface Estimate {
  currency: 'USD';
  /** Region of most resources. */
  region: string;
  /** `asOf`: newest date among the sources of the prices used; empty when none is dated. */
  priceBook: { asOf: string };
  /**
   * `total` prices the expected load and is the sum of the line items' `monthly`; `onDemand` and `thirdParty` are its two sections.
   * `min` prices every fleet scaled in to its minimum all month, `max` scaled out to its maximum all month: no autoscaling bills more.
   */
  monthly: { total: number; onDemand: number; thirdParty: number; min: number; max: number };
  lineItems: LineItem[];
  unpriced: Unpriced[];
  free: FreeType[];
  /** Of templates the `resources`, of manifests the `objects`. Each is counted once more, in one of the others. */
  coverage: { resources: number; objects: number; priced: number; free: number; lackingUsage: number; unknown: number; noPrice: number };
}

export interface EstimateOptions {
  /** Usage figures that come before the templates' own. @default {} */
  usage?: GivenUsage;
  /** Meters by resource type. @default all the project has */
  meters?: ReadonlyMap<string, Meter>;
}

/**
 * Prices templates as one account's bill: free allowances and tiers count over all of them.
 * @throws PriceBookError on a corrupt price book; UsageError on impossible usage figures; Error naming the resource that a meter cannot read.
 */
export function estimate(
  templates: readonly Template[],
  book: PriceBook,
  { usage = {}, meters = metersByType }: EstimateOptions = {},
): Estimate {
  const resources = templates.flatMap((template) => template.resources);
  checkGivenUsage(usage, resources);
  const references = new References(templates);
  const metered = resources.map((resource) => meterResource(resource, usageOf(resource, usage), meters, references, book));
  const others = templates.map((template) => thirdPartyCharges(template, book));

  const charges = [...metered, ...others].flatMap((one) => one.charges);
  const costs = poolCosts(charges, book.allowances);
  const lines = new Map(charges.map((charge, i) => [charge, toLineItem(charge, costs[i]!)]));
  const used = charges.filter(({ charge }) => Object.values(bandOf(charge.quantity)).some((amount) => amount > 0));
  const lineItems = used.map((charge) => lines.get(charge)!);
  const totalOf = (section: Section) => sumUsd(lineItems.filter((line) => line.section === section).map(({ monthly }) => monthly));

  return {
    currency: 'USD',
    region: mostCommon(resources.map(({ region }) => region)),
    priceBook: { asOf: book.asOf(used.map(({ price }) => price)) ?? '' },
    monthly: {
      total: sumUsd(lineItems.map(({ monthly }) => monthly)),
      onDemand: totalOf('aws'),
      thirdParty: totalOf('thirdParty'),
      min: sumUsd(lineItems.map(({ monthlyMin }) => monthlyMin)),
      max: sumUsd(lineItems.map(({ monthlyMax }) => monthlyMax)),
    },
    lineItems,
    unpriced: [
      ...metered.flatMap((one) => unpricedOf(one, sumUsd(one.charges.map((charge) => lines.get(charge)!.monthly)))),
      ...others
        .flatMap(({ withoutPrice }) => withoutPrice)
        .map(({ charge, description }) => ({
          ...{ resource: description, type: 'ThirdParty', why: 'unknown' as const, detail: `the price book has no charge "${charge}"` },
        })),
    ],
    free: freeTypes(metered),
    coverage: coverageOf(metered),
  };
}

function unpricedOf({ origin: { resource, type }, verdict }: Metered, included: number): Unpriced[] {
  if (verdict.kind === 'priced' || verdict.kind === 'free') return [];
  const partly = included > 0 ? `; ${included} USD a month of it are in the total` : '';
  return [{ resource, type, why: verdict.kind, detail: verdict.detail + partly }];
}

function freeTypes(metered: readonly Metered[]): FreeType[] {
  const byType = new Map<string, FreeType>();
  for (const {
    origin: { type },
    verdict,
  } of metered) {
    if (verdict.kind !== 'free') continue;
    const before = byType.get(type)?.resources ?? 0;
    byType.set(type, { type, resources: before + 1, why: verdict.why });
  }
  return [...byType.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
}

function coverageOf(metered: readonly Metered[]): Estimate['coverage'] {
  const count = (kind: Verdict['kind']) => metered.filter(({ verdict }) => verdict.kind === kind).length;
  const objects = metered.filter(({ origin }) => origin.type.startsWith(KUBERNETES)).length;
  return {
    resources: metered.length - objects,
    objects,
    priced: count('priced'),
    free: count('free'),
    lackingUsage: count('lacking usage'),
    unknown: count('unknown'),
    noPrice: count('no price in region'),
  };
}

/** Empty when there is nothing to count. */
function mostCommon(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
