import type { Load } from './flow';
import type { Fit, Utilisation } from './fit';
import type { Source } from './source';
import type { PodNetwork } from './tier-network';

/** What every sized part tells about itself. Each kind adds the sizes its construct needs (see `sizing/`). */
export interface Sized<Kind extends string> {
  id: string;
  kind: Kind;
  /** The technology, as the field calls it: `ElastiCache for Valkey, cluster mode`. */
  technology: string;
  /** Size of one unit: an instance class, a pod, `on demand`. */
  size: string;
  /** Units in one cell: nodes, pods, balancers. */
  count: number;
  dimensions: Utilisation[];
  /** The dimension that decides the count. */
  binding: string;
  /** Highest utilisation the rule allows, a zone lost or not. */
  target: number;
  utilisation: number;
  /** null where the part lives in one zone and is down with it. */
  utilisationZoneLost: number | null;
  /** One sentence for the reviewer. */
  reason: string;
  /** Source of the binding limit. */
  source: Source;
  load: Load;
  /** Copies of the whole cell that this part demands because one would pass a hard limit. 1 when it fits. */
  cellsNeeded: number;
}

/** What the workload means for sizing: where the part runs and what reaches it. */
export interface Surroundings {
  /** Availability Zones the stage spreads over; 1 means it accepts to be down with its zone. */
  zones: number;
  load: Load;
  /** Whether all pods share one machine. @default false */
  oneMachine?: boolean;
  /** Of a service whose pods run on nodes. @default the network is not a dimension: its pods share one machine, or are not counted yet */
  network?: PodNetwork;
  /** Pods at peak of the services it routes to. @default 0 */
  podsBehind?: number;
  /** Balancers, or fleets of a service, there have to be at least, because what it is routed with comes in as many. @default 1 */
  fleets?: number;
  /** How many times this region's load all active regions of the stage have together. @default 1 */
  world?: number;
  /** The part as the home region sized it. @default this is the home region */
  home?: { region: string; part: Sized<string> };
}

/** A default service quota that a stage exceeds. */
export interface Quota {
  service: string;
  name: string;
  /** Code in Service Quotas; absent where AWS gives none. */
  code?: string;
  /** Region whose quota it is; for a global service the one that takes that much. */
  region: string;
  default: number;
  needed: number;
  source: Source;
}

/** The common half of a part whose limits are not ours to size: another company's, or a clock's. */
export const unsized = (source: Source) => ({
  count: 1,
  dimensions: [],
  binding: 'none',
  target: 1,
  utilisation: 0,
  utilisationZoneLost: 0,
  source,
});

/** The common half of a sized part, from a fit. */
export function measured({
  fit,
  target,
}: {
  fit: Fit;
  target: number;
}): Pick<Sized<string>, 'count' | 'dimensions' | 'binding' | 'target' | 'utilisation' | 'utilisationZoneLost' | 'source'> {
  const { count, dimensions, binding, utilisation, utilisationZoneLost } = fit;
  return {
    count,
    dimensions,
    binding,
    target,
    utilisation,
    utilisationZoneLost,
    source: dimensions.find((d) => d.name === binding)!.source,
  };
}
