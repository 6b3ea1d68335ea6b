import { awaitedFrom, needsOf } from './availability/needs';
import { compose } from './availability/regions';
import { estimateOf, type Term, weakestOf } from './availability/term';
import { CLIENTS } from './part-ref';
import type { Deployment } from './plan';

/** How available an entrance for clients is when all that stands behind it is needed. */
export interface EntryAvailability {
  /** The part that clients reach. */
  entry: string;
  /** In series, but for terms of several regions, of which any will do. */
  path: Term[];
  /** Share of time, 0-1. */
  estimated: number;
  /** The term whose perfection would help most. */
  weakest: string;
}

/**
 * What the infrastructure of a stage allows by the agreements of its services. Releases, defects, overload and operators
 * come on top. A recovery region is not counted: somebody has to switch to it.
 */
export interface Availability {
  /** Of the entry that is available least; share of time, 0-1. */
  estimated: number;
  /** Figure `availability` of the workload. */
  promised: number;
  /** The least available first. */
  entries: EntryAvailability[];
  /** Parts that requests reach and that are no term, with the reason. */
  notCounted: { part: string; why: string }[];
}

/** Follows every flow that clients wait for, and multiplies what is promised of the parts it reaches. */
export function estimateAvailability(deployments: readonly Deployment[], promised: number): Availability {
  const home = deployments[0]!;
  const active = deployments
    .filter(({ region }) => region.role === 'active')
    .map((deployment) => ({
      deployment,
      parts: new Map(deployment.parts.map((part) => [part.id, part])),
      from: awaitedFrom(deployment.flows),
    }));
  const entrances = new Set(active.flatMap(({ from }) => (from.get(CLIENTS) ?? []).flatMap(({ to, soft }) => (soft ? [] : to))));
  const notCounted = new Map<string, string>();
  const counted = new Set<string>();
  const entries = [...entrances].map((entry): EntryAvailability => {
    const serving = active
      .filter(({ from }) => from.get(CLIENTS)?.some(({ to }) => to === entry))
      .map(({ from, ...region }) => ({ ...region, needs: needsOf(entry, from) }));
    const { path, unpromised } = compose(serving, home);
    for (const part of serving.flatMap(({ needs }) => [...needs.soft])) notCounted.set(part, SOFT);
    for (const part of unpromised) notCounted.set(part, UNPROMISED);
    for (const { part, services } of path) for (const id of services ?? [part]) counted.add(id);
    return { entry, path, estimated: estimateOf(path), weakest: weakestOf(path) };
  });
  entries.sort((a, b) => a.estimated - b.estimated);
  return {
    estimated: entries.reduce((least, { estimated }) => Math.min(least, estimated), 1),
    promised,
    entries,
    notCounted: [...notCounted].filter(([part]) => !counted.has(part)).map(([part, why]) => ({ part, why })),
  };
}

const SOFT = 'callers answer without it';
const UNPROMISED = 'another company, of which no source states a figure';
