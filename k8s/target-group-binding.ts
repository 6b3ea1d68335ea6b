import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { nameOfOne } from '../plan/fleets';
import { listenersOf } from '../plan/listeners';
import type { LoadBalancerPart } from '../plan/sizing/load-balancer';
import { callersOf, type Cell, stackOutput } from './cell';
import type { Fleet } from './fleet';
import { SERVICE_PORT } from './service';

const pascal = (id: string): string => id.replace(/(^|-)([a-z0-9])/g, (_, __, c: string) => c.toUpperCase());

/** Registers a fleet's pods with the balancers that route to it; the target groups belong to the stacks. */
export function addTargetGroupBindings(scope: Construct, cell: Cell, { service: { id }, name, number }: Fleet): void {
  const callers = callersOf(cell, id);
  const balancers = cell.deployment.parts.filter((p): p is LoadBalancerPart => p.kind === 'loadBalancer' && callers.includes(p.id));
  for (const part of balancers) {
    const balancer = nameOfOne(part.id, number, part.count);
    for (const { group, port } of groupsOf(part, cell, id))
      new ApiObject(scope, `target-group-binding-${part.id}${group.slice(id.length)}`, {
        apiVersion: 'elbv2.k8s.aws/v1beta1',
        kind: 'TargetGroupBinding',
        metadata: { name: `${balancer}-${group}` },
        spec: {
          serviceRef: { name, port },
          targetGroupARN: stackOutput(cell, 'compute', `${pascal(balancer)}${pascal(group)}TargetGroupArn`),
          targetType: 'ip',
        },
      });
  }
}

/** A balancer's target groups for a service, and the port of the service that each leads to. */
function groupsOf({ id, layer }: LoadBalancerPart, { deployment: { flows } }: Cell, service: string): { group: string; port: number }[] {
  if (layer === 7) return [{ group: service, port: SERVICE_PORT }];
  const listeners = listenersOf(id, flows).filter(({ target }) => target === service);
  return listeners.map(({ name, target, port }) => ({ group: name, port: name === target ? SERVICE_PORT : port }));
}
