/** What Kubernetes tells of a pod, as far as it says why the pod is not ready. */
export interface PodReport {
  metadata: { name: string };
  status: {
    conditions?: readonly { type: string; status: string; reason?: string; message?: string }[];
    containerStatuses?: readonly {
      state?: { waiting?: { reason?: string; message?: string } };
      lastState?: { terminated?: { reason?: string; exitCode?: number } };
    }[];
  };
}

/** Waits that are part of every start. */
const STARTING = ['ContainerCreating', 'PodInitializing'];

/** Why the first of the pods that are not ready is not; undefined where nothing tells. */
export const podTrouble = (pods: readonly PodReport[]): string | undefined => pods.map(troubleOf).find(Boolean);

function troubleOf({ metadata, status: { conditions = [], containerStatuses = [] } }: PodReport): string | undefined {
  const failing = (type: string) => conditions.find((c) => c.type === type && c.status === 'False');
  const unplaced = failing('PodScheduled');
  if (unplaced) return `${metadata.name} has no node: ${unplaced.message ?? unplaced.reason}`;
  for (const { state, lastState } of containerStatuses) {
    const { reason, message } = state?.waiting ?? {};
    const ended = lastState?.terminated;
    if (reason && !STARTING.includes(reason))
      return `${metadata.name}: ${[reason, message, ended && `it ended with code ${ended.exitCode}`].filter(Boolean).join(', ')}`;
  }
  const unready = failing('Ready') ?? failing('ContainersReady');
  return unready && `${metadata.name} is not ready: ${[unready.reason, unready.message].filter(Boolean).join(', ')}`;
}
