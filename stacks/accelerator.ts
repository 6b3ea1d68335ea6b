import type { Construct } from 'constructs';
import { Accelerator, type AcceleratorListener } from '../constructs/accelerator';
import { recordUsage } from '../constructs/access';
import { type AcceleratedFront, acceleratedFronts, seesClients } from '../plan/accelerators';
import type { Deployment } from '../plan/plan';
import type { AcceleratorPart } from '../plan/sizing/accelerator';
import type { EdgeCell } from './edge-stack';
import { acceleratorUsage } from './usage/accelerator';

/** Lays an accelerator before the balancers of every region and cell. Recovery regions are held back until no other is well. */
export function layAccelerator(
  scope: Construct,
  { id, sticky }: AcceleratorPart,
  cells: readonly EdgeCell[],
  disposable: boolean,
): Accelerator {
  const deployments = [...new Set(cells.map(({ deployment }) => deployment))];
  const fronts = acceleratedFronts(id, deployments[0]!);
  const groupOf = (deployment: Deployment, { front }: AcceleratedFront) => ({
    region: deployment.region.name,
    balancerArns: cells
      .filter((cell) => cell.deployment === deployment)
      .flatMap(({ compute }) => compute.balancers.get(front.id)!.map(({ resource }) => resource.ref)),
    trafficDial: deployment.region.role === 'active' ? 100 : 0,
    preservesClientAddress: !disposable && seesClients(front, deployment.flows),
  });
  const accelerator = new Accelerator(scope, id, {
    sticky,
    listeners: fronts.map((accelerated): AcceleratorListener => ({
      name: nameOf(accelerated),
      protocol: accelerated.protocol,
      ports: accelerated.ports,
      groups: deployments.map((deployment) => groupOf(deployment, accelerated)),
    })),
  });
  for (const accelerated of fronts)
    for (const deployment of deployments) {
      const group = accelerator.groups.get(`${nameOf(accelerated)} ${deployment.region.name}`)!;
      recordUsage(group, 'AWS::GlobalAccelerator::EndpointGroup', acceleratorUsage(id, accelerated, deployment));
    }
  return accelerator;
}

const nameOf = ({ front, protocol }: AcceleratedFront): string => `${front.id}-${protocol}`;
