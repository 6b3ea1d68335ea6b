import type { Stack } from 'aws-cdk-lib';
import type { Reachable } from '../constructs/access';
import { MachineGroup } from '../constructs/machine-group';
import { machineZone } from '../plan/machine-names';
import type { Deployment } from '../plan/plan';
import { HEALTH_PATH, MACHINE_PORT } from '../plan/ports';
import type { MachinesPart } from '../plan/sizing/machines';
import { environmentOf } from './functions';
import { grantAll, permissionsOfOne } from './identities';
import { lastingTags } from './lasting-tags';
import type { NetworkStack } from './network-stack';

/** What machines of a cell stand in. */
export interface Around {
  readonly deployment: Deployment;
  readonly network: NetworkStack;
  readonly reachable: ReadonlyMap<string, Reachable>;
  readonly disposable?: boolean;
}

/** The machines of a cell outside of its cluster, by part. */
export const layMachines = (stack: Stack, around: Around): Map<string, MachineGroup> =>
  new Map(around.deployment.parts.flatMap((part) => (part.kind === 'machines' ? [[part.id, lay(stack, part, around)]] : [])));

function lay(stack: Stack, part: MachinesPart, { deployment, network, reachable, disposable }: Around): MachineGroup {
  const subnets = network.vpc.privateSubnets.slice(0, deployment.zones).map((subnet) => subnet.subnetId);
  const used = new Set(deployment.flows.flatMap((flow) => (flow.from === part.id ? [flow.to] : [])));
  const group = new MachineGroup(stack, `Machines-${part.id}`, {
    vpc: network.vpc,
    securityGroup: network.securityGroups.byPart.get(part.id)!,
    instanceType: part.instanceType,
    machines: part.active,
    subnetIds: part.placement === 'cluster' ? subnets.slice(0, 1) : subnets,
    standbySubnetId: part.standbys > 0 ? subnets[1] : undefined,
    placement: part.placement,
    zoneName: machineZone(part),
    port: MACHINE_PORT,
    healthPath: HEALTH_PATH,
    told: environmentOf(used, deployment, reachable),
    tags: lastingTags(stack),
    disposable,
  });
  grantAll(group, permissionsOfOne(part.id, deployment, reachable));
  return group;
}
