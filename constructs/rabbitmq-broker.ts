import { aws_amazonmq as amazonmq, type aws_ec2 as ec2, Fn, type aws_iam as iam, type aws_kms as kms, Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, removalPolicy, type Usage } from './managed-service';
import { highest, math, metric, PERCENT } from './metric-math';
import { grantSecrets, ServiceSecret } from './service-secret';

export interface RabbitmqBrokerProps extends ManagedServiceProps {
  readonly vpc: ec2.IVpc;
  /** Subnets in three zones for a cluster; of a single broker the first is used. */
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Such as `mq.m5.large`; clusters take `mq.m5` and larger. */
  readonly instanceType: string;
  /** @default `SINGLE_INSTANCE`: one node, down with its zone */
  readonly deployment?: 'SINGLE_INSTANCE' | 'CLUSTER_MULTI_AZ';
  /** Queues that hold dead letters, of the default virtual host, to be watched. @default none */
  readonly deadLetterQueues?: readonly string[];
  /** @default none */
  readonly usage?: Usage<'AWS::AmazonMQ::Broker' | 'AWS::SecretsManager::Secret'>;
}

/** RabbitMQ 4 runs on m7g only, older types on 3.13: AWS docs, Amazon MQ for RabbitMQ versions, 2026-11-22. */
const engineVersion = (instanceType: string): string => (instanceType.startsWith('mq.m7g.') ? '4.2' : '3.13');
const USERNAME = 'broker';
const CLUSTER_ZONES = 3;

/** Routed queues: Amazon MQ for RabbitMQ, reached over TLS from inside the VPC. Queues and bindings are the application's to declare. */
export class RabbitmqBroker extends ManagedService {
  readonly endpoints: Readonly<Record<'URL' | 'SECRET_ARN', string>>;
  private readonly brokerName: string;
  private readonly secret: ServiceSecret;
  private readonly key: kms.IKey;

  /** @throws {Error} on a burstable cluster, which Amazon MQ refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RabbitmqBrokerProps,
  ) {
    super(scope, id);
    const { encryptionKey, disposable, instanceType, deployment = 'SINGLE_INSTANCE' } = props;
    const clustered = deployment === 'CLUSTER_MULTI_AZ';
    if (clustered && instanceType.startsWith('mq.t')) {
      throw new Error(`${this.node.path}: instanceType is ${instanceType}; a cluster takes mq.m5.large and larger`);
    }
    this.key = encryptionKey;
    this.brokerName = Names.uniqueResourceName(this, { maxLength: 50, separator: '-' });
    this.secret = new ServiceSecret(this, 'Secret', {
      description: `User of ${this.node.path}`,
      username: USERNAME,
      encryptionKey,
      disposable,
      usage: props.usage,
    });
    const broker = new amazonmq.CfnBroker(this, 'Resource', {
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
      logs: { general: true },
      users: [{ username: USERNAME, password: this.secret.password }],
    });
    broker.applyRemovalPolicy(removalPolicy(disposable));
    recordGiven(broker, 'AWS::AmazonMQ::Broker', props.usage);
    this.endpoints = { URL: Fn.select(0, broker.attrAmqpEndpoints), SECRET_ARN: this.secret.secretArn };
  }

  /** The broker itself decides who may do what: a role gets the credentials, whatever it does with them. */
  grant(grantee: iam.IGrantable, _access: Access): void {
    grantSecrets(grantee, [this.secret.secretArn], this.key);
  }

  protected metrics(): Metrics {
    const of = (name: string, statistic: string, dimensions: Record<string, string> = {}) =>
      metric('AWS/AmazonMQ', name, statistic, { Broker: this.brokerName, ...dimensions });
    const deadLetters = (this.props.deadLetterQueues ?? []).map((Queue) => of('MessageCount', 'Maximum', { VirtualHost: '/', Queue }));
    return {
      cpu: highest([of('SystemCpuUtilization', 'Maximum')], 'CPU', PERCENT),
      'memory used': [math('m0 / m1', [of('RabbitMQMemUsed', 'Maximum'), of('RabbitMQMemLimit', 'Minimum')], 'memory used')],
      connections: [of('ConnectionCount', 'Maximum')],
      'queue depth': [of('MessageCount', 'Maximum')],
      ...(deadLetters.length && { 'dead letters': highest(deadLetters, 'dead letters') }),
    };
  }
}
