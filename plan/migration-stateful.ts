import { FOUND, type Step, step, type Way } from './migration-way';
import type { Deployment } from './plan';
import type { Part } from './sizing';
import type { StatefulPart } from './sizing/stateful';
import { docs } from './source';
import { claims } from './volumes';

const READ = '2026-11-22';
const IMMUTABLE = docs(
  'Kubernetes docs, StatefulSets: updates to fields other than replicas, template, updateStrategy and a few more are forbidden',
  READ,
  'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/',
);
const EXPANSION = docs(
  'Kubernetes docs, Persistent Volumes: expanding claims',
  READ,
  'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
);
const MODIFY = docs(
  'AWS docs, Request Amazon EBS volume modifications',
  READ,
  'https://docs.aws.amazon.com/ebs/latest/userguide/requesting-ebs-volume-modifications.html',
);

const ifAny = (condition: boolean, ...steps: Step[]): Step[] => (condition ? steps : []);

/** Stateful parts whose volumes do not become by themselves what they have to be, with what takes over and how. */
export function statefulMoves(deployment: Deployment, next: Deployment | undefined): { part: StatefulPart; to: string; way: Way }[] {
  return deployment.parts.filter(claims).flatMap((part) => {
    const successor = next?.parts.find(({ id }) => id === part.id);
    const to = successor?.technology ?? 'nothing of this region';
    const way = wayOf(part, successor, deployment.platform !== next?.platform);
    return way ? [{ part, to, way }] : [];
  });
}

function wayOf(part: StatefulPart, next: Part | undefined, elsewhere: boolean): Way | undefined {
  if (!next || !claims(next)) return part.rebuiltFrom ? undefined : leave(part);
  if (elsewhere) return part.rebuiltFrom ? undefined : restore(part);
  if (next.sets.length !== part.sets.length || (part.ownsKeys && next.replicas !== part.replicas && !part.rebuiltFrom))
    return rebalance(part, next);
  return describe(part) === describe(next) ? undefined : expand(part, next);
}

const describe = ({ volume }: StatefulPart): string => JSON.stringify([volume!.gib, volume!.iops, volume!.throughputMibs]);
const setsOf = ({ sets }: StatefulPart): string => sets.map((set) => `statefulset/${set}`).join(' ');
const forgetSets = (part: StatefulPart): Step =>
  step('compute', `\`kubectl delete ${setsOf(part)} --cascade=orphan\`: the pods go on running, and the manifests take them over`);
const come = (what: string): Step => step('manifests', what);

/** Volumes grow, and change their speed, where they are; what asks for them has to be made anew. */
function expand(part: StatefulPart, next: StatefulPart): Way {
  const [was, is] = [part.volume!, next.volume!];
  const faster = was.iops !== is.iops || was.throughputMibs !== is.throughputMibs;
  return {
    because: 'the claims of a StatefulSet are immutable, though EBS changes their volumes in place',
    steps: [
      ...ifAny(
        is.gib > was.gib,
        step(
          'prepare',
          `set the size of each claim of ${part.id} (\`kubectl patch pvc\`) to ${is.gib}Gi: its volume grows under the pod, once in six hours`,
        ),
      ),
      ...ifAny(
        faster,
        step('prepare', `give each volume ${is.iops ?? 3000} IOPS and ${is.throughputMibs ?? 125} MiB/s by \`aws ec2 modify-volume\``),
      ),
      forgetSets(part),
      come(`members of ${part.id} to come get volumes of the new sort`),
    ],
    down: 'nothing; members are replaced one after the other',
    source: faster ? MODIFY : EXPANSION,
  };
}

/** Sets come empty, or have to be empty before they go: which holds a key is the application's to say. */
function rebalance(part: StatefulPart, next: StatefulPart): Way {
  const fewer = next.count < part.count;
  return {
    because: 'keys stay in the member they are in',
    steps: [
      ...ifAny(describe(part) !== describe(next), forgetSets(part)),
      // Fewer members go only when they are empty, more come before keys can move.
      ...ifAny(fewer, step('copy', `copy keys of ${part.id} to the members that stay, by the store itself or the application`)),
      come(fewer ? `the last members of ${part.id} go` : `the new members of ${part.id} come empty`),
      ...ifAny(
        !fewer,
        step('after', `copy keys of ${part.id} to the members that are to hold them, then send their callers there`),
        step('remove', `delete the keys of ${part.id} that have moved where they were`),
      ),
      ...ifAny(
        fewer,
        step(
          'remove',
          `when nothing is missed, delete the claims of the members that are gone, and their volumes: they are billed until then`,
        ),
      ),
    ],
    down: `writes to keys of ${part.id} that move, from their last copy until callers use the new member`,
    source: IMMUTABLE,
  };
}

/** What is on the disk of a machine goes with it. */
const restore = (part: StatefulPart): Way => ({
  because: 'its volumes do not go over to the new machines',
  steps: [
    step('stop', `stop what writes to ${part.id}, and back it up once more`),
    come(`${part.id} comes empty on the new machines`),
    step('after', `restore ${part.id} from its backup`),
  ],
  down: `${part.id}, from stopping what writes until it is restored`,
  source: IMMUTABLE,
});

const leave = (part: StatefulPart): Way => ({
  because: 'the stage keeps it on no volume',
  steps: [
    step('stop', `stop what uses ${part.id}, and back it up once more`),
    FOUND,
    step('after', `copy what is to be kept from the backup of ${part.id}`),
    step('remove', `\`kubectl delete ${setsOf(part)}\`; when nothing is missed, delete its claims and volumes: they are billed until then`),
  ],
  down: `what uses ${part.id}, from stopping it until the copy is done`,
  source: IMMUTABLE,
});
