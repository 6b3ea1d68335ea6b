import type { KubernetesClusterProps } from '../constructs/kubernetes-cluster';
import { TIER_LABEL } from '../constructs/node-group';
import { DAEMONS, type PodSize } from '../plan/catalogue/node-room';
import { ADDRESS_POOL } from '../plan/cluster';
import { quantities, systemPods } from '../plan/cluster-system-pods';
import type { Deployment } from '../plan/plan';

const requesting = (size: PodSize) => ({ resources: { requests: quantities(size) } });

/**
 * Tells add-ons to run the pods the plan counted: as many, as large, and on the same nodes. The metrics server's are two of that size by
 * default.
 */
export function addonSettings({
  parts,
  nodeGroups,
  podMetrics,
}: Deployment): Pick<KubernetesClusterProps, 'addonSettings' | 'observability'> {
  const pods = (service: string) => systemPods(parts).find((set) => set.service === service)!;
  const at = (service: string) => ({ nodeSelector: { [TIER_LABEL]: nodeGroups.find((group) => group.services.includes(service))!.tier } });
  const dns = pods('coredns');
  return {
    addonSettings: {
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
