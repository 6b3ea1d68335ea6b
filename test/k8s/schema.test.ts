import { type KubernetesObject, objectsOf } from './read-manifests';
import { modelsOf, typeProblems } from './strict-types';
import { tinyStatefulPlan } from '../plan/tiny-stateful';
import { tinyPlan } from './tiny-system';

const stages = ['box', 'zone', 'zones', 'cells'];
/** The controller's own kind, which Kubernetes' schemas do not hold. */
const isForeign = (o: KubernetesObject): boolean => o.kind === 'TargetGroupBinding';
const everything = [...stages.map(tinyPlan), tinyStatefulPlan('more')].flatMap((plan) => objectsOf(plan)).filter((o) => !isForeign(o));
const KINDS = [
  'ConfigMap',
  'CronJob',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Namespace',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'ScaledObject',
  'Service',
  'ServiceAccount',
  'StatefulSet',
  'StorageClass',
  'TriggerAuthentication',
];

test('every kind is among what is checked', () => {
  expect([...new Set(everything.map((o) => o.kind))].sort()).toEqual(KINDS);
});

test('objects keep to the schemas of Kubernetes and KEDA', () => {
  for (const object of everything) {
    const models = jest.requireActual<Record<string, new (o: KubernetesObject) => { validate(): void }>>(modelsOf(object));
    const model = new models[object.kind]!(object);
    expect(() => model.validate()).not.toThrow();
  }
});

test('objects hold no field that Kubernetes and KEDA do not know', () => {
  expect(typeProblems(everything)).toEqual([]);
}, 60_000);

test('the check sees an unknown field deep inside', () => {
  const deployment = structuredClone(everything.find((o) => o.kind === 'Deployment')!);
  deployment.spec.template.spec.containers[0].livenessProbe.httpGet.pfad = '/';
  const scaled = structuredClone(everything.find((o) => o.kind === 'ScaledObject')!);
  scaled.spec.triggers[0].authenticationReference = {};
  expect(typeProblems([deployment, scaled])).toEqual([expect.stringContaining('pfad'), expect.stringContaining('authenticationReference')]);
}, 60_000);

test('a target group binding is what its controller reads', () => {
  const [binding] = objectsOf(tinyPlan('zones')).filter(isForeign);
  expect(binding).toEqual({
    apiVersion: 'elbv2.k8s.aws/v1beta1',
    kind: 'TargetGroupBinding',
    metadata: expect.objectContaining({ name: 'front-shop', namespace: 'tiny' }),
    spec: {
      serviceRef: { name: 'shop', port: 80 },
      targetGroupARN: 'stack-output:tiny-zones-us-east-1-compute.FrontShopTargetGroupArn',
      targetType: 'ip',
    },
  });
});
