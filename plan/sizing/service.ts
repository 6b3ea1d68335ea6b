import { type Dimension, fit, unitsFor } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed, type Capacity, type Source } from '../source';
import { bytes, GIB, MIB, short } from '../units';

/** An application tier that runs as pods. */
export interface ServiceSpec {
  /** What it does, for the diagram and the manifest's annotation. */
  does: string;
  protocol: 'http' | 'websocket' | 'worker';
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
  pod: { vcpu: number; memoryBytes: number; source: Source };
  /** Connections held open at peak. @default 0 */
  connections?: number;
  /** Connections held open on average. @default half of `connections` */
  connectionsAverage?: number;
  /** What the autoscaler watches. @default `cpu` */
  scaleOn?: 'cpu' | 'connections' | 'queue depth';
  /** Backlog per pod that adds a consumer. @default 1000 */
  queueDepthPerPod?: Capacity;
  /** Pods whatever the load. @default one a zone */
  podsAtLeast?: number;
  /** Pods above which adding more does not help, such as a topic's partitions. @default no bound */
  podsAtMost?: Capacity;
  /** Seconds a pod gets to finish what it holds when it is stopped. @default 30 */
  drainSeconds?: number;
  /** Kernel settings of the tier's nodes, such as `net.core.somaxconn`. @default none */
  kernel?: Record<string, string>;
}

export interface ServicePart extends Sized<'service'> {
  does: string;
  protocol: ServiceSpec['protocol'];
  tier: string;
  vcpu: number;
  memoryBytes: number;
  /** Pods with the fleet scaled in, at the average load, and at peak with one zone's loss covered. */
  pods: { min: number; expected: number; peak: number };
  scaleOn: 'cpu' | 'connections' | 'queue depth';
  /** Value of the watched metric per pod that the autoscaler keeps: a CPU share, connections, messages. */
  scaleTarget: number;
  drainSeconds: number;
  kernel: Record<string, string>;
}

/** Share of a pod's capacity that may be in use when a zone is lost; with three zones 53 % on an ordinary peak. */
const TARGET = 0.8;
const QUIET = { share: 0.5, source: assumed('at night a service sees half of its average load') };
const QUEUE_DEPTH: Capacity = { value: 1000, source: assumed('a thousand waiting messages a consumer') };
/** Assumed: a Deployment past this many pods is rolled out in hours. */
const MAX_PODS = 3000;

/** Pods for the busiest moment with a zone lost; the autoscaler follows the load below that. */
export function sizeService(id: string, spec: ServiceSpec, { zones, load }: Surroundings): ServicePart {
  const connections = { peak: spec.connections ?? 0, average: spec.connectionsAverage ?? (spec.connections ?? 0) / 2 };
  const demands = (moment: 'average' | 'peak', share = 1): Dimension[] => {
    const of = (name: string, demand: number, per: Capacity | undefined, unit: string): Dimension[] =>
      per ? [{ name, demand: demand * share, perUnit: per.value, unit, source: per.source }] : [];
    return [
      ...of('requests', load.requests[moment], spec.perPod.requestsPerSecond, 'requests/s'),
      ...of('messages', load.consumed[moment], spec.perPod.messagesPerSecond, 'messages/s'),
      ...of('connections', connections[moment], spec.perPod.connections, 'connections'),
    ];
  };
  const spread = { zones, target: TARGET, minimum: spec.podsAtLeast ?? zones };
  const peak = fit(demands('peak'), spread);
  const expected = unitsFor(demands('average'), spread);
  const min = unitsFor(demands('average', QUIET.share), spread);
  const survivingShare = zones > 1 ? (zones - 1) / zones : 1;
  const perPod = peak.dimensions.find((d) => d.name === peak.binding)!;
  const scaleOn = spec.scaleOn ?? 'cpu';
  const scaleTarget = {
    cpu: Math.floor(TARGET * survivingShare * 100) / 100,
    connections: Math.floor(perPod.perUnit * TARGET * survivingShare),
    'queue depth': (spec.queueDepthPerPod ?? QUEUE_DEPTH).value,
  }[scaleOn];
  return {
    id,
    kind: 'service',
    technology: spec.protocol === 'websocket' ? 'pods holding WebSockets' : spec.protocol === 'worker' ? 'consumer pods' : 'stateless pods',
    size: `${spec.pod.vcpu} vCPU / ${bytes(spec.pod.memoryBytes)}`,
    reason: `${short(perPod.demand)} ${perPod.unit} at ${short(perPod.perUnit)} a pod, ${peak.count} pods at peak${zones > 1 ? ' with one zone lost' : ''}.`,
    load,
    cellsNeeded: Math.max(Math.ceil(peak.count / MAX_PODS), spec.podsAtMost ? Math.ceil(peak.count / spec.podsAtMost.value) : 1),
    does: spec.does,
    protocol: spec.protocol,
    tier: spec.tier,
    vcpu: spec.pod.vcpu,
    memoryBytes: spec.pod.memoryBytes,
    pods: { min, expected, peak: peak.count },
    scaleOn,
    scaleTarget,
    drainSeconds: spec.drainSeconds ?? 30,
    kernel: spec.kernel ?? {},
    ...measured({ fit: peak, target: TARGET }),
  };
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

/** Smallest pod of a quiet service. */
export const smallPod: ServiceSpec['pod'] = { vcpu: 0.1, memoryBytes: 128 * MIB, source: assumed('a quiet service on a shared box') };
