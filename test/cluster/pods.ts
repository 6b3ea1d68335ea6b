import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '../k8s/read-manifests';
import type { ApiServer } from './api-server';

/** Nothing moves any more: the scheduler has said of each pod why it has no place. */
const QUIET_SECONDS = 4;
/** Something that should move does not. */
const STUCK_SECONDS = 30;
/** Looking is a tenth of the work at most. */
const REST = 9;

/** A pod without a place. */
export interface PendingPod {
  /** Whose it is: a Deployment or StatefulSet, or the run of a CronJob. */
  owner: string;
  namespace: string;
  name: string;
  /** Volumes it cannot do without. */
  claims: string[];
  /** As the scheduler says. */
  why: string;
}

/**
 * Waits until so many pods are there and each has a place, or nothing moves any more.
 * @returns the pods without a place
 * @throws {Error} when the pods do not come, with why they cannot where that is known
 */
export async function settled(server: ApiServer, namespaces: readonly string[], expected: number): Promise<PendingPod[]> {
  let [seen, changed] = ['', Date.now()];
  for (;;) {
    const since = Date.now();
    const pods = (await Promise.all(namespaces.map((namespace) => server.table(podsIn(namespace))))).flat();
    const placed = pods.filter(({ Node }) => Node !== '<none>').length;
    if (pods.length === expected && placed === expected) return [];
    if (seen !== (seen = `${pods.length} of ${expected} pods are there, ${placed} have a place`)) changed = Date.now();
    const quietSeconds = (Date.now() - changed) / 1000;
    if (quietSeconds > QUIET_SECONDS) {
      const pending = await pendingOn(server);
      if (pods.length === expected && pending.every(({ why }) => why)) return pending;
      const why = await cannotBeMade(server);
      if (why || quietSeconds > STUCK_SECONDS) throw new Error(why ?? `${seen}, and nothing moves any more`);
    }
    await sleep(Math.max(100, REST * (Date.now() - since)));
  }
}

export const podsIn = (namespace: string): string => `/api/v1/namespaces/${namespace}/pods`;

async function pendingOn(server: ApiServer): Promise<PendingPod[]> {
  const { items } = await server.get('/api/v1/pods?fieldSelector=spec.nodeName%3D');
  return items.map(({ metadata: { name, namespace, labels = {} }, spec, status }: Json) => ({
    namespace,
    name,
    claims: (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }: Json) => persistentVolumeClaim?.claimName ?? []),
    owner: labels.app ?? labels['app.kubernetes.io/name'] ?? name,
    why: status.conditions?.find(({ type }: Json) => type === 'PodScheduled')?.message,
  }));
}

/** Why pods of a Deployment cannot be made, such as a security standard of their namespace. */
async function cannotBeMade(server: ApiServer): Promise<string | undefined> {
  const { items } = await server.get('/apis/apps/v1/deployments');
  const conditions: Json[] = items.flatMap(({ status }: Json) => status.conditions ?? []);
  return conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True')?.message;
}
