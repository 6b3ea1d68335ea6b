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
  const attributes = new Map<string, { key: string; value: unknown }>();
  for (const [id, { Type, Properties = {} }] of Object.entries(original.Resources)) {
    for (const gap of gaps.filter(({ types }) => types.includes(Type))) {
      const { effect, name, by } = gap;
      const key = gapKey(gap, Type);
      if (effect === 'left out' && (name === undefined || name in Properties)) {
        used.add(key);
        leftOut.add(id);
        delete template.Resources[id];
      } else if (effect === 'property left out' && name! in Properties) {
        used.add(key);
        delete template.Resources[id]!.Properties![name!];
      } else if (effect === 'attribute replaced') attributes.set(`${id}.${name}`, { key, value: by ? Properties[by] : placeholder(id) });
    }
  }
  for (const parameter of Object.values(template.Parameters ?? {})) {
    const gap = gaps.find(({ effect, types }) => effect === 'default replaced' && types.includes(parameter.Type));
    if (!gap) continue;
    used.add(gapKey(gap, parameter.Type));
    parameter.Default = gap.by;
  }
  for (const resource of Object.values(template.Resources))
    if (resource.DependsOn) resource.DependsOn = [resource.DependsOn].flat().filter((id) => !leftOut.has(id));
  const replace = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(replace);
    if (typeof node !== 'object' || node === null) return node;
    const reference = referenceOf(node as Record<string, unknown>);
    if (reference && leftOut.has(reference.id)) return placeholder(reference.id);
    const attribute = reference && attributes.get(`${reference.id}.${reference.attribute}`);
    if (!attribute) return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, replace(child)]));
    used.add(attribute.key);
    return attribute.value;
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
