import type { Stack } from 'aws-cdk-lib';
import type { Reachable } from '../constructs/access';
import { Queue } from '../constructs/queue';
import { WorkerFunction } from '../constructs/worker-function';
import { schedulerExpression } from '../plan/cron';
import { endpointsOf } from '../plan/endpoints';
import type { Deployment } from '../plan/plan';
import type { PartByKind } from '../plan/sizing';
import { grantAll, permissionsOfOne } from './identities';
import { functionUsage } from './usage/function';

/** The functions of a cell, by part. */
export const layFunctions = (
  stack: Stack,
  deployment: Deployment,
  reachable: ReadonlyMap<string, Reachable>,
): Map<string, WorkerFunction> =>
  new Map(deployment.parts.flatMap((part) => (part.kind === 'function' ? [[part.id, lay(stack, part, deployment, reachable)]] : [])));

function lay(
  stack: Stack,
  part: PartByKind['function'],
  deployment: Deployment,
  reachable: ReadonlyMap<string, Reachable>,
): WorkerFunction {
  const used = new Set(deployment.flows.flatMap((flow) => (flow.from === part.id ? [flow.to] : [])));
  const run = new WorkerFunction(stack, `Function-${part.id}`, {
    description: part.does,
    memoryMib: part.memoryMib,
    timeoutSeconds: part.timeoutSeconds,
    environment: environmentOf(used, deployment, reachable),
    usage: functionUsage(part),
  });
  grantAll(run, permissionsOfOne(part.id, deployment, reachable));
  if (part.schedule) run.runAt(schedulerExpression(part.schedule));
  else
    for (const id of used) {
      const queue = reachable.get(id);
      if (queue instanceof Queue && deployment.flows.some((f) => f.from === part.id && f.to === id && f.verb === 'consumes'))
        run.consume(id, { queueArn: queue.queueArn, batch: part.batch, concurrency: part.concurrency });
    }
  return run;
}

/** What pods are told by a config map. */
export function environmentOf(
  used: ReadonlySet<string>,
  { parts }: Deployment,
  reachable: ReadonlyMap<string, Reachable>,
): Record<string, string> {
  const told = parts.filter(({ id }) => used.has(id)).flatMap((part) => endpointsOf(part).map((endpoint) => ({ part, ...endpoint })));
  return Object.fromEntries(
    told.map(({ part, variable, value }) => [variable, value ?? reachable.get(part.id)!.endpoints[variable.slice(part.id.length + 1)]!]),
  );
}
