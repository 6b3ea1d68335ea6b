import { App, Chart, Yaml } from 'cdk8s';
import type { Plan } from '../plan/plan';
import { type Cell, cellsOf, namespaceOf, placeOf, workloadsOf } from './cell';
import { addEndpointsConfig } from './endpoints-config';
import { systemLabels } from './labels';
import { addNamespace } from './namespace';
import { addDefaultDeny } from './network-policy';
import { addPlaceholder } from './placeholder';
import { addScalingCredentials, onBacklogs } from './scaled-object';
import { addStorageClasses } from './storage-class';
import { addWorkload } from './workload';

/** A file for `kubectl apply`. */
export interface Manifest {
  /** `us-east-1/orders.yaml`, `us-east-1-cell2/orders.yaml`. */
  path: string;
  text: string;
}

export interface ManifestOptions {
  /**
   * Image of the pods; `{service}` in it becomes the service's id.
   * @default a placeholder that answers and calls its upstreams
   */
  image?: string;
  /**
   * Outputs of the deployed stacks, by stack and output.
   * @default values only the stacks know stay references, `stack-output:<stack>.<output>`
   */
  outputs?: Record<string, Record<string, string>>;
  /**
   * Addresses of the network the clusters live in.
   * @default 10.0.0.0/16
   */
  vpcCidr?: string;
}

/**
 * The app tiers of a plan as Kubernetes manifests: a folder a region and cell, a file a service. Within a folder the files
 * apply in the order of their names, the namespace first.
 */
export const manifestsOf = (plan: Plan, options?: ManifestOptions): Manifest[] => cellsOf(plan, options).flatMap(manifestsOfCell);

function manifestsOfCell(cell: Cell): Manifest[] {
  const app = new App();
  const common = (id: string, namespace?: string): Chart => new Chart(app, id, { namespace, labels: systemLabels(cell) });
  const whole = common('00-namespace');
  addNamespace(whole, cell);
  addStorageClasses(whole, cell);
  const shared = common('01-shared', namespaceOf(cell));
  addDefaultDeny(shared);
  addEndpointsConfig(shared, cell);
  if (!cell.image) addPlaceholder(shared, cell);
  if (onBacklogs(cell)) addScalingCredentials(shared);
  workloadsOf(cell).forEach((workload) => addWorkload(app, cell, workload));
  return app.charts.map((chart) => ({ path: `${placeOf(cell)}/${chart.node.id}.yaml`, text: Yaml.stringify(...chart.toJson()) }));
}
