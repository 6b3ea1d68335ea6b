import type { Flow } from './flow';
import type { Part } from './sizing';

interface Declared {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
}

/**
 * Refuses lakes whose tables lie nowhere, and queries that say nothing of what they look through, which is all that is billed of them.
 * @throws {Error} naming lake or query: a defect of the system file
 */
export function requireLakes({ parts, flows }: Declared): void {
  for (const part of parts) {
    if (part.kind !== 'lake') continue;
    const read = new Set(flows.flatMap((flow) => (flow.from === part.id && flow.verb === 'reads' ? [flow.to] : [])));
    const lost = part.tables.find(({ store }) => !read.has(store));
    if (lost) throw new Error(`lake "${part.id}" does not read "${lost.store}", where table "${lost.name}" lies`);
    for (const { from, to, verb, scannedBytes } of flows) {
      if (to !== part.id) continue;
      if (verb !== 'reads') throw new Error(`"${from}" ${verb} lake "${to}", which is only read: its files are written in its buckets`);
      if (!scannedBytes) throw new Error(`"${from}" reads lake "${to}" and does not say what a query scans`);
    }
  }
  const lakes = new Set(parts.flatMap(({ id, kind }) => (kind === 'lake' ? [id] : [])));
  const odd = flows.find(({ to, scannedBytes }) => scannedBytes && !lakes.has(to));
  if (odd) throw new Error(`"${odd.from}" ${odd.verb} "${odd.to}" and scans; only queries to a lake do`);
}
