import { z } from 'zod';
import type { PricedCharge } from './pooling';
import type { PriceBook } from './price-book';
import { TemplateError } from './template';
import type { Template } from './template';
import { THIRD_PARTY_KEY } from './usage';
import type { ThirdPartyUsage } from './usage';

const SERVICE = 'ThirdParty';

const shape: z.ZodType<ThirdPartyUsage[]> = z.array(z.object({ charge: z.string(), quantity: z.number().min(0), description: z.string() }));

/** Charges of other companies that a template's metadata lists, and those the book has no price for. @throws TemplateError when the list is malformed. */
export function thirdPartyCharges(template: Template, book: PriceBook): { charges: PricedCharge[]; withoutPrice: ThirdPartyUsage[] } {
  const parsed = shape.safeParse(template.metadata[THIRD_PARTY_KEY] ?? []);
  if (!parsed.success) {
    throw new TemplateError(
      `${template.file}: Metadata["${THIRD_PARTY_KEY}"] is not a list of {charge, quantity, description}: ${z.prettifyError(parsed.error)}`,
    );
  }
  const priced = parsed.data.map((usage) => {
    const key = { service: SERVICE, dimension: usage.charge };
    return { usage, key, price: book.find('global', key) };
  });
  return {
    withoutPrice: priced.filter(({ price }) => !price).map(({ usage }) => usage),
    charges: priced.flatMap(({ usage, key, price }) =>
      price
        ? [
            {
              origin: { resource: usage.description, type: SERVICE, stack: template.stack, region: price.region },
              charge: {
                dimension: usage.charge,
                quantity: usage.quantity,
                unit: price.unit,
                price: key,
                formula: usage.description,
                section: 'thirdParty' as const,
              },
              price,
            },
          ]
        : [],
    ),
  };
}
