import { ApiObject } from 'cdk8s';
import type { Service } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { callersOf, type Cell, stackOutput } from './cell';
import { SERVICE_PORT } from './service';

const pascal = (id: string): string => id.replace(/(^|-)([a-z0-9])/g, (_, __, c: string) => c.toUpperCase());

/** Registers a service's pods with the balancers that route to it; the target groups belong to the stacks. */
export function addTargetGroupBindings(scope: Construct, cell: Cell, service: Service): void {
  const balancers = cell.deployment.parts.filter((p) => p.kind === 'loadBalancer' && callersOf(cell, service.name).includes(p.id));
  for (const { id } of balancers) {
    new ApiObject(scope, `target-group-binding-${id}`, {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata: { name: `${id}-${service.name}` },
      spec: {
        serviceRef: { name: service.name, port: SERVICE_PORT },
        targetGroupARN: stackOutput(cell, 'compute', `${pascal(id)}${pascal(service.name)}TargetGroupArn`),
        targetType: 'ip',
      },
    });
  }
}
