import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { recordUsage } from '../constructs/access';
import { HostFleet } from '../constructs/host-fleet';
import { endpointsOf } from '../plan/endpoints';
import { HEALTH_PATH, MACHINE_PORT } from '../plan/ports';
import type { HostFleetPart } from '../plan/sizing/host-fleet';
import { environmentOf } from './functions';
import { grantAll, permissionsOfOne } from './identities';
import { lastingTags } from './lasting-tags';
import type { Around } from './machines';
import { hostLogs } from './usage/host-logs';

/** The host fleets of a cell, by part. */
export const layHostFleets = (stack: Stack, around: Around): Map<string, HostFleet> =>
  new Map(around.deployment.parts.flatMap((part) => (part.kind === 'hostFleet' ? [[part.id, lay(stack, part, around)]] : [])));

function lay(stack: Stack, part: HostFleetPart, { deployment, network, reachable, disposable }: Around): HostFleet {
  const used = new Set(deployment.flows.flatMap((flow) => (flow.from === part.id ? [flow.to] : [])));
  const fleet = new HostFleet(stack, `Hosts-${part.id}`, {
    securityGroup: network.securityGroups.byPart.get(part.id)!,
    subnetIds: network.vpc.publicSubnets.slice(0, part.zones).map((subnet) => subnet.subnetId),
    instanceType: part.instanceType,
    minHosts: part.hosts.min,
    averageHosts: part.hosts.expected,
    maxHosts: part.hosts.peak,
    clientPorts: part.ports,
    port: MACHINE_PORT,
    healthPath: HEALTH_PATH,
    drainSeconds: part.drainSeconds,
    told: environmentOf(used, deployment, reachable),
    tags: lastingTags(stack),
    disposable,
  });
  recordUsage(fleet.logGroup, 'AWS::Logs::LogGroup', hostLogs(part));
  grantAll(fleet, permissionsOfOne(part.id, deployment, reachable));
  const { output } = endpointsOf(part).find((endpoint) => endpoint.output)!;
  new CfnOutput(stack, output!, { value: fleet.group.ref });
  return fleet;
}
