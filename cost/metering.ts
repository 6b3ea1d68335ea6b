import { bandOf } from './band';
import { freeReason } from './free-types';
import { Unpriceable } from './meter';
import type { Charge, Meter } from './meter';
import { nameOf } from './price-book';
import type { Price, PriceBook } from './price-book';
import type { Origin, PricedCharge } from './pooling';
import type { References } from './references';
import type { Resource } from './template';

/** Whose price stands in where the book has none of the resource's own region; such lines are marked as a guess. */
const STAND_IN_REGION = 'us-east-1';

/** How far a resource could be priced. */
export type Verdict =
  | { kind: 'priced' }
  | { kind: 'free'; why: string }
  | { kind: 'lacking usage'; detail: string }
  | { kind: 'unknown'; detail: string }
  | { kind: 'no price in region'; detail: string };

/** One resource, metered. */
export interface Metered {
  origin: Origin;
  verdict: Verdict;
  charges: PricedCharge[];
}

/**
 * Turns a resource into charges and says how complete they are.
 * @throws Error naming the resource when its meter fails or charges in another unit than the price's.
 */
export function meterResource(
  resource: Resource,
  usage: Record<string, number>,
  meters: ReadonlyMap<string, Meter>,
  references: References,
  book: PriceBook,
): Metered {
  const origin: Origin = { resource: labelOf(resource), type: resource.type, stack: resource.template, region: resource.region };
  const none = (verdict: Verdict): Metered => ({ origin, verdict, charges: [] });
  const meter = meters.get(resource.type);
  if (!meter) {
    const why = freeReason(resource.type);
    return none(why ? { kind: 'free', why } : { kind: 'unknown', detail: `no meter knows ${resource.type}; it is not in the total` });
  }
  const lacking = meter.needs.filter((figure) => usage[figure] === undefined);
  const complete = { ...Object.fromEntries(lacking.map((figure) => [figure, 0])), ...usage };
  const charges = run(meter, resource, complete, references, book);
  if (charges instanceof Unpriceable) return none({ kind: 'unknown', detail: charges.message });
  if (charges.length === 0) return none({ kind: 'free', why: 'as configured' });

  const priced = charges.map((charge) => {
    const price = book.find(resource.region, charge.price);
    return { origin, charge, price: price ?? book.find(STAND_IN_REGION, charge.price), standIn: !price };
  });
  const missing = priced.filter(({ price }) => !price).map(({ charge }) => noPrice(charge, resource, book));
  const found = priced.filter((entry): entry is typeof entry & { price: Price } => entry.price !== undefined);
  found.forEach(({ charge, price }) => checkUnit(charge, price, resource));
  return { origin, verdict: verdictOf(missing, lacking), charges: found };
}

/** `Stack/Path/Of/Construct`, or the stack and the logical id where CDK left no path. */
const labelOf = ({ path, template, logicalId }: Resource): string =>
  path?.replace(/\/(Resource|Default)$/, '') ?? `${template}/${logicalId}`;

function run(
  meter: Meter,
  resource: Resource,
  usage: Record<string, number>,
  references: References,
  book: PriceBook,
): Charge[] | Unpriceable {
  try {
    const charges = meter.charges(resource, usage, references.around(resource, book));
    const odd = charges.find(({ quantity }) => !Object.values(bandOf(quantity)).every((amount) => Number.isFinite(amount) && amount >= 0));
    return odd ? new Unpriceable(`${odd.dimension}: the quantity comes out as ${JSON.stringify(odd.quantity)} (${odd.formula})`) : charges;
  } catch (error) {
    if (error instanceof Unpriceable) return error;
    throw new Error(`${labelOf(resource)} (${resource.type}): ${(error as Error).message}`, { cause: error });
  }
}

function verdictOf(missing: string[], lacking: string[]): Verdict {
  if (missing.length > 0) return { kind: 'no price in region', detail: missing.join('; ') };
  if (lacking.length > 0) return { kind: 'lacking usage', detail: `needs ${lacking.join(', ')}` };
  return { kind: 'priced' };
}

function noPrice({ price, dimension }: Charge, { region }: Resource, book: PriceBook): string {
  const elsewhere = book.regionsOf(price);
  return `${dimension}: ${nameOf(price)} has no price in ${region}; ${elsewhere.length ? `the book has ${elsewhere.join(', ')}` : 'the book has none at all'}`;
}

function checkUnit(charge: Charge, price: Price, resource: Resource): void {
  if (charge.unit === price.unit) return;
  throw new Error(
    `${labelOf(resource)}: ${charge.dimension} is metered in "${charge.unit}", but ${nameOf(price)} is priced per "${price.unit}"`,
  );
}
