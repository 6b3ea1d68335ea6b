/** What the intrinsic functions of a template may draw on. */
export interface Scope {
  /** Parameters (their defaults) and pseudo parameters by name. */
  values: Record<string, unknown>;
  mappings: Record<string, Record<string, Record<string, unknown>>>;
  /** Conditions by name; those that cannot be decided offline are absent. */
  conditions: Record<string, boolean>;
}

/** An intrinsic function is not as CloudFormation takes it. */
export class IntrinsicError extends Error {}

type Intrinsic = (args: unknown[], scope: Scope, depth: number) => unknown;

const DEEPEST = 200;
const NO_VALUE = Symbol('AWS::NoValue');

/** Each returns undefined for what only a deployment could tell; the function then stays as it is written. */
const INTRINSICS: Record<string, Intrinsic> = {
  Ref: ([name], { values }) => (name === 'AWS::NoValue' ? NO_VALUE : values[String(name)]),
  'Fn::If': ([condition, then, otherwise], scope, depth) => {
    const holds = scope.conditions[String(condition)];
    return holds === undefined ? undefined : evaluate(holds ? then : otherwise, scope, depth);
  },
  'Fn::FindInMap': (args, scope, depth) => {
    const [map, top, second] = args.map((arg) => String(evaluate(arg, scope, depth)));
    return scope.mappings[map!]?.[top!]?.[second!];
  },
  'Fn::Join': ([separator, list], scope, depth) => {
    const parts = evaluate(list, scope, depth);
    return Array.isArray(parts) && parts.every(isPlain) ? parts.join(String(separator)) : undefined;
  },
  'Fn::Select': ([index, list], scope, depth) => {
    const items = evaluate(list, scope, depth);
    return Array.isArray(items) ? items[Number(index)] : undefined;
  },
  'Fn::Split': ([separator, text], scope, depth) => {
    const whole = evaluate(text, scope, depth);
    return typeof whole === 'string' ? whole.split(String(separator)) : undefined;
  },
};

/**
 * A value with its intrinsic functions computed as far as a template alone tells; references to resources stay.
 * @throws IntrinsicError when it nests deeper than 200 levels, or a function's arguments are no list.
 */
export function resolve(value: unknown, scope: Scope): unknown {
  return evaluate(value, scope, 0);
}

/** The conditions that parameters' defaults decide. @throws IntrinsicError on conditions that refer to themselves. */
export function evaluateConditions(conditions: Record<string, unknown>, scope: Scope): Record<string, boolean> {
  const decide = (value: unknown, depth: number): boolean | undefined => {
    limit(depth);
    const [name = '', argument] = soleEntry(value);
    const all = () => listOf(name, argument).map((part) => decide(part, depth + 1));
    if (name === 'Condition') return decide(conditions[String(argument)], depth + 1);
    if (name === 'Fn::Not') return opposite(all()[0]);
    if (name === 'Fn::And') return conclude(all(), false);
    if (name === 'Fn::Or') return conclude(all(), true);
    return name === 'Fn::Equals' ? equal(listOf(name, evaluate(argument, scope, depth))) : undefined;
  };
  const decided = Object.entries(conditions).map(([name, value]) => [name, decide(value, 0)] as const);
  return Object.fromEntries(decided.filter((entry): entry is [string, boolean] => entry[1] !== undefined));
}

function evaluate(value: unknown, scope: Scope, depth: number): unknown {
  limit(depth);
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope, depth + 1)).filter((item) => item !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const [name = '', argument] = soleEntry(value);
  const computed = INTRINSICS[name]?.(name === 'Ref' ? [argument] : listOf(name, argument), scope, depth + 1);
  if (computed !== undefined) return computed;
  const entries = Object.entries(value).map(([key, item]) => [key, evaluate(item, scope, depth + 1)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
}

const equal = ([a, b]: unknown[]) => (isPlain(a) && isPlain(b) ? String(a) === String(b) : undefined);

const opposite = (holds: boolean | undefined) => (holds === undefined ? undefined : !holds);

function conclude(parts: (boolean | undefined)[], decisive: boolean): boolean | undefined {
  if (parts.includes(decisive)) return decisive;
  return parts.includes(undefined) ? undefined : !decisive;
}

function listOf(name: string, argument: unknown): unknown[] {
  if (Array.isArray(argument)) return argument;
  throw new IntrinsicError(`${name} has ${JSON.stringify(argument)}; allowed: a list`);
}

function limit(depth: number): void {
  if (depth > DEEPEST) throw new IntrinsicError(`values nest deeper than ${DEEPEST} levels; allowed: at most ${DEEPEST}`);
}

function soleEntry(value: unknown): [string, unknown] | [] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.length === 1 ? entries[0]! : [];
}

const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
