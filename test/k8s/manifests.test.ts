import { parse } from 'yaml';
import { manifestsOf } from '../../k8s/manifests';
import { find, objectsOf, type Json } from './read-manifests';
import { tinyPlan } from './tiny-system';

const zones = objectsOf(tinyPlan('zones'));
const box = objectsOf(tinyPlan('box'));
const pod = (name: string, from = zones) => find(from, 'Deployment', name).spec.template.spec;
const container = (name: string, from = zones) => pod(name, from).containers[0];
const environment = (name: string, from = zones): Record<string, unknown> =>
  Object.fromEntries(container(name, from).env.map((e: Json) => [e.name, e.value ?? e.valueFrom.configMapKeyRef]));

describe('files', () => {
  test('one folder a region, the namespace first', () => {
    const paths = manifestsOf(tinyPlan('zones')).map((m) => m.path);
    expect(paths).toEqual(
      ['00-namespace', '01-shared', 'shop', 'stock', 'chat', 'mailer', 'sweep'].map((file) => `us-east-1/${file}.yaml`),
    );
    expect([...paths].sort().slice(0, 2)).toEqual(paths.slice(0, 2));
  });

  test('each cell has a folder, alike but for the stacks it refers to', () => {
    const manifests = manifestsOf(tinyPlan('cells'));
    const of = (folder: string) =>
      manifests
        .filter((m) => m.path.startsWith(`${folder}/`))
        .map((m) => m.text)
        .join();
    expect(of('us-east-1-cell2')).not.toEqual(of('us-east-1'));
    const hashless = (text: string) => text.replaceAll(/endpoints: [0-9a-f]{16}/g, '');
    expect(hashless(of('us-east-1-cell2').replaceAll('us-east-1-cell2', 'us-east-1'))).toEqual(hashless(of('us-east-1')));
    expect(new Set(manifests.map((m) => m.path.split('/')[0]))).toEqual(new Set(['us-east-1', 'us-east-1-cell2', 'us-east-1-cell3']));
  });

  test('the same plan gives the same bytes', () => {
    expect(manifestsOf(tinyPlan('zones'))).toEqual(manifestsOf(tinyPlan('zones')));
  });

  test('every object says what it belongs to and where it lives', () => {
    for (const { kind, metadata } of [...zones, ...box]) {
      expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'tiny', 'app.kubernetes.io/managed-by': 'scaleprint' });
      expect(metadata.namespace).toBe(kind === 'Namespace' ? undefined : 'tiny');
    }
    expect(find(zones, 'Deployment', 'chat').metadata.labels['app.kubernetes.io/component']).toBe('sockets');
  });
});

describe('pods', () => {
  test('request what the plan sized, with memory as their limit and the processor unlimited', () => {
    expect(container('shop').resources).toEqual({ requests: { cpu: '500m', memory: '512Mi' }, limits: { memory: '512Mi' } });
  });

  test('have the disk that they ask for, and a little when they ask for none', () => {
    const scratch = (name: string) => pod(name).volumes.find((v: Json) => v.name === 'scratch').emptyDir.sizeLimit;
    expect([scratch('mailer'), scratch('shop')]).toEqual(['2048Mi', '64Mi']);
    expect(container('mailer').resources.requests['ephemeral-storage']).toBe('2Gi');
  });

  test('keep to the restricted pod security standard', () => {
    expect(find(zones, 'Namespace', 'tiny').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    const specs = [...zones, ...box].flatMap((o) =>
      o.kind === 'Deployment' ? [o.spec.template.spec] : o.kind === 'CronJob' ? [o.spec.jobTemplate.spec.template.spec] : [],
    );
    expect(specs).toHaveLength(10);
    for (const spec of specs) {
      expect(spec).toMatchObject({ automountServiceAccountToken: false, hostNetwork: false, securityContext: { runAsNonRoot: true } });
      expect(spec.containers[0].securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(spec.volumes.every((v: object) => 'emptyDir' in v || 'configMap' in v)).toBe(true);
    }
  });

  test('set the kernel settings that are theirs and safe, and leave the rest to the node', () => {
    expect(pod('shop').securityContext.sysctls).toEqual([{ name: 'net.ipv4.tcp_fin_timeout', value: '15' }]);
  });

  test('select their tier and spread over zones and nodes, but not on the one machine', () => {
    expect(pod('chat').nodeSelector).toEqual({ 'scaleprint.dev/tier': 'sockets' });
    const spread = (from: Json) => from.topologySpreadConstraints?.map((c: Json) => [c.topologyKey, c.whenUnsatisfiable]);
    expect(spread(pod('chat'))).toEqual([
      ['topology.kubernetes.io/zone', 'DoNotSchedule'],
      ['kubernetes.io/hostname', 'ScheduleAnyway'],
    ]);
    expect(spread(pod('chat', objectsOf(tinyPlan('zone'))))).toEqual([['kubernetes.io/hostname', 'ScheduleAnyway']]);
    expect(spread(pod('chat', box))).toBeUndefined();
    expect(pod('chat', box).nodeSelector).toBeUndefined();
  });

  test('have time to leave the balancer and to drain before they are killed', () => {
    expect(container('chat').lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
    expect(pod('chat').terminationGracePeriodSeconds).toBe(15 + 300 + 5);
    expect(container('mailer').lifecycle).toBeUndefined();
    expect(pod('mailer').terminationGracePeriodSeconds).toBe(30 + 5);
  });

  test('are probed on their port, consumers too', () => {
    for (const name of ['shop', 'mailer']) {
      const { startupProbe, readinessProbe, livenessProbe, ports } = container(name);
      for (const probe of [startupProbe, readinessProbe, livenessProbe])
        expect(probe.httpGet).toMatchObject({ path: '/healthz', port: ports[0].containerPort });
    }
  });

  test('are told the endpoints their flows reach, and no others', () => {
    expect(environment('mailer')).toMatchObject({
      MAILS_URL: { name: 'endpoints', key: 'MAILS_URL' },
      EMAIL_ARN: { name: 'endpoints', key: 'EMAIL_ARN' },
    });
    expect(environment('mailer')).not.toHaveProperty('CARTS_TABLE');
    const { data } = find(zones, 'ConfigMap', 'endpoints');
    for (const name of ['shop', 'stock', 'chat', 'mailer']) {
      const keys = Object.values(environment(name)).flatMap((v: Json) => (v.key ? [v.key] : []));
      keys.forEach((key) => expect(data).toHaveProperty(key));
    }
    expect(data).toMatchObject({ STOCK_URL: 'http://stock', CARTS_TABLE: 'stack-output:tiny-zones-us-east-1-data.CartsTable' });
  });

  test('run the image that is given instead of the placeholder', () => {
    const given = objectsOf(tinyPlan('zones'), { image: 'registry.example/{service}:1' });
    expect(container('shop', given)).toMatchObject({ image: 'registry.example/shop:1' });
    expect(container('shop', given)).not.toHaveProperty('command');
    expect(environment('shop', given)).not.toHaveProperty('UPSTREAMS');
    expect(given.some((o) => o.kind === 'ConfigMap' && o.metadata.name === 'placeholder')).toBe(false);
    expect(container('shop')).toMatchObject({ command: ['node', '/placeholder/server.js'] });
  });
});

test('outputs of the stacks take the place of references, and pods are rolled when they change', () => {
  const outputs = {
    'tiny-zones-us-east-1-data': { CartsTable: 'carts-1' },
    'tiny-zones-us-east-1-compute': { FrontShopTargetGroupArn: 'arn:aws:tg' },
  };
  const known = objectsOf(tinyPlan('zones'), { outputs });
  expect(find(known, 'ConfigMap', 'endpoints').data.CARTS_TABLE).toBe('carts-1');
  expect(find(known, 'TargetGroupBinding', 'front-shop').spec.targetGroupARN).toBe('arn:aws:tg');
  const digest = (from: typeof zones, name: string) =>
    find(from, 'Deployment', name).spec.template.metadata.annotations['scaleprint.dev/endpoints'];
  expect(digest(known, 'shop')).not.toEqual(digest(zones, 'shop'));
  expect(digest(known, 'chat')).toEqual(digest(zones, 'chat'));
});

describe('scaling', () => {
  const metric = (name: string) => find(zones, 'HorizontalPodAutoscaler', name).spec.metrics;

  test('follows the plan between its pods at night and at peak', () => {
    const service = tinyPlan('zones').deployments[0]!.parts.find((p) => p.id === 'shop')!;
    if (service.kind !== 'service') throw new Error('shop is a service');
    expect(find(zones, 'HorizontalPodAutoscaler', 'shop').spec).toMatchObject({
      minReplicas: service.pods.min,
      maxReplicas: service.pods.peak,
    });
    expect(find(zones, 'Deployment', 'shop').spec).not.toHaveProperty('replicas');
    expect(metric('shop')).toEqual([
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: service.scaleTarget * 100 } } },
    ]);
  });

  test('watches connections and backlog where the service says so', () => {
    expect(find(zones, 'ScaledObject', 'chat').spec.triggers).toEqual([
      {
        type: 'metrics-api',
        metricType: 'Value',
        metadata: expect.objectContaining({
          targetValue: '10666',
          url: 'http://chat.tiny.svc.cluster.local:8080/metrics',
          valueLocation: 'websocket_connections',
          aggregationType: 'average',
        }),
        useCachedMetrics: true,
      },
    ]);
    expect(find(zones, 'ScaledObject', 'mailer').spec.triggers).toEqual([
      {
        type: 'aws-cloudwatch',
        metricType: 'AverageValue',
        metadata: expect.objectContaining({
          awsRegion: 'us-east-1',
          expression: expect.stringContaining('QueueName="stack-output:tiny-zones-us-east-1-data.MailsMetricName"'),
          targetMetricValue: '1000',
        }),
        authenticationRef: { name: find(zones, 'TriggerAuthentication', 'keda-operator').metadata.name },
        useCachedMetrics: true,
      },
    ]);
  });

  test('asks pods behind a name that leads to them, on their own port', () => {
    const { url } = find(zones, 'ScaledObject', 'chat').spec.triggers[0].metadata;
    const { hostname, port } = new URL(url);
    const [name, namespace] = hostname.split('.');
    const service = find(zones, 'Service', name!);
    expect([service.metadata.namespace, service.spec.ports[0].targetPort]).toEqual([namespace, Number(port)]);
  });

  test('has the bounds of the plan, whoever scales', () => {
    const scaled = tinyPlan('zones').deployments[0]!.parts.flatMap((p) => (p.kind === 'service' && p.scaleOn !== 'cpu' ? [p] : []));
    expect(scaled.map((p) => p.id)).toEqual(['chat', 'mailer']);
    for (const { id, pods } of scaled) {
      const { spec } = find(zones, 'ScaledObject', id);
      expect([spec.minReplicaCount, spec.maxReplicaCount, spec.scaleTargetRef]).toEqual([pods.min, pods.peak, { name: id }]);
      expect(find(zones, 'Deployment', id).spec).not.toHaveProperty('replicas');
    }
  });

  test('shrinks fleets of WebSockets more slowly', () => {
    const shop = find(zones, 'HorizontalPodAutoscaler', 'shop').spec.behavior.scaleDown;
    const chat = find(zones, 'ScaledObject', 'chat').spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown;
    expect(chat.stabilizationWindowSeconds).toBeGreaterThan(shop.stabilizationWindowSeconds);
    expect(chat.policies[0].value).toBeLessThan(shop.policies[0].value);
  });

  test('is fixed at the peak on the one machine', () => {
    const scaling = ['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'ScaledObject', 'TriggerAuthentication'];
    expect(box.filter((o) => scaling.includes(o.kind))).toEqual([]);
    expect(find(box, 'Deployment', 'shop').spec).toMatchObject({
      replicas: 1,
      strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    });
  });

  test('single pods have no disruption budget', () => {
    const one = objectsOf(tinyPlan('zone'));
    const budgets = (from: typeof zones) => from.filter((o) => o.kind === 'PodDisruptionBudget').map((o) => o.metadata.name);
    expect(budgets(one)).toEqual(['chat', 'mailer']);
    expect(budgets(zones)).toEqual(['shop', 'stock', 'chat', 'mailer']);
  });
});

test('only what is called has a service, and its port leads to the pods', () => {
  expect(zones.filter((o) => o.kind === 'Service').map((o) => o.metadata.name)).toEqual(['shop', 'stock', 'chat']);
  const { selector, ports } = find(zones, 'Service', 'shop').spec;
  expect(find(zones, 'Deployment', 'shop').spec.template.metadata.labels).toMatchObject(selector);
  expect(ports).toEqual([{ name: 'http', port: 80, targetPort: container('shop').ports[0].containerPort }]);
});

test('on the one machine Traefik lets clients in, the front first', () => {
  const paths = box.filter((o) => o.kind === 'Ingress').map((o) => o.spec.rules[0].http.paths[0]);
  expect(paths.map((p: Json) => [p.path, p.backend.service.name])).toEqual([
    ['/', 'shop'],
    ['/chat', 'chat'],
  ]);
  expect(box.some((o) => o.kind === 'TargetGroupBinding')).toBe(false);
  expect(zones.some((o) => o.kind === 'Ingress')).toBe(false);
});

test('a job keeps its schedule in UTC and never overlaps itself', () => {
  const { spec } = find(zones, 'CronJob', 'sweep');
  expect(spec).toMatchObject({ schedule: '*/5 2 * * 1', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid' });
  expect(spec.jobTemplate.spec.template.spec.nodeSelector).toEqual({ 'scaleprint.dev/tier': 'web' });
});

test('files are valid YAML of their own', () => {
  const [namespace] = manifestsOf(tinyPlan('box'));
  expect(parse(namespace!.text)).toMatchObject({ kind: 'Namespace' });
});
