import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { addAutoscaler } from './autoscaler';
import { type Cell, namespaceOf, type Workload } from './cell';
import { addCronJob } from './cron-job';
import { addDeployment } from './deployment';
import { addDisruptionBudget } from './disruption-budget';
import { addIngress } from './ingress';
import { workloadLabels } from './labels';
import { addNetworkPolicy } from './network-policy';
import { addService } from './service';
import { addServiceAccount } from './service-account';
import { addTargetGroupBindings } from './target-group-binding';

/** A chart with everything one service or job needs in the cluster. */
export function addWorkload(scope: Construct, cell: Cell, workload: Workload): void {
  const chart = new Chart(scope, workload.id, { namespace: namespaceOf(cell), labels: workloadLabels(cell, workload) });
  const account = addServiceAccount(chart, workload);
  addNetworkPolicy(chart, cell, workload);
  if (workload.kind === 'job') return addCronJob(chart, cell, workload, account);
  const deployment = addDeployment(chart, cell, workload, account);
  addAutoscaler(chart, cell, workload, deployment);
  const service = addService(chart, cell, workload);
  if (cell.deployment.platform === 'eks') {
    addDisruptionBudget(chart, workload);
    if (service) addTargetGroupBindings(chart, cell, service);
  } else if (service) addIngress(chart, cell, service);
}
