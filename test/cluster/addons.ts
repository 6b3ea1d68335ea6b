import type { PodSize } from '../../plan/catalogue/node-room';
import { systemPods } from '../../plan/cluster-system-pods';
import type { Deployment } from '../../plan/plan';
import type { Json, KubernetesObject } from '../k8s/read-manifests';

/** Namespace of the pods that come with a cluster; one of their own, because kube-system has nothing to clear. */
const ADDONS = 'addons';
const ACCOUNT = 'addon';
export const TIER = 'scaleprint.dev/tier';

const resourcesOf = ({ vcpu, memoryBytes }: PodSize): Json => ({
  requests: { cpu: `${Math.round(vcpu * 1000)}m`, memory: String(memoryBytes) },
});

const account: Json[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ADDONS } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace: ADDONS } },
];

/** The class that k3s brings. */
const localPath: Json = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'local-path' },
  provisioner: 'rancher.io/local-path',
  volumeBindingMode: 'WaitForFirstConsumer',
};

/** What add-ons and charts install, as the plan tells them to: as many pods, as large, on the same tier. */
export function addonsOf({ parts, nodeGroups, platform }: Deployment): KubernetesObject[] {
  if (platform === 'k3s') return [localPath];
  const deployments = systemPods(parts).map((set): Json => {
    const { tier } = nodeGroups.find((group) => group.services.includes(set.service))!;
    const labels = { app: set.service };
    const containers = [{ name: set.service, image: set.service, resources: resourcesOf(set) }];
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: set.service, namespace: ADDONS },
      spec: {
        replicas: set.pods.peak,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { nodeSelector: { [TIER]: tier }, serviceAccountName: ACCOUNT, containers } },
      },
    };
  });
  return [...account, ...deployments];
}
