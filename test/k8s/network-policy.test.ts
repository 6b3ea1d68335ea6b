import { type KubernetesObject, find, objectsOf, type Json } from './read-manifests';
import { tinyPlan } from './tiny-system';

const zones = objectsOf(tinyPlan('zones'));
const box = objectsOf(tinyPlan('box'));

/** A rule in short: `shop:8080`, `10.0.0.0/16:5432,6379`. */
const rules = (policy: KubernetesObject, direction: 'ingress' | 'egress'): string[] =>
  (policy.spec[direction] ?? []).map((rule: Json) => {
    const [peer] = rule[direction === 'ingress' ? 'from' : 'to'];
    const who =
      peer.ipBlock?.cidr ??
      peer.podSelector.matchLabels?.['app.kubernetes.io/name'] ??
      Object.values(peer.podSelector.matchLabels ?? {})[0] ??
      '';
    const where = peer.namespaceSelector ? `${peer.namespaceSelector.matchLabels['kubernetes.io/metadata.name']}/` : '';
    return `${where}${who}:${rule.ports.map((p: Json) => p.port).join()}`;
  });
const policy = (name: string, from = zones) => find(from, 'NetworkPolicy', name);
const ingress = (name: string, from = zones) => rules(policy(name, from), 'ingress');
const egress = (name: string, from = zones) => rules(policy(name, from), 'egress');

test('nothing is open by itself but DNS', () => {
  expect(policy('default-deny').spec).toMatchObject({ podSelector: {}, policyTypes: ['Egress', 'Ingress'] });
  expect(ingress('default-deny')).toEqual([]);
  expect(egress('default-deny')).toEqual(['kube-system/kube-dns:53,53']);
});

test('every workload has a policy for both directions', () => {
  for (const name of ['shop', 'stock', 'chat', 'mailer', 'sweep']) {
    expect(policy(name).spec).toMatchObject({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
      policyTypes: ['Egress', 'Ingress'],
    });
  }
});

test('callers are let in: services by name, balancers from the network, nobody to a consumer', () => {
  expect(ingress('stock')).toEqual(['shop:8080', 'sweep:8080']);
  expect(ingress('shop')).toEqual(['10.0.0.0/16:8080']);
  expect(ingress('chat')).toEqual(['10.0.0.0/16:8080', 'keda/keda-operator:8080']);
  expect(ingress('mailer')).toEqual([]);
});

test('what is called is let out on the port of its kind', () => {
  expect(egress('shop')).toEqual(['stock:8080', '10.0.0.0/16:443,5432,5671,6379,9098', '0.0.0.0/0:443', '169.254.170.23/32:80']);
  expect(egress('chat')).toEqual(['0.0.0.0/0:9142', '169.254.170.23/32:80']);
  // A busy queue has an endpoint of its own, mail has none.
  expect(egress('mailer')).toEqual(['10.0.0.0/16:443', '0.0.0.0/0:443', '169.254.170.23/32:80']);
  expect(egress('stock')).toEqual([]);
});

test('on the one machine Traefik is the caller and the machine has the credentials', () => {
  expect(ingress('shop', box)).toEqual(['kube-system/traefik:8080']);
  expect(egress('chat', box)).toContain('169.254.169.254/32:80');
});

test('the network is the one the clusters live in', () => {
  expect(ingress('shop', objectsOf(tinyPlan('zones'), { vpcCidr: '10.9.0.0/16' }))).toEqual(['10.9.0.0/16:8080']);
});
