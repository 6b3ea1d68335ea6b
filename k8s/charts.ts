import { DEVICE_PLUGIN } from '../plan/catalogue/node-room';
import { CONTROLLERS, EVENT_AUTOSCALER, quantities } from '../plan/cluster-system-pods';
import type { PodSet } from '../plan/packing';
import type { Deployment } from '../plan/plan';
import { docs, type Source } from '../plan/source';
import { gpuTiers } from '../plan/tiers';
import { clusterOf, type Cell, stackOutput } from './cell';
import { tierOf } from './labels';
import { tolerationOf } from './placement';

/** A Helm chart, and how it is told to run what the plan counted. */
export interface Chart {
  name: string;
  namespace: string;
  repository: { name: string; url: string };
  version: string;
  source: Source;
  /** Pods of the plan it installs; it is left out where there are none. The first one's service account has its name. */
  installs: readonly string[];
  /** Whether a stage needs it for more than its pods. @default true */
  neededBy?(deployment: Deployment): boolean;
  /** @param at pods of that name, as the plan counts them */
  values(cell: Cell, at: (pods: string) => PodSet): Record<string, unknown>;
}

const SEEN = '2026-08-22';
const requesting = (pods: PodSet) => ({ requests: quantities(pods) });
const onTierOf = ({ deployment }: Cell, pods: string) => tierOf(deployment.nodeGroups.find((g) => g.services.includes(pods))!.tier);

const LOAD_BALANCERS: Chart = {
  name: 'aws-load-balancer-controller',
  namespace: CONTROLLERS,
  repository: { name: 'eks', url: 'https://aws.github.io/eks-charts' },
  version: '3.5.0',
  source: docs('aws/eks-charts, stable/aws-load-balancer-controller/Chart.yaml', SEEN, 'https://github.com/aws/eks-charts'),
  installs: ['aws-load-balancer-controller'],
  values: (cell, at) => ({
    clusterName: clusterOf(cell),
    region: cell.deployment.region.name,
    // Instance metadata, which would say so, is closed to pods.
    vpcId: stackOutput(cell, 'compute', 'VpcId'),
    serviceAccount: { name: 'aws-load-balancer-controller' },
    replicaCount: at('aws-load-balancer-controller').pods.peak,
    resources: requesting(at('aws-load-balancer-controller')),
    nodeSelector: onTierOf(cell, 'aws-load-balancer-controller'),
    // It registers pods with target groups of the stacks and makes no balancer itself; its role allows no more.
    ...{ createIngressClassResource: false, ingressClassParams: { create: false }, enableServiceMutatorWebhook: false },
    ...{ enableShield: false, enableWaf: false, enableWafv2: false, enableBackendSecurityGroup: false },
  }),
};

const NODES: Chart = {
  name: 'cluster-autoscaler',
  namespace: CONTROLLERS,
  repository: { name: 'autoscaler', url: 'https://kubernetes.github.io/autoscaler' },
  version: '9.59.0',
  source: docs(
    'kubernetes/autoscaler, tags and chart',
    SEEN,
    'https://github.com/kubernetes/autoscaler/tree/cluster-autoscaler-chart-9.59.0',
  ),
  installs: ['cluster-autoscaler'],
  values: (cell, at) => ({
    // EKS tags the groups of its nodes so that they are found by the cluster's name.
    autoDiscovery: { clusterName: clusterOf(cell) },
    awsRegion: cell.deployment.region.name,
    // The newest release by then; each is meant for the Kubernetes version of its name.
    image: { tag: 'v1.36.1' },
    rbac: { serviceAccount: { name: 'cluster-autoscaler' } },
    replicaCount: at('cluster-autoscaler').pods.peak,
    resources: requesting(at('cluster-autoscaler')),
    nodeSelector: onTierOf(cell, 'cluster-autoscaler'),
    // Otherwise a node with a pod of kube-system would never go. Verbosity 4, the default, logs gigabytes.
    extraArgs: { 'skip-nodes-with-system-pods': false, 'balance-similar-node-groups': true, v: 1 },
  }),
};

const EVENTS: Chart = {
  name: 'keda',
  namespace: EVENT_AUTOSCALER,
  repository: { name: 'kedacore', url: 'https://kedacore.github.io/charts' },
  version: '2.20.2',
  source: docs('kedacore/charts, keda/Chart.yaml', SEEN, 'https://github.com/kedacore/charts'),
  installs: ['keda-operator', 'keda-metrics-apiserver', 'keda-admission-webhooks'],
  values: (cell, at) => ({
    clusterName: clusterOf(cell),
    // It asks pods, and CloudWatch with its own role: no secret is its business.
    permissions: { operator: { restrict: { secret: true } } },
    serviceAccount: { operator: { name: 'keda-operator' } },
    operator: { replicaCount: at('keda-operator').pods.peak },
    metricsServer: { replicaCount: at('keda-metrics-apiserver').pods.peak },
    webhooks: { replicaCount: at('keda-admission-webhooks').pods.peak },
    resources: {
      operator: requesting(at('keda-operator')),
      metricServer: requesting(at('keda-metrics-apiserver')),
      webhooks: requesting(at('keda-admission-webhooks')),
    },
    nodeSelector: onTierOf(cell, 'keda-operator'),
  }),
};

/** A daemon of the nodes that have GPUs, which no pod can ask for before it has told their kubelets. */
const GPU_NODES: Chart = {
  name: 'nvidia-device-plugin',
  namespace: CONTROLLERS,
  repository: { name: 'nvdp', url: 'https://nvidia.github.io/k8s-device-plugin' },
  version: '0.17.4',
  source: docs(
    'AWS docs, Install Kubernetes device plugin for GPUs',
    '2026-11-22',
    'https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-k8s-device-plugin.html',
  ),
  installs: [],
  neededBy: ({ parts }) => gpuTiers(parts).size > 0,
  values: ({ deployment }) => ({
    resources: { requests: quantities(DEVICE_PLUGIN) },
    tolerations: [...gpuTiers(deployment.parts).keys()].map(tolerationOf),
  }),
};

/** What a cluster runs that EKS offers no add-on for. */
export const CHARTS: readonly Chart[] = [LOAD_BALANCERS, NODES, EVENTS, GPU_NODES];
