import { Unpriceable } from './meter';
import type { Resource } from './template';

/** What stands at a dotted path of the properties (`ScalingConfig.MinSize`); undefined when any step is missing. */
export function property(resource: Resource, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined | null)?.[step], resource.properties);
}

/** A number, or a string holding one, as CloudFormation takes both. @throws Unpriceable when it is missing without a fallback, or no number. */
export function numberAt(resource: Resource, path: string, fallback?: number): number {
  const value = property(resource, path) ?? fallback;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new Unpriceable(`${path} is ${JSON.stringify(value)}; a number can be priced`);
  return number;
}

/** A string. @throws Unpriceable when it is missing without a fallback, or anything else, such as a value known only at deployment. */
export function textAt(resource: Resource, path: string, fallback?: string): string {
  const value = property(resource, path) ?? fallback;
  if (typeof value !== 'string') throw new Unpriceable(`${path} is ${JSON.stringify(value)}; a literal can be priced`);
  return value;
}

/** A boolean or its text. Missing is false. */
export function flagAt(resource: Resource, path: string): boolean {
  return String(property(resource, path)) === 'true';
}

/** A list; missing is an empty one. @throws Unpriceable when it is something else. */
export function listAt(resource: Resource, path: string): unknown[] {
  const value = property(resource, path) ?? [];
  if (!Array.isArray(value)) throw new Unpriceable(`${path} is ${JSON.stringify(value)}; a list can be priced`);
  return value;
}
