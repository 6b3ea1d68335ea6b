import { aws_ec2 as ec2, aws_kms as kms, CfnOutput, type CfnResource, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { recordUsage } from '../constructs/access';
import { type ManagedService, removalPolicy } from '../constructs/managed-service';
import { endpointsOf } from '../plan/endpoints';
import type { Deployment } from '../plan/plan';
import type { Part } from '../plan/sizing';
import type { ReplicaRegion, Replication } from './data-replication';
import { build, isStateful } from './stateful';
import type { Around } from './stateful/around';
import { keyUsage } from './usage/callers';

export interface DataStackProps extends StackProps {
  readonly deployment: Deployment;
  readonly vpc: ec2.IVpc;
  /** Subnets in two zones or more, whatever the zones of the deployment: RDS, ElastiCache and MSK ask for them. */
  readonly isolatedSubnets: ec2.SubnetSelection;
  /** Security group of each part that lives in the VPC, by part id. */
  readonly securityGroups: ReadonlyMap<string, ec2.ISecurityGroup>;
  /** Whether the data may go with the stack. @default false */
  readonly disposable?: boolean;
  /** @default the data of this region is its own */
  readonly replication?: Replication;
}

/** Everything of a deployment that holds data, behind one key. */
export class DataStack extends Stack {
  /** Constructs by part id: `endpoints`, `grant(role, access)`, `metric(watched)`. */
  readonly reachable: ReadonlyMap<string, ManagedService>;
  /** This region as its home region sees it. */
  readonly asReplica: ReplicaRegion;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const { deployment, disposable = false } = props;
    const parts = deployment.parts.filter(isStateful);
    const key = new kms.Key(this, 'Key', {
      description: `Data of ${this.stackName}`,
      enableKeyRotation: true,
      removalPolicy: removalPolicy(disposable),
    });
    const resource = key.node.defaultChild as kms.CfnKey;
    recordUsage(
      resource satisfies CfnResource,
      'AWS::KMS::Key',
      keyUsage(
        deployment,
        parts.map((p) => p.id),
      ),
    );
    this.asReplica = { deployment, account: this.account, keyArn: resource.attrArn };
    const around: Around = {
      stack: this,
      deployment,
      encryptionKey: key,
      disposable,
      vpc: props.vpc,
      subnets: props.isolatedSubnets,
      securityGroup: (partId) =>
        props.securityGroups.get(partId) ?? fail(`${this.node.path}: part "${partId}" lives in the VPC and has no security group`),
      replication: props.replication,
    };
    this.reachable = new Map(parts.map((part) => [part.id, build(part, around)]));
    parts.forEach((part) => this.putOut(part));
  }

  /** Puts out what callers of a part are told, under the names the manifests look for. */
  private putOut(part: Part): void {
    const { endpoints } = this.reachable.get(part.id)!;
    for (const { variable, output } of endpointsOf(part)) {
      const suffix = variable.slice(part.id.length + 1);
      new CfnOutput(this, output!, { value: endpoints[suffix] ?? fail(`${this.node.path}: part "${part.id}" has no endpoint ${suffix}`) });
    }
  }
}

function fail(message: string): never {
  throw new Error(message);
}
