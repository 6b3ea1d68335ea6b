import { bandOf } from '../../../cost/band';
import type { Charge, Meter } from '../../../cost/meter';
import { PriceBook } from '../../../cost/price-book';
import { References } from '../../../cost/references';
import type { Template } from '../../../cost/template';
import { tieredCost } from '../../../cost/tiers';

interface Declared {
  Type: string;
  Properties?: Record<string, unknown>;
}

const book = PriceBook.open();

/** What a meter charges for one of the resources, beside the others. */
export function charges(
  meters: Meter[],
  of: string,
  resources: Record<string, Declared>,
  usage: Record<string, number> = {},
  region = 'us-east-1',
): Charge[] {
  const template: Template = {
    ...{ stack: 'Test', region, file: 'test.template.json', outputs: {}, exports: {}, metadata: {} },
    resources: Object.entries(resources).map(([logicalId, { Type: type, Properties: properties = {} }]) => ({
      ...{ logicalId, type, properties, metadata: {}, template: 'Test', region },
    })),
  };
  const resource = template.resources.find(({ logicalId }) => logicalId === of)!;
  const meter = meters.find(({ type }) => type === resource.type)!;
  return meter.charges(resource, usage, new References([template]).around(resource, book));
}

/**
 * The same charges, each as the arithmetic a reader would do by hand, in USD a month before free allowances:
 * `broker instance kafka.t3.small: 2 brokers x 730 h = 1460 hour at 0.0456 = 66.58`. A band shows its three figures.
 * @throws Error when a charge is metered in another unit than its price.
 */
export const bill = (...[meters, of, resources, usage, region = 'us-east-1']: Parameters<typeof charges>): string[] =>
  charges(meters, of, resources, usage, region).map((charge) => line(charge, region));

function line({ dimension, formula, quantity, unit, price: key }: Charge, region: string): string {
  const amounts = [...new Set(Object.values(bandOf(quantity)))];
  const shown = (figures: number[], digits: number) => figures.map((figure) => Number(figure.toFixed(digits))).join(' | ');
  const price = book.find(region, key);
  const left = `${dimension}: ${formula} = ${shown(amounts, 6)} ${unit}`;
  if (!price) return `${left} at no price`;
  if (price.unit !== unit) throw new Error(`${dimension} is metered in ${unit}, but priced per ${price.unit}`);
  const usd = amounts.map((amount) => tieredCost(price.tiers, amount));
  return `${left} at ${price.tiers.map((tier) => tier.usd).join(' then ')} = ${shown(usd, 2)}`;
}
