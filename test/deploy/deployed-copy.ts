import { type Gap, gapKey } from './emulator-gaps';
import type { Template } from './template';

/** A template as the emulator can take it, and what that cost. */
export interface DeployedCopy {
  template: Template;
  /** Logical ids of resources that were taken out. */
  leftOut: ReadonlySet<string>;
  /** Keys of the gaps that were needed. */
  used: ReadonlySet<string>;
}

/** Takes out of a template what the emulator cannot do; the template it is given stays as it is. */
export function deployedCopy(original: Template, gaps: readonly Gap[]): DeployedCopy {
  const template = structuredClone(original);
  const used = new Set<string>();
  const leftOut = new Set<string>();
  const attributes = new Map<string, string>();
  for (const [id, { Type, Properties = {} }] of Object.entries(original.Resources)) {
    for (const gap of gaps.filter(({ types }) => types.includes(Type))) {
      if (gap.effect === 'left out') {
        used.add(gapKey(gap, Type));
        leftOut.add(id);
        delete template.Resources[id];
      } else if (gap.effect === 'property left out' && gap.name! in Properties) {
        used.add(gapKey(gap, Type));
        delete template.Resources[id]?.Properties?.[gap.name!];
      } else if (gap.effect === 'property as text' && gap.name! in Properties) {
        used.add(gapKey(gap, Type));
        const properties = template.Resources[id]?.Properties;
        if (properties) properties[gap.name!] = { 'Fn::ToJsonString': properties[gap.name!] };
      } else if (gap.effect === 'attribute replaced') attributes.set(`${id}.${gap.name}`, gapKey(gap, Type));
    }
  }
  for (const resource of Object.values(template.Resources))
    if (resource.DependsOn) resource.DependsOn = [resource.DependsOn].flat().filter((id) => !leftOut.has(id));
  const replace = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(replace);
    if (typeof node !== 'object' || node === null) return node;
    const reference = referenceOf(node as Record<string, unknown>);
    const gap = reference && attributes.get(`${reference.id}.${reference.attribute}`);
    if (gap) used.add(gap);
    if (reference && (gap || leftOut.has(reference.id))) return placeholder(reference.id);
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, replace(child)]));
  };
  return { template: replace(template) as Template, leftOut, used };
}

/** Shaped like an ARN: policies are refused without one. */
const placeholder = (id: string): string => `arn:aws:s3:::placeholder-${id}`;

function referenceOf(node: Record<string, unknown>): { id: string; attribute?: string } | undefined {
  if (typeof node.Ref === 'string') return { id: node.Ref };
  const attribute = node['Fn::GetAtt'];
  return Array.isArray(attribute) ? { id: String(attribute[0]), attribute: attribute.slice(1).join('.') } : undefined;
}
