import type { KubernetesClusterProps } from '../constructs/kubernetes-cluster';
import { TIER_LABEL } from '../constructs/node-group';
import { DAEMONS, type PodSize } from '../plan/catalogue/node-room';
import { ADDRESS_POOL } from '../plan/cluster';
import { quantities, systemPods, VOLUME_CONTROLLER } from '../plan/cluster-system-pods';
import type { Deployment } from '../plan/plan';
import { claimingTiers } from '../plan/volumes';

const requesting = (size: PodSize) => ({ resources: { requests: quantities(size) } });

/**
 * Tells add-ons to run the pods the plan counted: as many, as large, and on the same nodes. The metrics server's are two of that size by
 * default.
 */
export function addonSettings({
  parts,
  nodeGroups,
  podMetrics,
}: Deployment): Pick<KubernetesClusterProps, 'addonSettings' | 'observability' | 'volumes'> {
  const pods = (service: string) => systemPods(parts).find((set) => set.service === service)!;
  const at = (service: string) => ({ nodeSelector: { [TIER_LABEL]: nodeGroups.find((group) => group.services.includes(service))!.tier } });
  const dns = pods('coredns');
  const claiming = [...claimingTiers(parts)];
  const volumes = claiming.length > 0 && {
    'aws-ebs-csi-driver': {
      controller: { replicaCount: pods(VOLUME_CONTROLLER).pods.peak, ...at(VOLUME_CONTROLLER) },
      // Once a node where pods claim volumes, and nowhere else.
      node: onTiers(claiming),
    },
  };
  return {
    volumes: claiming.length > 0,
    addonSettings: {
      ...volumes,
      'vpc-cni': { env: { MINIMUM_IP_TARGET: String(ADDRESS_POOL.minimum), WARM_IP_TARGET: String(ADDRESS_POOL.spare) } },
      coredns: { replicaCount: dns.pods.peak, ...requesting(dns), ...at('coredns') },
      'metrics-server': at('metrics-server'),
    },
    observability: {
      metrics: podMetrics,
      settings: {
        agent: requesting(DAEMONS['cloudwatch-agent']),
        fluentBit: requesting(DAEMONS['fluent-bit']),
        manager: { ...requesting(pods('cloudwatch-operator')), ...at('cloudwatch-operator') },
      },
    },
  };
}

const onTiers = (tiers: readonly string[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: TIER_LABEL, operator: 'In', values: tiers }] }],
      },
    },
  },
});
