import type { Deployment } from '../plan';
import { runsAsPods } from '../pods';
import type { Part } from '../sizing';
import type { Capacity } from '../source';
import { machinesUp, promiseOf, worldwidePromiseOf } from './figures';
import type { Needs } from './needs';
import { estimateOf, type Term } from './term';

/** A region and what a request needs there. */
export interface Serving {
  deployment: Deployment;
  parts: ReadonlyMap<string, Part>;
  needs: Needs;
}

/** What makes up an entry's availability. */
export interface Composition {
  path: Term[];
  /** On the path, but promised by nobody. */
  unpromised: string[];
}

/**
 * The path of an entry that several regions serve. A region that fails is left for the others, which are taken to fail
 * independently and to carry its load, but nobody can leave the region that alone holds his data: then the weakest counts.
 */
export function compose(serving: readonly Serving[], home: Deployment): Composition {
  const regions = serving.map((s) => compositionIn(s, home, serving.length > 1));
  if (regions.length === 1) return regions[0]!;
  const unpromised = [...new Set(regions.flatMap((r) => r.unpromised))];
  if (serving.some(({ parts, needs }) => [...needs.hard.keys()].some((id) => isOnlyCopy(parts.get(id)!)))) {
    const { path } = regions.reduce((a, b) => (estimateOf(b.path) < estimateOf(a.path) ? b : a));
    return { path, unpromised };
  }
  const terms = regions.flatMap((r) => r.path);
  const everywhere = new Map(terms.filter((t) => t.region === undefined).map((t) => [t.part, t]));
  return { path: [...everywhere.values(), ...terms.filter((t) => t.region !== undefined)], unpromised };
}

/** One region's path; where there are others, what fails with this region alone carries its name. */
function compositionIn({ deployment, parts, needs }: Serving, home: Deployment, several: boolean): Composition {
  const { region, zones } = deployment;
  const path: Term[] = [];
  const unpromised: string[] = [];
  const worldwideTerm = (part: string, { value, source }: Capacity): Term => ({ part, availability: value, source });
  const term = (part: string, of: Capacity): Term => ({ ...worldwideTerm(part, of), ...(several && { region: region.name }) });
  const services: string[] = [];
  for (const [id, { written }] of needs.hard) {
    const part = parts.get(id)!;
    if (runsAsPods(part)) {
      if (services.push(id) === 1) path.push({ ...term(MACHINES, machinesUp(zones)), services });
      continue;
    }
    const promise = promiseOf(part);
    const worldwide = several ? worldwidePromiseOf(part) : undefined;
    const writer = several && written ? writerOf(part, home) : undefined;
    if (!promise) unpromised.push(id);
    else if (worldwide) path.push(worldwideTerm(id, worldwide));
    else if (part.kind === 'edge' || part.kind === 'accelerator') path.push(worldwideTerm(id, promise));
    else if (writer !== part) path.push(term(id, promise));
    if (writer) path.push(worldwideTerm(id, promiseOf(writer)!));
  }
  return { path, unpromised };
}

/** Term of the machines under all pods: where they fail, every service on them does. */
export const MACHINES = 'machines';

/** The one writer of a database that all regions share. */
const writerOf = (part: Part, home: Deployment): Part | undefined =>
  part.kind === 'relational' && part.multiRegion ? home.parts.find((p) => p.id === part.id) : undefined;

/** Whether a region has data that no other one has. A search index and a cache that may evict anything are copies. */
function isOnlyCopy(part: Part): boolean {
  switch (part.kind) {
    case 'relational':
    case 'wideColumn':
      return !part.multiRegion;
    case 'keyValue':
    case 'objectStore':
      return !part.spec.multiRegion;
    case 'stateful':
      return part.rebuiltFrom === undefined;
    case 'cache':
      return part.eviction !== 'allkeys-lru';
    default:
      return false;
  }
}
