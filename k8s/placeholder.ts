import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigMap, Volume, type VolumeMount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type Cell, reachedBy, type Workload } from './cell';
import { reachOf } from '../plan/reach';

/**
 * What pods run until the user brings images: a script that answers for its service and calls its upstreams, so that a
 * sandbox shows the topology alive. The image is the official Node one from ECR's public mirror: it has an arm64 build for
 * Graviton nodes, and a whole cluster can pull it at once without Docker Hub's limit per address.
 */
export const PLACEHOLDER_IMAGE = 'public.ecr.aws/docker/library/node:22.14.0-alpine3.21';
export const PLACEHOLDER_COMMAND = ['node', '/placeholder/server.js'];
const NAME = 'placeholder';

export function addPlaceholder(scope: Construct): void {
  const script = readFileSync(join(__dirname, 'placeholder', 'server.js'), 'utf8');
  new ConfigMap(scope, 'placeholder', { metadata: { name: NAME }, data: { 'server.js': script } });
}

export function placeholderMount(scope: Construct): VolumeMount {
  const script = ConfigMap.fromConfigMapName(scope, 'placeholder-script', NAME);
  return { path: '/placeholder', volume: Volume.fromConfigMap(scope, 'placeholder', script, { name: NAME }), readOnly: true };
}

/** What the script needs to know besides what every image is told. Kubernetes fills in the `$(VARIABLES)`. */
export function placeholderVariables(cell: Cell, workload: Workload): Record<string, string> {
  const upstreams = reachedBy(cell, workload.id).map(
    (part) => `${part.id}=${part.kind === 'service' ? `http://${part.id}` : reachOf(part).address}`,
  );
  return { PROTOCOL: workload.kind === 'job' ? 'job' : workload.protocol, UPSTREAMS: upstreams.join(' ') };
}
