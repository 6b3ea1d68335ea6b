import { aws_iam as iam, type CfnResource, Duration, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { BucketEmptier } from './bucket-emptier';
import { requireInRange } from './in-range';
import { grantKey, type KeyAction } from './key-access';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, removalPolicy, type Usage } from './managed-service';
import { highest, math, metric, MILLISECONDS } from './metric-math';
import type { Queue } from './queue';

export interface ObjectLifecycleStep {
  /** Days after an object was written, 1 or more; 30 or more for `infrequent access`. */
  readonly afterDays: number;
  readonly to: 'intelligent tiering' | 'infrequent access' | 'instant archive' | 'deep archive' | 'delete';
}

export interface ObjectStoreProps extends ManagedServiceProps {
  /** @default objects stay in the Standard class */
  readonly lifecycle?: readonly ObjectLifecycleStep[];
  /**
   * Years for which no version may be deleted or overwritten by anybody, the account's root included, 1 to 100. A bucket once
   * locked stays locked.
   *
   * @default not locked
   */
  readonly lockYears?: number;
  /** Name, for buckets that other regions copy to or that tell a queue of new objects. @default CloudFormation chooses one */
  readonly bucketName?: string;
  /** Whether what is overwritten or deleted can be brought back for a month; locks and replicas take it. @default true */
  readonly versioned?: boolean;
  /** Whether clients may go through the nearest edge: Transfer Acceleration. @default false */
  readonly accelerated?: boolean;
  /** Versioned buckets of other regions, with their keys, that get a copy of every new object. @default none */
  readonly replicas?: readonly s3.IBucket[];
  /**
   * Whether CloudFront reads it. It then has no policy of its own: a {@link CdnBucketPolicy} names the distribution.
   *
   * @default false
   */
  readonly readByCdn?: boolean;
  /** Whether requests are counted and timed, which CloudWatch bills as custom metrics. @default false */
  readonly requestMetrics?: boolean;
  /** @default none */
  readonly usage?: Usage<'AWS::S3::Bucket'>;
}

const STORAGE_CLASSES: Record<Exclude<ObjectLifecycleStep['to'], 'delete'>, s3.StorageClass> = {
  'intelligent tiering': s3.StorageClass.INTELLIGENT_TIERING,
  'infrequent access': s3.StorageClass.INFREQUENT_ACCESS,
  'instant archive': s3.StorageClass.GLACIER_INSTANT_RETRIEVAL,
  'deep archive': s3.StorageClass.DEEP_ARCHIVE,
};

/** How long an overwritten or deleted object can be brought back. */
const OLD_VERSIONS = Duration.days(30);
const ABANDONED_UPLOADS = Duration.days(7);
const METRICS_FILTER = 'EntireBucket';

/**
 * A private bucket, versioned unless told otherwise. It keeps no server access logs: they would need a second bucket with an object for every few
 * requests, while CloudTrail data events name the same callers.
 */
export class ObjectStore extends ManagedService {
  readonly endpoints: Readonly<Record<'BUCKET', string>>;
  readonly bucket: s3.Bucket;

  /** @throws {Error} on days or years S3 refuses, deletion from a locked bucket, or a lock or replicas without versions */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ObjectStoreProps,
  ) {
    super(scope, id);
    const { lifecycle = [], lockYears, replicas = [], encryptionKey, disposable } = props;
    requireInRange(this, 'lockYears', lockYears, 1, 100);
    lifecycle.forEach((step) =>
      requireInRange(this, `afterDays to ${step.to}`, step.afterDays, step.to === 'infrequent access' ? 30 : 1, 36_500),
    );
    if (lockYears && disposable)
      throw new Error(`${this.node.path}: lockYears is ${lockYears}; a disposable bucket takes no lock, nothing could empty it`);
    const versioned = props.versioned ?? true;
    if (!versioned && (lockYears || replicas.length > 0))
      throw new Error(`${this.node.path}: versioned is false; S3 locks and copies versions only`);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      bucketName: props.bucketName,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      ...(!props.readByCdn && { enforceSSL: true, minimumTLSVersion: 1.2 }),
      encryption: s3.BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      versioned,
      transferAcceleration: props.accelerated,
      objectLockDefaultRetention: lockYears ? s3.ObjectLockRetention.compliance(Duration.days(lockYears * 365)) : undefined,
      lifecycleRules: rules(lifecycle, versioned && !lockYears),
      metrics: props.requestMetrics ? [{ id: METRICS_FILTER }] : undefined,
      removalPolicy: removalPolicy(disposable),
      replicationRules: replicas.map((destination, i) => ({
        destination,
        priority: i,
        deleteMarkerReplication: true,
        sseKmsEncryptedObjects: true,
        kmsKey: destination.encryptionKey,
      })),
    });
    if (props.readByCdn) this.letCdnDecrypt();
    if (disposable) new BucketEmptier(this, 'Emptier', { bucket: this.bucket });
    recordGiven(this.bucket.node.defaultChild as CfnResource, 'AWS::S3::Bucket', props.usage);
    this.endpoints = { BUCKET: this.bucket.bucketName };
  }

  /** Objects are asked for by name; nothing may list the bucket without {@link grantListing}, and nobody deletes from a locked one. */
  grant(grantee: iam.IGrantable, access: Access): void {
    const reads = access === 'reads' || access === 'consumes';
    const writing = ['s3:PutObject', 's3:AbortMultipartUpload', ...(this.props.lockYears ? [] : ['s3:DeleteObject'])];
    iam.Grant.addToPrincipal({ grantee, actions: reads ? ['s3:GetObject'] : writing, resourceArns: [this.bucket.arnForObjects('*')] });
    grantKey(grantee, this.props.encryptionKey, 's3', reads ? ['kms:Decrypt'] : ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  /** For a service that puts files below some prefixes, in pieces, and goes on with what it has begun. */
  grantDelivery(grantee: iam.IGrantable, prefixes: readonly string[]): void {
    const allow = (actions: string[], resourceArns: string[]) => iam.Grant.addToPrincipal({ grantee, actions, resourceArns });
    allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [this.bucket.bucketArn]);
    const objects = prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}*`));
    allow(['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], objects);
    this.grantKeyTo(grantee);
  }

  /** Lets a role read, or also write, what is encrypted here, once S3 lets it at the objects. */
  grantKeyTo(grantee: iam.IGrantable, actions: readonly KeyAction[] = ['kms:Decrypt', 'kms:GenerateDataKey']): void {
    grantKey(grantee, this.props.encryptionKey, 's3', actions);
  }

  /** For whoever reads all that is there, which must be able to list it. */
  grantListing(grantee: iam.IGrantable): void {
    iam.Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] });
  }

  /**
   * Sends a message for every new object, and one when S3 is told to (`s3:TestEvent`), which consumers pass over.
   * @throws {Error} on a bucket whose name is not given, which the queue has to know before S3 asks it, or one that tells another queue
   */
  tell(queue: Queue): void {
    const { bucketName } = this.props;
    const bucket = this.bucket.node.defaultChild as s3.CfnBucket;
    if (!bucketName) throw new Error(`${this.node.path}: a bucket that tells a queue takes a bucketName`);
    if (bucket.notificationConfiguration)
      throw new Error(`${this.node.path}: S3 tells one queue of a new object, and there is one already`);
    const arn = Stack.of(this).formatArn({ service: 's3', region: '', account: '', resource: bucketName });
    bucket.addResourceDependency(queue.admitBucket(arn).node.defaultChild as CfnResource);
    bucket.notificationConfiguration = { queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: queue.queueArn }] };
  }

  protected metrics(): Metrics {
    if (!this.props.requestMetrics) return {};
    const of = (name: string, statistic: string) =>
      metric('AWS/S3', name, statistic, { BucketName: this.bucket.bucketName, FilterId: METRICS_FILTER });
    return {
      'latency p99': highest([of('TotalRequestLatency', 'p99')], 'latency', MILLISECONDS),
      'error share': [math('FILL(m0, 0) / m1', [of('5xxErrors', 'Sum'), of('AllRequests', 'Sum')], 'errors')],
    };
  }

  /** A key cannot name a distribution that comes after it; one whose bucket does not let it in gets nothing to decrypt. */
  private letCdnDecrypt(): void {
    const distributions = Stack.of(this).formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: '*' });
    this.props.encryptionKey.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['kms:Decrypt'],
        resources: ['*'],
        conditions: { ArnLike: { 'aws:SourceArn': distributions } },
      }),
    );
  }
}

function rules(lifecycle: readonly ObjectLifecycleStep[], dropsVersions: boolean): s3.LifecycleRule[] {
  const transitions = lifecycle.flatMap(({ afterDays, to }) =>
    to === 'delete' ? [] : [{ storageClass: STORAGE_CLASSES[to], transitionAfter: Duration.days(afterDays) }],
  );
  const deletion = lifecycle.find(({ to }) => to === 'delete');
  return [
    { abortIncompleteMultipartUploadAfter: ABANDONED_UPLOADS },
    ...(dropsVersions ? [{ noncurrentVersionExpiration: OLD_VERSIONS }] : []),
    ...(transitions.length || deletion ? [{ transitions, expiration: deletion && Duration.days(deletion.afterDays) }] : []),
  ];
}
