import { aws_rds as rds, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENGINES } from './database-engine';
import type { DatabaseShardProps } from './database-shard';
import { type GlobalMembership, requireIdentifier } from './global-database';
import { requireInRange } from './in-range';
import { recordGiven, removalPolicy } from './managed-service';
import { ServiceLogs } from './service-logs';

export interface AuroraShardProps extends DatabaseShardProps {
  /** `I/O-optimized` has no charge per I/O and pays above about a quarter of the bill for them. @default `standard` */
  readonly storage?: 'standard' | 'I/O-optimized';
}

/** What clusters of Aurora have in common, whether they take writes or copy others: logs, settings, subnets, encryption, members. */
export abstract class AuroraShard extends Construct {
  /** Identifier of the cluster. */
  readonly name: string;
  readonly replicas: readonly string[] = [];

  /** @throws {Error} on counts Aurora refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly shared: AuroraShardProps & { readonly global?: GlobalMembership },
  ) {
    super(scope, id);
    requireInRange(this, 'readers', shared.readers, 0, 15);
    requireInRange(this, 'pitrDays', shared.pitrDays, 1, 35);
    if (shared.global) requireIdentifier(this, shared.global);
    this.name = Names.uniqueResourceName(this, { maxLength: 50, separator: '-' }).toLowerCase();
  }

  /** The cluster with its members. @param parameters settings besides the engine's usual ones */
  protected cluster(own: Partial<rds.CfnDBClusterProps>, parameters: Readonly<Record<string, string>> = {}): rds.CfnDBCluster {
    const { engine, encryptionKey, disposable = false, usage, vpc, logRetention, readers = 0, ...props } = this.shared;
    const { aurora: edition, port } = ENGINES[engine];
    // Aurora writes to groups of this name, and would make one that keeps everything forever.
    const logs = edition.logs.map((log) => {
      const logGroupName = `/aws/rds/cluster/${this.name}/${log}`;
      return new ServiceLogs(this, `Log-${log}`, { logGroupName, encryptionKey, disposable, retention: logRetention, usage });
    });
    const group = new rds.CfnDBClusterParameterGroup(this, 'ClusterParameters', {
      family: edition.family,
      description: `Settings of ${this.node.path}`,
      parameters: { ...edition.parameters, ...parameters },
    });
    const subnets = new rds.CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: `Subnets of ${this.node.path}`,
      subnetIds: vpc.selectSubnets(props.subnets).subnetIds,
    });
    const cluster = new rds.CfnDBCluster(this, 'Resource', {
      dbClusterIdentifier: this.name,
      engine: edition.engine,
      engineVersion: edition.version,
      storageType: props.storage === 'I/O-optimized' ? 'aurora-iopt1' : 'aurora',
      port: props.port ?? port,
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroupIds: [props.securityGroup.securityGroupId],
      dbClusterParameterGroupName: group.ref,
      storageEncrypted: true,
      kmsKeyId: encryptionKey.keyArn,
      enableIamDatabaseAuthentication: true,
      backupRetentionPeriod: props.pitrDays ?? 7,
      copyTagsToSnapshot: true,
      deletionProtection: !disposable,
      deleteAutomatedBackups: disposable || undefined,
      enableCloudwatchLogsExports: [...edition.logs],
      ...own,
    });
    cluster.applyRemovalPolicy(removalPolicy(disposable));
    cluster.node.addDependency(...logs);
    recordGiven(cluster, 'AWS::RDS::DBCluster', usage);
    Array.from({ length: 1 + readers }, (_, i) => this.member(i, cluster));
    return cluster;
  }

  private member(index: number, cluster: rds.CfnDBCluster): void {
    const { engine, instanceClass, encryptionKey, disposable, usage } = this.shared;
    const instance = new rds.CfnDBInstance(this, `Instance${index}`, {
      dbClusterIdentifier: cluster.ref,
      dbInstanceClass: instanceClass,
      engine: ENGINES[engine].aurora.engine,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      // The first ones in line to take over are of the writer's tier.
      promotionTier: Math.min(index, 15),
      enablePerformanceInsights: true,
      performanceInsightsKmsKeyId: encryptionKey.keyArn,
      performanceInsightsRetentionPeriod: 7,
    });
    instance.applyRemovalPolicy(removalPolicy(disposable));
    if (usage) recordGiven(instance, 'AWS::RDS::DBInstance', { 'AWS::RDS::DBInstance': { backupGbBeyondFree: 0 } });
  }
}
