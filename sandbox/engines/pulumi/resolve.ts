import * as pulumi from '@pulumi/pulumi';

/** What a template's functions look into. */
export interface Scope {
  /** Value of `Ref`: a resource's, a parameter's or a pseudo parameter's; undefined for `AWS::NoValue`. */
  ref(name: string): pulumi.Input<unknown>;
  attribute(resource: string, name: string): pulumi.Input<unknown>;
  /** Output of a stack. @param region @default the scope's own */
  output(stack: string, name: string, region?: string): pulumi.Input<unknown>;
  exported(name: string): pulumi.Input<unknown>;
  /** Availability zones of the scope's region, in their order. */
  zones: readonly string[];
}

type Resolve = (argument: any, scope: Scope) => pulumi.Input<unknown>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** Once everything in a value is known. */
const then = <T>(value: unknown, scope: Scope, f: (known: T) => unknown) =>
  pulumi.output(resolve(value, scope) as T).apply((known) => f(known as T));

const FUNCTIONS: Readonly<Record<string, Resolve>> = {
  Ref: (name: string, scope) => scope.ref(name),
  'Fn::GetAtt': ([resource, ...name]: string[], scope) => scope.attribute(resource!, name.join('.')),
  'Fn::Join': ([separator, list]: [string, unknown], scope) => then<unknown[]>(list, scope, (items) => items.flat().join(separator)),
  'Fn::Select': ([index, list]: [unknown, unknown], scope) =>
    then<[unknown, unknown[]]>([index, list], scope, ([i, items]) => items[Number(i)]),
  'Fn::Base64': (text: unknown, scope) => then<string>(text, scope, (known) => Buffer.from(known).toString('base64')),
  'Fn::GetAZs': (_: unknown, scope) => [...scope.zones],
  'Fn::ImportValue': (name: unknown, scope) => then<string>(name, scope, (known) => scope.exported(known)),
  'Fn::GetStackOutput': ({ StackName, OutputName, Region }: Record<string, string>, scope) => scope.output(StackName!, OutputName!, Region),
};

export const KNOWN_FUNCTIONS = Object.keys(FUNCTIONS);

/** Names of the functions in a part of a template. */
export function functionsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(functionsOf);
  if (typeof node !== 'object' || node === null) return [];
  const name = functionIn(node);
  return [...(name ? [name] : []), ...Object.values(node).flatMap(functionsOf)];
}

/** The name of the function that an object calls. */
function functionIn(node: object): string | undefined {
  const [[key, value] = ['', undefined], ...more] = Object.entries(node);
  // Policies have an object of that name.
  const calls = key === 'Ref' || key.startsWith('Fn::') || (key === 'Condition' && typeof value === 'string');
  return calls && more.length === 0 ? key : undefined;
}

/** A part of a template with every function replaced by its value, and without what is `AWS::NoValue`. */
export function resolve(node: unknown, scope: Scope): pulumi.Input<unknown> {
  if (Array.isArray(node)) return node.map((item) => resolve(item, scope)).filter((item) => item !== undefined);
  if (typeof node !== 'object' || node === null) return node;
  const name = functionIn(node);
  if (name) return FUNCTIONS[name]!((node as Record<string, unknown>)[name], scope);
  const entries = Object.entries(node).map(([key, value]) => [key, resolve(value, scope)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
