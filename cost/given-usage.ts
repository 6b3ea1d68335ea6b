import { USAGE_KEY } from './usage';
import type { Resource } from './template';

/** Usage figures cannot be used: says which, what was found, what is allowed. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Figures by construct path, `stack/logical id`, logical id or resource type; they come before the template's own. */
export type GivenUsage = Record<string, Record<string, number>>;

/**
 * A resource's usage: what its template carries, then what was given for its type, then for itself.
 * @throws UsageError when a figure is no number of at least 0.
 */
export function usageOf(resource: Resource, given: GivenUsage): Record<string, number> {
  const carried = resource.metadata[USAGE_KEY] ?? {};
  const usage = Object.assign({}, carried, ...namesOf(resource).map((name) => given[name])) as Record<string, unknown>;
  for (const [figure, value] of Object.entries(usage)) {
    if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) continue;
    throw new UsageError(
      `usage of ${resource.template}/${resource.logicalId}: ${figure} is ${JSON.stringify(value)}; allowed: a number of at least 0`,
    );
  }
  return usage as Record<string, number>;
}

/** @throws UsageError when usage is given for something no template has. */
export function checkGivenUsage(given: GivenUsage, resources: readonly Resource[]): void {
  const names = new Set(resources.flatMap(namesOf));
  const odd = Object.keys(given).find((name) => !names.has(name));
  if (odd)
    throw new UsageError(
      `usage is given for "${odd}", which no template has; allowed: a construct path, stack/logical id, logical id or resource type`,
    );
}

/** From the least to the most specific. */
const namesOf = ({ type, logicalId, template, path }: Resource): string[] => [
  type,
  logicalId,
  `${template}/${logicalId}`,
  ...(path ? [path] : []),
];
