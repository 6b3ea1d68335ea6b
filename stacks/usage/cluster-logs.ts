import type { UsageByType } from '../../cost/usage';

type LogGroupUsage = UsageByType['AWS::Logs::LogGroup'];

/** CloudWatch stores logs compressed: assumed to a seventh. */
const COMPRESSION = 0.15;
/** Audit events of controllers, kubelets and people: assumed 5 GB a month for a quiet cluster and 50 MB for each node. */
const CONTROL_PLANE_GB = { cluster: 5, node: 0.05 };
/** Scanners of the internet's address space: assumed 200,000 refused connections a day and network, 150 bytes each. */
const REFUSED_GB = (200_000 * 30 * 150) / 1024 ** 3;

/**
 * Logs of the control plane, kept for three months. Pods' own output stays on the nodes (`kubectl logs`): shipping it depends
 * on what the applications write, so neither stacks nor estimate hold it.
 */
export const controlPlaneLogs = (nodes: number): LogGroupUsage => {
  const ingestedGbPerMonth = CONTROL_PLANE_GB.cluster + CONTROL_PLANE_GB.node * nodes;
  return { ingestedGbPerMonth, storedGb: ingestedGbPerMonth * 3 * COMPRESSION };
};

/** Refused connections are billed as delivered logs, on the flow log; the group only stores them, for a month. */
export const refusedConnections = {
  deliveredGbPerMonth: REFUSED_GB,
  group: { ingestedGbPerMonth: 0, storedGb: REFUSED_GB * COMPRESSION },
};
