import * as pulumi from '@pulumi/pulumi';
import { SandboxError } from '../../sandbox-error';
import type { BridgedStack, Resource } from './assembly';
import { typeFacts, whyWrapped } from './bridge';
import { ExtensionResource, Provider } from './cloud-control';
import type { Facts } from './facts';
import { endsOf, mentionedIn } from './order';
import { resolve, type Scope } from './resolve';
import { wrapped, wrappedAttribute } from './wrapped';

/** A resource's name in Pulumi's state, from which progress is told. */
export const nameIn = (stack: string, id: string): string => `${stack}/${id}`;

/**
 * Registers every resource of the stacks, those of a stack after those of the stacks before it.
 * @param fail told what goes wrong after everything is registered: Pulumi would wait for ever for a value that cannot be computed
 * @returns outputs by stack
 */
export function register(
  stacks: readonly BridgedStack[],
  facts: Facts,
  fail: (error: Error) => void,
): Record<string, Record<string, pulumi.Output<string>>> {
  const providers = new Map<string, Provider>();
  const done = new Map<string, RegisteredStack>();
  const exports = new Map<string, pulumi.Input<unknown>>();
  for (const stack of stacks) {
    const { region } = stack;
    if (!providers.has(region)) providers.set(region, new Provider(region));
    done.set(nameIn(region, stack.name), new RegisteredStack(stack, providers.get(region)!, facts, done, exports, fail));
  }
  return Object.fromEntries([...done.values()].map(({ stack, outputs }) => [stack.name, outputs]));
}

class RegisteredStack implements Scope {
  readonly zones: readonly string[];
  readonly outputs: Record<string, pulumi.Output<string>>;
  private readonly resources = new Map<string, ExtensionResource>();
  private readonly asked: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly ends: ReturnType<typeof endsOf>;

  constructor(
    readonly stack: BridgedStack,
    private readonly provider: Provider,
    private readonly facts: Facts,
    private readonly others: ReadonlyMap<string, RegisteredStack>,
    private readonly exports: Map<string, pulumi.Input<unknown>>,
    private readonly fail: (error: Error) => void,
  ) {
    const { template, region } = stack;
    this.zones = facts.zones[region] ?? [];
    this.asked = mentionedIn([Object.values(template.Resources).map(({ Properties }) => Properties), template.Outputs]);
    this.ends = endsOf(template);
    for (const id of Object.keys(template.Resources)) this.resource(id);
    const text = (value: unknown) => (pulumi.output(resolve(value, this)) as pulumi.Output<unknown>).apply(String);
    this.outputs = Object.fromEntries(Object.entries(template.Outputs ?? {}).map(([id, { Value }]) => [id, text(Value)]));
    for (const [id, { Export }] of Object.entries(template.Outputs ?? {}))
      if (Export) exports.set(nameIn(region, String(Export.Name)), this.outputs[id]);
  }

  ref(name: string): pulumi.Input<unknown> {
    const { stack, facts } = this;
    if (name in stack.template.Resources) return this.read(name, 'Ref');
    if (name === 'AWS::StackName') return stack.name;
    const pseudo = { ...facts.pseudo, 'AWS::Region': stack.region, 'AWS::NoValue': undefined };
    if (name in pseudo) return pseudo[name as keyof typeof pseudo];
    return facts.parameter(stack, name);
  }

  attribute(resource: string, name: string): pulumi.Input<unknown> {
    return this.read(resource, name);
  }

  output(stack: string, name: string, region = this.stack.region): pulumi.Input<unknown> {
    return this.others.get(nameIn(region, stack))!.outputs[name];
  }

  exported(name: string): pulumi.Input<unknown> {
    return this.exports.get(nameIn(this.stack.region, name));
  }

  /** @param what `Ref`, or the name of an attribute */
  private read(id: string, what: string): pulumi.Output<unknown> {
    const resource = this.stack.template.Resources[id]!;
    return this.resource(id).outputs.apply((outputs) => {
      const value = whyWrapped(resource) ? wrappedAttribute(outputs, what) : attributeOf(resource, outputs, what);
      if (value !== undefined) return value;
      const reason = `${this.stack.name}: ${id} (${resource.Type}) has no ${what} that Cloud Control reads`;
      this.fail(new SandboxError(reason));
      throw new Error(reason);
    });
  }

  private resource(id: string): ExtensionResource {
    const existing = this.resources.get(id);
    if (existing) return existing;
    const { stack, provider } = this;
    const declared = stack.template.Resources[id]!;
    const properties = resolve(declared.Properties ?? {}, this);
    const before = this.ends.first.has(id) ? stack.after.flatMap((name) => this.lastOf(name)) : [];
    const dependsOn = [...before, ...[declared.DependsOn ?? []].flat().map((other) => this.resource(other))];
    const args = whyWrapped(declared)
      ? wrapped(nameIn(stack.name, id), stack, declared, properties, this.asked.get(id) ?? new Set())
      : direct(declared, properties);
    // Names are deterministic, so the old one has to go first.
    const options = {
      provider,
      dependsOn,
      deleteBeforeReplace: true,
      replaceOnChanges: args.createOnly.map((name) => `properties.${name}`),
    };
    const registered = new ExtensionResource(nameIn(stack.name, id), args, options);
    this.resources.set(id, registered);
    return registered;
  }

  /** What a stack is complete with. */
  private lastOf(name: string): ExtensionResource[] {
    const before = [...this.others.values()].find(({ stack }) => stack.name === name)!;
    return [...before.ends.last].map((id) => before.resource(id));
  }
}

/** What goes to Cloud Control as it is. */
function direct({ Type }: Resource, properties: pulumi.Input<unknown>) {
  const { createOnly, writeOnly } = typeFacts(Type)!;
  return { type: Type, properties, createOnly: [...createOnly], writeOnly: [...writeOnly] };
}

function attributeOf({ Type }: Resource, outputs: Record<string, unknown>, what: string): unknown {
  if (what !== 'Ref') return at(outputs, what);
  const values = typeFacts(Type)!.ref.map((name) => at(outputs, name));
  return values.includes(undefined) ? undefined : values.join('|');
}

/** `Endpoint.Address` is the property Address of Endpoint. */
const at = (outputs: Record<string, unknown>, path: string): unknown =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], outputs);
