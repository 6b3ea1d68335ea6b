import { type CfnResource, Duration, type aws_iam as iam, aws_iam, aws_sqs as sqs, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { requireInRange } from './in-range';
import { grantKey } from './key-access';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, removalPolicy, type Usage } from './managed-service';
import { metric } from './metric-math';

export interface QueueProps extends ManagedServiceProps {
  /** Deliveries before a message is set aside as a dead letter, 1 to 1000. @default 5 */
  readonly maxReceives?: number;
  /** Seconds a message waits to be consumed, 60 to 1,209,600 (14 days). @default 4 days */
  readonly retentionSeconds?: number;
  /** Seconds a consumer may take with a message before another one gets it, 0 to 43,200. @default 30 */
  readonly visibilitySeconds?: number;
  /** @default none */
  readonly usage?: Usage<'AWS::SQS::Queue'>;
}

/** Dead letters wait as long as SQS keeps anything, so that nobody loses them over a holiday. */
const DEAD_LETTER_RETENTION = Duration.days(14);

/** KMS is asked once an hour and caller instead of once in five minutes: the most a queue with constant traffic costs there. */
const DATA_KEY_REUSE = Duration.hours(1);

/**
 * A managed queue with a dead-letter queue. Both are encrypted by the given key rather than by SQS's own, so that everything the
 * caller holds can be audited, and cut off, by one key.
 */
export class Queue extends ManagedService {
  readonly endpoints: Readonly<Record<'URL', string>>;
  override readonly metricName: string;
  readonly deadLetters: sqs.Queue;
  readonly queueArn: string;
  private readonly queue: sqs.Queue;

  /** @throws {Error} on times and counts SQS refuses */
  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    requireInRange(this, 'maxReceives', props.maxReceives, 1, 1000);
    requireInRange(this, 'retentionSeconds', props.retentionSeconds, 60, 1_209_600);
    requireInRange(this, 'visibilitySeconds', props.visibilitySeconds, 0, 43_200);
    const common = {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: props.encryptionKey,
      dataKeyReuse: DATA_KEY_REUSE,
      enforceSSL: true,
      removalPolicy: removalPolicy(props.disposable),
    };
    this.deadLetters = new sqs.Queue(this, 'DeadLetters', { ...common, retentionPeriod: DEAD_LETTER_RETENTION });
    this.queue = new sqs.Queue(this, 'Queue', {
      ...common,
      retentionPeriod: Duration.seconds(props.retentionSeconds ?? 345_600),
      visibilityTimeout: Duration.seconds(props.visibilitySeconds ?? 30),
      // Consumers wait for messages instead of asking in vain.
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceives ?? 5 },
    });
    recordGiven(this.queue.node.defaultChild as CfnResource, 'AWS::SQS::Queue', props.usage);
    if (props.usage)
      recordGiven(this.deadLetters.node.defaultChild as CfnResource, 'AWS::SQS::Queue', { 'AWS::SQS::Queue': { requestsPerMonth: 0 } });
    this.endpoints = { URL: this.queue.queueUrl };
    this.queueArn = this.queue.queueArn;
    this.metricName = this.queue.queueName;
  }

  /** Consuming takes and removes messages and may extend the time for one; every other access sends. */
  grant(grantee: iam.IGrantable, access: Access): void {
    const consumes = access === 'consumes' || access === 'reads';
    const actions = consumes
      ? ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes']
      : ['sqs:SendMessage'];
    aws_iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.queue.queueArn] });
    grantKey(grantee, this.queue.encryptionMasterKey!, 'sqs', consumes ? ['kms:Decrypt'] : ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  /**
   * Lets S3 send messages of one bucket, and of no other.
   * @param bucketArn known before the bucket is there
   * @returns the policy that has to be there before S3 is told of the queue, which it tries
   */
  admitBucket(bucketArn: string): sqs.QueuePolicy {
    const conditions = { ArnEquals: { 'aws:SourceArn': bucketArn }, StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    const principals = [new aws_iam.ServicePrincipal('s3.amazonaws.com')];
    this.queue.addToResourcePolicy(
      new aws_iam.PolicyStatement({ principals, actions: ['sqs:SendMessage'], resources: [this.queue.queueArn], conditions }),
    );
    this.queue.encryptionMasterKey!.addToResourcePolicy(
      new aws_iam.PolicyStatement({ principals, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: ['*'], conditions }),
    );
    return this.queue.node.findChild('Policy') as sqs.QueuePolicy;
  }

  protected metrics(): Metrics {
    const of = (queue: sqs.Queue, name: string) => [metric('AWS/SQS', name, 'Maximum', { QueueName: queue.queueName })];
    return {
      'queue depth': of(this.queue, 'ApproximateNumberOfMessagesVisible'),
      'oldest message': of(this.queue, 'ApproximateAgeOfOldestMessage'),
      'dead letters': of(this.deadLetters, 'ApproximateNumberOfMessagesVisible'),
    };
  }
}
