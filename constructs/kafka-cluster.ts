import { type aws_ec2 as ec2, aws_iam as iam, type aws_logs as logs, aws_msk as msk, type CfnCondition, Fn, Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { requireInRange } from './in-range';
import { kafkaArn } from './kafka-arn';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, removalPolicy, type Usage } from './managed-service';
import { highest, largest, mathOverSets, metric, pairs, PERCENT } from './metric-math';
import { ServiceLogs } from './service-logs';

export interface KafkaTopic {
  readonly name: string;
  readonly partitions: number;
  /** Seconds messages are kept, 1 or more. */
  readonly retentionSeconds: number;
}

export interface KafkaClusterProps extends ManagedServiceProps {
  readonly vpc: ec2.IVpc;
  /** Subnets in at least as many zones as `zones`. */
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Zones brokers are spread over evenly, 2 or 3. */
  readonly zones: number;
  /** Such as `kafka.m7g.large`. */
  readonly brokerType: string;
  /** A multiple of `zones`, up to 180: three times the default quota. */
  readonly brokers: number;
  /** Volume of each broker, GiB, 1 to 16,384. */
  readonly storageGib: number;
  /** Copies of every message, in zones of their own where there are enough. @default the number of zones */
  readonly replication?: number;
  /** Topics, made with the cluster: a misspelt name fails instead of becoming a topic. @default none */
  readonly topics?: readonly KafkaTopic[];
  /** Consumer groups whose lag is watched. @default none */
  readonly consumerGroups?: readonly string[];
  /**
   * When clients in other networks, such as Firehose, reach the brokers by PrivateLink and their IAM role. MSK turns that on for a cluster that is
   * there already, not for one that is being made, and not for brokers of type t3 (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1775,
   * 2026-11-22).
   *
   * @default never
   */
  readonly privateConnectivity?: CfnCondition;
  /** @default one month */
  readonly logRetention?: logs.RetentionDays;
  /** @default none */
  readonly usage?: Usage<'AWS::MSK::Cluster' | 'AWS::Logs::LogGroup'>;
}

/** The newest version of the 3 series, which every client understands: MSK docs, supported versions, 2026-11-22. */
const KAFKA_VERSION = '3.9.x.kraft';

/** A replicated log: Amazon MSK in KRaft mode. Clients come over TLS and sign in with their IAM role. */
export class KafkaCluster extends ManagedService {
  readonly endpoints: Readonly<Record<'CLUSTER_ARN', string>>;
  /** Subnets the brokers are in. */
  readonly clusterName: string;
  override readonly metricName: string;

  /** @throws {Error} on counts and sizes MSK refuses, or brokers that zones do not divide */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: KafkaClusterProps,
  ) {
    super(scope, id);
    const { brokers, zones, encryptionKey, disposable } = props;
    requireInRange(this, 'zones', zones, 2, 3);
    requireInRange(this, 'brokers', brokers, 2, 180);
    requireInRange(this, 'storageGib', props.storageGib, 1, 16_384);
    requireInRange(this, 'replication', props.replication, 2, brokers);
    if (brokers % zones) throw new Error(`${this.node.path}: brokers is ${brokers}; it takes a multiple of zones, ${zones}`);
    if (props.privateConnectivity && props.brokerType.startsWith('kafka.t3'))
      throw new Error(`${this.node.path}: brokerType is ${props.brokerType}; private connectivity takes a larger one`);
    this.clusterName = Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    this.metricName = this.clusterName;
    const subnetIds = props.vpc.selectSubnets(props.subnets).subnetIds.slice(0, zones);
    const replication = props.replication ?? zones;
    const brokerLogs = new ServiceLogs(this, 'BrokerLogs', {
      encryptionKey,
      disposable,
      retention: props.logRetention,
      usage: props.usage,
    });
    const configuration = new msk.CfnConfiguration(this, 'Configuration', {
      name: this.clusterName,
      serverProperties: settings(replication),
    });
    const cluster = new msk.CfnCluster(this, 'Resource', {
      clusterName: this.clusterName,
      kafkaVersion: KAFKA_VERSION,
      numberOfBrokerNodes: brokers,
      brokerNodeGroupInfo: {
        instanceType: props.brokerType,
        clientSubnets: subnetIds,
        securityGroups: [props.securityGroup.securityGroupId],
        storageInfo: { ebsStorageInfo: { volumeSize: props.storageGib } },
        connectivityInfo: { publicAccess: { type: 'DISABLED' }, vpcConnectivity: byPrivateLink(props.privateConnectivity) },
      },
      configurationInfo: { arn: configuration.attrArn, revision: configuration.attrLatestRevisionRevision },
      clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
      encryptionInfo: {
        encryptionAtRest: { dataVolumeKmsKeyId: encryptionKey.keyArn },
        encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
      },
      enhancedMonitoring: 'PER_BROKER',
      loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: brokerLogs.logGroupName } } },
    });
    cluster.applyRemovalPolicy(removalPolicy(disposable));
    recordGiven(cluster, 'AWS::MSK::Cluster', props.usage);
    for (const { name, partitions, retentionSeconds } of props.topics ?? []) {
      new msk.CfnTopic(this, `Topic-${name}`, {
        clusterArn: cluster.attrArn,
        topicName: name,
        partitionCount: partitions,
        replicationFactor: replication,
        configs: Buffer.from(JSON.stringify({ 'retention.ms': String(retentionSeconds * 1000) })).toString('base64'),
      }).applyRemovalPolicy(removalPolicy(disposable));
    }
    this.endpoints = { CLUSTER_ARN: cluster.attrArn };
  }

  /** Finding the brokers comes with every access; names of consumer groups are the consumers' own. */
  grant(grantee: iam.IGrantable, access: Access): void {
    const cluster = this.endpoints.CLUSTER_ARN;
    const names = this.props.topics?.length ? this.props.topics.map((t) => t.name) : ['*'];
    const topics = names.map((name) => kafkaArn(this, this, 'topic', name));
    const allow = (actions: string[], resourceArns: string[]) => iam.Grant.addToPrincipal({ grantee, actions, resourceArns });
    allow(['kafka:GetBootstrapBrokers', 'kafka-cluster:Connect'], [cluster]);
    if (access === 'consumes' || access === 'reads') {
      allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], topics);
      allow(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], [kafkaArn(this, this, 'group', '*')]);
    } else {
      // Idempotent producers, the default of current clients, ask the cluster for it too.
      allow(['kafka-cluster:WriteDataIdempotently'], [cluster]);
      allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], topics);
    }
  }

  /** Lets a role write to topics in transactions, so that a job which goes on after a failure has written each message once. */
  grantTransactions(grantee: iam.IGrantable): void {
    const actions = ['kafka-cluster:DescribeTransactionalId', 'kafka-cluster:AlterTransactionalId'];
    iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [kafkaArn(this, this, 'transactional-id', '*')] });
  }

  protected metrics(): Metrics {
    const { brokers, topics = [], consumerGroups = [] } = this.props;
    const cluster = { 'Cluster Name': this.clusterName };
    const each = (name: string) =>
      Array.from({ length: brokers }, (_, i) => metric('AWS/Kafka', name, 'Maximum', { ...cluster, 'Broker ID': String(i + 1) }));
    const lags = consumerGroups.flatMap((group) =>
      topics.map((t) => metric('AWS/Kafka', 'SumOffsetLag', 'Maximum', { ...cluster, 'Consumer Group': group, Topic: t.name })),
    );
    return {
      cpu: mathOverSets(
        pairs(each('CpuUser'), each('CpuSystem')),
        'CPU',
        (user, system) => `${largest(user!.map((name, i) => `(${name} + ${system![i]})`))} * ${PERCENT}`,
      ),
      'memory used': highest(each('HeapMemoryAfterGC'), 'heap used', PERCENT),
      'storage used': highest(each('KafkaDataLogsDiskUsed'), 'disk used', PERCENT),
      connections: highest(each('ConnectionCount'), 'connections'),
      ...(lags.length && { 'consumer lag': highest(lags, 'consumer lag') }),
    };
  }
}

/** What a condition chooses is not renamed on its way into the template. */
const byPrivateLink = (condition: CfnCondition | undefined) =>
  condition && Fn.conditionIf(condition.logicalId, { ClientAuthentication: { Sasl: { Iam: { Enabled: true } } } }, { Ref: 'AWS::NoValue' });

/** A write counts once all copies but one have it, so a lost zone stops nobody and loses nothing that was acknowledged. */
const settings = (replication: number): string =>
  [
    `default.replication.factor=${replication}`,
    `min.insync.replicas=${replication - 1}`,
    'auto.create.topics.enable=false',
    'unclean.leader.election.enable=false',
  ].join('\n');
