import { type Deployment, type Plan, plan } from '../../plan/plan';
import { smallest } from '../../plan/smallest';
import { allSystems } from '../../systems';
import { type Json, type KubernetesObject, objectsOf } from '../k8s/read-manifests';
import { addonsOf } from './addons';
import { nodesOfDeployment, zonesOf } from './nodes';

/** Nodes up to which each zone is taken away in turn; of larger clusters the last one is. */
const EVERY_ZONE = 100;

/** A cell of a region of a stage, as a cluster gets it. */
export interface Candidate {
  system: string;
  /** The stage, or that it is the stage's sandbox. */
  stage: string;
  isSandbox: boolean;
  region: string;
  /** Zones that are taken away, one after the other. */
  zonesToLose: readonly string[];
  nodes: readonly Json[];
  /** What comes before the manifests. */
  addons: readonly KubernetesObject[];
  /** The manifests in the order they are applied. */
  objects: readonly KubernetesObject[];
}

/** Every region of every stage of every system, and of its sandbox. Cells are alike: the first one. */
export const candidates = (): Candidate[] =>
  allSystems().flatMap((system) =>
    Object.keys(system.stages)
      .map((stage) => plan(system, stage))
      .flatMap((p) => [...candidatesOf(p), ...candidatesOf({ ...smallest(p), stage: `${p.stage}, sandbox` }, true)]),
  );

export const candidatesOf = (p: Plan, isSandbox = false): Candidate[] =>
  p.deployments.map((deployment) => ({ ...candidateOf(p, deployment), isSandbox }));

function candidateOf(p: Plan, deployment: Deployment): Omit<Candidate, 'isSandbox'> {
  const nodes = nodesOfDeployment(deployment);
  const zones = zonesOf(deployment);
  return {
    system: p.system,
    stage: p.stage,
    region: deployment.region.name,
    zonesToLose: zones.length === 1 ? [] : nodes.length > EVERY_ZONE ? zones.slice(-1) : zones,
    nodes,
    addons: addonsOf(deployment),
    objects: objectsOf(p, {}, `${deployment.region.name}/`),
  };
}

export const MAKE_PODS = ['Deployment', 'StatefulSet'];

/** Replicas at the busiest moment: as many as the autoscaler allows. */
export function peakOf({ metadata, spec }: KubernetesObject, objects: readonly KubernetesObject[]): number {
  const scaling = objects.find((o) => o.spec?.scaleTargetRef?.name === metadata.name)?.spec;
  return scaling?.maxReplicas ?? scaling?.maxReplicaCount ?? spec.replicas;
}

/** Pods of a candidate at the busiest moment, but for the cluster's own. */
export const podsAtPeak = ({ objects }: Candidate): number =>
  objects.reduce((n, o) => n + (MAKE_PODS.includes(o.kind) ? peakOf(o, objects) : o.kind === 'CronJob' ? 1 : 0), 0);

/** The pod of a CronJob's next run. */
export const runOf = ({ metadata, spec }: KubernetesObject): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...spec.jobTemplate.spec.template.metadata, name: `${metadata.name}-run`, namespace: metadata.namespace },
  spec: spec.jobTemplate.spec.template.spec,
});
