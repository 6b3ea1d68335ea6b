import { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { scalesOnEvents } from '../plan/cluster-system-pods';
import { POD_PORT } from '../plan/reach';
import { MINUTE } from '../plan/units';
import { backlogsOf } from './backlog';
import { type Cell, namespaceOf } from './cell';
import type { Fleet } from './fleet';

const API = 'keda.sh/v1alpha1';
/** Seconds between two looks. CloudWatch has a point a minute, and each question costs; asking pods does not. */
const POLLING = { connections: 15, 'queue depth': MINUTE };
/** Where pods say how many connections they hold, in Prometheus's format: `websocket_connections 1234`. */
export const CONNECTIONS = { path: '/metrics', gauge: 'websocket_connections' };
/** Lets KEDA ask CloudWatch with its operator's own role. */
const CREDENTIALS = 'keda-operator';

type Trigger = Record<string, unknown> & { type: string; metadata: Record<string, string> };

/** Lets KEDA scale by what Kubernetes does not know: connections or a backlog. It makes the autoscaler that does it. */
export function addScaledObject(scope: Construct, cell: Cell, fleet: Fleet, behavior: k8s.HorizontalPodAutoscalerBehaviorV2): void {
  const { service, name, pods } = fleet;
  const isOfConnections = service.scaleOn === 'connections';
  const triggers = isOfConnections ? [connections(cell, fleet)] : backlogs(cell, fleet);
  new ApiObject(scope, 'autoscaler', {
    apiVersion: API,
    kind: 'ScaledObject',
    metadata: { name },
    spec: {
      scaleTargetRef: { name },
      pollingInterval: POLLING[isOfConnections ? 'connections' : 'queue depth'],
      minReplicaCount: pods.min,
      maxReplicaCount: pods.peak,
      advanced: { horizontalPodAutoscalerConfig: { name, behavior } },
      // Otherwise each look of Kubernetes, four a minute, is a question to the source.
      triggers: triggers.map((trigger) => ({ ...trigger, useCachedMetrics: true })),
    },
  });
}

/** Whether any service follows a backlog. */
export const onBacklogs = ({ deployment: { parts, platform } }: Cell): boolean =>
  platform === 'eks' && parts.some((part) => scalesOnEvents(part) && part.scaleOn === 'queue depth');

/** Credentials of the backlogs' triggers, once a namespace. */
export function addScalingCredentials(scope: Construct): void {
  new ApiObject(scope, 'scaling-credentials', {
    apiVersion: API,
    kind: 'TriggerAuthentication',
    metadata: { name: CREDENTIALS },
    spec: { podIdentity: { provider: 'aws' } },
  });
}

/** The average over the pods that answer, so that one that does not changes nothing. */
const connections = (cell: Cell, { service, name }: Fleet): Trigger => ({
  type: 'metrics-api',
  metricType: 'Value',
  metadata: {
    targetValue: String(service.scaleTarget),
    url: `http://${name}.${namespaceOf(cell)}.svc.cluster.local:${POD_PORT}${CONNECTIONS.path}`,
    format: 'prometheus',
    valueLocation: CONNECTIONS.gauge,
    aggregateFromKubeServiceEndpoints: 'true',
    aggregationType: 'average',
  },
});

/** A trigger a broker. Fleets share the backlog, and so do the brokers of one part. */
const backlogs = (cell: Cell, { service }: Fleet): Trigger[] =>
  backlogsOf(cell, service.id).map(({ expression, share }) => ({
    type: 'aws-cloudwatch',
    metricType: 'AverageValue',
    metadata: {
      awsRegion: cell.deployment.region.name,
      expression,
      targetMetricValue: String(service.scaleTarget * service.fleets * share),
      minMetricValue: '0',
      // No point is no news, such as while consumers rebalance: the pods stay as many as they are.
      ignoreNullValues: 'false',
      metricStatPeriod: '60',
      metricCollectionTime: '300',
    },
    authenticationRef: { name: CREDENTIALS },
  }));
