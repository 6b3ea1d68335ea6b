import { parse } from 'yaml';
import { controllersOf } from '../../k8s/controllers';
import { filesPlan } from '../plan/capacity-system';
import { find, type Json, objectsOf } from './read-manifests';

const plan = filesPlan('zones');
const objects = objectsOf(plan);
const deployed = (name: string): Json => find(objects, 'Deployment', name).spec.template.spec;
const train: Json = find(objects, 'CronJob', 'train').spec.jobTemplate.spec.template.spec;
const toleration = (tier: string) => ({ key: 'scaleprint.dev/tier', operator: 'Equal', value: tier, effect: 'NoSchedule' });

test('pods go to the nodes of their tier, and bear what keeps others away', () => {
  const placed = [deployed('api'), deployed('resizer'), deployed('classifier'), train].map((pod) => [pod.nodeSelector, pod.tolerations]);
  expect(placed).toEqual([
    [{ 'scaleprint.dev/tier': 'web' }, undefined],
    [{ 'scaleprint.dev/tier': 'batch' }, [toleration('batch')]],
    [{ 'scaleprint.dev/tier': 'gpu' }, [toleration('gpu')]],
    [{ 'scaleprint.dev/tier': 'gpu' }, [toleration('gpu')]],
  ]);
});

test('GPUs are asked for as limits, by those that have them', () => {
  const limits = [deployed('api'), deployed('classifier'), train].map((pod) => pod.containers[0].resources.limits['nvidia.com/gpu']);
  expect(limits).toEqual([undefined, '1', '1']);
});

test('a cluster with GPUs gets the daemon that lists them, on their nodes only', () => {
  const releases = (of: typeof plan): Json[] => controllersOf(of).flatMap(({ text }) => (parse(text) as Json).releases);
  const plugin = releases(plan).find((r) => r.name === 'nvidia-device-plugin');
  expect(plugin).toMatchObject({ namespace: 'kube-system', values: [{ tolerations: [toleration('gpu')] }] });
  const without = plan.deployments.map((d) => ({ ...d, parts: d.parts.filter((p) => p.id !== 'classifier' && p.id !== 'train') }));
  const names = releases({ ...plan, deployments: without }).map((r) => r.name);
  expect(names).toContain('cluster-autoscaler');
  expect(names).not.toContain('nvidia-device-plugin');
});

test('what may be interrupted goes a tenth of its pods at a time', () => {
  expect(find(objects, 'PodDisruptionBudget', 'resizer').spec.maxUnavailable).toBe('10%');
});
