import { aws_amazonmq as amazonmq, type aws_ec2 as ec2, Fn, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type ManagedServiceProps, recordGiven, removalPolicy, type Usage } from './managed-service';
import { ServiceSecret } from './service-secret';

export interface RabbitmqBrokerProps extends ManagedServiceProps {
  readonly vpc: ec2.IVpc;
  /** Subnets in three zones for a cluster; of a single broker the first is used. */
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Such as `mq.m5.large`; clusters take `mq.m5` and larger. */
  readonly instanceType: string;
  /** @default `SINGLE_INSTANCE`: one node, down with its zone */
  readonly deployment?: 'SINGLE_INSTANCE' | 'CLUSTER_MULTI_AZ';
  /** @default none */
  readonly usage?: Usage<'AWS::AmazonMQ::Broker' | 'AWS::SecretsManager::Secret'>;
}

/** RabbitMQ 4 runs on m7g only, older types on 3.13: AWS docs, Amazon MQ for RabbitMQ versions, 2026-11-22. */
const engineVersion = (instanceType: string): string => (instanceType.startsWith('mq.m7g.') ? '4.2' : '3.13');
const USERNAME = 'broker';
const CLUSTER_ZONES = 3;

/** One Amazon MQ broker for RabbitMQ, a node or a cluster of three, with its user. */
export class RabbitmqBroker extends Construct {
  readonly brokerName: string;
  /** Of its AMQP listener, over TLS. */
  readonly url: string;
  readonly secretArn: string;

  /** @throws {Error} on a burstable cluster, which Amazon MQ refuses */
  constructor(scope: Construct, id: string, props: RabbitmqBrokerProps) {
    super(scope, id);
    const { encryptionKey, disposable, instanceType, deployment = 'SINGLE_INSTANCE' } = props;
    const clustered = deployment === 'CLUSTER_MULTI_AZ';
    if (clustered && instanceType.startsWith('mq.t')) {
      throw new Error(`${this.node.path}: instanceType is ${instanceType}; a cluster takes mq.m5.large and larger`);
    }
    // A broker cannot become a cluster, so the cluster is another one, beside it while its messages are consumed.
    const name = Names.uniqueResourceName(this, { maxLength: clustered ? 42 : 50, separator: '-' });
    this.brokerName = clustered ? `${name}-cluster` : name;
    const secret = new ServiceSecret(this, 'Secret', {
      description: `User of ${this.node.path}`,
      username: USERNAME,
      encryptionKey,
      disposable,
      usage: props.usage,
    });
    const broker = new amazonmq.CfnBroker(this, clustered ? 'Cluster' : 'Resource', {
      brokerName: this.brokerName,
      engineType: 'RABBITMQ',
      engineVersion: engineVersion(instanceType),
      autoMinorVersionUpgrade: true,
      deploymentMode: deployment,
      hostInstanceType: instanceType,
      publiclyAccessible: false,
      subnetIds: props.vpc.selectSubnets(props.subnets).subnetIds.slice(0, clustered ? CLUSTER_ZONES : 1),
      securityGroups: [props.securityGroup.securityGroupId],
      encryptionOptions: { useAwsOwnedKey: false, kmsKeyId: encryptionKey.keyArn },
      // Amazon MQ names the group after a broker that is not there yet, so no template could take it away.
      logs: { general: !disposable },
      users: [{ username: USERNAME, password: secret.password }],
    });
    broker.applyRemovalPolicy(removalPolicy(disposable));
    recordGiven(broker, 'AWS::AmazonMQ::Broker', props.usage);
    this.url = Fn.select(0, broker.attrAmqpEndpoints);
    this.secretArn = secret.secretArn;
  }
}
