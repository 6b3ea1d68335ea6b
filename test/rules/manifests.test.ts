import { ScaledObject, TriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { everyStage, type KubernetesObject } from '../every-stage';
import { CACHE } from '../every-stage/place';
import { pythonTools } from '../../scripts/python-tools';

test('every manifest passes the strict schema of the version its cluster runs', () => {
  const versions = everyStage.flatMap(([, stage]) =>
    stage.templates.flatMap((t) =>
      Object.values(t.resources).flatMap((r) => (r.Type === 'AWS::EKS::Cluster' ? [String(r.Properties!.Version)] : [])),
    ),
  );
  expect(new Set(versions).size).toBe(1);
  const check = spawnSync(join(pythonTools(), 'python'), [join(__dirname, '../../scripts/strict-schema.py'), CACHE, versions[0]!], {
    encoding: 'utf8',
  });
  expect(check.stderr).toBe('');
  expect(check.stdout).toMatch(/^\d+ objects checked against Kubernetes [\d.]+, 0 with problems\n$/);
  expect(check.status).toBe(0);
}, 600_000);

test('every object of KEDA passes its schema', () => {
  const models: Record<string, new (o: KubernetesObject) => { validate(): void }> = { ScaledObject, TriggerAuthentication } as never;
  const objects = everyStage.flatMap(([, stage]) => stage.objects.filter(({ kind }) => models[kind]));
  expect(new Set(objects.map(({ kind }) => kind)).size).toBe(Object.keys(models).length);
  for (const object of objects) expect(() => new models[object.kind]!(object).validate()).not.toThrow();
});

describe.each(everyStage)('manifests of %s', (_, stage) => {
  const { objects } = stage;
  const pods = objects.flatMap((o) => podOf(o).map((pod) => ({ where: `${o.kind} ${o.metadata.name}`, pod })));

  test('run pods that may do nothing they need not', () => {
    expect(pods.length).toBeGreaterThan(0);
    for (const { where, pod } of pods) {
      expect([where, pod.securityContext?.runAsNonRoot]).toEqual([where, true]);
      expect([where, pod.hostNetwork, pod.hostPID, pod.hostIPC].filter(Boolean)).toEqual([where]);
      expect([where, (pod.volumes ?? []).filter((volume) => 'hostPath' in volume)]).toEqual([where, []]);
      for (const c of [...pod.containers, ...(pod.initContainers ?? [])]) {
        expect([where, c.securityContext?.capabilities?.add ?? []]).toEqual([where, []]);
        expect([where, c.securityContext]).toMatchObject([
          where,
          {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
            seccompProfile: { type: 'RuntimeDefault' },
          },
        ]);
      }
    }
  });

  test('say what each container needs', () => {
    for (const { where, pod } of pods)
      for (const c of pod.containers) {
        expect([where, c.resources?.requests?.cpu, c.resources?.requests?.memory, c.resources?.limits?.memory]).not.toContain(undefined);
      }
  });

  test('stand in a namespace that enforces the restricted profile and denies traffic by default', () => {
    const namespaces = objects.filter((o) => o.kind === 'Namespace');
    expect(namespaces.length).toBeGreaterThan(0);
    for (const n of namespaces) {
      expect(n.metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
      const denying = objects.filter(
        (o) =>
          o.kind === 'NetworkPolicy' &&
          o.metadata.namespace === n.metadata.name &&
          JSON.stringify(o.spec?.['podSelector' as never] ?? {}) === '{}',
      );
      expect(denying.length).toBeGreaterThan(0);
    }
  });
});

interface Container {
  name: string;
  securityContext?: { capabilities?: { add?: string[] } };
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
}

interface Pod {
  securityContext?: { runAsNonRoot?: boolean };
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  volumes?: object[];
  containers: Container[];
  initContainers?: Container[];
}

function podOf(o: KubernetesObject): Pod[] {
  const spec = o.spec as unknown as { template?: { spec: Pod }; jobTemplate?: { spec: { template: { spec: Pod } } } } | undefined;
  const pod = spec?.template?.spec ?? spec?.jobTemplate?.spec.template.spec;
  return pod ? [pod] : [];
}
