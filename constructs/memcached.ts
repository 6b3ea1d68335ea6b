import { type aws_ec2 as ec2, aws_elasticache as elasticache, type aws_iam as iam, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { requireInRange } from './in-range';
import { ManagedService, type Metrics } from './managed-service';
import { highest, metric, pairs, PERCENT, shareOf } from './metric-math';

export interface MemcachedProps {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Such as `cache.r7g.large`. */
  readonly nodeType: string;
  /** 1 to 300; the default quota is 60. */
  readonly nodes: number;
  /** Whether the nodes are spread over the zones of the subnets, which takes two. @default where there are two */
  readonly crossZone?: boolean;
  /** @default 11211 */
  readonly port?: number;
}

/**
 * A cache of nodes that share the keys: ElastiCache for Memcached, over TLS. Clients are told one address and find the nodes by it. There are
 * no copies, snapshots or disks, so it goes with its stack, and a node that is lost is a share of the keys to be read again.
 *
 * Memcached knows no users: whom the security group lets in may do everything.
 */
export class Memcached extends ManagedService {
  readonly endpoints: Readonly<Record<'HOST' | 'PORT', string>>;
  private readonly cluster: elasticache.CfnCacheCluster;
  private readonly nodes: number;

  /** @throws {Error} on a count ElastiCache refuses, or one node across zones */
  constructor(scope: Construct, id: string, props: MemcachedProps) {
    super(scope, id);
    requireInRange(this, 'nodes', props.nodes, 1, 300);
    const { crossZone = props.nodes > 1 } = props;
    if (crossZone && props.nodes === 1) throw new Error(`${this.node.path}: nodes is 1; crossZone takes two`);
    this.nodes = props.nodes;
    const subnetGroup = new elasticache.CfnSubnetGroup(this, 'Subnets', {
      description: `Subnets of ${this.node.path}`,
      subnetIds: props.vpc.selectSubnets(props.subnets).subnetIds,
    });
    // Another node type is another cluster, which CloudFormation cannot know: ElastiCache guide, Manual scaling for Memcached, 2026-11-23.
    this.cluster = new elasticache.CfnCacheCluster(this, `Nodes-${props.nodeType}`, {
      engine: 'memcached',
      engineVersion: '1.6.22',
      cacheNodeType: props.nodeType,
      numCacheNodes: props.nodes,
      azMode: crossZone ? 'cross-az' : 'single-az',
      port: props.port ?? 11211,
      cacheSubnetGroupName: subnetGroup.ref,
      vpcSecurityGroupIds: [props.securityGroup.securityGroupId],
      transitEncryptionEnabled: true,
      autoMinorVersionUpgrade: true,
    });
    this.cluster.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.endpoints = {
      HOST: this.cluster.attrConfigurationEndpointAddress,
      PORT: this.cluster.attrConfigurationEndpointPort,
    };
  }

  /** There is nothing to grant. */
  grant(_grantee: iam.IGrantable, _access: Access): void {}

  protected metrics(): Metrics {
    const each = (name: string, statistic: string) =>
      Array.from({ length: this.nodes }, (_, i) =>
        metric('AWS/ElastiCache', name, statistic, {
          CacheClusterId: this.cluster.ref,
          CacheNodeId: String(i + 1).padStart(4, '0'),
        }),
      );
    return {
      cpu: highest(each('CPUUtilization', 'Maximum'), 'CPU', PERCENT),
      'hit ratio': shareOf(pairs(each('GetHits', 'Sum'), each('GetMisses', 'Sum')), 'hit ratio'),
      evictions: highest(each('Evictions', 'Sum'), 'evictions a minute'),
      connections: highest(each('CurrConnections', 'Maximum'), 'connections'),
    };
  }
}
