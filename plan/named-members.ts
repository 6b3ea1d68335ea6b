import type { Flow } from './flow';
import { runsAsPods } from './pods';
import type { Part } from './sizing';

interface Declared {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
}

/**
 * Refuses what parts whose members have names cannot do: be chosen by a balancer, which knows none; as machines outside of the cluster, find a
 * pod in it; or hold the only copy of something that nobody backs up. It is backed up by a flow that writes to an object store, its own or that
 * of a job that reads it: a snapshot of one volume would be of one member, at a moment that is not the others'.
 * @throws {Error} a defect of the system file
 */
export function requireNamedMembers({ parts, flows }: Declared): void {
  const byId = new Map(parts.map((part) => [part.id, part]));
  for (const part of parts) {
    if (part.kind !== 'stateful' && part.kind !== 'machines') continue;
    const routed = flows.find(({ to, verb }) => to === part.id && verb === 'routes');
    if (routed)
      throw new Error(`${routed.from} routes to ${part.kind} "${part.id}", whose members callers choose by name; put a service in front`);
    const lost = part.kind === 'machines' && flows.find(({ from, to }) => from === part.id && runsAsPods(byId.get(to)!));
    if (lost)
      throw new Error(`machines "${part.id}" ${lost.verb} "${lost.to}", whose name only the cluster knows; let it take from a broker`);
    if (part.rebuiltFrom === undefined && !isBackedUp(part.id, flows, byId))
      throw new Error(
        `stateful "${part.id}" holds the only copy, and nothing writes it to an object store: let it, or a job that reads it`,
      );
  }
}

function isBackedUp(id: string, flows: readonly Flow[], parts: ReadonlyMap<string, Part>): boolean {
  const readers = flows
    .filter(({ from, to, verb }) => to === id && verb === 'reads' && parts.get(from)?.kind === 'job')
    .map(({ from }) => from);
  return flows.some(({ from, to, verb }) => [id, ...readers].includes(from) && verb === 'writes' && parts.get(to)?.kind === 'objectStore');
}
