import { createHash } from 'node:crypto';
import { ConfigMap, EnvValue, type IConfigMap } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type Cell, endpointValues, reachedBy, workloadsOf } from './cell';

const NAME = 'endpoints';

/** What the pods have to know about the parts they use, in one map a cell. */
export function addEndpointsConfig(scope: Construct, cell: Cell): void {
  const parts = new Set(workloadsOf(cell).flatMap(({ id }) => reachedBy(cell, id)));
  const data = Object.assign({}, ...[...parts].map((part) => endpointValues(cell, part)));
  new ConfigMap(scope, 'endpoints', { metadata: { name: NAME }, data });
}

const valuesFor = (cell: Cell, id: string): Record<string, string> =>
  Object.assign({}, ...reachedBy(cell, id).map((part) => endpointValues(cell, part)));

/** The variables one workload needs, and no others. */
export function endpointVariables(scope: Construct, cell: Cell, id: string): Record<string, EnvValue> {
  const config: IConfigMap = ConfigMap.fromConfigMapName(scope, 'endpoints', NAME);
  return Object.fromEntries(Object.keys(valuesFor(cell, id)).map((variable) => [variable, EnvValue.fromConfigMap(config, variable)]));
}

/** Changes with the values, so that pods are rolled when an endpoint moves: running pods never see a changed map. */
export const endpointsDigest = (cell: Cell, id: string): string =>
  createHash('sha256')
    .update(JSON.stringify(valuesFor(cell, id)))
    .digest('hex')
    .slice(0, 16);
