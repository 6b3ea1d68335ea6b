import { fleetsOf } from '../../k8s/fleet';
import type { ServicePart } from '../../plan/sizing/service';
import { find, type KubernetesObject, objectsOf } from './read-manifests';
import { tinyFleetsPlan } from './tiny-fleets';

const planned = tinyFleetsPlan();
const parts = planned.deployments[0]!.parts;
const service = (id: string) => parts.find((p): p is ServicePart => p.kind === 'service' && p.id === id)!;
const objects = objectsOf(planned);
const of = (kind: string) => objects.filter((o) => o.kind === kind);
const names = (kind: string) => of(kind).map((o) => o.metadata.name);
const podLabels = (deployment: KubernetesObject): Record<string, string> => deployment.spec.template.metadata.labels;
const matches = (selector: Record<string, string>, labels: Record<string, string>) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);
const selected = (selector: Record<string, string>) =>
  of('Deployment').flatMap((d) => (matches(selector, podLabels(d)) ? [d.metadata.name] : []));
const FLEETS = { api: ['api-1', 'api-2', 'api-3'], gateway: ['gateway-1', 'gateway-2'] };

test('the plan has three, two and one', () => {
  expect(['api', 'gateway', 'stock'].map((id) => service(id).fleets)).toEqual([3, 2, 1]);
  expect(fleetsOf(service('stock'))).toMatchObject([{ name: 'stock', pods: service('stock').pods }]);
});

test('each is a Deployment with its autoscaler and budget, the only one without a number', () => {
  expect(names('Deployment')).toEqual([...FLEETS.api, ...FLEETS.gateway, 'stock']);
  expect([...names('HorizontalPodAutoscaler'), ...names('ScaledObject')].sort()).toEqual([...FLEETS.api, ...FLEETS.gateway]);
  expect(names('PodDisruptionBudget')).toEqual(names('Deployment'));
});

test('each has an equal share of the pods', () => {
  for (const name of FLEETS.api) {
    const { minReplicas, maxReplicas, scaleTargetRef } = find(objects, 'HorizontalPodAutoscaler', name).spec;
    expect(scaleTargetRef.name).toBe(name);
    expect([3 * minReplicas, 3 * maxReplicas]).toEqual([service('api').pods.min, service('api').pods.peak]);
    expect(find(objects, 'Deployment', name).spec).not.toHaveProperty('replicas');
  }
});

test('selectors of Deployments, budgets and spreads find the pods of their fleet and no others', () => {
  for (const d of of('Deployment')) {
    const name = d.metadata.name;
    expect(selected(d.spec.selector.matchLabels)).toEqual([name]);
    expect(selected(find(objects, 'PodDisruptionBudget', name).spec.selector.matchLabels)).toEqual([name]);
    for (const spread of d.spec.template.spec.topologySpreadConstraints) expect(selected(spread.labelSelector.matchLabels)).toEqual([name]);
  }
});

test('each is registered with one balancer of every part in front, by a Service of its own', () => {
  const bindings = of('TargetGroupBinding').map(({ metadata, spec }) => [
    metadata.name,
    selected(find(objects, 'Service', spec.serviceRef.name).spec.selector).join(),
    spec.targetGroupARN.split('.').at(-1),
  ]);
  expect(bindings).toEqual([
    ['web-1-api', 'api-1', 'Web1ApiTargetGroupArn'],
    ['web-2-api', 'api-2', 'Web2ApiTargetGroupArn'],
    ['web-3-api', 'api-3', 'Web3ApiTargetGroupArn'],
    ['sockets-1-gateway', 'gateway-1', 'Sockets1GatewayTargetGroupArn'],
    ['sockets-2-gateway', 'gateway-2', 'Sockets2GatewayTargetGroupArn'],
  ]);
});

test('callers know all fleets by one name, and what nobody calls has none', () => {
  expect(selected(find(objects, 'Service', 'api').spec.selector)).toEqual(FLEETS.api);
  expect(selected(find(objects, 'Service', 'stock').spec.selector)).toEqual(['stock']);
  expect(names('Service').sort()).toEqual([...FLEETS.api, ...FLEETS.gateway, 'api', 'stock'].sort());
  expect(find(objects, 'ConfigMap', 'endpoints').data.API_URL).toBe('http://api');
});

test('all fleets of a service share its identity and network policy', () => {
  expect(names('ServiceAccount')).toEqual(['api', 'gateway', 'stock']);
  for (const name of FLEETS.gateway) expect(find(objects, 'Deployment', name).spec.template.spec.serviceAccountName).toBe('gateway');
  expect(selected(find(objects, 'NetworkPolicy', 'gateway').spec.podSelector.matchLabels)).toEqual(FLEETS.gateway);
  const [caller] = find(objects, 'NetworkPolicy', 'api').spec.ingress;
  expect(selected(caller.from[0].podSelector.matchLabels)).toEqual(FLEETS.gateway);
});

test('fleets are alike but for their number', () => {
  const anonymous = (d: KubernetesObject) =>
    JSON.stringify(d)
      .replaceAll(/api-\d/g, 'api')
      .replaceAll(/(fleet":)"\d"/g, '$1"n"');
  const [first, ...others] = FLEETS.api.map((name) => anonymous(find(objects, 'Deployment', name)));
  for (const other of others) expect(other).toEqual(first);
});
