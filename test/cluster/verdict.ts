import type { Json, KubernetesObject } from '../k8s/read-manifests';
import { type ApiServer, Refused } from './api-server';
import { type Candidate, MAKE_PODS, peakOf, runOf } from './candidate';
import { eventually } from './eventually';
import { ZONE } from './nodes';
import { type PendingPod, podsIn, settled } from './pods';
import type { Volumes } from './volumes';

const CLEAR_SECONDS = 120;

/** What a control plane made of a candidate. */
export interface Verdict {
  /** Objects it did not accept, with its reason. */
  refused: string[];
  /** Pods at the busiest moment. */
  pods: number;
  /** Pods without a place, and with each zone's nodes gone, by zone. */
  pending: PendingPod[];
  pendingWithout: Map<string, PendingPod[]>;
  /** Pods whose volume is in the lost zone, by zone: they come back with it, and their part goes on with its copies elsewhere. */
  waiting: Map<string, PendingPod[]>;
  seconds: number;
}

/** A cluster that candidates are put on, one after the other. */
export class Judge {
  constructor(
    private readonly server: ApiServer,
    private readonly volumes: Volumes,
  ) {}

  /**
   * Puts a candidate on the empty cluster at its peak, then takes each of its zones away and gives it back.
   * @throws {Error} when pods do not even come into being, with the reason
   */
  async verdictOn(candidate: Candidate): Promise<Verdict> {
    const since = Date.now();
    const { addons, nodes, objects, zonesToLose } = candidate;
    await this.add(nodes);
    const refused = [...(await this.apply(addons)), ...(await this.apply(objects))];
    const accepted = [...addons, ...objects].filter((o) => !refused.some(({ object }) => object === o));
    const runs = accepted.filter(({ kind }) => kind === 'CronJob').map(runOf);
    const pods = runs.length + (await this.scaleUp(accepted));
    await Promise.all(runs.map((run) => this.start(run)));
    const namespaces = namespacesOf(accepted);
    const pending = await settled(this.server, namespaces, pods);
    const [pendingWithout, waiting] = [new Map<string, PendingPod[]>(), new Map<string, PendingPod[]>()];
    for (const zone of zonesToLose) {
      const lost = nodes.filter(({ metadata }) => metadata.labels[ZONE] === zone);
      await this.lose(lost, zone, namespaces);
      await Promise.all(runs.map((run) => this.start(run)));
      const left = await settled(this.server, namespaces, pods);
      waiting.set(
        zone,
        left.filter((pod) => this.waitsFor(zone, pod)),
      );
      pendingWithout.set(
        zone,
        left.filter((pod) => !this.waitsFor(zone, pod)),
      );
      await this.add(lost);
    }
    return {
      refused: refused.map(({ object: { kind, metadata }, why }) => `${kind} ${metadata.name}: ${why}`),
      pods,
      pending,
      pendingWithout,
      waiting,
      seconds: (Date.now() - since) / 1000,
    };
  }

  /** Leaves nothing but the empty namespaces, whose controller takes its time. Owners go first, because they would make their pods again. */
  async clear({ addons, objects }: Candidate): Promise<void> {
    const namespaced = [...addons, ...objects].filter(({ metadata }) => metadata.namespace);
    const collections = new Set(await Promise.all(namespaced.map((object) => this.server.collectionOf(object))));
    for (const collection of collections) await this.server.delete(collection);
    const isEmpty = async (namespace: string) => {
      await this.server.delete(`/apis/apps/v1/namespaces/${namespace}/replicasets`);
      await this.server.delete(`${podsIn(namespace)}?gracePeriodSeconds=0`);
      return (await this.server.table(podsIn(namespace))).length === 0;
    };
    for (const namespace of namespacesOf(namespaced)) await eventually(`no pods in ${namespace}`, CLEAR_SECONDS, () => isEmpty(namespace));
    await this.volumes.clear(namespacesOf(namespaced));
    await this.server.delete('/api/v1/nodes');
  }

  private waitsFor = (zone: string, { namespace, claims }: PendingPod): boolean =>
    claims.some((claim) => this.volumes.zoneOf(namespace, claim) === zone);

  private add = (nodes: readonly Json[]): Promise<unknown> => Promise.all(nodes.map((node) => this.server.post('/api/v1/nodes', node)));

  private async apply(objects: readonly KubernetesObject[]): Promise<{ object: KubernetesObject; why: string }[]> {
    const refused: { object: KubernetesObject; why: string }[] = [];
    for (const object of objects) {
      await this.server.apply(object).catch((error) => {
        if (!(error instanceof Refused)) throw error;
        refused.push({ object, why: error.message });
      });
    }
    return refused;
  }

  /** @returns how many pods that makes */
  private async scaleUp(objects: readonly KubernetesObject[]): Promise<number> {
    const controllers = objects.filter(({ kind }) => MAKE_PODS.includes(kind));
    const replicas = await Promise.all(
      controllers.map(async (controller) => {
        const peak = peakOf(controller, objects);
        if (peak !== controller.spec.replicas) await this.server.scale(controller, peak);
        return peak;
      }),
    );
    return replicas.reduce((a, b) => a + b, 0);
  }

  /** Starts the run of a CronJob unless it is there. */
  private async start(run: Json): Promise<void> {
    await this.server.post(podsIn(run.metadata.namespace), run).catch((error) => {
      if (!(error instanceof Refused && error.status === 409)) throw error;
    });
  }

  /** Nodes go, and with them their pods, as the collector of orphaned pods would see to. */
  private async lose(nodes: readonly Json[], zone: string, namespaces: readonly string[]): Promise<void> {
    await this.server.delete(`/api/v1/nodes?labelSelector=${encodeURIComponent(`${ZONE}=${zone}`)}`);
    const on = (node: Json) => encodeURIComponent(`spec.nodeName=${node.metadata.name}`);
    const collections = namespaces.flatMap((namespace) => nodes.map((node) => `${podsIn(namespace)}?fieldSelector=${on(node)}`));
    await Promise.all(collections.map((collection) => this.server.delete(`${collection}&gracePeriodSeconds=0`)));
  }
}

const namespacesOf = (objects: readonly KubernetesObject[]): string[] => [
  ...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? [])),
];
