import type { Gap } from './emulator-gaps';
import type { Template } from './template';

/** A template as the emulator can take it, and what that cost. */
export interface DeployedCopy {
  template: Template;
  /** Logical ids of resources that were taken out. */
  leftOut: string[];
  /** The rows of the table that were needed. */
  used: Gap[];
}

/** Takes out of a template what the emulator cannot do; the template it is given stays as it is. */
export function deployedCopy(original: Template, gaps: readonly Gap[]): DeployedCopy {
  const template = structuredClone(original);
  const used = new Set<Gap>();
  const leftOut: string[] = [];
  const attributes = new Map<string, Gap>();
  for (const [id, { Type, Properties = {} }] of Object.entries(original.Resources)) {
    for (const gap of gaps.filter(({ type }) => type === Type)) {
      if ('leftOut' in gap) {
        leftOut.push(id);
        used.add(gap);
        delete template.Resources[id];
      } else if ('property' in gap && gap.property in Properties) {
        used.add(gap);
        delete template.Resources[id]?.Properties?.[gap.property];
      } else if ('attribute' in gap) attributes.set(`${id}.${gap.attribute}`, gap);
    }
  }
  const gone = new Set(leftOut);
  for (const resource of Object.values(template.Resources))
    if (resource.DependsOn) resource.DependsOn = [resource.DependsOn].flat().filter((id) => !gone.has(id));
  const replace = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(replace);
    if (typeof node !== 'object' || node === null) return node;
    const [id, attribute] = referenceOf(node as Record<string, unknown>);
    const gap = attributes.get(`${id}.${attribute}`);
    if (gap) used.add(gap);
    if (gap || (id !== undefined && gone.has(id))) return placeholder(id!);
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, replace(child)]));
  };
  return { template: replace(template) as Template, leftOut, used: [...used] };
}

/** Shaped like an ARN, for policies are refused without one. */
const placeholder = (id: string): string => `arn:aws:emulator:us-east-1:123456789012:placeholder/${id}`;

function referenceOf(node: Record<string, unknown>): [id?: string, attribute?: string] {
  if (typeof node.Ref === 'string') return [node.Ref];
  const attribute = node['Fn::GetAtt'];
  if (Array.isArray(attribute)) return [String(attribute[0]), attribute.slice(1).join('.')];
  return [];
}
