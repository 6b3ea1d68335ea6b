import type { Deployment } from '../../plan/plan';
import { reservedTiers } from '../../plan/tiers';
import type { Json } from '../k8s/read-manifests';
import { boxOf, type Node, nodesOf } from '../k8s/scheduler';
import { TIER } from './addons';

export const ZONE = 'topology.kubernetes.io/zone';

/**
 * Every machine the autoscaler may add, as its kubelet would register it. It offers what the kubelet would, less what the daemons of every
 * node request (DAEMONS of plan/catalogue/node-room.ts): to the scheduler that is the same as five more pods a node, and 70,000 fewer to make.
 */
export function nodesOfDeployment(deployment: Deployment): Json[] {
  const { nodeGroups, platform, zones } = deployment;
  const reserved = reservedTiers(deployment);
  return nodeGroups.flatMap((group) => {
    const taints = reserved.has(group.tier) ? [{ key: TIER, value: group.tier, effect: 'NoSchedule' }] : [];
    const nodes = platform === 'k3s' ? boxOf(group) : nodesOf(group, group.nodes.max / zones, zones);
    return nodes.map((node, i) =>
      nodeOf(`${group.tier}-${i}`, { [TIER]: group.tier, [ZONE]: zonesOf(deployment)[node.zone]! }, taints, node),
    );
  });
}

/** Names of the zones a deployment is in. */
export const zonesOf = ({ region, zones }: Pick<Deployment, 'region' | 'zones'>): string[] =>
  Array.from({ length: zones }, (_, i) => `${region.name}${'abc'[i]}`);

function nodeOf(name: string, labels: Record<string, string>, taints: object[], { milliCpu, bytes, gpus, diskBytes, pods }: Node): Json {
  const offered = {
    cpu: `${Math.floor(milliCpu)}m`,
    memory: String(Math.floor(bytes)),
    pods: String(pods),
    'ephemeral-storage': String(diskBytes),
    'nvidia.com/gpu': String(gpus),
  };
  const now = new Date().toISOString();
  const ready = { type: 'Ready', status: 'True', reason: 'Simulated', message: '', lastHeartbeatTime: now, lastTransitionTime: now };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        ...labels,
        'kubernetes.io/hostname': name,
        'kubernetes.io/arch': gpus > 0 ? 'amd64' : 'arm64',
        'kubernetes.io/os': 'linux',
      },
    },
    spec: { taints },
    status: { capacity: offered, allocatable: offered, conditions: [ready] },
  };
}
