import { aws_rds as rds } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AuroraShard, type AuroraShardProps } from './aurora-shard';
import { ENGINES } from './database-engine';
import type { DatabaseShard } from './database-shard';
import { globalSecret, type PrimaryMembership } from './global-database';
import { recordGiven, removalPolicy } from './managed-service';

export interface AuroraDatabaseProps extends AuroraShardProps {
  /** @default no region copies it */
  readonly global?: PrimaryMembership;
}

/** A database in Aurora: storage over three zones, a writer, and readers that take over from it. */
export class AuroraDatabase extends AuroraShard implements DatabaseShard {
  readonly host: string;
  readonly readerHosts: readonly string[];
  readonly secretArn: string;
  readonly secretResource: string;

  /** @throws {Error} on counts Aurora refuses */
  constructor(scope: Construct, id: string, props: AuroraDatabaseProps) {
    super(scope, id, props);
    const { engine, encryptionKey, readers = 0, global } = props;
    const { username } = ENGINES[engine];
    const secret = global && globalSecret(this, global, { ...props, username });
    const cluster = this.cluster({
      masterUsername: username,
      ...(secret
        ? { masterUserPassword: secret.password }
        : { manageMasterUserPassword: true, masterUserSecret: { kmsKeyId: encryptionKey.keyArn } }),
    });
    if (global) this.globalCluster(global, cluster, props);
    this.host = cluster.attrEndpointAddress;
    this.readerHosts = [readers ? cluster.attrReadEndpointAddress : cluster.attrEndpointAddress];
    this.secretArn = secret?.secretArn ?? cluster.attrMasterUserSecretSecretArn;
    this.secretResource = this.secretArn;
  }

  /** Made from the cluster, whose engine and encryption it takes: a cluster that is told to join one is replaced, without its data. */
  private globalCluster(
    { identifier }: PrimaryMembership,
    primary: rds.CfnDBCluster,
    { disposable = false, usage }: AuroraDatabaseProps,
  ): void {
    const cluster = new rds.CfnGlobalCluster(this, 'Global', {
      globalClusterIdentifier: identifier,
      sourceDbClusterIdentifier: primary.attrDbClusterArn,
      deletionProtection: !disposable,
    });
    cluster.applyRemovalPolicy(removalPolicy(disposable));
    recordGiven(cluster, 'AWS::RDS::GlobalCluster', usage);
  }
}
