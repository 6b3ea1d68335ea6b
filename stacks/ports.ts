import { HEALTH_PATH, type Outside, POD_PORT, isReached, reachOf } from '../plan/reach';
import type { Part } from '../plan/sizing';

export { HEALTH_PATH, POD_PORT };

const HTTPS = 443;

/** Ports a part listens on inside the network; none for what is reached by a public address or not at all. */
export function portsInside(part: Part): readonly number[] {
  if (part.kind === 'service' || part.kind === 'stateful') return [POD_PORT];
  if (part.kind === 'loadBalancer') return [HTTPS];
  return isReached(part) ? reachOf(part).inside : [];
}

/** Public addresses at which a part is reached, besides HTTPS, which every node may use anyway. */
export function addressesOutside(part: Part): readonly Outside[] {
  if (portsInside(part).length > 0 || !isReached(part)) return [];
  return reachOf(part).outside.filter(({ port }) => port !== HTTPS);
}
