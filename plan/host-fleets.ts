import type { Flow } from './flow';
import { CLIENTS } from './part-ref';
import { runsAsPods } from './pods';
import type { Part } from './sizing';

interface Declared {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
}

/** Whether a flow is that of a service that hands out a fleet's sessions, and may start and end its hosts. */
export const handsOut = ({ verb }: Pick<Flow, 'verb'>, target: Pick<Part, 'kind'>): boolean =>
  target.kind === 'hostFleet' && verb === 'calls';

/**
 * Refuses host fleets that nobody could join: without clients, or without a service that hands out sessions; what passes them by a balancer or an
 * edge, which knows nothing of sessions; and hosts that ask for a pod, whose name only the cluster knows.
 * @throws {Error} a defect of the system file
 */
export function requireHostFleets({ parts, flows }: Declared): void {
  const byId = new Map(parts.map((part) => [part.id, part]));
  for (const { id, kind } of parts) {
    if (kind !== 'hostFleet') continue;
    const into = flows.filter(({ to }) => to === id);
    const other = into.find((flow) => !handsOut(flow, { kind }));
    if (other)
      throw new Error(`${other.from} ${other.verb} host fleet "${id}"; clients and the service that hands out its sessions call it`);
    if (!into.some(({ from }) => from === CLIENTS)) throw new Error(`no clients call host fleet "${id}"`);
    if (!into.some(({ from }) => byId.get(from)?.kind === 'service'))
      throw new Error(`no service hands out sessions of host fleet "${id}"`);
    const lost = flows.find(({ from, to }) => from === id && runsAsPods(byId.get(to)!));
    if (lost) throw new Error(`host fleet "${id}" ${lost.verb} "${lost.to}", whose name only the cluster knows; let it take from a broker`);
  }
}
