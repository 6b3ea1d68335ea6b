import type { Alarm } from './alarm';
import { type Alternative, choose, type Decision, type Option, otherwise, when } from './decision';
import { unmatchedFleets } from './fleets';
import { type Flow, type Load, loadsOf } from './flow';
import type { Surroundings } from './part';
import { registeredWith } from './listeners';
import type { MailDomain } from './mail-domain';
import { CLIENTS, PartRef } from './part-ref';
import { worldFactor } from './regions';
import { type Kind, type Part, SIZING, type Specs } from './sizing';
import type { LoadBalancerSpec } from './sizing/load-balancer';
import { onOneMachine } from './sizing/machines';
import { pod, type ServiceSpec } from './sizing/service';
import type { Capacity } from './source';
import { type PodNetwork, shareNetwork } from './tier-network';
import { anyOf, type Trigger } from './trigger';
import { sum } from './units';

/** Where this copy of the blueprint runs. */
export interface Place {
  /** Zones the stage spreads over, where it is not on one machine. */
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

/** What makes two flows the same. */
const SHAPE = ['from', 'to', 'verb', 'sentBytes', 'returnedBytes', 'scannedBytes', 'soft', 'queue'] as const;

/** Collects what a system declares. Sizes follow from it in one go, once every flow is known. */
export class Blueprint {
  readonly flows: Flow[] = [];
  readonly alarms: Alarm[] = [];
  readonly decisions: Decision[] = [];
  /** @default the domain is none of mail */
  mail?: MailDomain;
  readonly clients = new PartRef(CLIENTS, 'clients', this);
  platform: 'k3s' | 'eks' = 'eks';
  /** Parts that a request passes before it reaches a front. */
  private readonly wayTo = new Map<string, readonly string[]>();
  private readonly declared: { id: string; kind: Kind; spec: Specs[Kind] }[] = [];

  constructor(readonly place: Place) {}

  /** Zones that parts are spread over. */
  get zones(): number {
    return this.platform === 'k3s' ? 1 : this.place.zones;
  }

  edge = (id: string, spec: Specs['edge']) => this.declare('edge', id, spec);
  accelerator = (id: string, spec: Specs['accelerator'] = {}) => this.declare('accelerator', id, spec);
  loadBalancer = (id: string, spec: Specs['loadBalancer']) => this.declare('loadBalancer', id, spec);
  service = (id: string, spec: Specs['service']) => this.declare('service', id, spec);
  job = (id: string, spec: Specs['job']) => this.declare('job', id, spec);
  stateful = (id: string, spec: Specs['stateful']) => this.declare('stateful', id, spec);

  /** Machines outside of the cluster. Where there is none, they are a pod with a name of its own: another machine would cost more than all the rest. */
  machines(id: string, spec: Specs['machines']): PartRef {
    return this.platform === 'k3s' ? this.declare('stateful', id, onOneMachine(spec)) : this.declare('machines', id, spec);
  }

  /**
   * Hosts with public addresses, which are for a cluster's services to hand out.
   * @throws {Error} where the stage is one machine
   */
  hostFleet(id: string, spec: Specs['hostFleet']): PartRef {
    if (this.platform === 'k3s')
      throw new Error(
        `host fleet "${id}" is declared for a stage of one machine, which has neither public hosts nor a way to start them; let it be a cluster`,
      );
    return this.declare('hostFleet', id, spec);
  }
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
  function = (id: string, spec: Specs['function']) => this.declare('function', id, spec);
  hsm = (id: string, spec: Specs['hsm']) => this.declare('hsm', id, spec);
  sparkJob = (id: string, spec: Specs['sparkJob']) => this.declare('sparkJob', id, spec);
  streamJob = (id: string, spec: Specs['streamJob']) => this.declare('streamJob', id, spec);
  delivery = (id: string, spec: Specs['delivery']) => this.declare('delivery', id, spec);
  lake = (id: string, spec: Specs['lake']) => this.declare('lake', id, spec);

  /** Consumers of a broker or queue, scaled on what waits there. They share the nodes of the tier `workers`. */
  worker(id: string, does: string, messagesPerSecond: Capacity, more: Partial<ServiceSpec> = {}): PartRef {
    const common = { does, protocol: 'worker', tier: 'workers', scaleOn: 'queue depth', pod: pod(0.25, 0.5) } as const;
    return this.service(id, { ...common, ...more, perPod: { messagesPerSecond } });
  }

  /**
   * Decides the platform: one machine with k3s, without a balancer or a control plane to pay, until one of these fires; then a managed
   * Kubernetes with a node group a tier. Comes before every {@link front}.
   */
  oneMachineUntil(...outgrown: [[trigger: Trigger, because: string], ...[trigger: Trigger, because: string][]]): void {
    const reasons = new Map(outgrown);
    const trigger = anyOf(...([...reasons.keys()] as [Trigger, ...Trigger[]]));
    this.platform = this.decide<Blueprint['platform']>('compute', [
      when(trigger, 'Kubernetes', reasons.get(trigger)!, () => 'eks'),
      otherwise('one machine with k3s', 'it carries the load; no balancer and no control plane to pay', () => 'k3s'),
    ]);
  }

  /**
   * Where requests come in: a balancer, or the one machine itself, behind an edge if there is one to pass. What it routes on is what
   * reached it, so only its own routes are declared.
   */
  front(id: string, { behind, ...spec }: LoadBalancerSpec & { /** @default clients reach it themselves */ behind?: PartRef }): PartRef {
    if (this.platform === 'k3s') {
      if (behind) this.wayTo.set(behind.id, [CLIENTS]);
      return behind ?? this.clients;
    }
    this.wayTo.set(id, behind ? [CLIENTS, behind.id] : [CLIENTS]);
    return this.loadBalancer(id, spec);
  }

  /** Makes the stage's domain one of mail: others deliver to the front that listens on port 25, and know who may send in its name. */
  mailDomain(mail: MailDomain): void {
    this.mail = mail;
  }

  /** Keeps a flow; of a route that leaves a front also how it got there. */
  record(flow: Flow): void {
    const way = (flow.verb === 'routes' && this.wayTo.get(flow.from)) || [];
    way.forEach((from, i) => this.add({ ...flow, from, to: way[i + 1] ?? flow.from }));
    this.add(flow);
  }

  /** Flows that differ in nothing but their rate are one. */
  private add(flow: Flow): void {
    const at = this.flows.findIndex((f) => SHAPE.every((key) => f[key] === flow[key]) && comesInAs(f, flow));
    if (at < 0) this.flows.push(flow);
    else this.flows[at] = { ...flow, rate: sum([this.flows[at]!.rate, flow.rate]) };
  }

  /** Takes the first option whose trigger fires, builds it, and records what was turned down and why. */
  decide<T>(about: string, options: readonly (Option<T> | Alternative)[]): T {
    const { decision, option } = choose(about, options);
    this.decisions.push(decision);
    return option.build();
  }

  /** Sizes every declared part from its spec and the flows that reach it. */
  size(): Part[] {
    return this.sizeIn(new Map(), loadsOf(this.flows));
  }

  /**
   * @param fleets how many balancers and fleets of services there have to be at least, by part id
   * @param network of services, by part id; known once all of their tiers' pods are
   */
  private sizeIn(fleets: ReadonlyMap<string, number>, loadOn: (id: string) => Load, network?: ReadonlyMap<string, PodNetwork>): Part[] {
    const { zones } = this;
    const { region, regions, home } = this.place;
    const world = worldFactor(region, regions);
    const sized = new Map<string, Part>();
    const podsBehind = (id: string): number => sumOf(registeredWith(id, this.flows), (target) => podsOf(sized.get(target)));
    // Balancers come last: what they hold are the pods of services.
    const inOrder = [...this.declared].sort((a, b) => Number(a.kind === 'loadBalancer') - Number(b.kind === 'loadBalancer'));
    for (const { id, kind, spec } of inOrder) {
      const rule = SIZING[kind] as (id: string, spec: Specs[Kind], around: Surroundings) => Part;
      const part = home?.find((p) => p.id === id);
      const among = { zones, oneMachine: this.platform === 'k3s', world, podsBehind: podsBehind(id) };
      const around = { ...among, load: loadOn(id), network: network?.get(id), fleets: fleets.get(id) };
      sized.set(id, rule(id, spec, { ...around, home: part && { region: regions[0]!.name, part } }));
    }
    const unmatched = unmatchedFleets(sized, this.flows);
    if (unmatched) return this.sizeIn(unmatched, loadOn, network);
    const parts = this.declared.map(({ id }) => sized.get(id)!);
    return network || this.platform === 'k3s' ? parts : this.sizeIn(fleets, loadOn, shareNetwork(parts, this.flows, zones));
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
const comesInAs = ({ listener: one }: Flow, { listener: other }: Flow): boolean =>
  one?.port === other?.port && one?.protocol === other?.protocol;
