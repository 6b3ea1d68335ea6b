import type { Flow } from './flow';
import type { Deployment } from './plan';
import { type PodPart, runsAsPods } from './pods';
import type { Part } from './sizing';

/** What isolation follows from. */
interface Declared {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
  readonly platform: Deployment['platform'];
}

/** Kinds whose addresses lie outside the network, and which none of our endpoints brings into it. */
const OUTSIDE: readonly Part['kind'][] = ['external', 'channel', 'keyValue'];

const workloadsOf = ({ parts }: Pick<Declared, 'parts'>): PodPart[] => parts.filter(runsAsPods);

/** Tiers whose nodes have no route to the internet. One machine has one network, so there are none on it. */
export const isolatedTiers = ({ parts, platform }: Pick<Declared, 'parts' | 'platform'>): ReadonlySet<string> =>
  new Set(platform === 'eks' ? parts.flatMap((p) => (p.kind === 'service' && p.isolated ? [p.tier] : [])) : []);

/** What runs as pods on isolated tiers. */
export function isolatedWorkloads(declared: Pick<Declared, 'parts' | 'platform'>): ReadonlySet<string> {
  const tiers = isolatedTiers(declared);
  return new Set(workloadsOf(declared).flatMap((p) => (tiers.has(p.tier) ? [p.id] : [])));
}

/** Parts that pods of isolated tiers use, and nobody else. */
export function isolatedParts(declared: Declared): ReadonlySet<string> {
  const isolated = isolatedWorkloads(declared);
  const users = new Map<string, string[]>();
  for (const { from, to } of declared.flows) users.set(to, [...(users.get(to) ?? []), from]);
  const workloads = new Set(workloadsOf(declared).map((p) => p.id));
  return new Set([...users].flatMap(([id, by]) => (!workloads.has(id) && by.every((from) => isolated.has(from)) ? [id] : [])));
}

/**
 * Refuses what an isolated tier cannot keep.
 * @throws {Error} on a tier isolated in part, a cluster without any other tier, or a call to where there is no route: defects of the system file
 */
export function requireIsolation(declared: Declared): void {
  const tiers = isolatedTiers(declared);
  if (tiers.size === 0) return;
  const workloads = workloadsOf(declared);
  if (workloads.every((p) => tiers.has(p.tier)))
    throw new Error('every tier is isolated; the pods of the cluster itself need one that is not');
  const open = workloads.find((p) => p.kind === 'service' && tiers.has(p.tier) && !p.isolated);
  if (open) throw new Error(`service "${open.id}" is not isolated but shares tier "${open.tier}" with one that is`);
  const isolated = isolatedWorkloads(declared);
  const kinds = new Map(declared.parts.map((p) => [p.id, p.kind]));
  const leak = declared.flows.find((f) => isolated.has(f.from) && OUTSIDE.includes(kinds.get(f.to)!));
  if (leak) throw new Error(`isolated "${leak.from}" ${leak.verb} "${leak.to}" (${kinds.get(leak.to)}), to which its network has no route`);
}
