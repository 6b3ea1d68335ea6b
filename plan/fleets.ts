import type { Flow } from './flow';
import type { Part } from './sizing';

/**
 * Balancers of a part in one cell, and so fleets of a service: a balancer is about five of the 500 resources CloudFormation takes in
 * a template, which hold other parts' too. More of them are another cell.
 */
export const MAX_FLEETS = 30;

/** Name of one of several equal fleets, balancers or brokers: `sockets-2`; just the id where there is one. */
export const nameOfOne = (id: string, number: number, count: number): string => (count > 1 ? `${id}-${number}` : id);

/** 1 to `count`. */
export const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

const fleetsOf = (part: Part | undefined): number | undefined =>
  part?.kind === 'loadBalancer' ? part.count : part?.kind === 'service' ? part.fleets : undefined;

/**
 * How many fleets balancers and the services behind them have to come in, so that every balancer has one fleet of each service it
 * routes to: as many as any of those that hang together.
 * @returns by part id; undefined where they do so already
 */
export function unmatchedFleets(parts: ReadonlyMap<string, Part>, flows: readonly Flow[]): ReadonlyMap<string, number> | undefined {
  const fleets = new Map([...parts].flatMap(([id, part]) => (fleetsOf(part) ? [[id, fleetsOf(part)!]] : [])));
  const routes = flows.filter(({ from, to }) => parts.get(from)?.kind === 'loadBalancer' && fleets.has(to));
  const apart = () => routes.find(({ from, to }) => fleets.get(from) !== fleets.get(to));
  if (!apart()) return undefined;
  for (let route = apart(); route; route = apart()) {
    const most = Math.max(fleets.get(route.from)!, fleets.get(route.to)!);
    fleets.set(route.from, most).set(route.to, most);
  }
  return fleets;
}
