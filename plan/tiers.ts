import type { GpuModel } from './catalogue/gpu';
import type { Needs } from './catalogue/offered';
import { awaitedFrom, needsOf } from './availability/needs';
import type { Flow } from './flow';
import { InputError } from './input-error';
import { isolatedTiers } from './isolation';
import { CLIENTS } from './part-ref';
import type { Deployment } from './plan';
import { type PodPart, runsAsPods } from './pods';
import type { Part } from './sizing';
import { INTERRUPTION_NOTICE } from './spot';

interface Declared {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
  readonly platform: Deployment['platform'];
}

const gpuOf = (p: PodPart): GpuModel | undefined => (p.kind === 'stateful' ? undefined : p.gpu?.model);
const isInterruptible = (p: Part): boolean => p.kind === 'service' && p.interruptible === true;

/** GPU model of each tier whose nodes have one. */
export const gpuTiers = (parts: readonly Part[]): ReadonlyMap<string, GpuModel> =>
  new Map(parts.filter(runsAsPods).flatMap((p) => (gpuOf(p) ? [[p.tier, gpuOf(p)!]] : [])));

/** Tiers most of whose nodes AWS may take back. The one machine is no such node. */
export const interruptibleTiers = ({ parts, platform }: Pick<Declared, 'parts' | 'platform'>): ReadonlySet<string> =>
  new Set(platform === 'eks' ? parts.filter(runsAsPods).flatMap((p) => (isInterruptible(p) ? [p.tier] : [])) : []);

/** Tiers whose nodes are kept for their own pods: isolated ones, dear ones, and those that go. */
export const reservedTiers = (declared: Pick<Declared, 'parts' | 'platform'>): ReadonlySet<string> =>
  new Set([...isolatedTiers(declared), ...gpuTiers(declared.parts).keys(), ...interruptibleTiers(declared)]);

/** What nodes of a tier are chosen by. */
export const needsOfTier = (tier: string, parts: readonly Part[]): Needs => ({
  gpuModel: gpuTiers(parts).get(tier),
  interruptible: interruptibleTiers({ parts, platform: 'eks' }).has(tier),
});

/** Until balancers have noticed that a pod goes, and from the end of its drain to the kill (k8s/deployment.ts); seconds. */
const AROUND_DRAIN = 20;

/**
 * Refuses tiers that no nodes suit.
 * @throws {Error} on a tier whose pods want different nodes, or a cluster that leaves its own pods none: defects of the system file
 * @throws {InputError} on a GPU where there is but one machine
 */
export function requireTiers({ parts, flows, platform }: Declared): void {
  const pods = parts.filter(runsAsPods);
  const [gpus, interruptible, isolated] = [
    gpuTiers(parts),
    interruptibleTiers({ parts, platform: 'eks' }),
    isolatedTiers({ parts, platform }),
  ];
  if (gpus.size > 0 && platform === 'k3s')
    throw new InputError(`${[...gpus.keys()].join(', ')}: GPUs are on nodes of a cluster; the figures put the stage on one machine`);
  for (const p of pods) {
    if (gpuOf(p) !== gpus.get(p.tier)) throw new Error(`"${p.id}" shares tier "${p.tier}" with pods that have GPUs of ${gpus.get(p.tier)}`);
    if (p.kind !== 'job' && isInterruptible(p) !== interruptible.has(p.tier))
      throw new Error(`"${p.id}" is not interruptible but shares tier "${p.tier}" with a service that is`);
  }
  for (const tier of gpus.keys())
    if (interruptible.has(tier) || isolated.has(tier))
      throw new Error(
        `tier "${tier}" has GPUs; it is neither interruptible, of one type as its machines are, nor isolated from their driver's registry`,
      );
  requirePatience(pods, flows);
  const reserved = reservedTiers({ parts, platform });
  if (reserved.size > 0 && pods.every((p) => reserved.has(p.tier)))
    throw new Error('every tier is isolated, interruptible or has GPUs; the pods of the cluster itself need one that is not');
}

/** What may be interrupted is nobody's to wait for, and goes within the notice. */
function requirePatience(pods: readonly PodPart[], flows: readonly Flow[]): void {
  const awaited = needsOf(CLIENTS, awaitedFrom(flows)).hard;
  for (const p of pods) {
    if (p.kind !== 'service' || !p.interruptible) continue;
    if (awaited.has(p.id))
      throw new Error(`service "${p.id}" is interruptible, but clients wait for it: mark what calls it soft, or let a queue`);
    if (p.drainSeconds + AROUND_DRAIN > INTERRUPTION_NOTICE.seconds)
      throw new Error(
        `service "${p.id}" is interruptible and drains for ${p.drainSeconds} s; AWS gives ${INTERRUPTION_NOTICE.seconds} s, ${AROUND_DRAIN} of which go by around it`,
      );
  }
}
