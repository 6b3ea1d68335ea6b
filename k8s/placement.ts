import { JsonPatch } from 'cdk8s';
import { reservedTiers } from '../plan/tiers';
import type { Cell, Workload } from './cell';
import { tierOf } from './labels';

/** Puts pods onto the nodes of their tier. Reserved tiers are tainted, so that nothing else runs there. */
export function onTier({ deployment }: Cell, podSpec: string, tier: string): JsonPatch[] {
  if (deployment.platform === 'k3s') return [];
  return [
    JsonPatch.add(`${podSpec}/nodeSelector`, tierOf(tier)),
    ...(reservedTiers(deployment).has(tier) ? [JsonPatch.add(`${podSpec}/tolerations`, [tolerationOf(tier)])] : []),
  ];
}

/** Of the taint that a reserved tier's nodes have. */
export function tolerationOf(tier: string): Record<string, string> {
  const [[key, value]] = Object.entries(tierOf(tier)) as [[string, string]];
  return { key, operator: 'Equal', value, effect: 'NoSchedule' };
}

/** GPUs that a pod's container holds alone. Kubernetes takes them as a limit, which is what is requested too. */
export const withGpus = (podSpec: string, workload: Workload): JsonPatch[] =>
  workload.kind !== 'stateful' && workload.gpu
    ? [JsonPatch.add(`${podSpec}/containers/0/resources/limits/nvidia.com~1gpu`, String(workload.gpu.count))]
    : [];
