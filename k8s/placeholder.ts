import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigMap, Volume, type VolumeMount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { isolatedTiers } from '../plan/isolation';
import { podListenersOf } from '../plan/listeners';
import { PLACEHOLDER_IMAGE } from '../plan/placeholder-image';
import { runsAsPods } from '../plan/pods';
import type { Part } from '../plan/sizing';
import { type Cell, reachedBy, stackOutput, type Workload } from './cell';
import { POD_PORT, reachOf } from '../plan/reach';

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
const NAME = 'placeholder';

/** What starts it; where clients have ports of their own, with what answers there. */
export const placeholderCommand = ({ deployment: { flows } }: Cell, { id }: Workload): string[] =>
  podListenersOf(id, flows).length > 0
    ? ['node', '--require', '/placeholder/ports.js', '/placeholder/server.js']
    : ['node', '/placeholder/server.js'];

export function addPlaceholder(scope: Construct, { deployment: { flows } }: Cell): void {
  const script = (name: string): Record<string, string> => ({ [name]: readFileSync(join(__dirname, 'placeholder', name), 'utf8') });
  const data = { ...script('server.js'), ...(flows.some(({ listener }) => listener) && script('ports.js')) };
  new ConfigMap(scope, 'placeholder', { metadata: { name: NAME }, data });
}

export function placeholderMount(scope: Construct): VolumeMount {
  const script = ConfigMap.fromConfigMapName(scope, 'placeholder-script', NAME);
  return { path: '/placeholder', volume: Volume.fromConfigMap(scope, 'placeholder', script, { name: NAME }), readOnly: true };
}

/** What the script needs to know besides what every image is told. Kubernetes fills in the `$(VARIABLES)`. */
export function placeholderVariables(cell: Cell, workload: Workload): Record<string, string> {
  const upstreams = reachedBy(cell, workload.id).map((part) => `${part.id}=${addressOf(part)}`);
  return {
    PROTOCOL: workload.kind === 'service' ? workload.protocol : workload.kind === 'job' ? 'job' : 'http',
    UPSTREAMS: upstreams.join(' '),
  };
}

/** Where to knock: a service, or any member of a stateful part, by its name. */
function addressOf(part: Part): string {
  if (part.kind === 'stateful') return `http://${part.id}:${POD_PORT}`;
  return runsAsPods(part) ? `http://${part.id}` : reachOf(part).address;
}
