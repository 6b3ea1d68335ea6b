import type { InstanceType } from './catalogue/ec2';
import { systemPods } from './cluster-system-pods';
import { isolatedTiers } from './isolation';
import { packBox } from './pack-box';
import { type NodeGroup, packTier, type PodSet } from './packing';
import type { Deployment } from './plan';

/**
 * Machines for the services and jobs of a deployment: one for all of k3s, or a group for each tier. What the cluster runs once is on the
 * first tier that is not isolated.
 * @param offered types to choose from for a cluster. @default steady ones
 * @throws {InputError} when no machine is large enough
 */
export function nodeGroupsFor(
  { parts, platform, zones }: Pick<Deployment, 'parts' | 'platform' | 'zones'>,
  offered?: readonly InstanceType[],
): NodeGroup[] {
  const sets = new Map<string, PodSet[]>();
  const kernel = new Map<string, Record<string, string>>();
  for (const p of parts) {
    if (p.kind !== 'service' && p.kind !== 'job') continue;
    const pods = p.kind === 'service' ? p.pods : { min: 1, expected: 1, peak: 1 };
    sets.set(p.tier, [...(sets.get(p.tier) ?? []), { service: p.id, vcpu: p.vcpu, memoryBytes: p.memoryBytes, pods }]);
    if (p.kind === 'service') kernel.set(p.tier, { ...kernel.get(p.tier), ...p.kernel });
  }
  const said = (group: NodeGroup, what: string): NodeGroup => ({ ...group, reason: `${group.reason} ${what}` });
  if (platform === 'k3s') {
    const box = packBox([...sets.values()].flat());
    return [parts.some((p) => p.kind === 'service' && p.isolated) ? said(box, 'Services that ask for isolation share its network.') : box];
  }
  const isolated = isolatedTiers({ parts, platform });
  const open = [...sets.keys()].find((tier) => !isolated.has(tier));
  return [...sets].map(([tier, own]) => {
    const group = packTier(tier, tier === open ? [...own, ...systemPods(parts)] : own, zones, kernel.get(tier) ?? {}, offered);
    return isolated.has(tier) ? said(group, 'No route to the internet.') : group;
  });
}
