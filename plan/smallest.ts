import { BURSTABLE } from './catalogue/ec2';
import { estimateAvailability } from './availability';
import { isCopy } from './copy';
import { nodeGroupsFor } from './node-groups';
import type { Deployment, Plan } from './plan';
import { exceededQuotas } from './quotas';
import { smallestPart } from './smallest/parts';
import { steady } from './units';

/**
 * The plan without load: what a stage is made of, at the smallest sizes that AWS sells (docs/decisions/0016).
 *
 * All of its parts, flows, decisions and regions are there, each part in its technology: a cluster of Redis speaks the cluster protocol, a
 * global database has its copies. Whatever only adds up or stands in is there once: one cell, one fleet, one shard, one pod of a service,
 * no standby, replica or reader, and one zone wherever AWS takes one. Nothing is asked of it, so what is billed by use costs next to nothing,
 * and its price is that of letting it stand.
 *
 * @param podMetrics whether CloudWatch makes metrics of its pods, which are a fifth of the bill of an idle cluster; no alarm watches them,
 *   and the log of measurements has the same figures. By default it does not.
 */
export function smallest(plan: Plan, { podMetrics = false }: { podMetrics?: boolean } = {}): Plan {
  const deployments = plan.deployments.map((deployment) => ({ ...smallestDeployment(deployment), podMetrics }));
  return {
    ...plan,
    deployments,
    quotas: exceededQuotas(deployments),
    availability: estimateAvailability(deployments, plan.availability.promised),
  };
}

function smallestDeployment({ region, platform, workload, flows, alarms, mail, ...stage }: Deployment): Deployment {
  const zones = 1;
  const parts = stage.parts.map(smallestPart);
  const unused = flows.map((flow) => ({ ...flow, rate: steady(0) }));
  // A database without a replica reports no lag.
  const lagging = new Set(parts.filter((part) => part.kind !== 'relational' || isCopy(part)).map(({ id }) => id));
  return {
    region,
    cells: 1,
    platform,
    zones,
    workload,
    parts,
    flows: unused,
    ...(mail && { mail }),
    alarms: alarms.filter(({ part, watched }) => watched !== 'replication lag' || lagging.has(part)),
    nodeGroups: nodeGroupsFor({ parts, flows: unused, platform, zones }, BURSTABLE),
  };
}
