import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { nameOfOne } from '../plan/fleets';
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
    new ApiObject(scope, `target-group-binding-${part.id}`, {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata: { name: `${balancer}-${id}` },
      spec: {
        serviceRef: { name, port: SERVICE_PORT },
        targetGroupARN: stackOutput(cell, 'compute', `${pascal(balancer)}${pascal(id)}TargetGroupArn`),
        targetType: 'ip',
      },
    });
  }
}
