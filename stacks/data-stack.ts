import { aws_kms as kms, type CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { recordUsage } from '../constructs/access';
import { keyRemoval, type ManagedService } from '../constructs/managed-service';
import { isCopy } from '../plan/copy';
import { isolatedParts } from '../plan/isolation';
import type { ReplicaRegion } from './data-replication';
import { buildAll, isStateful } from './stateful';
import { aroundIn, type StatefulStackProps } from './stateful/around';
import { keyUsage } from './usage/callers';
import { StageStack } from './stage-stack';

/**
 * Everything of a deployment that holds data, but for copies of another region's databases. One key is behind it, and one behind
 * each part of an isolated tier: whoever may use the first, by a flow or by mistake, still reads nothing there (docs/decisions/0012).
 */
export class DataStack extends StageStack {
  /** Constructs by part id: `endpoints`, `grant(role, access)`, `metric(watched)`. */
  readonly reachable: ReadonlyMap<string, ManagedService>;
  /** This region as its home region sees it. */
  readonly asReplica: ReplicaRegion;
  private readonly sharedKey: kms.Key;
  private readonly ownKeys: ReadonlyMap<string, kms.Key>;

  constructor(scope: Construct, id: string, props: StatefulStackProps) {
    super(scope, id, props);
    const { deployment } = props;
    const parts = deployment.parts.filter(isStateful);
    const isolated = isolatedParts(deployment);
    const [alone, together] = [true, false].map((own) => parts.map((part) => part.id).filter((part) => isolated.has(part) === own));
    this.sharedKey = this.key('Key', `Data of ${this.stackName}`, together!, props);
    this.ownKeys = new Map(alone!.map((part) => [part, this.key(`${part}-key`, `Data of ${this.stackName}: ${part}`, [part], props)]));
    this.asReplica = { deployment, account: this.account, keyArnOf: (part) => this.keyOf(part).keyArn };
    this.reachable = buildAll(
      parts.filter((part) => !isCopy(part)),
      aroundIn(this, props, (part) => this.keyOf(part)),
    );
  }

  /** What a part of this region is encrypted with. */
  keyOf(partId: string): kms.IKey {
    return this.ownKeys.get(partId) ?? this.sharedKey;
  }

  private key(id: string, description: string, parts: readonly string[], { deployment, disposable }: StatefulStackProps): kms.Key {
    const key = new kms.Key(this, id, { description, enableKeyRotation: true, ...keyRemoval(disposable) });
    recordUsage(key.node.defaultChild as CfnResource, 'AWS::KMS::Key', keyUsage(deployment, parts));
    return key;
  }
}
