import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '../k8s/read-manifests';
import { type ApiServer, Refused } from './api-server';

const PERIOD_MS = 200;

/** Stands in for every node's kubelet: says of pods that have a node that they run and are ready. */
export class Kubelets {
  private running = true;
  private readonly done: Promise<void>;

  constructor(private readonly server: ApiServer) {
    this.done = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.done;
  }

  private async run(): Promise<void> {
    for (; this.running; await sleep(PERIOD_MS)) {
      const { items } = await this.server.get('/api/v1/pods?fieldSelector=status.phase%3DPending');
      await Promise.all(items.filter(({ spec }: Json) => spec.nodeName).map((pod: Json) => this.start(pod)));
    }
  }

  private async start({ metadata, spec }: Json): Promise<void> {
    const now = new Date().toISOString();
    const conditions = ['Initialized', 'ContainersReady', 'Ready', 'PodScheduled'].map((type) => ({
      type,
      status: 'True',
      lastTransitionTime: now,
    }));
    const containerStatuses = spec.containers.map(({ name, image }: Json) => ({
      ...{ name, image, imageID: image, ready: true, started: true, restartCount: 0 },
      state: { running: { startedAt: now } },
    }));
    const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/status`;
    await this.server
      .request('PATCH', path, { status: { phase: 'Running', conditions, containerStatuses } }, 'application/merge-patch+json')
      .catch((error) => {
        // Deleted meanwhile.
        if (!(error instanceof Refused && error.status === 404)) throw error;
      });
  }
}
