import type { Stack } from 'aws-cdk-lib';
import type { Reachable } from '../constructs/access';
import { ObjectStore } from '../constructs/object-store';
import { SparkApplication } from '../constructs/spark-application';
import { schedulerExpression } from '../plan/cron';
import type { Deployment } from '../plan/plan';
import type { PartByKind } from '../plan/sizing';
import { grantAll, permissionsOfOne } from './identities';
import { sparkJobUsage } from './usage/spark-job';

/** The Spark jobs of a cell. */
export function laySparkJobs(stack: Stack, deployment: Deployment, reachable: ReadonlyMap<string, Reachable>): void {
  for (const part of deployment.parts) if (part.kind === 'sparkJob') lay(stack, part, deployment, reachable);
}

function lay(stack: Stack, part: PartByKind['sparkJob'], deployment: Deployment, reachable: ReadonlyMap<string, Reachable>): void {
  const { vcpu, memoryGib, executors } = part;
  const workers = executors + 1;
  const application = new SparkApplication(stack, `Spark-${part.id}`, {
    maximum: { vcpu: workers * vcpu, memoryGib: workers * memoryGib },
    usage: sparkJobUsage(part),
  });
  grantAll(application, permissionsOfOne(part.id, deployment, reachable));
  // Spark reads whole prefixes, and looks what it has written.
  for (const id of new Set(deployment.flows.flatMap((flow) => (flow.from === part.id ? [flow.to] : [])))) {
    const store = reachable.get(id);
    if (store instanceof ObjectStore) store.grantListing(application);
  }
  const { BUCKET } = reachable.get(part.program)!.endpoints;
  application.run({
    description: part.does,
    schedule: schedulerExpression(part.schedule),
    entryPoint: `s3://${BUCKET}/jobs/${part.id}.py`,
    executors,
    worker: { vcpu, memoryGib },
    timeoutMinutes: Math.ceil(part.timeoutHours * 60),
    enabled: !part.paused,
  });
}
