import type { Flow, Verb } from '../flow';

/** What a caller waits for. What consumers do later, and what replicates by itself, fails nobody's request. */
const AWAITED: ReadonlySet<Verb> = new Set(['routes', 'calls', 'reads', 'writes', 'publishes', 'sends']);

/** Parts that a request needs. */
export interface Needs {
  /** By id, and whether the request writes to it. */
  hard: Map<string, { written: boolean }>;
  /** Asked on the way by callers that answer without them. */
  soft: Set<string>;
}

/** Flows that matter to whoever waits, by the part they start from. */
export function awaitedFrom(flows: readonly Flow[]): Map<string, Flow[]> {
  const from = new Map<string, Flow[]>();
  for (const flow of flows) {
    if (!AWAITED.has(flow.verb) || flow.rate.peak === 0) continue;
    const others = from.get(flow.from);
    if (others) others.push(flow);
    else from.set(flow.from, [flow]);
  }
  return from;
}

/** Everything behind an entry: parts in series, each once, however many of a request's steps ask it. */
export function needsOf(entry: string, from: ReadonlyMap<string, readonly Flow[]>): Needs {
  const hard = new Map([[entry, { written: false }]]);
  const soft = new Set<string>();
  // A map may grow while it is walked.
  for (const id of hard.keys())
    for (const flow of from.get(id) ?? []) {
      if (flow.soft) soft.add(flow.to);
      else if (!hard.has(flow.to)) hard.set(flow.to, { written: flow.verb === 'writes' });
      else if (flow.verb === 'writes') hard.get(flow.to)!.written = true;
    }
  for (const id of hard.keys()) soft.delete(id);
  return { hard, soft };
}
