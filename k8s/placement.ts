import { JsonPatch } from 'cdk8s';
import { isolatedTiers } from '../plan/isolation';
import type { Cell } from './cell';
import { tierOf } from './labels';

/** Puts pods onto the nodes of their tier. Isolated tiers are tainted, so that nothing else runs beside what they hold. */
export function onTier({ deployment }: Cell, podSpec: string, tier: string): JsonPatch[] {
  if (deployment.platform === 'k3s') return [];
  const [[key, value]] = Object.entries(tierOf(tier)) as [[string, string]];
  const toleration = { key, operator: 'Equal', value, effect: 'NoSchedule' };
  return [
    JsonPatch.add(`${podSpec}/nodeSelector`, tierOf(tier)),
    ...(isolatedTiers(deployment).has(tier) ? [JsonPatch.add(`${podSpec}/tolerations`, [toleration])] : []),
  ];
}
