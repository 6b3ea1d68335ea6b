import { memberNames } from '../../plan/members';
import type { StatefulPart } from '../../plan/sizing/stateful';
import { smallest } from '../../plan/smallest';
import { tinyStatefulPlan } from '../plan/tiny-stateful';
import { find, type Json, objectsOf } from './read-manifests';

const plan = tinyStatefulPlan('more');
const objects = objectsOf(plan);
const box = objectsOf(tinyStatefulPlan('box'));
const sandbox = objectsOf(smallest(plan));
const part = (id: string) => plan.deployments[0]!.parts.find((p) => p.id === id) as StatefulPart;
const sets = objects.filter(({ kind }) => kind === 'StatefulSet');
const set = (name: string, from = objects) => find(from, 'StatefulSet', name).spec;
const pod = (name: string, from = objects) => set(name, from).template.spec;
const environment = (name: string): Record<string, Json> =>
  Object.fromEntries(pod(name).containers[0].env.map((e: Json) => [e.name, e.value ?? e.valueFrom]));
const ofPart = (from: typeof objects, id: string) =>
  from.filter((o) => o.kind === 'StatefulSet' && o.metadata.labels['app.kubernetes.io/name'] === id);
const matches = (selector: Record<string, string>, labels: Record<string, string>) =>
  Object.entries(selector).every(([k, v]) => labels[k] === v);

test('there is a set for each of the plan, with its members', () => {
  for (const id of ['owners', 'leases', 'reports']) {
    expect(ofPart(objects, id).map(({ metadata }) => metadata.name)).toEqual(part(id).sets);
    for (const { spec } of ofPart(objects, id)) expect(spec.replicas).toBe(part(id).replicas);
  }
  expect(sets.length).toBe(1 + 1 + part('reports').sets.length);
});

test('members have the names that callers are told, found before they are ready', () => {
  const { data } = find(objects, 'ConfigMap', 'endpoints');
  for (const id of ['owners', 'leases', 'reports']) {
    expect(data[`${id.toUpperCase()}_HOSTS`]!.split(',')).toEqual(memberNames(part(id)));
    const named = ofPart(objects, id).flatMap(({ metadata, spec }) =>
      Array.from({ length: spec.replicas }, (_, i) => `${metadata.name}-${i}.${spec.serviceName}`),
    );
    expect(named).toEqual(memberNames(part(id)));
    expect(data).toMatchObject({ [`${id.toUpperCase()}_HOST`]: id, [`${id.toUpperCase()}_PORT`]: '8080' });
  }
  for (const { spec } of sets) {
    const service = find(objects, 'Service', spec.serviceName).spec;
    expect(service).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(service.selector).toEqual(spec.selector.matchLabels);
  }
});

test('selectors of sets, their services, budgets and spreads find their own members alone; that of the part finds all', () => {
  const labels = sets.map(({ metadata, spec }) => [metadata.name, spec.template.metadata.labels]);
  const found = (selector: Record<string, string>) => labels.flatMap(([name, own]) => (matches(selector, own) ? [name] : []));
  for (const { metadata, spec } of sets) {
    expect(found(spec.selector.matchLabels)).toEqual([metadata.name]);
    expect(found(find(objects, 'PodDisruptionBudget', metadata.name).spec.selector.matchLabels)).toEqual([metadata.name]);
    for (const spread of spec.template.spec.topologySpreadConstraints)
      expect(found(spread.labelSelector.matchLabels)).toEqual([metadata.name]);
  }
  expect(found(find(objects, 'Service', 'reports').spec.selector)).toEqual(part('reports').sets);
});

test('copies are in different zones, and all but one of a set stay while nodes are drained', () => {
  for (const { metadata, spec } of sets) {
    const [zones] = spec.template.spec.topologySpreadConstraints;
    expect(zones).toMatchObject({ topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 });
    expect(zones).not.toHaveProperty('matchLabelKeys');
    const { maxUnavailable } = find(objects, 'PodDisruptionBudget', metadata.name).spec;
    expect(maxUnavailable).toBe(metadata.name === 'owners' ? '10%' : 1);
  }
});

test('start together and are updated one after the other', () => {
  for (const { spec } of sets) expect(spec).toMatchObject({ podManagementPolicy: 'Parallel', updateStrategy: { type: 'RollingUpdate' } });
});

test('keep what they hold on encrypted volumes that stay when their claims go', () => {
  for (const id of ['leases', 'reports'])
    for (const { spec } of ofPart(objects, id)) {
      const [claim] = spec.volumeClaimTemplates;
      expect(claim.spec.resources.requests.storage).toBe(`${part(id).volume!.gib}Gi`);
      const found = objects.find((o) => o.kind === 'StorageClass' && o.metadata.name === claim.spec.storageClassName) as Json;
      expect(found).toMatchObject({
        provisioner: 'ebs.csi.aws.com',
        parameters: { type: 'gp3', encrypted: 'true' },
        reclaimPolicy: 'Retain',
        allowVolumeExpansion: true,
        volumeBindingMode: 'WaitForFirstConsumer',
      });
      expect(found.metadata).not.toHaveProperty('namespace');
      expect([found.parameters.iops, found.parameters.throughput]).toEqual(id === 'reports' ? ['6000', '250'] : [undefined, undefined]);
      expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
      expect(spec.template.spec.securityContext.fsGroup).toBe(1000);
      expect(spec.template.spec.containers[0].volumeMounts).toContainEqual({ name: claim.metadata.name, mountPath: '/data' });
    }
  expect(set('owners')).not.toHaveProperty('volumeClaimTemplates');
  expect(environment('owners')).not.toHaveProperty('DATA_DIRECTORY');
});

test('on the one machine volumes are folders of its disk, and zones do not bind', () => {
  expect(set('leases', box).volumeClaimTemplates[0].spec.storageClassName).toBe('local-path');
  expect(box.filter(({ kind }) => kind === 'StorageClass' || kind === 'PodDisruptionBudget')).toEqual([]);
  expect(pod('leases', box)).not.toHaveProperty('topologySpreadConstraints');
});

test('in a sandbox nothing is claimed, because nobody would take the volume away', () => {
  expect(sandbox.filter(({ kind }) => kind === 'StatefulSet')).toHaveLength(3);
  for (const o of sandbox) {
    expect(['PersistentVolumeClaim', 'StorageClass']).not.toContain(o.kind);
    expect(o.spec ?? {}).not.toHaveProperty('volumeClaimTemplates');
  }
  expect(pod('leases', sandbox).volumes).toContainEqual({ name: 'data', emptyDir: { sizeLimit: '1Gi' } });
  expect(pod('reports-1', sandbox).containers[0].volumeMounts).toContainEqual({ name: 'data', mountPath: '/data' });
});

test('copies are told of each other, and let through to each other alone', () => {
  expect(environment('reports-2')).toMatchObject({
    POD_NAME: { fieldRef: { fieldPath: 'metadata.name' } },
    PEERS: 'reports-2-0.reports-2-members,reports-2-1.reports-2-members',
    PEER_PORT: '8081',
  });
  expect(environment('owners')).not.toHaveProperty('PEERS');
  const own = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'reports' } } };
  const at = (name: string, port: number) => {
    const { ingress = [], egress = [] } = find(objects, 'NetworkPolicy', name).spec;
    return [...ingress, ...egress]
      .filter((rule: Json) => rule.ports.some((p: Json) => p.port === port))
      .map((rule: Json) => rule.from ?? rule.to);
  };
  expect(at('reports', 8081)).toEqual([[own], [own]]);
  expect(at('owners', 8081)).toEqual([]);
});

test('callers are let in, and rolled when members come', () => {
  const digest = (from: typeof objects) =>
    find(from, 'Deployment', 'gateway').spec.template.metadata.annotations['scaleprint.dev/endpoints'];
  expect(digest(objects)).not.toBe(digest(objectsOf(tinyStatefulPlan('zones'))));
  const [rule] = find(objects, 'NetworkPolicy', 'owners').spec.ingress;
  expect(rule).toMatchObject({
    from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'gateway' } } }],
    ports: [{ port: 8080 }],
  });
});
