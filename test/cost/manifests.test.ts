import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { estimate } from '../../cost/estimate';
import { loadManifests } from '../../cost/manifests';
import { PriceBook } from '../../cost/price-book';
import { TemplateError } from '../../cost/template';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'k8s-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (...objects: string[]) => writeFileSync(join(folder, 'app.yaml'), objects.join('\n---\n'));
const price = (usage = {}) => estimate([loadManifests(folder, 'us-east-1')], PriceBook.open(), { usage });

const object = (kind: string, name: string, spec = '{}') => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: ${spec}`;

describe('Kubernetes manifests', () => {
  test('a claim is a gp3 volume, a stateful set has one for each replica', () => {
    write(
      object('PersistentVolumeClaim', 'data', '{resources: {requests: {storage: 20Gi}}}'),
      object(
        'StatefulSet',
        'db',
        '{replicas: 3, volumeClaimTemplates: [{spec: {storageClassName: gp3, resources: {requests: {storage: 0.5Ti}}}}]}',
      ),
      object('PersistentVolumeClaim', 'on-node', '{storageClassName: local-path, resources: {requests: {storage: 20Gi}}}'),
    );
    // 20 x 0.08; 3 x 512 GB x 0.08
    expect(price().lineItems.map(({ resource, quantity, monthly }) => [resource, quantity, monthly])).toEqual([
      ['kubernetes/default/PersistentVolumeClaim/data', 20, 1.6],
      ['kubernetes/default/StatefulSet/db', 1536, 122.88],
    ]);
    expect(price().coverage).toMatchObject({ resources: 0, objects: 3, priced: 2, free: 1 });
  });

  test('a claim has the type and the speed of its storage class, where that is among the manifests', () => {
    const fast = { type: 'gp3', iops: '6000', throughput: '250' };
    write(
      `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nparameters: ${JSON.stringify(fast)}`,
      object(
        'StatefulSet',
        'db',
        '{replicas: 2, volumeClaimTemplates: [{spec: {storageClassName: fast, resources: {requests: {storage: 100Gi}}}}]}',
      ),
    );
    // 2 x 100 GB x 0.08; 2 x 3000 IOPS x 0.005; 2 x 125 MiB/s x 0.04
    expect(price().lineItems.map(({ quantity, monthly }) => [quantity, monthly])).toEqual([
      [200, 16],
      [6000, 30],
      [250, 10],
    ]);
    expect(price().unpriced).toEqual([]);
  });

  test('a service of type LoadBalancer is an NLB, an ingress of class alb an ALB', () => {
    write(
      object('Service', 'web', '{type: LoadBalancer}'),
      object('Service', 'inner'),
      object('Ingress', 'edge', '{ingressClassName: alb}'),
      object('Ingress', 'own'),
    );
    const usage = { newConnectionsPerSecond: 800, activeConnections: 0, processedGbPerMonth: 0 };
    const { lineItems, coverage } = price({ 'Kubernetes::Service': usage });
    // 730 x 0.0225; 800 / 800 a unit x 730 x 0.006; 730 x 0.0225
    expect(lineItems.map(({ dimension, monthly }) => [dimension, monthly])).toEqual([
      ['Network Load Balancer', 16.425],
      ['capacity units, NLB over TCP', 4.38],
      ['Application Load Balancer', 16.425],
    ]);
    expect(coverage).toMatchObject({ priced: 1, lackingUsage: 1, free: 2 });
  });

  test('each trigger of KEDA that asks CloudWatch pays for its looks: cached as it polls, else as the autoscaler looks', () => {
    const trigger = (type: string, more = '') => `{type: ${type}, metadata: {}${more}}`;
    const spec = (interval: string, ...triggers: string[]) => `{${interval}triggers: [${triggers.join(', ')}]}`;
    const cached = trigger('aws-cloudwatch', ', useCachedMetrics: true');
    write(
      object('ScaledObject', 'minutely', spec('pollingInterval: 60, ', cached, cached)),
      object('ScaledObject', 'untold', spec('', cached)),
      object('ScaledObject', 'uncached', spec('pollingInterval: 60, ', trigger('aws-cloudwatch'))),
      object('ScaledObject', 'pods', spec('', trigger('metrics-api'))),
    );
    // 43,800 minutes a month at 0.01 a thousand: two triggers; every half minute; four times a minute
    expect(price().lineItems.map(({ resource, quantity, monthly }) => [resource.split('/').at(-1), quantity, monthly])).toEqual([
      ['minutely', 87.6, 0.876],
      ['untold', 87.6, 0.876],
      ['uncached', 175.2, 1.752],
    ]);
    expect(price().free).toMatchObject([{ type: 'Kubernetes::ScaledObject', why: 'as configured' }]);
  });

  test('ordinary kinds are free, strange ones unknown', () => {
    write(object('Deployment', 'web'), object('ConfigMap', 'settings'), object('VirtualMachine', 'old'));
    expect(price().free.map(({ type }) => type)).toEqual(['Kubernetes::ConfigMap', 'Kubernetes::Deployment']);
    expect(price().unpriced).toMatchObject([{ type: 'Kubernetes::VirtualMachine', why: 'unknown' }]);
  });

  test('a quantity that is none cannot be priced', () => {
    write(object('PersistentVolumeClaim', 'data', '{resources: {requests: {storage: plenty}}}'));
    expect(price().unpriced).toMatchObject([{ why: 'unknown', detail: 'storage is "plenty"; a quantity such as 20Gi can be priced' }]);
  });

  test('are read from subfolders; empty documents are skipped', () => {
    mkdirSync(join(folder, 'web'));
    writeFileSync(join(folder, 'web', 'a.yml'), `---\n${object('Deployment', 'web')}\n---\n`);
    expect(loadManifests(folder, 'us-east-1').resources.map(({ logicalId }) => logicalId)).toEqual(['default/Deployment/web']);
  });

  test.each([
    ['none at all', undefined, /found no \*\.yaml file/],
    ['no YAML', 'kind: [', /app\.yaml: not YAML/],
    ['no Kubernetes object', 'kind: Pod', /app\.yaml, document 1: not a Kubernetes object/],
  ])('%s', (_, content, message) => {
    if (content !== undefined) write(content);
    expect(() => loadManifests(folder, 'us-east-1')).toThrow(TemplateError);
    expect(() => loadManifests(folder, 'us-east-1')).toThrow(message);
  });
});
