import type { UsageByType } from '../../cost/usage';
import type { Deployment } from '../../plan/plan';
import { telemetry } from '../../plan/telemetry';
import { GIB } from '../../plan/units';
import { kept } from './log-storage';

type LogGroupUsage = UsageByType['AWS::Logs::LogGroup'];

/** Audit events of controllers, kubelets and people: assumed 5 GB a month for a quiet cluster and 50 MB for each node. */
const CONTROL_PLANE_GB = { cluster: 5, node: 0.05 };
/** Scanners of the internet's address space: assumed 200,000 refused connections a day and network, 150 bytes each. */
const REFUSED_GB = (200_000 * 30 * 150) / GIB;

/** Logs of the control plane, kept for three months. */
export const controlPlaneLogs = (nodes: number): LogGroupUsage => kept(CONTROL_PLANE_GB.cluster + CONTROL_PLANE_GB.node * nodes, 3);

/** What pods write, kept for a month. */
export const podLogs = (deployment: Deployment): LogGroupUsage => kept(telemetry(deployment).logGb);

/** Measurements of nodes and pods, kept for a month, and the metrics made of them. */
export const measurements = (deployment: Deployment): LogGroupUsage => {
  const { measuredGb, metrics } = telemetry(deployment);
  return { ...kept(measuredGb), embeddedMetrics: metrics };
};

/** Refused connections are billed as delivered logs, on the flow log; the group only stores them, for a month. */
export const refusedConnections = {
  deliveredGbPerMonth: REFUSED_GB,
  group: { ...kept(REFUSED_GB), ingestedGbPerMonth: 0 },
};
