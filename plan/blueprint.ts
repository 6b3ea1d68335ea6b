import type { Alarm, Watched } from './alarm';
import { type Alternative, choose, type Decision, type Option } from './decision';
import { type Flow, loadOn, type Verb } from './flow';
import type { Surroundings } from './part';
import { type Kind, type Part, SIZING, type Specs } from './sizing';
import { worldFactor } from './regions';
import type { Source } from './source';
import type { Rate } from './units';

/** The internet's side of every flow that comes from outside. */
export const CLIENTS = 'clients';

/** Bytes an operation moves; small ones by default. */
export interface Payload {
  /** From caller to callee. @default 500 for writes, publishes and sends, else 200 */
  sends?: number;
  /** Back to the caller. @default 500 for reads, consumes, calls and routes, else 100 */
  returns?: number;
}

const SENDING: readonly Verb[] = ['writes', 'publishes', 'sends'];

/** A declared part, as systems hold it: the place where flows start. */
export class PartRef {
  constructor(
    readonly id: string,
    readonly kind: Kind | 'clients',
    private readonly blueprint: Blueprint,
  ) {}

  /** An edge or a balancer passes requests on. */
  routesTo(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('routes', target, rate, payload);
  }
  /** Asks another service, or another company, and waits. */
  calls(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('calls', target, rate, payload);
  }
  reads(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('reads', target, rate, payload);
  }
  writes(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('writes', target, rate, payload);
  }
  /** Hands a message to a broker or queue. */
  publishes(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('publishes', target, rate, payload);
  }
  /** Takes messages from a broker or queue. */
  consumes(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('consumes', target, rate, payload);
  }
  /** Sends to people through a channel. */
  sends(target: PartRef, rate: Rate, payload?: Payload): this {
    return this.flow('sends', target, rate, payload);
  }
  /** Asks for an alarm at a threshold that a source names. */
  alarm(watched: Watched, threshold: number, source: Source): this {
    this.blueprint.alarms.push({ part: this.id, watched, threshold, source });
    return this;
  }

  private flow(verb: Verb, target: PartRef, rate: Rate, payload: Payload = {}): this {
    const sending = SENDING.includes(verb);
    this.blueprint.flows.push({
      from: this.id,
      to: target.id,
      verb,
      rate,
      sentBytes: payload.sends ?? (sending ? 500 : 200),
      returnedBytes: payload.returns ?? (sending ? 100 : 500),
    });
    return this;
  }
}

/** Where this copy of the blueprint runs. */
export interface Place {
  /** Zones the stage spreads over. */
  zones: number;
  region: Region;
  /** The home region first. */
  regions: readonly Region[];
  /** What the home region came to. @default this is the home region */
  home?: readonly Part[];
}

/** A region of a stage. */
export interface Region {
  name: string;
  /** Share of the world's traffic it serves, 0-1. A recovery region is sized for what it must take over. */
  share: number;
  role: 'active' | 'recovery';
}

/** Collects what a system declares. Sizes follow from it in one go, once every flow is known. */
export class Blueprint {
  readonly flows: Flow[] = [];
  readonly alarms: Alarm[] = [];
  readonly decisions: Decision[] = [];
  readonly clients = new PartRef(CLIENTS, 'clients', this);
  platform: 'k3s' | 'eks' = 'eks';
  private readonly declared: { id: string; kind: Kind; spec: Specs[Kind] }[] = [];

  constructor(readonly place: Place) {}

  edge = (id: string, spec: Specs['edge']) => this.declare('edge', id, spec);
  loadBalancer = (id: string, spec: Specs['loadBalancer']) => this.declare('loadBalancer', id, spec);
  service = (id: string, spec: Specs['service']) => this.declare('service', id, spec);
  job = (id: string, spec: Specs['job']) => this.declare('job', id, spec);
  cache = (id: string, spec: Specs['cache']) => this.declare('cache', id, spec);
  relational = (id: string, spec: Specs['relational']) => this.declare('relational', id, spec);
  keyValue = (id: string, spec: Specs['keyValue']) => this.declare('keyValue', id, spec);
  wideColumn = (id: string, spec: Specs['wideColumn']) => this.declare('wideColumn', id, spec);
  kafka = (id: string, spec: Specs['kafka']) => this.declare('kafka', id, spec);
  rabbitmq = (id: string, spec: Specs['rabbitmq']) => this.declare('rabbitmq', id, spec);
  queue = (id: string, spec: Specs['queue']) => this.declare('queue', id, spec);
  objectStore = (id: string, spec: Specs['objectStore']) => this.declare('objectStore', id, spec);
  search = (id: string, spec: Specs['search']) => this.declare('search', id, spec);
  channel = (id: string, spec: Specs['channel']) => this.declare('channel', id, spec);
  external = (id: string, spec: Specs['external']) => this.declare('external', id, spec);

  /** Everything runs on one machine with k3s. */
  onOneBox(): void {
    this.platform = 'k3s';
  }

  /** Services run on a managed cluster with a node group a tier. */
  onKubernetes(): void {
    this.platform = 'eks';
  }

  /** Takes the first option whose trigger fires, builds it, and records what was turned down and why. */
  decide<T>(about: string, options: readonly Option<T>[], alternatives: readonly Alternative[] = []): T {
    const { decision, option } = choose(about, options, alternatives);
    this.decisions.push(decision);
    return option.build();
  }

  /** Sizes every declared part from its spec and the flows that reach it. */
  size(): Part[] {
    const { zones, region, regions, home } = this.place;
    const world = worldFactor(region, regions);
    const sized = new Map<string, Part>();
    const podsBehind = (id: string): number =>
      sumOf(
        this.flows.filter((f) => f.from === id && f.verb === 'routes'),
        (f) => podsOf(sized.get(f.to)),
      );
    // Balancers come last: what they hold are the pods of services.
    const inOrder = [...this.declared].sort((a, b) => Number(a.kind === 'loadBalancer') - Number(b.kind === 'loadBalancer'));
    for (const { id, kind, spec } of inOrder) {
      const rule = SIZING[kind] as (id: string, spec: Specs[Kind], around: Surroundings) => Part;
      const part = home?.find((p) => p.id === id);
      const load = loadOn(id, this.flows);
      sized.set(id, rule(id, spec, { zones, load, podsBehind: podsBehind(id), world, home: part && { region: regions[0]!.name, part } }));
    }
    return this.declared.map(({ id }) => sized.get(id)!);
  }

  private declare<K extends Kind>(kind: K, id: string, spec: Specs[K]): PartRef {
    if (!/^[a-z][a-z0-9-]{1,30}$/.test(id)) throw new Error(`part id "${id}" must be kebab case, 2 to 31 characters`);
    if (this.declared.some((p) => p.id === id)) throw new Error(`part "${id}" is declared twice`);
    this.declared.push({ id, kind, spec });
    return new PartRef(id, kind, this);
  }
}

const podsOf = (part: Part | undefined): number => (part?.kind === 'service' ? part.pods.peak : 0);
const sumOf = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((n, one) => n + of(one), 0);
