import { Yaml } from 'cdk8s';
import { systemPods } from '../plan/cluster-system-pods';
import type { PodSet } from '../plan/packing';
import type { Plan } from '../plan/plan';
import { type Cell, cellsOf, clusterOf, placeOf } from './cell';
import { CHARTS } from './charts';
import type { Manifest, ManifestOptions } from './manifests';

/**
 * The controllers of each cluster as a file for `helmfile apply`: pinned charts, with as many pods, as large, as the plan counted on
 * the nodes, under the names that the stacks gave permissions to. One machine has none.
 */
export const controllersOf = (plan: Plan, options?: ManifestOptions): Manifest[] =>
  cellsOf(plan, options)
    .filter(({ deployment }) => deployment.platform === 'eks')
    .map((cell) => ({ path: `${placeOf(cell)}/helmfile.yaml`, text: Yaml.stringify(helmfileOf(cell)) }));

function helmfileOf(cell: Cell): object {
  const pods = new Map(systemPods(cell.deployment.parts).map((set): [string, PodSet] => [set.service, set]));
  const charts = CHARTS.filter(
    ({ installs, neededBy }) => installs.every((name) => pods.has(name)) && (neededBy?.(cell.deployment) ?? true),
  );
  return {
    // Whatever cluster the operator looked at last. Manifests need the kinds the charts bring, so they have to be there.
    helmDefaults: { kubeContext: clusterOf(cell), wait: true },
    repositories: charts.map(({ repository }) => repository),
    releases: charts.map((chart) => ({
      name: chart.name,
      namespace: chart.namespace,
      chart: `${chart.repository.name}/${chart.name}`,
      version: chart.version,
      values: [chart.values(cell, (name) => pods.get(name)!)],
    })),
  };
}
