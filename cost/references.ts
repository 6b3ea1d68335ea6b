import type { Surroundings } from './meter';
import type { PriceBook } from './price-book';
import type { Resource, Template } from './template';

/** How many outputs a reference may pass through; more is a circle. */
const MOST_HOPS = 10;

/** Answers which resource a value refers to, over all templates of an estimate. */
export class References {
  private readonly byStack = new Map<string, Template[]>();
  private readonly byId = new Map<Template, Map<string, Resource>>();
  private readonly templateOf = new Map<Resource, Template>();

  constructor(private readonly templates: readonly Template[]) {
    for (const template of templates) {
      this.byStack.set(template.stack, [...(this.byStack.get(template.stack) ?? []), template]);
      this.byId.set(template, new Map(template.resources.map((resource) => [resource.logicalId, resource])));
      for (const resource of template.resources) this.templateOf.set(resource, template);
    }
  }

  /** What a meter sees around a resource. */
  around(resource: Resource, book: PriceBook): Surroundings {
    const home = this.templateOf.get(resource)!;
    return {
      follow: (value) => this.follow(value, home, MOST_HOPS),
      referringTo: (target, type, property) =>
        home.resources.filter((other) => other.type === type && this.targetsOf(other.properties[property], home).has(target)),
      find: (key) => book.find(resource.region, key),
    };
  }

  private targetsOf(value: unknown, home: Template): Set<Resource | undefined> {
    return new Set([...references(value)].map((reference) => this.step(reference, home, MOST_HOPS)));
  }

  private follow(value: unknown, home: Template, hops: number): Resource | undefined {
    if (hops === 0) return undefined;
    for (const reference of references(value)) {
      const found = this.step(reference, home, hops);
      if (found) return found;
    }
    return undefined;
  }

  private step({ kind, argument }: Reference, home: Template, hops: number): Resource | undefined {
    if (kind === 'Ref') return this.byId.get(home)!.get(String(argument));
    if (kind === 'Fn::GetAtt') return this.byId.get(home)!.get(String(Array.isArray(argument) ? argument[0] : argument).split('.')[0]!);
    if (kind === 'Fn::ImportValue') {
      const exporter = this.templates.find(({ region, exports }) => region === home.region && String(argument) in exports);
      return exporter && this.follow(exporter.exports[String(argument)], exporter, hops - 1);
    }
    const {
      StackName,
      OutputName,
      Region = home.region,
    } = (argument ?? {}) as { StackName?: unknown; OutputName?: unknown; Region?: unknown };
    const producer = this.byStack.get(String(StackName))?.find(({ region }) => region === Region);
    return producer && this.follow(producer.outputs[String(OutputName)], producer, hops - 1);
  }
}

const KINDS = ['Ref', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::GetStackOutput'];

interface Reference {
  kind: string;
  argument: unknown;
}

/** References anywhere inside a value, such as within an `Fn::Join`, in order. */
function* references(value: unknown): Generator<Reference> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && KINDS.includes(key)) yield { kind: key, argument: inner };
    else yield* references(inner);
  }
}
