import { aws_rds as rds, Names, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENGINES, hasPerformanceInsights } from './database-engine';
import type { DatabaseShardProps } from './database-shard';
import { type GlobalMembership, requireIdentifier } from './global-database';
import { requireInRange } from './in-range';
import { removalPolicy } from './managed-service';
import { ServiceLogs } from './service-logs';

export interface RdsShardProps extends DatabaseShardProps {
  /** Of the first instance, which readers continue. @default that of `global`, or derived from the construct's path */
  readonly identifier?: string;
  /** gp3 volume, GiB, 20 to 65,536; it grows to twice that by itself. */
  readonly storageGib: number;
  /** I/Os per second of each volume, 12,000 to 64,000; RDS sells them from 400 GiB on. @default what a volume of its size includes */
  readonly iops?: number;
  /** MiB/s of each volume, 500 to 4000 and no more than a quarter of `iops`. @default what a volume of its size includes */
  readonly throughputMibs?: number;
}

/** Sizes, IOPS and throughput of gp3: RDS docs, DB instance storage (CHAP_Storage.html), 2026-11-22. */
const MAX_STORAGE_GIB = 65_536;
const STRIPED_FROM_GIB = 400;

/** What instances of RDS have in common, whether they take writes or copy others: logs, settings, subnets, encryption. */
export abstract class RdsShard extends Construct {
  /** Identifier of the first instance. */
  readonly name: string;
  private readonly logs: readonly ServiceLogs[];
  private readonly parameters: rds.CfnDBParameterGroup;
  protected readonly subnets: rds.CfnDBSubnetGroup;
  protected readonly volume: Pick<rds.CfnDBInstanceProps, 'allocatedStorage' | 'maxAllocatedStorage'>;

  /** @throws {Error} on counts and sizes RDS refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly shared: RdsShardProps & { readonly global?: GlobalMembership },
  ) {
    super(scope, id);
    const { engine, encryptionKey, disposable, global, storageGib, usage, vpc } = shared;
    const isFast = shared.iops !== undefined || shared.throughputMibs !== undefined;
    requireInRange(this, 'storageGib', storageGib, isFast ? STRIPED_FROM_GIB : 20, MAX_STORAGE_GIB);
    requireInRange(this, 'iops', shared.iops, 12_000, 64_000);
    requireInRange(this, 'throughputMibs', shared.throughputMibs, 500, 4000);
    if (global) requireIdentifier(this, global);
    this.volume = {
      allocatedStorage: String(storageGib),
      maxAllocatedStorage: Token.isUnresolved(storageGib) ? undefined : Math.min(2 * storageGib, MAX_STORAGE_GIB),
    };
    const { rds: edition } = ENGINES[engine];
    this.name = shared.identifier ?? global?.identifier ?? Names.uniqueResourceName(this, { maxLength: 50, separator: '-' }).toLowerCase();
    // RDS writes to groups of this name, and would make one that keeps everything forever.
    this.logs = edition.logs.map((log) => {
      const logGroupName = `/aws/rds/instance/${this.name}/${log}`;
      return new ServiceLogs(this, `Log-${log}`, { logGroupName, encryptionKey, disposable, retention: shared.logRetention, usage });
    });
    this.parameters = new rds.CfnDBParameterGroup(this, 'Parameters', {
      family: edition.family,
      description: `Settings of ${this.node.path}`,
      parameters: edition.parameters,
    });
    this.subnets = new rds.CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: `Subnets of ${this.node.path}`,
      subnetIds: vpc.selectSubnets(shared.subnets).subnetIds,
    });
  }

  /** The instance whose logs are kept, in the shard's own subnets. */
  protected first(id: string, own: rds.CfnDBInstanceProps): rds.CfnDBInstance {
    const { engine, port } = this.shared;
    const instance = this.instance(id, {
      dbInstanceIdentifier: this.name,
      dbSubnetGroupName: this.subnets.ref,
      port: String(port ?? ENGINES[engine].port),
      enableCloudwatchLogsExports: [...ENGINES[engine].rds.logs],
      ...own,
    });
    instance.node.addDependency(...this.logs);
    return instance;
  }

  protected instance(id: string, own: rds.CfnDBInstanceProps): rds.CfnDBInstance {
    const { engine, instanceClass, encryptionKey, disposable = false, securityGroup } = this.shared;
    const insights = hasPerformanceInsights(engine, instanceClass);
    const instance = new rds.CfnDBInstance(this, id, {
      dbInstanceClass: instanceClass,
      vpcSecurityGroups: [securityGroup.securityGroupId],
      dbParameterGroupName: this.parameters.ref,
      publiclyAccessible: false,
      storageType: 'gp3',
      iops: this.shared.iops,
      storageThroughput: this.shared.throughputMibs,
      // A replica is encrypted because its source is, and may not say so itself.
      storageEncrypted: own.sourceDbInstanceIdentifier === undefined ? true : undefined,
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
