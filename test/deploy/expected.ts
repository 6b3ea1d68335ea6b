import type { Template } from './template';

/** Stands for a value that only the emulator knows; comparisons leave it out. */
export const UNKNOWN = Symbol('unknown');

const ACCOUNT = '123456789012';

/** What the references of a deployed template come to. */
export interface Known {
  region: string;
  parameters: Readonly<Record<string, string>>;
  /** Physical ids by logical id. */
  ids: ReadonlyMap<string, string>;
  template: Template;
}

/** Properties of a deployed resource with their references resolved, as far as that goes without asking the emulator. */
export function expected(node: unknown, known: Known): unknown {
  if (Array.isArray(node)) return node.map((child) => expected(child, known)).filter((child) => child !== undefined);
  if (typeof node !== 'object' || node === null) return node;
  const [[name, argument] = [], ...more] = Object.entries(node);
  if (more.length === 0 && name === 'Ref') return reference(String(argument), known);
  if (more.length === 0 && name?.startsWith('Fn::')) return call(name, argument, known);
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, expected(child, known)]));
}

function reference(name: string, { region, parameters, ids }: Known): unknown {
  const pseudo: Record<string, unknown> = {
    'AWS::Region': region,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::NoValue': undefined,
  };
  return name in pseudo ? pseudo[name] : (parameters[name] ?? (ids.get(name) || UNKNOWN));
}

function call(name: string, argument: unknown, known: Known): unknown {
  const value = expected(argument, known);
  if (name === 'Fn::GetAtt') {
    const [id, attribute] = argument as [string, string];
    if (attribute === 'GroupId') return reference(id, known);
    // A network's range is what the template asked for; the other attributes are the emulator's to say.
    return attribute === 'CidrBlock' ? expected(known.template.Resources[id]?.Properties?.CidrBlock, known) : UNKNOWN;
  }
  if (isUnknown(value)) return UNKNOWN;
  if (name === 'Fn::Join') return ((value as [string, string[]])[1] ?? []).join((value as [string, string[]])[0]);
  if (name === 'Fn::Base64') return Buffer.from(String(value)).toString('base64');
  // Only the deployed copy has it, where the emulator wants text and the template an object.
  if (name === 'Fn::ToJsonString') return value;
  return UNKNOWN;
}

/** Whether a value, or anything in it, is for the emulator to say. */
export function isUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isUnknown);
  if (typeof value === 'object' && value !== null) return Object.values(value).some(isUnknown);
  return value === UNKNOWN;
}
