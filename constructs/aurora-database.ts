import { aws_rds as rds, aws_secretsmanager as secretsmanager, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENGINES } from './database-engine';
import type { DatabaseShard, DatabaseShardProps } from './database-shard';
import { requireInRange } from './in-range';
import { recordGiven, removalPolicy } from './managed-service';
import { ServiceLogs } from './service-logs';
import { ServiceSecret } from './service-secret';

/** Membership of an Aurora Global Database. */
export interface GlobalMembership {
  /** Lower case letters, digits and hyphens; the same in every region. */
  readonly identifier: string;
  /** The primary takes writes and makes the global cluster; a secondary follows it within a second and is deployed after it. */
  readonly role: 'primary' | 'secondary';
  /** Regions of the secondaries, which get a copy of the password. @default none */
  readonly secondaryRegions?: readonly string[];
}

export interface AuroraDatabaseProps extends DatabaseShardProps {
  /** `I/O-optimized` has no charge per I/O and pays above about a quarter of the bill for them. @default `standard` */
  readonly storage?: 'standard' | 'I/O-optimized';
  /** @default a cluster of its own */
  readonly global?: GlobalMembership;
}

/** A database in Aurora: storage over three zones, a writer, and readers that take over from it. */
export class AuroraDatabase extends Construct implements DatabaseShard {
  readonly host: string;
  readonly readerHosts: readonly string[];
  readonly secretArn: string;
  readonly secretResource: string;
  readonly name: string;
  readonly replicas: readonly string[] = [];

  /** @throws {Error} on counts Aurora refuses */
  constructor(scope: Construct, id: string, props: AuroraDatabaseProps) {
    super(scope, id);
    const { engine, encryptionKey, disposable = false, readers = 0, global } = props;
    requireInRange(this, 'readers', readers, 0, 15);
    requireInRange(this, 'pitrDays', props.pitrDays, 1, 35);
    const { aurora: edition, port, username } = ENGINES[engine];
    this.name = Names.uniqueResourceName(this, { maxLength: 50, separator: '-' }).toLowerCase();
    // Aurora writes to groups of this name, and would make one that keeps everything forever.
    const logs = edition.logs.map(
      (log) =>
        new ServiceLogs(this, `Log-${log}`, {
          logGroupName: `/aws/rds/cluster/${this.name}/${log}`,
          encryptionKey,
          disposable,
          retention: props.logRetention,
          usage: props.usage,
        }),
    );
    const group = new rds.CfnDBClusterParameterGroup(this, 'Parameters', {
      family: edition.family,
      description: `Settings of ${this.node.path}`,
      parameters: edition.parameters,
    });
    const subnets = new rds.CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: `Subnets of ${this.node.path}`,
      subnetIds: props.vpc.selectSubnets(props.subnets).subnetIds,
    });
    const secret = global?.role === 'primary' ? this.globalSecret(global, props, username) : undefined;
    const cluster = new rds.CfnDBCluster(this, 'Resource', {
      dbClusterIdentifier: this.name,
      engine: edition.engine,
      engineVersion: edition.version,
      globalClusterIdentifier: global && this.globalCluster(global, props),
      storageType: props.storage === 'I/O-optimized' ? 'aurora-iopt1' : 'aurora',
      ...(global?.role !== 'secondary' && {
        masterUsername: username,
        ...(secret
          ? { masterUserPassword: secret.password }
          : { manageMasterUserPassword: true, masterUserSecret: { kmsKeyId: encryptionKey.keyArn } }),
      }),
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
      enableCloudwatchLogsExports: [...edition.logs],
    });
    cluster.applyRemovalPolicy(removalPolicy(disposable));
    cluster.node.addDependency(...logs);
    recordGiven(cluster, 'AWS::RDS::DBCluster', props.usage);
    Array.from({ length: 1 + readers }, (_, i) => this.member(i, cluster, props));
    this.host = cluster.attrEndpointAddress;
    this.readerHosts = [readers ? cluster.attrReadEndpointAddress : cluster.attrEndpointAddress];
    const copy = global?.role === 'secondary' ? secretsmanager.Secret.fromSecretNameV2(this, 'Secret', secretName(global)) : undefined;
    this.secretArn = (copy ?? secret)?.secretArn ?? cluster.attrMasterUserSecretSecretArn;
    // A secret known by name has six characters at the end that nobody knows beforehand.
    this.secretResource = copy ? `${copy.secretArn}-??????` : this.secretArn;
  }

  private member(
    index: number,
    cluster: rds.CfnDBCluster,
    { engine, instanceClass, encryptionKey, disposable, usage }: AuroraDatabaseProps,
  ): void {
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

  /** RDS does not manage the password of a global database, and the copies of the secret are found by name. */
  private globalSecret(
    global: GlobalMembership,
    { encryptionKey, disposable, usage }: AuroraDatabaseProps,
    username: string,
  ): ServiceSecret {
    return new ServiceSecret(this, 'Secret', {
      secretName: secretName(global),
      description: `Master user of ${this.node.path}`,
      ...{ username, encryptionKey, disposable, usage, replicaRegions: global.secondaryRegions },
    });
  }

  private globalCluster({ identifier, role }: GlobalMembership, { engine, disposable = false, usage }: AuroraDatabaseProps): string {
    if (role === 'secondary') return identifier;
    const { aurora: edition } = ENGINES[engine];
    const cluster = new rds.CfnGlobalCluster(this, 'Global', {
      globalClusterIdentifier: identifier,
      engine: edition.engine,
      engineVersion: edition.version,
      storageEncrypted: true,
      deletionProtection: !disposable,
    });
    cluster.applyRemovalPolicy(removalPolicy(disposable));
    recordGiven(cluster, 'AWS::RDS::GlobalCluster', usage);
    return cluster.ref;
  }
}

const secretName = ({ identifier }: GlobalMembership): string => `${identifier}-master`;
