import type { Plan } from '../../plan/plan';
import { claims } from '../../plan/volumes';
import { type KubernetesObject, objectsOf } from './read-manifests';

/** Fields of a StatefulSet that Kubernetes changes; it refuses an update to any other. */
const MUTABLE = ['replicas', 'template', 'updateStrategy', 'minReadySeconds', 'persistentVolumeClaimRetentionPolicy'];

/** Of StatefulSets that claim volumes what cannot change, and the members, by name. */
function claimingSets(objects: readonly KubernetesObject[], part: string): Map<string, { fixed: string; members: number }> {
  const sets = objects.filter(
    ({ kind, metadata, spec }) => kind === 'StatefulSet' && metadata.labels['app.kubernetes.io/name'] === part && spec.volumeClaimTemplates,
  );
  const fixed = (spec: object) => JSON.stringify(Object.entries(spec).filter(([field]) => !MUTABLE.includes(field)));
  return new Map(sets.map(({ metadata: { name }, spec }) => [name, { fixed: fixed(spec), members: spec.replicas }]));
}

/**
 * `<region> <part>` of stateful parts whose next manifests would be refused, would lose volumes, or leave keys in the wrong member. What is
 * rebuilt from elsewhere may be lost with its machines.
 */
export function setsThatMove(before: Plan, after: Plan): string[] {
  return before.deployments.flatMap(({ region, parts, platform }) => {
    const next = after.deployments.find((d) => d.region.name === region.name);
    const [was, is] = [before, after].map((plan) => objectsOf(plan, {}, `${region.name}/`));
    return parts.filter(claims).flatMap((part) => {
      const [old, now] = [claimingSets(was!, part.id), claimingSets(is!, part.id)];
      const isThere = next?.platform === platform && now.size > 0;
      const differs = [...old].some(([name, set]) => {
        const same = now.get(name);
        const keysMove = part.ownsKeys && !part.rebuiltFrom && same?.members !== set.members;
        return same?.fixed !== set.fixed || keysMove;
      });
      const moves = isThere ? differs || now.size !== old.size : part.rebuiltFrom === undefined;
      return moves ? [`${region.name} ${part.id}`] : [];
    });
  });
}
