import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { goModule } from '../../scripts/go-tools';
import type { Json, KubernetesObject } from '../k8s/read-manifests';
import type { ApiServer } from './api-server';
import { eventually } from './eventually';

const KEDA = { module: 'github.com/kedacore/keda/v2', kinds: ['scaledobjects', 'triggerauthentications'] };
const ESTABLISHED_SECONDS = 30;

const text = { type: 'string' };
const object = (properties: Json, required: string[] = []): Json => ({ type: 'object', properties, required });

/**
 * Our own short definition of what a controller brings, where no registry that we reach offers its: the fields that we write, and none of
 * those we do not.
 */
const definition = (group: string, version: string, kind: string, spec: Json): KubernetesObject => {
  const singular = kind.toLowerCase();
  const served = { name: version, served: true, storage: true, schema: { openAPIV3Schema: object({ spec }) } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${singular}s.${group}` },
    spec: { group, scope: 'Namespaced', names: { kind, plural: `${singular}s`, singular }, versions: [served] },
  } as unknown as KubernetesObject;
};
const list = (items: Json): Json => ({ type: 'array', minItems: 1, items });
const port = { 'x-kubernetes-int-or-string': true };

/**
 * Which pods and which group. The API reference of the AWS Load Balancer Controller,
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec, 2026-11-22.
 */
const TARGET_GROUP_BINDING = definition(
  'elbv2.k8s.aws',
  'v1beta1',
  'TargetGroupBinding',
  object(
    { targetGroupARN: text, targetType: { ...text, enum: ['instance', 'ip'] }, serviceRef: object({ name: text, port }, ['name', 'port']) },
    ['serviceRef', 'targetGroupARN'],
  ),
);

/** Routes of k3s's Traefik: https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/tcp/ingressroutetcp/, 2026-11-22. */
const backend = object({ name: text, port, proxyProtocol: object({ version: { type: 'integer', minimum: 1, maximum: 2 } }) }, [
  'name',
  'port',
]);
const ENTRY_ROUTES = [
  definition(
    'traefik.io',
    'v1alpha1',
    'IngressRouteTCP',
    object({ entryPoints: list(text), routes: list(object({ match: text, services: list(backend) }, ['match'])), tls: object({}) }, [
      'routes',
    ]),
  ),
  definition(
    'traefik.io',
    'v1alpha1',
    'IngressRouteUDP',
    object({ entryPoints: list(text), routes: list(object({ services: list(backend) })) }, ['routes']),
  ),
];

/** Definitions of the kinds that controllers bring: KEDA's own, of the version of its chart, and ours. */
export async function customResources(): Promise<KubernetesObject[]> {
  const folder = join(await goModule('keda', KEDA.module), 'config/crd/bases');
  const keda = KEDA.kinds.map((kind) => parse(readFileSync(join(folder, `keda.sh_${kind}.yaml`), 'utf8')) as KubernetesObject);
  return [...keda, TARGET_GROUP_BINDING, ...ENTRY_ROUTES];
}

/** Makes a server know them. @throws {Error} when it does not within half a minute */
export async function addCustomResources(server: ApiServer): Promise<void> {
  const definitions = await customResources();
  for (const definition of definitions) await server.apply(definition);
  for (const { metadata, spec } of definitions) {
    const path = `/apis/${spec.group}/${spec.versions[0].name}/${spec.names.plural}`;
    const served = () => server.get(path).then(() => true, () => false); // prettier-ignore
    await eventually(`the API server serves ${metadata.name}`, ESTABLISHED_SECONDS, served);
  }
}
