import type { Flow } from './flow';
import type { Rate } from './units';

/** Bytes a second through a network interface, in each direction. */
export interface Traffic {
  in: Rate;
  out: Rate;
}

/** What parts send and get, by their own calls and by those that reach them. */
export function trafficOf(flows: readonly Flow[]): (id: string) => Traffic {
  const traffic = new Map<string, Traffic>();
  const of = (id: string): Traffic => {
    let own = traffic.get(id);
    if (!own) traffic.set(id, (own = { in: { average: 0, peak: 0 }, out: { average: 0, peak: 0 } }));
    return own;
  };
  for (const { from, to, rate, sentBytes, returnedBytes } of flows) {
    const [caller, callee] = [of(from), of(to)];
    add(caller.out, rate, sentBytes);
    add(callee.in, rate, sentBytes);
    add(callee.out, rate, returnedBytes);
    add(caller.in, rate, returnedBytes);
  }
  return of;
}

/** The direction that an interface is limited by: EC2 carries as much in as, at the same time, out. */
export const busier = (traffic: Traffic, moment: keyof Rate): number => Math.max(traffic.in[moment], traffic.out[moment]);

function add(to: Rate, { average, peak }: Rate, bytes: number): void {
  to.average += average * bytes;
  to.peak += peak * bytes;
}
