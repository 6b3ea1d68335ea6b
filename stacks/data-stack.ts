import { aws_kms as kms, type CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { recordUsage } from '../constructs/access';
import { type ManagedService, removalPolicy } from '../constructs/managed-service';
import { isCopy } from '../plan/copy';
import type { ReplicaRegion } from './data-replication';
import { buildAll, isStateful } from './stateful';
import { aroundIn, type StatefulStackProps } from './stateful/around';
import { keyUsage } from './usage/callers';

/** Everything of a deployment that holds data, behind one key, but for copies of another region's databases. */
export class DataStack extends Stack {
  readonly encryptionKey: kms.IKey;
  /** Constructs by part id: `endpoints`, `grant(role, access)`, `metric(watched)`. */
  readonly reachable: ReadonlyMap<string, ManagedService>;
  /** This region as its home region sees it. */
  readonly asReplica: ReplicaRegion;

  constructor(scope: Construct, id: string, props: StatefulStackProps) {
    super(scope, id, props);
    const { deployment, disposable } = props;
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
    this.encryptionKey = key;
    this.asReplica = { deployment, account: this.account, keyArn: resource.attrArn };
    this.reachable = buildAll(
      parts.filter((part) => !isCopy(part)),
      aroundIn(this, props, key),
    );
  }
}
