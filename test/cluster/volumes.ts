import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '../k8s/read-manifests';
import { type ApiServer, Refused } from './api-server';
import { ZONE } from './nodes';

const PERIOD_MS = 200;
/** Written by the scheduler when it has chosen a node for the pod of a claim. */
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

/**
 * Stands in for the storage drivers of EKS and k3s: makes a volume for each claim whose pod has been given a node, in that node's zone. Such a
 * volume stays there when the zone is lost, and so does the pod that needs it.
 */
export class Volumes {
  private readonly zones = new Map<string, string>();
  private running = true;
  private readonly done: Promise<void>;

  constructor(private readonly server: ApiServer) {
    this.done = this.run();
  }

  /** Zone of a claim's volume; undefined while there is none. */
  zoneOf = (namespace: string, claim: string): string | undefined => this.zones.get(`${namespace}/${claim}`);

  /** Claims outlive what claims them, volumes their claims, and both the cluster's next system. */
  async clear(namespaces: readonly string[]): Promise<void> {
    for (const namespace of namespaces) await this.server.delete(`/api/v1/namespaces/${namespace}/persistentvolumeclaims`);
    await this.server.delete('/api/v1/persistentvolumes');
    await this.server.delete('/apis/storage.k8s.io/v1/storageclasses');
    this.zones.clear();
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.done;
  }

  private async run(): Promise<void> {
    for (; this.running; await sleep(PERIOD_MS)) {
      const { items } = await this.server.get('/api/v1/persistentvolumeclaims');
      const waiting = items.filter(({ metadata, spec }: Json) => metadata.annotations?.[SELECTED_NODE] && !spec.volumeName);
      await Promise.all(waiting.map((claim: Json) => this.provision(claim)));
    }
  }

  private async provision({ metadata, spec }: Json): Promise<void> {
    const { name, namespace, uid } = metadata;
    const node = await this.server.get(`/api/v1/nodes/${metadata.annotations[SELECTED_NODE]}`);
    const zone: string = node.metadata.labels[ZONE];
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `pvc-${uid}` },
      spec: {
        capacity: spec.resources.requests,
        ...{ accessModes: spec.accessModes, storageClassName: spec.storageClassName, persistentVolumeReclaimPolicy: 'Retain' },
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
        csi: { driver: 'stand-in', volumeHandle: uid },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: ZONE, operator: 'In', values: [zone] }] }] } },
      },
    };
    await this.server.post('/api/v1/persistentvolumes', volume).catch((error) => {
      // Made a moment ago, and not bound yet.
      if (!(error instanceof Refused && error.status === 409)) throw error;
    });
    this.zones.set(`${namespace}/${name}`, zone);
  }
}
