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
 * Our own short definition of what the load balancer controller brings, because no registry offers its: the fields of a specification that
 * say which pods and which group, and none of those we do not write. The API reference of the AWS Load Balancer Controller,
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec, 2026-11-22.
 */
const TARGET_GROUP_BINDING: Json = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'targetgroupbindings.elbv2.k8s.aws' },
  spec: {
    group: 'elbv2.k8s.aws',
    scope: 'Namespaced',
    names: { kind: 'TargetGroupBinding', plural: 'targetgroupbindings', singular: 'targetgroupbinding' },
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: object({
            spec: object(
              {
                targetGroupARN: text,
                targetType: { ...text, enum: ['instance', 'ip'] },
                serviceRef: object({ name: text, port: { 'x-kubernetes-int-or-string': true } }, ['name', 'port']),
              },
              ['serviceRef', 'targetGroupARN'],
            ),
          }),
        },
      },
    ],
  },
};

/** Definitions of the kinds that a cluster's charts bring: KEDA's own, of the version of its chart, and one of ours. */
export async function customResources(): Promise<KubernetesObject[]> {
  const folder = join(await goModule('keda', KEDA.module), 'config/crd/bases');
  const keda = KEDA.kinds.map((kind) => parse(readFileSync(join(folder, `keda.sh_${kind}.yaml`), 'utf8')) as KubernetesObject);
  return [...keda, TARGET_GROUP_BINDING];
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
