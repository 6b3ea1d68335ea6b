import { SIZES } from '../catalogue/ec2';
import { type Dimension, fit, type Fit, type Spread, unitsFor } from '../fit';
import { MAX_FLEETS } from '../fleets';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed, type Capacity, derived, type Source } from '../source';
import { GIB, type Rate, short } from '../units';
import { describePod, type PodShape, type PodSpec, shapeOf } from './pod';
import { scaleTarget } from './scale-target';
import { inSmallPod } from './small-pod';

/** An application tier that runs as pods. */
export interface ServiceSpec {
  /** What it does, for the diagram and the manifest's annotation. */
  does: string;
  /** @default 'http' */
  protocol?: 'http' | 'websocket' | 'worker';
  /** Node group it runs on: services of one tier share nodes. */
  tier: string;
  /** What one pod carries at 100 %. */
  perPod: {
    /** @default requests are not a dimension */
    requestsPerSecond?: Capacity;
    /** @default messages are not a dimension */
    messagesPerSecond?: Capacity;
    /** @default connections are not a dimension */
    connections?: Capacity;
  };
  pod: PodSpec;
  /** Connections held open at peak. @default 0 */
  connections?: number;
  /** Connections held open on average. @default half of `connections` */
  connectionsAverage?: number;
  /** What the autoscaler watches. @default `cpu` */
  scaleOn?: 'cpu' | 'connections' | 'queue depth';
  /** Backlog per pod that adds a consumer. @default 1000 */
  queueDepthPerPod?: Capacity;
  /** Pods whatever the load, where there are several zones; one where there is one. @default one a zone */
  podsAtLeast?: number;
  /** Pods above which adding more does not help, such as a topic's partitions. @default no bound */
  podsAtMost?: Capacity;
  /** Seconds a pod gets to finish what it holds when it is stopped. @default 30 */
  drainSeconds?: number;
  /** Kernel settings of the tier's nodes, such as `net.core.somaxconn`. @default none */
  kernel?: Record<string, string>;
  /** Its tier's nodes have no route to the internet, and its own data a key of its own. All services of the tier agree. @default false */
  isolated?: boolean;
  /**
   * AWS may take most of its tier's nodes back with two minutes' notice, for half of the price. Nobody waits for it: it takes its work from a
   * queue or topic, or callers answer without it. All services of the tier agree.
   *
   * @default false
   */
  interruptible?: boolean;
}

export interface ServicePart extends Sized<'service'>, PodShape {
  does: string;
  protocol: 'http' | 'websocket' | 'worker';
  tier: string;
  /** Pods with the fleet scaled in, at the average load, and at peak with one zone's loss covered. */
  pods: { min: number; expected: number; peak: number };
  /** Deployments the pods are split into evenly, one for each balancer in front of them. */
  fleets: number;
  scaleOn: 'cpu' | 'connections' | 'queue depth';
  /** Value of the watched metric per pod that the autoscaler keeps: a CPU share, connections, messages. */
  scaleTarget: number;
  drainSeconds: number;
  kernel: Record<string, string>;
  isolated: boolean;
  /** @default false */
  interruptible?: boolean;
}

/** Share of a pod's capacity that may be in use when a zone is lost; with three zones 53 % on an ordinary peak. */
export const TARGET = 0.8;
const QUIET = { share: 0.5, source: assumed('at night a service sees half of its average load') };
const QUEUE_DEPTH: Capacity = { value: 1000, source: assumed('a thousand waiting messages a consumer') };
/** A pod's share of its nodes' network (plan/tier-network.ts). */
const PER_VCPU = derived(SIZES, 'for each vCPU of its tier, of the type that has least');
/** Assumed: a Deployment past this many pods is rolled out in hours. */
const MAX_PODS = 3000;

/** Pods for the busiest moment with a zone lost; the autoscaler follows the load below that. */
export function sizeService(
  id: string,
  given: ServiceSpec,
  { zones, load, network, fleets: asked = 1, oneMachine }: Surroundings,
): ServicePart {
  const spec = oneMachine ? inSmallPod(given, load, TARGET) : given;
  const connections = { peak: spec.connections ?? 0, average: spec.connectionsAverage ?? (spec.connections ?? 0) / 2 };
  const shape = shapeOf(spec.pod);
  const demands = (moment: keyof Rate, share = 1): Dimension[] => {
    const of = (name: string, demand: number, per: Capacity | undefined, unit: string): Dimension[] =>
      per ? [{ name, demand: demand * share, perUnit: per.value, unit, source: per.source }] : [];
    return [
      ...of('requests', load.requests[moment], spec.perPod.requestsPerSecond, 'requests/s'),
      ...of('messages', load.consumed[moment], spec.perPod.messagesPerSecond, 'messages/s'),
      ...of('connections', connections[moment], spec.perPod.connections, 'connections'),
      ...of('network', network?.demand[moment] ?? 0, network && { value: network.perPod, source: PER_VCPU }, 'bytes/s'),
    ];
  };
  const whole = { zones, target: TARGET, minimum: zones > 1 ? (spec.podsAtLeast ?? zones) : 1 };
  const needed = Math.ceil(unitsFor(demands('peak'), whole) / MAX_PODS);
  const fleets = Math.min(Math.max(asked, needed), MAX_FLEETS);
  // Fleets are alike, and each has as many pods in one zone as in the next.
  const spread = fleets > 1 ? { ...whole, multipleOf: fleets * zones } : whole;
  const peak = bound(fit(demands('peak'), spread), spread);
  const expected = unitsFor(demands('average'), spread);
  const min = unitsFor(demands('average', QUIET.share), spread);
  const survivingShare = zones > 1 ? (zones - 1) / zones : 1;
  const perPod = peak.dimensions.find((d) => d.name === peak.binding)!;
  const { protocol = 'http', scaleOn = 'cpu' } = spec;
  return {
    id,
    kind: 'service',
    technology: protocol === 'websocket' ? 'pods holding WebSockets' : protocol === 'worker' ? 'consumer pods' : 'stateless pods',
    size: describePod(shape),
    reason: `${short(perPod.demand)} ${perPod.unit} at ${short(perPod.perUnit)} a pod, ${peak.count} pod${peak.count === 1 ? '' : 's'} at peak${fleets > 1 ? ` in ${fleets} fleets` : ''}${zones > 1 ? ' with one zone lost' : ''}.`,
    load,
    cellsNeeded: Math.max(Math.ceil(needed / MAX_FLEETS), spec.podsAtMost ? Math.ceil(peak.count / spec.podsAtMost.value) : 1),
    does: spec.does,
    protocol,
    tier: spec.tier,
    ...shape,
    pods: { min, expected, peak: peak.count },
    fleets,
    scaleOn,
    scaleTarget:
      scaleOn === 'queue depth' ? (spec.queueDepthPerPod ?? QUEUE_DEPTH).value : scaleTarget(scaleOn, peak, TARGET * survivingShare),
    drainSeconds: spec.drainSeconds ?? 30,
    kernel: spec.kernel ?? {},
    isolated: spec.isolated ?? false,
    ...(spec.interruptible && { interruptible: true }),
    ...measured({ fit: peak, target: TARGET }),
  };
}

/** The network binds where it asks for more pods than all else; where nobody asks for much, it is not what limits. */
function bound(all: Fit, spread: Spread): Fit {
  const own = fit(
    all.dimensions.filter((d) => d.name !== 'network'),
    spread,
  );
  return all.count > own.count ? all : { ...own, dimensions: all.dimensions };
}

/** A pod size that a source names or that we assume. */
export const pod = (
  vcpu: number,
  memoryGib: number,
  source: Source = assumed('a pod of a typical stateless service'),
): ServiceSpec['pod'] => ({
  vcpu,
  memoryBytes: memoryGib * GIB,
  source,
});
