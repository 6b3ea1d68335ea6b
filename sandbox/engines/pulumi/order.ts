import type { Template } from './assembly';

/** What a part of a template asks of each resource: `Ref`, or names of attributes; parameters look like resources. */
export function mentionedIn(node: unknown, found = new Map<string, Set<string>>()): Map<string, Set<string>> {
  const add = (id: string, what: string) => found.set(id, (found.get(id) ?? new Set<string>()).add(what));
  if (Array.isArray(node)) node.forEach((item) => mentionedIn(item, found));
  else if (typeof node === 'object' && node !== null) {
    const { Ref: ref, 'Fn::GetAtt': attribute } = node as { Ref?: unknown; 'Fn::GetAtt'?: unknown };
    if (typeof ref === 'string') add(ref, 'Ref');
    if (Array.isArray(attribute)) add(String(attribute[0]), attribute.slice(1).join('.'));
    Object.values(node).forEach((child) => mentionedIn(child, found));
  }
  return found;
}

/**
 * Where a stack begins and ends: its resources that wait for none of the same stack, and those none of it waits for. A later stack's first
 * after an earlier one's last is all of one after all of the other, in a fraction of the edges.
 */
export function endsOf({ Resources }: Template): { first: ReadonlySet<string>; last: ReadonlySet<string> } {
  const ids = Object.keys(Resources);
  const needs = new Map(
    Object.entries(Resources).map(([id, { Properties, DependsOn = [] }]) => [
      id,
      [...mentionedIn(Properties).keys(), ...[DependsOn].flat()].filter((other) => other in Resources),
    ]),
  );
  const needed = new Set([...needs.values()].flat());
  return { first: new Set(ids.filter((id) => needs.get(id)!.length === 0)), last: new Set(ids.filter((id) => !needed.has(id))) };
}
