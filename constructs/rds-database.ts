import { aws_rds as rds, Names, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENGINES, hasPerformanceInsights } from './database-engine';
import type { DatabaseShard, DatabaseShardProps } from './database-shard';
import { requireInRange } from './in-range';
import { recordGiven, removalPolicy } from './managed-service';
import { ServiceLogs } from './service-logs';
import { ServiceSecret } from './service-secret';

export interface RdsDatabaseProps extends DatabaseShardProps {
  /** Whether a synchronous standby in another zone takes over. @default false */
  readonly multiAz?: boolean;
  /** gp3 volume, GiB, 20 to 65,536; it grows to twice that by itself. */
  readonly storageGib: number;
}

const MAX_STORAGE_GIB = 65_536;

/** A database in RDS: one instance, with a standby in another zone if asked for, and read replicas. */
export class RdsDatabase extends Construct implements DatabaseShard {
  readonly host: string;
  readonly readerHosts: readonly string[];
  readonly secretArn: string;
  readonly secretResource: string;
  readonly name: string;
  readonly replicas: readonly string[];

  /** @throws {Error} on counts and sizes RDS refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RdsDatabaseProps,
  ) {
    super(scope, id);
    const { engine, encryptionKey, disposable, readers = 0, storageGib } = props;
    requireInRange(this, 'readers', readers, 0, 15);
    requireInRange(this, 'storageGib', storageGib, 20, MAX_STORAGE_GIB);
    requireInRange(this, 'pitrDays', props.pitrDays, 1, 35);
    const { rds: edition, port, username } = ENGINES[engine];
    this.name = Names.uniqueResourceName(this, { maxLength: 50, separator: '-' }).toLowerCase();
    // RDS writes to groups of this name, and would make one that keeps everything forever.
    const logs = edition.logs.map(
      (log) =>
        new ServiceLogs(this, `Log-${log}`, {
          logGroupName: `/aws/rds/instance/${this.name}/${log}`,
          encryptionKey,
          disposable,
          retention: props.logRetention,
          usage: props.usage,
        }),
    );
    const group = new rds.CfnDBParameterGroup(this, 'Parameters', {
      family: edition.family,
      description: `Settings of ${this.node.path}`,
      parameters: edition.parameters,
    });
    const subnets = new rds.CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: `Subnets of ${this.node.path}`,
      subnetIds: props.vpc.selectSubnets(props.subnets).subnetIds,
    });
    // RDS keeps and turns the password itself, except that read replicas refuse a source whose password it manages.
    const secret =
      readers > 0
        ? new ServiceSecret(this, 'Secret', {
            description: `Master user of ${this.node.path}`,
            username,
            encryptionKey,
            disposable,
            usage: props.usage,
          })
        : undefined;
    const primary = this.instance('Primary', {
      dbInstanceIdentifier: this.name,
      engine: edition.engine,
      engineVersion: edition.version,
      multiAz: props.multiAz ?? false,
      allocatedStorage: String(storageGib),
      maxAllocatedStorage: Token.isUnresolved(storageGib) ? undefined : Math.min(2 * storageGib, MAX_STORAGE_GIB),
      storageType: 'gp3',
      dbSubnetGroupName: subnets.ref,
      port: String(props.port ?? port),
      masterUsername: username,
      ...(secret
        ? { masterUserPassword: secret.password }
        : { manageMasterUserPassword: true, masterUserSecret: { kmsKeyId: encryptionKey.keyArn } }),
      backupRetentionPeriod: props.pitrDays ?? 7,
      dbParameterGroupName: group.ref,
      enableCloudwatchLogsExports: [...edition.logs],
    });
    primary.node.addDependency(...logs);
    recordGiven(primary, 'AWS::RDS::DBInstance', props.usage);
    this.replicas = Array.from({ length: readers }, (_, i) => `${this.name}-reader${i}`);
    const replicas = this.replicas.map((dbInstanceIdentifier, i) => {
      const replica = this.instance(`Reader${i}`, {
        dbInstanceIdentifier,
        sourceDbInstanceIdentifier: primary.ref,
        storageType: 'gp3',
        dbParameterGroupName: group.ref,
      });
      if (props.usage) recordGiven(replica, 'AWS::RDS::DBInstance', { 'AWS::RDS::DBInstance': { backupGbBeyondFree: 0 } });
      return replica;
    });
    this.host = primary.attrEndpointAddress;
    this.readerHosts = (replicas.length ? replicas : [primary]).map((instance) => instance.attrEndpointAddress);
    this.secretArn = secret?.secretArn ?? primary.attrMasterUserSecretSecretArn;
    this.secretResource = this.secretArn;
  }

  private instance(id: string, own: rds.CfnDBInstanceProps): rds.CfnDBInstance {
    const { engine, instanceClass, encryptionKey, disposable = false, securityGroup } = this.props;
    const insights = hasPerformanceInsights(engine, instanceClass);
    const instance = new rds.CfnDBInstance(this, id, {
      dbInstanceClass: instanceClass,
      vpcSecurityGroups: [securityGroup.securityGroupId],
      publiclyAccessible: false,
      storageEncrypted: true,
      kmsKeyId: encryptionKey.keyArn,
      enableIamDatabaseAuthentication: true,
      autoMinorVersionUpgrade: true,
      copyTagsToSnapshot: true,
      deletionProtection: !disposable,
      deleteAutomatedBackups: disposable,
      enablePerformanceInsights: insights,
      ...(insights && { performanceInsightsKmsKeyId: encryptionKey.keyArn, performanceInsightsRetentionPeriod: 7 }),
      ...own,
    });
    instance.applyRemovalPolicy(removalPolicy(disposable));
    return instance;
  }
}
