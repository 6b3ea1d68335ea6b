import type { Offer } from '../sandbox/up';
import { count, heading, note, print, printTable } from './print';

/** Lines of the price that are shown. */
const COSTLIEST = 6;

export const usdPerHour = (amount: number): string => `$${amount.toFixed(4)}`;

/**
 * What a sandbox is made of, what it costs an hour and until when, for somebody to agree to.
 * @param ends how it goes away
 */
export function printOffer({ name, plan, account, resources, price, usdUntilExpiry, existing }: Offer, ends: string): void {
  heading(`${name}  ${plan.system} ${plan.stage} at its smallest`);
  print(`account ${account.id}, ${plan.deployments.map(({ region }) => region.name).join(', ')}: ${count(resources, 'resource')}`);
  for (const { region, parts, nodeGroups } of plan.deployments) {
    print(`\n${region.name}`);
    printTable(
      ['part', 'technology', 'size', 'count'],
      [
        ...parts.map(({ id, technology, size, count: n }) => [id, technology, size, n]),
        ...nodeGroups.map(({ tier, instanceType, nodes }) => [
          `nodes of ${tier}`,
          'machines',
          instanceType,
          nodes.max > nodes.expected ? `${nodes.expected} to ${nodes.max}` : nodes.max,
        ]),
      ],
      ['count'],
    );
  }
  const costliest = price.lines.slice(0, COSTLIEST);
  const others = price.lines.slice(COSTLIEST);
  print();
  printTable(
    ['costs most', 'what', 'USD/h'],
    [
      ...costliest.map((line) => [line.resource, line.dimension, usdPerHour(line.usdPerHour)]),
      ...(others.length
        ? [[`and ${count(others.length, 'other')}`, '', usdPerHour(others.reduce((sum, l) => sum + l.usdPerHour, 0))]]
        : []),
      ['at most, without traffic', '', usdPerHour(price.usdPerHour)],
    ],
    ['USD/h'],
  );
  for (const resource of price.unpriced) note(`not in it: ${resource}`);
  print(`\n${existing ? 'up already; ' : ''}${ends}; until then it costs $${usdUntilExpiry.toFixed(2)} in all, begun hours counted whole`);
}

/** The same for scripts. */
export const offerDocument = ({ name, owner, plan, account, resources, expires, price, usdUntilExpiry }: Offer) => ({
  name,
  system: plan.system,
  stage: plan.stage,
  owner,
  account: account.id,
  regions: plan.deployments.map(({ region }) => region.name),
  resources,
  expires: expires.toISOString(),
  usdPerHour: price.usdPerHour,
  usdUntilExpiry,
  lines: price.lines,
  unpriced: price.unpriced,
});
