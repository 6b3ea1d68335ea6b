import type { Resource, Template } from '../every-stage';

/** Words that a schema may list: longer ones, and those with a space, are names and sentences. */
const WORD = /^[^ ]{1,24}$/;
/** Sizes count as words; other figures as any figure. */
const SIZE = /^([a-z]+\.)?[a-z]+\d[a-z]*\.\w+$/;
/** Properties that say what somebody calls a thing. */
const OWN_WORDS = /^(Tags|TagSpecifications|.*Description|Label|Id|Namespace|ServiceAccount|(Policy|Secret|Topic|Table)Name)$/;

/**
 * A resource without what tells it from others of the same make: names, sentences, figures, and which resource of a type it refers to. What one
 * of a shape passes of rules on types, properties, references and allowed values, all of them pass.
 */
export function shapeOf({ Type, Properties, DeletionPolicy }: Resource, { resources }: Template): string {
  const typeOf = (id: string): string => resources[id]?.Type ?? 'parameter';
  const shape = (value: unknown): unknown => {
    if (typeof value === 'number') return 0;
    if (typeof value === 'string') return WORD.test(value) && (SIZE.test(value) || !/\d/.test(value)) ? value : 'text';
    if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shape(item))))].sort();
    if (typeof value !== 'object' || value === null) return value;
    const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
    if (Ref) return { Ref: typeOf(Ref) };
    if (attribute) return { 'Fn::GetAtt': [typeOf(attribute[0]), attribute[1]] };
    const kept = Object.entries(value).filter(([key]) => !OWN_WORDS.test(key));
    return Object.fromEntries(kept.map(([key, item]) => [key.replace(/[0-9A-F]{8}/g, ''), shape(item)]));
  };
  return JSON.stringify([Type, shape(Properties), DeletionPolicy]);
}

/** Templates that have a shape which none before them has, the largest first. */
export function newlyShaped(templates: readonly Template[]): Template[] {
  const known = new Set<string>();
  const largestFirst = [...templates].sort((a, b) => b.text.length - a.text.length);
  return largestFirst.filter((template) => {
    const before = known.size;
    for (const resource of Object.values(template.resources)) known.add(shapeOf(resource, template));
    return known.size > before;
  });
}
