import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigMap, Volume, type VolumeMount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { isolatedTiers } from '../plan/isolation';
import { PLACEHOLDER_IMAGE } from '../plan/placeholder-image';
import { type Cell, reachedBy, stackOutput, type Workload } from './cell';
import { reachOf } from '../plan/reach';

/**
 * Where pods get the image of the placeholder, a script that answers for its service and calls its upstreams, so that a sandbox
 * shows the topology alive. Isolated tiers reach the account's own registry only; that of the cluster's other pods is the same,
 * because theirs are the pulls that fill it.
 */
export function placeholderImage(cell: Cell): string {
  const { registry, repository, tag } = PLACEHOLDER_IMAGE;
  const nearest = isolatedTiers(cell.deployment).size > 0 ? stackOutput(cell, 'compute', 'ImageRegistry') : registry;
  return `${nearest}/${repository}:${tag}`;
}
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
