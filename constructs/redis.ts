import {
  type aws_ec2 as ec2,
  aws_elasticache as elasticache,
  type aws_iam as iam,
  type aws_kms as kms,
  type aws_logs as logs,
  Names,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { requireInRange } from './in-range';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, removalPolicy, type Usage } from './managed-service';
import { highest, metric, pairs, PERCENT, shareOf } from './metric-math';
import { ServiceLogs } from './service-logs';
import { grantSecrets, ServiceSecret } from './service-secret';

export interface RedisProps extends ManagedServiceProps {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Such as `cache.r7g.large`. */
  readonly nodeType: string;
  /**
   * `single`: one node, down with its zone; `failover`: a primary whose replicas stand in; `cluster`: shards, for clients that
   * speak the cluster protocol.
   */
  readonly topology: 'single' | 'failover' | 'cluster';
  /** Shards of a `cluster`, 1 to 500; the default quota is 90 nodes. @default 1 */
  readonly shards?: number;
  /** Replicas of each shard, 1 to 5, in zones of their own; a `cluster` may do without. @default 1; none for `single` */
  readonly replicasPerShard?: number;
  /** What goes when memory is full: `noeviction` refuses writes instead. @default `volatile-lru`, the engine's own */
  readonly eviction?: 'allkeys-lru' | 'volatile-lru' | 'volatile-ttl' | 'noeviction';
  /** Days daily snapshots are kept, 0 to 35. @default 0: no snapshots */
  readonly snapshotDays?: number;
  /** @default 6379 */
  readonly port?: number;
  /** @default one month */
  readonly logRetention?: logs.RetentionDays;
  /** @default none */
  readonly usage?: Usage<'AWS::ElastiCache::ReplicationGroup' | 'AWS::SecretsManager::Secret' | 'AWS::Logs::LogGroup'>;
}

const FAMILY = 'valkey8';

/** An in-memory store that speaks the Redis protocol: ElastiCache for Valkey, over TLS, with a password. */
export class Redis extends ManagedService {
  readonly endpoints: Readonly<Record<'HOST' | 'PORT' | 'SECRET_ARN', string>>;
  /** The nodes' names start with it, and an alarm on a hundred of them is no place for references. */
  private readonly name: string;
  private readonly secret: ServiceSecret;
  private readonly key: kms.IKey;
  private readonly nodes: readonly string[];

  /** @throws {Error} on counts ElastiCache refuses, or shards and replicas that the topology does not have */
  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    const { topology, encryptionKey, disposable } = props;
    const cluster = topology === 'cluster';
    if (!cluster && (props.shards ?? 1) !== 1)
      throw new Error(`${this.node.path}: shards is ${props.shards}; topology "${topology}" has one`);
    if (topology === 'single' && props.replicasPerShard)
      throw new Error(`${this.node.path}: replicasPerShard is ${props.replicasPerShard}; topology "single" has none`);
    requireInRange(this, 'shards', props.shards, 1, 500);
    if (topology !== 'single') requireInRange(this, 'replicasPerShard', props.replicasPerShard, cluster ? 0 : 1, 5);
    requireInRange(this, 'snapshotDays', props.snapshotDays, 0, 35);
    const shards = props.shards ?? 1;
    const replicas = topology === 'single' ? 0 : (props.replicasPerShard ?? 1);

    this.key = encryptionKey;
    this.secret = new ServiceSecret(this, 'Secret', {
      description: `Password of ${this.node.path}`,
      username: 'default',
      encryptionKey,
      disposable,
      usage: props.usage,
    });
    const slowLog = new ServiceLogs(this, 'SlowLog', { encryptionKey, disposable, retention: props.logRetention, usage: props.usage });
    const subnetGroup = new elasticache.CfnSubnetGroup(this, 'Subnets', {
      description: `Subnets of ${this.node.path}`,
      subnetIds: props.vpc.selectSubnets(props.subnets).subnetIds,
    });
    const parameters = new elasticache.CfnParameterGroup(this, cluster ? 'ClusterParameters' : 'Parameters', {
      description: `Settings of ${this.node.path}`,
      cacheParameterGroupFamily: FAMILY,
      properties: { 'maxmemory-policy': props.eviction ?? 'volatile-lru', ...(cluster && { 'cluster-enabled': 'yes' }) },
    });
    // Neither cluster mode nor replicas of shards change in place: another make is another group, beside the one that has the data.
    const make = cluster ? `cluster-${replicas}` : 'Resource';
    const name = Names.uniqueResourceName(this, { maxLength: cluster ? 30 : 40, separator: '-' }).toLowerCase();
    this.name = cluster ? `${name}-${make}` : name;
    const group = new elasticache.CfnReplicationGroup(this, make, {
      replicationGroupId: this.name,
      replicationGroupDescription: this.node.path,
      engine: 'valkey',
      engineVersion: '8.0',
      cacheNodeType: props.nodeType,
      port: props.port ?? 6379,
      cacheSubnetGroupName: subnetGroup.ref,
      cacheParameterGroupName: parameters.ref,
      securityGroupIds: [props.securityGroup.securityGroupId],
      ...(cluster ? { numNodeGroups: shards, replicasPerNodeGroup: replicas } : { numCacheClusters: 1 + replicas }),
      // ElastiCache asks for it of every cluster, also of one without replicas.
      automaticFailoverEnabled: cluster || replicas > 0,
      multiAzEnabled: replicas > 0,
      atRestEncryptionEnabled: true,
      kmsKeyId: encryptionKey.keyArn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      authToken: this.secret.password,
      autoMinorVersionUpgrade: true,
      snapshotRetentionLimit: props.snapshotDays ?? 0,
      logDeliveryConfigurations: [
        {
          logType: 'slow-log',
          logFormat: 'json',
          destinationType: 'cloudwatch-logs',
          destinationDetails: { cloudWatchLogsDetails: { logGroup: slowLog.logGroupName } },
        },
      ],
    });
    group.applyRemovalPolicy(removalPolicy(disposable));
    // Shards come and go in place; otherwise CloudFormation would make a new group, without the data.
    group.cfnOptions.updatePolicy = { useOnlineResharding: true };
    recordGiven(group, 'AWS::ElastiCache::ReplicationGroup', props.usage);
    this.nodes = Array.from({ length: shards * (1 + replicas) }, (_, i) =>
      this.nodeName(cluster ? Math.floor(i / (1 + replicas)) : undefined, i % (1 + replicas)),
    );
    this.endpoints = {
      HOST: cluster ? group.attrConfigurationEndPointAddress : group.attrPrimaryEndPointAddress,
      PORT: cluster ? group.attrConfigurationEndPointPort : group.attrPrimaryEndPointPort,
      SECRET_ARN: this.secret.secretArn,
    };
  }

  /** Commands are not told apart by IAM: whoever has the password may read and write (docs/decisions/0014). */
  grant(grantee: iam.IGrantable, _access: Access): void {
    grantSecrets(grantee, [this.secret.secretArn], this.key);
  }

  protected metrics(): Metrics {
    const each = (name: string, statistic: string) =>
      this.nodes.map((node) => metric('AWS/ElastiCache', name, statistic, { CacheClusterId: node }));
    return {
      cpu: highest(each('EngineCPUUtilization', 'Maximum'), 'engine CPU', PERCENT),
      'memory used': highest(each('DatabaseMemoryUsagePercentage', 'Maximum'), 'memory used', PERCENT),
      'hit ratio': shareOf(pairs(each('CacheHits', 'Sum'), each('CacheMisses', 'Sum')), 'hit ratio'),
      evictions: highest(each('Evictions', 'Sum'), 'evictions a minute'),
      connections: highest(each('CurrConnections', 'Maximum'), 'connections'),
      'latency p99': highest(each('SuccessfulReadRequestLatency', 'p99'), 'read latency', 1e-6),
      'replication lag': highest(each('ReplicationLag', 'Maximum'), 'replication lag'),
    };
  }

  /** Nodes are named after their group: `group-0001-001` in cluster mode, `group-001` otherwise. */
  private nodeName(shard: number | undefined, node: number): string {
    const shardPart = shard === undefined ? '' : `-${String(shard + 1).padStart(4, '0')}`;
    return `${this.name}${shardPart}-${String(node + 1).padStart(3, '0')}`;
  }
}
