import { aws_iam as iam, aws_msk as msk, Stack } from 'aws-cdk-lib';
import { kafkaArn } from './kafka-arn';
import type { KafkaCluster } from './kafka-cluster';

/** A topic of a cluster. */
export interface DeliveredTopic {
  readonly cluster: KafkaCluster;
  readonly topic: string;
}

/**
 * Lets Firehose come to a cluster by private connectivity, and a role read one of its topics
 * (https://docs.aws.amazon.com/firehose/latest/dev/writing-with-msk.html, 2026-11-22).
 * @returns the policy of the cluster, which has to be there before a stream; MSK takes none before private connectivity is on
 */
export function admitFirehose(role: iam.Role, { cluster, topic }: DeliveredTopic): msk.CfnClusterPolicy {
  const { CLUSTER_ARN } = cluster.endpoints;
  const allow = (actions: string[], resources: string[]) => role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
  allow(['kafka:GetBootstrapBrokers', 'kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka-cluster:Connect'], [CLUSTER_ARN]);
  allow(
    ['DescribeTopic', 'DescribeTopicDynamicConfiguration', 'ReadData'].map((action) => `kafka-cluster:${action}`),
    [kafkaArn(cluster, cluster, 'topic', topic)],
  );
  allow(['kafka-cluster:DescribeGroup'], [kafkaArn(cluster, cluster, 'group', '*')]);
  const document = new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('firehose.amazonaws.com')],
        actions: ['kafka:CreateVpcConnection'],
        resources: [CLUSTER_ARN],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(cluster).account } },
      }),
    ],
  });
  const existing = cluster.node.tryFindChild('Policy');
  return existing instanceof msk.CfnClusterPolicy
    ? existing
    : new msk.CfnClusterPolicy(cluster, 'Policy', { clusterArn: CLUSTER_ARN, policy: document });
}
