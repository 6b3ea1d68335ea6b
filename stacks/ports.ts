import { POD_PORT, reachOf } from '../plan/reach';
import type { Part } from '../plan/sizing';

export { POD_PORT };

const HTTPS = 443;

/** Ports a part listens on inside the network; none for what is reached by a public address or not at all. */
export function portsInside(part: Part): readonly number[] {
  if (part.kind === 'service') return [POD_PORT];
  if (part.kind === 'loadBalancer') return [HTTPS];
  if (part.kind === 'edge' || part.kind === 'job') return [];
  return reachOf(part).inside;
}

/** Ports of public addresses at which a part is reached, besides HTTPS, which every node may use anyway. */
export function portsOutside(part: Part): readonly number[] {
  if (portsInside(part).length > 0 || part.kind === 'edge' || part.kind === 'job') return [];
  return reachOf(part).outside.filter((port) => port !== HTTPS);
}
