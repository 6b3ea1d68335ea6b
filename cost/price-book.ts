import { join } from 'node:path';
import type { PriceKey } from './meter';
import { PriceBookError, readAllowances, readInstances, readService } from './price-file';
import type { AllowanceRow, Confidence, PriceRow } from './price-file';
import type { Tier } from './tiers';

export { PriceBookError } from './price-file';

/** One price of the book: a single rate, or a ladder of graduated tiers. */
export interface Price {
  service: string;
  /** Region of the row: a region code, `global`, or `edge` (CloudFront). */
  region: string;
  dimension: string;
  spec: string;
  /** What `usd` buys one of: `hour`, `GB-month`, `1M requests`. */
  unit: string;
  /** Price of one unit in the first tier, USD. */
  usd: number;
  /** At least one, ascending. */
  tiers: Tier[];
  source: string;
  /** ISO date, possibly only year and month; empty for remembered prices. */
  sourceDate: string;
  confidence: Confidence;
  note: string;
}

/** What an account gets free each month; all charges of the dimension share it. */
export interface Allowance {
  service: string;
  dimension: string;
  /** The only spec that takes part. @default - every spec of the dimension */
  spec?: string;
  unit: string;
  /** Free quantity per month, in `unit`. */
  free: number;
  pooledOver: 'account' | 'region';
}

const FOLDER_VARIABLE = 'SCALEPRINT_PRICES';

/**
 * List prices as data. Files are read on the first look-up of their service, so an estimate only pays for, and only
 * fails on, the services it meets.
 */
export class PriceBook {
  private readonly services = new Map<string, Price[]>();
  /** The same prices by {@link shelfOf}, because a bill looks up thousands. */
  private readonly shelves = new Map<string, Price[]>();
  private freeAllowances?: Allowance[];

  private constructor(readonly folder: string) {}

  /**
   * @param folder a folder laid out as `cost/prices`; by default the variable SCALEPRINT_PRICES names it, else the book that
   * comes with the project.
   */
  static open(folder: string = process.env[FOLDER_VARIABLE] || join(__dirname, 'prices')): PriceBook {
    return new PriceBook(folder);
  }

  /**
   * The price of a key in a region, else the worldwide (`global`) or CloudFront (`edge`) row. Undefined when the book has
   * none: a price of another region is never put in its place.
   * @throws PriceBookError when a file of the book is corrupt, or a key without `spec` matches several.
   */
  find(region: string, key: PriceKey): Price | undefined {
    for (const place of [region, 'global', 'edge']) {
      const here = this.shelf(key, place);
      const exact = here.find((price) => price.spec === (key.spec ?? ''));
      if (exact) return exact;
      if (key.spec !== undefined || here.length === 0) continue;
      if (here.length === 1) return here[0];
      throw new PriceBookError(`${nameOf(key)} has several specs in ${place}; name one of: ${here.map((price) => price.spec).join(' | ')}`);
    }
    return undefined;
  }

  /** Regions that have a price for the key; for saying why one does not. @throws PriceBookError */
  regionsOf(key: PriceKey): string[] {
    const rows = this.pricesOf(key.service).filter((price) => price.dimension === key.dimension && price.spec === (key.spec ?? price.spec));
    return [...new Set(rows.map((price) => price.region))].sort();
  }

  /** Monthly free allowances. @throws PriceBookError */
  get allowances(): readonly Allowance[] {
    return (this.freeAllowances ??= readAllowances(this.folder).map(toAllowance));
  }

  /** Newest source date of the prices given, else of all loaded so far; undefined when none is dated. */
  asOf(prices: Iterable<Price> = [...this.services.values()].flat()): string | undefined {
    const dates = [...prices].map((price) => price.sourceDate).sort();
    return dates.at(-1) || undefined;
  }

  private shelf(key: PriceKey, region: string): readonly Price[] {
    this.pricesOf(key.service);
    return this.shelves.get(shelfOf(key, region)) ?? [];
  }

  private pricesOf(service: string): Price[] {
    const known = this.services.get(service);
    if (known) return known;
    const prices = toPrices(readService(this.folder, service) ?? [], join(this.folder, 'services', `${service}.csv`));
    if (service === 'EC2') prices.push(...instancePrices(this.folder));
    this.services.set(service, prices);
    for (const price of prices) {
      const shelf = shelfOf(price, price.region);
      this.shelves.set(shelf, this.shelves.get(shelf) ?? []);
      this.shelves.get(shelf)!.push(price);
    }
    return prices;
  }
}

const shelfOf = ({ service, dimension }: PriceKey, region: string): string => [service, dimension, region].join('|');

/** `service / dimension / spec`, as messages name a price. */
export const nameOf = ({ service, dimension, spec }: PriceKey): string => [service, dimension, spec].filter(Boolean).join(' / ');

/** Rows of one key form its ladder of tiers. */
function toPrices(rows: PriceRow[], file: string): Price[] {
  const ladders = new Map<string, Price>();
  for (const row of rows) {
    const tier: Tier = { from: row.tier_from || 0, to: row.tier_to === '' ? Infinity : row.tier_to, usd: row.usd };
    const key = [row.region, row.price_dimension, row.usage_type_or_spec].join('|');
    const price = ladders.get(key) ?? priceOf(row);
    if (price.unit !== row.unit || price.tiers.some(({ from }) => from === tier.from)) {
      throw new PriceBookError(`${file}: found two rows for ${key} from ${tier.from} ${row.unit}, allowed: one a tier, all in one unit`);
    }
    price.tiers.push(tier);
    price.tiers.sort((a, b) => a.from - b.from);
    price.usd = price.tiers[0]!.usd;
    ladders.set(key, price);
  }
  return [...ladders.values()];
}

function priceOf(row: PriceRow): Price {
  const { service, region, price_dimension: dimension, usage_type_or_spec: spec, unit, usd, source, confidence, note } = row;
  return { service, region, dimension, spec, unit, usd, tiers: [], source, sourceDate: row.source_date, confidence, note };
}

/** Instance prices live in a file of their own; they answer to service `EC2`, dimension `instance`, spec the instance type. */
const instancePrices = (folder: string): Price[] =>
  readInstances(folder).map(({ region, instance_type: spec, usd_per_hour: usd, source_date: sourceDate }) => ({
    ...{ service: 'EC2', region, dimension: 'instance', spec, unit: 'hour', usd, tiers: [{ from: 0, to: Infinity, usd }] },
    source: 'AWS price list, Linux, shared tenancy',
    sourceDate,
    confidence: 'listed',
    note: '',
  }));

function toAllowance(row: AllowanceRow): Allowance {
  const { service, price_dimension: dimension, usage_type_or_spec: spec, unit, free_per_month: free, pooled_over: pooledOver } = row;
  return { service, dimension, spec: spec || undefined, unit, free, pooledOver };
}
