import { type aws_ec2 as ec2, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Deployment } from '../plan/plan';
import type { ManagedService } from '../constructs/managed-service';

export interface DataStackProps extends StackProps {
  readonly deployment: Deployment;
  readonly vpc: ec2.IVpc;
  readonly isolatedSubnets: ec2.SubnetSelection;
  /** Security group of each part that lives in the VPC, by part id. */
  readonly securityGroups: ReadonlyMap<string, ec2.ISecurityGroup>;
  /** @default false */
  readonly disposable?: boolean;
}

/** Everything of a deployment that holds data, behind one key. */
export class DataStack extends Stack {
  /** Constructs by part id: `endpoints`, `grant(role, access)`, `metric(watched)`. */
  readonly reachable: ReadonlyMap<string, ManagedService> = new Map();

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
  }
}
