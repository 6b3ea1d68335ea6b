import { bandOf, mapBand } from './band';
import type { Band, Charge } from './meter';
import { PriceBookError } from './price-book';
import type { Allowance, Price } from './price-book';
import { tieredCost } from './tiers';

/** What a charge is for, as line items name it. */
export interface Origin {
  /** Construct path of a resource, or what causes a charge of another company. */
  resource: string;
  /** CloudFormation type; `ThirdParty` for a charge of another company. */
  type: string;
  stack: string;
  region: string;
}

/** A charge together with what causes it and what it costs a unit. */
export interface PricedCharge {
  origin: Origin;
  charge: Charge;
  price: Price;
  /** The price is of another region, for want of one of the resource's own. @default false */
  standIn?: boolean;
}

/** What a charge costs in the end. */
export interface Cost {
  /** USD a month at each load. */
  usd: Band;
  /** The free allowance the charge took part in. @default - none */
  allowance?: Allowance;
}

/**
 * USD a month of every charge, in the order given. Charges with the same price share one pool, as on an account's bill:
 * free allowances come off the pool, tiers apply to what is left, and each charge bears its share by quantity.
 * @throws PriceBookError when an allowance counts another unit than its price.
 */
export function poolCosts(charges: readonly PricedCharge[], allowances: readonly Allowance[]): Cost[] {
  const shared = charges.map(({ price }) => allowances.find((allowance) => covers(allowance, price)));
  const quantities = charges.map(({ charge }) => bandOf(charge.quantity));
  const allowancePools = totals(
    quantities,
    charges.map(({ price }, i) => poolOfAllowance(shared[i], price)),
  );
  const billable = quantities.map((quantity, i) => {
    const allowance = shared[i];
    const pool = allowancePools[i]!;
    return allowance ? mapBand(quantity, (amount, load) => amount * Math.max(0, 1 - allowance.free / pool[load] || 0)) : quantity;
  });
  const pricePools = totals(
    billable,
    charges.map(({ price }) => price),
  );
  return charges.map(({ price }, i) => {
    const pool = pricePools[i]!;
    const share = (amount: number, load: keyof Band) => (amount === 0 ? 0 : tieredCost(price.tiers, pool[load]) * (amount / pool[load]));
    return { usd: mapBand(billable[i]!, share), allowance: shared[i] };
  });
}

function covers(allowance: Allowance, price: Price): boolean {
  const { service, dimension, spec, unit } = allowance;
  if (service !== price.service || dimension !== price.dimension || (spec !== undefined && spec !== price.spec)) return false;
  if (unit === price.unit) return true;
  throw new PriceBookError(
    `free allowance of ${service} / ${dimension}: found unit "${unit}", allowed: the unit of its price, "${price.unit}"`,
  );
}

function poolOfAllowance(allowance: Allowance | undefined, price: Price): unknown {
  if (!allowance || allowance.pooledOver === 'account') return allowance;
  return `${allowance.service}/${allowance.dimension}/${price.region}`;
}

/** For each quantity the sum over all that have the same pool. */
function totals(quantities: readonly Band[], pools: readonly unknown[]): Band[] {
  const sums = new Map<unknown, Band>();
  quantities.forEach((quantity, i) => {
    const sum = sums.get(pools[i]) ?? bandOf(0);
    sums.set(
      pools[i],
      mapBand(sum, (amount, load) => amount + quantity[load]),
    );
  });
  return pools.map((pool) => sums.get(pool)!);
}
