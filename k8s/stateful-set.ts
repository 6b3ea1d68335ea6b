import { Duration, JsonPatch } from 'cdk8s';
import {
  type AbstractPodProps,
  EnvFieldPaths,
  EnvValue,
  k8s,
  LabelSelector,
  PodManagementPolicy,
  Pods,
  Service,
  type ServiceAccount,
  StatefulSet,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { membersName, membersOf } from '../plan/members';
import { PEER_PORT, POD_PORT } from '../plan/ports';
import type { StatefulPart } from '../plan/sizing/stateful';
import type { Cell } from './cell';
import { endpointsDigest } from './endpoints-config';
import { selectorLabels, setLabels, workloadLabels } from './labels';
import { patchManifest, withoutAddress } from './patch';
import { onTier } from './placement';
import { podOf, USER } from './pod';
import { keptVolume, storageClassOf } from './storage-class';
import { topologySpread } from './topology-spread';

/** Where a member keeps what it is to find again. */
const DATA = { name: 'data', mountPath: '/data' };
/** Between the end of the drain and the kill; seconds. */
const MARGIN_SECONDS = 5;

/** Members of a stateful part: a StatefulSet for each set of copies, and the name by which any of them is reached. */
export function addStatefulSets(scope: Construct, cell: Cell, part: StatefulPart, account: ServiceAccount): void {
  new Service(scope, 'service', {
    metadata: { name: part.id },
    selector: Pods.select(scope, 'members', { labels: selectorLabels(part.id) }),
    ports: [{ name: 'http', port: POD_PORT, targetPort: POD_PORT }],
  });
  for (const name of part.sets) addSet(new Construct(scope, `set-${name}`), cell, part, account, { name, selector: setLabels(part, name) });
}

/** One set. */
interface MemberSet {
  name: string;
  /** Labels its pods are found by. */
  selector: Record<string, string>;
}

function addSet(scope: Construct, cell: Cell, part: StatefulPart, account: ServiceAccount, { name, selector }: MemberSet): void {
  const set = new StatefulSet(scope, 'stateful-set', {
    ...memberOf(scope, cell, part, account, name),
    metadata: { name, annotations: { 'kubernetes.io/description': part.does } },
    podMetadata: {
      labels: { ...workloadLabels(cell, part), ...selector },
      annotations: { 'scaleprint.dev/endpoints': endpointsDigest(cell, part.id) },
    },
    select: false,
    replicas: part.replicas,
    service: membersService(scope, part, name, selector),
    // Copies find each other before any of them is ready. Updates still go from one to the next.
    podManagementPolicy: PodManagementPolicy.PARALLEL,
    terminationGracePeriod: Duration.seconds(part.drainSeconds + MARGIN_SECONDS),
  });
  set.select(LabelSelector.of({ labels: selector }));
  const pod = '/spec/template/spec';
  patchManifest(
    set,
    withoutAddress('/spec/template'),
    ...onTier(cell, pod, part.tier),
    ...(cell.deployment.platform === 'eks'
      ? [JsonPatch.add(`${pod}/topologySpreadConstraints`, topologySpread(cell, selector, { surges: false }))]
      : []),
    ...storage(cell, part, pod),
  );
  if (cell.deployment.platform === 'eks') addBudget(scope, part, name, selector);
}

/** The pod of any workload, told which member it is and where the others of its set are. */
function memberOf(scope: Construct, cell: Cell, part: StatefulPart, account: ServiceAccount, set: string): AbstractPodProps {
  const { containers = [], ...pod } = podOf(scope, cell, part, account);
  const peers = { PEER_PORT: EnvValue.fromValue(String(PEER_PORT)), PEERS: EnvValue.fromValue(membersOf(set, part).join(',')) };
  const variables = {
    POD_NAME: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME),
    ...(part.volume && { DATA_DIRECTORY: EnvValue.fromValue(DATA.mountPath) }),
    ...(part.peers && peers),
  };
  return {
    ...pod,
    containers: containers.map((container) => ({
      ...container,
      ports: [...(container.ports ?? []), ...(part.peers ? [{ name: 'peers', number: PEER_PORT }] : [])],
      envVariables: { ...variables, ...container.envVariables },
    })),
  };
}

/** Gives each member a name. Members are found before they are ready, as copies have to hear each other to become so. */
function membersService(scope: Construct, { peers }: StatefulPart, set: string, selector: Record<string, string>): Service {
  const ports = [{ name: 'http', port: POD_PORT }, ...(peers ? [{ name: 'peers', port: PEER_PORT }] : [])];
  const service = new Service(scope, 'members', {
    metadata: { name: membersName(set) },
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    ports,
  });
  // The library would select by the label that is taken off the pods.
  patchManifest(service, JsonPatch.add('/spec/selector', selector));
  return service;
}

/** A volume for each member, or a part of the node's disk. */
function storage(cell: Cell, part: StatefulPart, pod: string): JsonPatch[] {
  if (!part.volume) return [];
  const size = `${part.volume.gib}Gi`;
  const kept = keptVolume(part);
  const claim = kept && {
    metadata: { name: DATA.name },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: storageClassOf(cell, kept), resources: { requests: { storage: size } } },
  };
  return [
    JsonPatch.add(`${pod}/containers/0/volumeMounts/-`, DATA),
    JsonPatch.add(`${pod}/securityContext/fsGroup`, USER),
    ...(claim
      ? [
          JsonPatch.add('/spec/volumeClaimTemplates', [claim]),
          JsonPatch.add('/spec/persistentVolumeClaimRetentionPolicy', { whenDeleted: 'Retain', whenScaled: 'Retain' }),
        ]
      : [JsonPatch.add(`${pod}/volumes/-`, { name: DATA.name, emptyDir: { sizeLimit: size } })]),
  ];
}

/** Lets nodes be drained one copy of a set after the other, so that a quorum stays one; owners a tenth at a time. A single pod would never let its node go. */
function addBudget(scope: Construct, { replicas, peers }: StatefulPart, name: string, selector: Record<string, string>): void {
  if (replicas < 2) return;
  new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
    metadata: { name },
    spec: {
      selector: { matchLabels: selector },
      maxUnavailable: peers ? k8s.IntOrString.fromNumber(1) : k8s.IntOrString.fromString('10%'),
      // Of copies, one that is broken counts: the next might be the one too many.
      unhealthyPodEvictionPolicy: peers ? 'IfHealthyBudget' : 'AlwaysAllow',
    },
  });
}
