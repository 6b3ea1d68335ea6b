import { aws_iam as iam, aws_kinesisfirehose as firehose, type aws_logs as logs, type CfnCondition, Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { requireInRange } from './in-range';
import type { KafkaCluster } from './kafka-cluster';
import { admitFirehose } from './kafka-delivery';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, type Usage } from './managed-service';
import { math, metric } from './metric-math';
import type { Lake } from './lake';
import type { ObjectStore } from './object-store';
import { ServiceLogs } from './service-logs';

export interface ParquetDeliveryProps extends ManagedServiceProps {
  /** Topic it reads, of a cluster with private connectivity. @default it takes records that others put */
  readonly source?: { readonly cluster: KafkaCluster; readonly topic: string };
  /** Whether the cluster lets it in yet; before that there is no stream. @default it does */
  readonly admitted?: CfnCondition;
  readonly store: ObjectStore;
  /** What its files are, and where they lie: a table of a lake over the store. */
  readonly table: { readonly lake: Lake; readonly name: string; readonly prefix: string; readonly partitions: 'daily' | 'hourly' };
  /** MiB of messages that become a file, 64 to 128. @default 128 */
  readonly bufferMib?: number;
  /** Seconds after which they do at the latest, 60 to 900. @default 900 */
  readonly bufferSeconds?: number;
  /** @default one month */
  readonly logRetention?: logs.RetentionDays;
  /** @default none */
  readonly usage?: Usage<'AWS::KinesisFirehose::DeliveryStream' | 'AWS::Logs::LogGroup'>;
}

const FOLDERS = { daily: 'dt=!{timestamp:yyyy-MM-dd}/', hourly: 'dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/' };

/**
 * Files of Parquet in a bucket: Amazon Data Firehose, which takes JSON from a topic or from callers and puts what is no row of its table, with the
 * reason, below `errors/`. It reads a message once it is there, and may deliver it twice.
 */
export class ParquetDelivery extends ManagedService {
  readonly endpoints: Readonly<Record<'STREAM', string>>;
  readonly stream: firehose.CfnDeliveryStream;
  private readonly streamName: string;

  /** @throws {Error} on buffers that Firehose refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ParquetDeliveryProps,
  ) {
    super(scope, id);
    const { source, store, table, encryptionKey, disposable, bufferMib = 128, bufferSeconds = 900, usage } = props;
    requireInRange(this, 'bufferMib', bufferMib, 64, 128);
    requireInRange(this, 'bufferSeconds', bufferSeconds, 60, 900);
    // Another source is another stream, which is there before the old one goes.
    const end = source ? `-${source.topic.slice(0, 20)}` : '';
    this.streamName = Names.uniqueResourceName(this, { maxLength: 64 - end.length, separator: '-' }) + end;
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const errors = `errors/${table.prefix}`;
    store.grantDelivery(role, [table.prefix, errors]);
    table.lake.grantSchema(role, table.name);
    const failures = new ServiceLogs(this, 'Failures', { encryptionKey, disposable, retention: props.logRetention, usage });
    const logStream = failures.stream();
    failures.grantWrite(role);
    this.stream = new firehose.CfnDeliveryStream(this, 'Stream', {
      deliveryStreamName: this.streamName,
      deliveryStreamType: source ? 'MSKAsSource' : 'DirectPut',
      mskSourceConfiguration: source && {
        mskClusterArn: source.cluster.endpoints.CLUSTER_ARN,
        topicName: source.topic,
        authenticationConfiguration: { connectivity: 'PRIVATE', roleArn: role.roleArn },
      },
      // Of a topic Kafka encrypts what waits.
      deliveryStreamEncryptionConfigurationInput: source ? undefined : { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: encryptionKey.keyArn },
      extendedS3DestinationConfiguration: {
        roleArn: role.roleArn,
        bucketArn: store.bucket.bucketArn,
        prefix: `${table.prefix}${FOLDERS[table.partitions]}`,
        errorOutputPrefix: `${errors}!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/`,
        bufferingHints: { sizeInMBs: bufferMib, intervalInSeconds: bufferSeconds },
        // Parquet compresses its own pages.
        compressionFormat: 'UNCOMPRESSED',
        encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: store.bucket.encryptionKey!.keyArn } },
        cloudWatchLoggingOptions: { enabled: true, logGroupName: failures.logGroupName, logStreamName: logStream.logStreamName },
        dataFormatConversionConfiguration: {
          enabled: true,
          inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
          outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
          schemaConfiguration: {
            roleArn: role.roleArn,
            catalogId: Stack.of(this).account,
            databaseName: table.lake.databaseName,
            tableName: table.name,
            region: Stack.of(this).region,
            versionId: 'LATEST',
          },
        },
      },
    });
    // It tries its role, topic and table when it is made.
    this.stream.node.addDependency(role.node.findChild('DefaultPolicy'), table.lake);
    if (source) {
      const policy = admitFirehose(role, source);
      this.stream.addResourceDependency(policy);
      for (const resource of [this.stream, policy]) resource.cfnOptions.condition = props.admitted;
    }
    recordGiven(this.stream, 'AWS::KinesisFirehose::DeliveryStream', usage);
    this.endpoints = { STREAM: this.streamName };
  }

  /** @throws {Error} on anything but publishing to a stream that reads no topic */
  grant(grantee: iam.IGrantable, access: Access): void {
    if (access !== 'publishes' || this.props.source)
      throw new Error(`${this.node.path}: access is "${access}"; a delivery without a topic takes "publishes"`);
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
      resourceArns: [this.stream.attrArn],
    });
  }

  protected metrics(): Metrics {
    const of = (name: string, statistic: string) => metric('AWS/Firehose', name, statistic, { DeliveryStreamName: this.streamName });
    return {
      'oldest message': [of('DeliveryToS3.DataFreshness', 'Maximum')],
      'error share': [math('1 - m0', [of('DeliveryToS3.Success', 'Average')], 'failed deliveries')],
      'dead letters': [of('FailedConversion.Records', 'Sum')],
      ...(this.props.source && { 'consumer lag': [of('KafkaOffsetLag', 'Maximum')] }),
    };
  }
}
