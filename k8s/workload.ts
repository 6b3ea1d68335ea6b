import { Chart } from 'cdk8s';
import type { ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { addAutoscaler } from './autoscaler';
import { type Cell, namespaceOf, type Workload } from './cell';
import { addCronJob } from './cron-job';
import { addDeployment } from './deployment';
import { addDisruptionBudget } from './disruption-budget';
import { addEntryRoutes } from './entry-route';
import { type Fleet, fleetsOf } from './fleet';
import { addIngress } from './ingress';
import { workloadLabels } from './labels';
import { addNetworkPolicy } from './network-policy';
import { addCommonService, addFleetService } from './service';
import { addServiceAccount } from './service-account';
import { addStatefulSets } from './stateful-set';
import { addTargetGroupBindings } from './target-group-binding';

/** A chart with everything one service, job or stateful part needs in the cluster. */
export function addWorkload(scope: Construct, cell: Cell, workload: Workload): void {
  const chart = new Chart(scope, workload.id, { namespace: namespaceOf(cell), labels: workloadLabels(cell, workload) });
  const account = addServiceAccount(chart, workload);
  addNetworkPolicy(chart, cell, workload);
  if (workload.kind === 'job') return addCronJob(chart, cell, workload, account);
  if (workload.kind === 'stateful') return addStatefulSets(chart, cell, workload, account);
  addCommonService(chart, cell, workload);
  for (const fleet of fleetsOf(workload)) addFleet(new Construct(chart, fleet.name), cell, fleet, account);
}

function addFleet(scope: Construct, cell: Cell, fleet: Fleet, account: ServiceAccount): void {
  addDeployment(scope, cell, fleet, account);
  addAutoscaler(scope, cell, fleet);
  const service = addFleetService(scope, cell, fleet);
  if (cell.deployment.platform === 'eks') {
    addDisruptionBudget(scope, fleet);
    addTargetGroupBindings(scope, cell, fleet);
  } else if (service) {
    addIngress(scope, cell, service);
    addEntryRoutes(scope, cell, fleet, service);
  }
}
