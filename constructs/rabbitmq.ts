import type { aws_cloudwatch as cloudwatch, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { requireInRange } from './in-range';
import { ManagedService, type Metrics } from './managed-service';
import { highest, largest, mathOverSets, metric, pairs, PERCENT } from './metric-math';
import { RabbitmqBroker, type RabbitmqBrokerProps } from './rabbitmq-broker';
import { grantSecrets } from './service-secret';

/** Usage is that of one shard. */
export interface RabbitmqProps extends RabbitmqBrokerProps {
  /** Brokers that know nothing of each other, `shard0` and up, 1 to 64; producers spread each queue's messages over them. @default 1 */
  readonly shards?: number;
  /** Queues that hold dead letters, of the default virtual host, to be watched. @default none */
  readonly deadLetterQueues?: readonly string[];
}

/** Routed queues: Amazon MQ for RabbitMQ, reached over TLS from inside the VPC. Queues and bindings are the application's to declare. */
export class Rabbitmq extends ManagedService {
  /** Lists go by shard. */
  readonly endpoints: Readonly<Record<'URLS' | 'SECRET_ARNS', string>>;
  override readonly metricName: string;
  private readonly shards: readonly RabbitmqBroker[];

  /** @throws {Error} on counts and sizes the service refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RabbitmqProps,
  ) {
    super(scope, id);
    requireInRange(this, 'shards', props.shards, 1, 64);
    this.shards = Array.from({ length: props.shards ?? 1 }, (_, i) => new RabbitmqBroker(this, `shard${i}`, props));
    this.metricName = this.shards.map((s) => s.brokerName).join(',');
    this.endpoints = { URLS: this.shards.map((s) => s.url).join(','), SECRET_ARNS: this.shards.map((s) => s.secretArn).join(',') };
  }

  /** The brokers themselves decide who may do what: a role gets the credentials, whatever it does with them. */
  grant(grantee: iam.IGrantable, _access: Access): void {
    grantSecrets(
      grantee,
      this.shards.map((s) => s.secretArn),
      this.props.encryptionKey,
    );
  }

  protected metrics(): Metrics {
    const of = (name: string, statistic: string, dimensions: Record<string, string> = {}): cloudwatch.IMetric[] =>
      this.shards.map(({ brokerName }) => metric('AWS/AmazonMQ', name, statistic, { Broker: brokerName, ...dimensions }));
    const deadLetters = (this.props.deadLetterQueues ?? []).flatMap((Queue) => of('MessageCount', 'Maximum', { VirtualHost: '/', Queue }));
    // Shards are alike, and an alarm adds up few metrics: the fullest, times their number, stands for all.
    const all = (metrics: cloudwatch.IMetric[], label: string) => highest(metrics, label, this.shards.length);
    return {
      cpu: highest(of('SystemCpuUtilization', 'Maximum'), 'CPU', PERCENT),
      'memory used': mathOverSets(
        pairs(of('RabbitMQMemUsed', 'Maximum'), of('RabbitMQMemLimit', 'Minimum')),
        'memory used',
        (used, limits) => largest(used!.map((name, i) => `${name} / ${limits![i]}`)),
      ),
      connections: all(of('ConnectionCount', 'Maximum'), 'connections'),
      'queue depth': all(of('MessageCount', 'Maximum'), 'queue depth'),
      ...(deadLetters.length && { 'dead letters': highest(deadLetters, 'dead letters') }),
    };
  }
}
