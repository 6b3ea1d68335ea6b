import { type aws_ec2 as ec2, aws_iam as iam, aws_msk as msk, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { kafkaArn, type KafkaName } from './kafka-arn';
import { recordGiven, type Usage } from './managed-service';

/** One end of a replication. */
export interface ReplicatedCluster extends KafkaName {
  readonly clusterArn: string;
  readonly subnetIds: readonly string[];
  readonly securityGroup: ec2.ISecurityGroup;
}

export interface KafkaReplicatorProps {
  /**
   * Cluster that messages are copied from. One in another region needs multi-VPC connectivity with IAM, which MSK only turns on once a
   * cluster runs, and a cluster policy for `kafka.amazonaws.com`.
   */
  readonly source: ReplicatedCluster;
  /** Cluster of this construct's region that messages are copied to. */
  readonly target: ReplicatedCluster;
  /** Names or patterns of topics. @default all but Kafka's own */
  readonly topics?: readonly string[];
  /** @default none */
  readonly usage?: Usage<'AWS::MSK::Replicator'>;
}

/** What AWS's own policy for replicators allows, on either end: AWSMSKReplicatorExecutionRole, 2026-11-22. */
const CLUSTER_ACTIONS = [
  'kafka-cluster:Connect',
  'kafka-cluster:DescribeCluster',
  'kafka-cluster:AlterCluster',
  'kafka-cluster:WriteDataIdempotently',
];
const TOPIC_ACTIONS = [
  'kafka-cluster:DescribeTopic',
  'kafka-cluster:CreateTopic',
  'kafka-cluster:AlterTopic',
  'kafka-cluster:DescribeTopicDynamicConfiguration',
  'kafka-cluster:AlterTopicDynamicConfiguration',
  'kafka-cluster:ReadData',
  'kafka-cluster:WriteData',
];
const GROUP_ACTIONS = ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'];

/** Copies topics, their settings and the positions of their consumers to a cluster of another region: MSK Replicator. */
export class KafkaReplicator extends Construct {
  /** @throws {Error} when both ends are the same cluster */
  constructor(scope: Construct, id: string, { source, target, topics, usage }: KafkaReplicatorProps) {
    super(scope, id);
    if (source.clusterArn === target.clusterArn) throw new Error(`${this.node.path}: source and target are the same cluster`);
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('kafka.amazonaws.com') });
    [source, target].flatMap((end) => this.policyFor(end)).forEach((statement) => role.addToPolicy(statement));
    const replicator = new msk.CfnReplicator(this, 'Resource', {
      replicatorName: Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      serviceExecutionRoleArn: role.roleArn,
      kafkaClusters: [source, target].map((end) => ({
        amazonMskCluster: { mskClusterArn: end.clusterArn },
        vpcConfig: { subnetIds: [...end.subnetIds], securityGroupIds: [end.securityGroup.securityGroupId] },
      })),
      replicationInfoList: [
        {
          sourceKafkaClusterArn: source.clusterArn,
          targetKafkaClusterArn: target.clusterArn,
          targetCompressionType: 'NONE',
          topicReplication: {
            topicsToReplicate: [...(topics ?? ['.*'])],
            copyTopicConfigurations: true,
            copyAccessControlListsForTopics: false,
            detectAndCopyNewTopics: true,
            topicNameConfiguration: { type: 'IDENTICAL' },
          },
          consumerGroupReplication: {
            consumerGroupsToReplicate: ['.*'],
            detectAndCopyNewConsumerGroups: true,
            synchroniseConsumerGroupOffsets: true,
          },
        },
      ],
    });
    replicator.node.addDependency(role);
    recordGiven(replicator, 'AWS::MSK::Replicator', usage);
  }

  /** The replicator finds topics and groups by itself, its own among them. */
  private policyFor(end: ReplicatedCluster): iam.PolicyStatement[] {
    return [
      new iam.PolicyStatement({ actions: CLUSTER_ACTIONS, resources: [end.clusterArn] }),
      new iam.PolicyStatement({ actions: TOPIC_ACTIONS, resources: [kafkaArn(this, end, 'topic', '*')] }),
      new iam.PolicyStatement({ actions: GROUP_ACTIONS, resources: [kafkaArn(this, end, 'group', '*')] }),
    ];
  }
}
