import type { Cell } from './cell';

/**
 * Spreads a fleet's pods over zones and nodes.
 *
 * Zones are binding: the sizes of the fleet and of the node groups hold with a zone lost only if no zone held more than its
 * share. Tainted nodes do not count, so that pods of a zone that fails may move to the others, and each revision is counted
 * by itself, or a roll-out would leave the new one skewed. Nodes are a wish, because an uneven node is better than a missing pod.
 * @param surges whether a roll-out adds pods before it takes others away; otherwise old and new ones count together
 */
export function topologySpread(
  { deployment: { platform, zones } }: Cell,
  selector: Record<string, string>,
  { surges = true }: { surges?: boolean } = {},
): Record<string, unknown>[] {
  if (platform === 'k3s') return [];
  const constraint = (topologyKey: string, whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway') => ({
    topologyKey,
    whenUnsatisfiable,
    maxSkew: 1,
    nodeTaintsPolicy: 'Honor',
    labelSelector: { matchLabels: selector },
    ...(surges && { matchLabelKeys: ['pod-template-hash'] }),
  });
  const hosts = constraint('kubernetes.io/hostname', 'ScheduleAnyway');
  return zones > 1 ? [constraint('topology.kubernetes.io/zone', 'DoNotSchedule'), hosts] : [hosts];
}
