import { aws_iam as iam, aws_kms as kms, aws_s3 as s3 } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ObjectStore, type ObjectStoreProps } from '../../constructs/object-store';
import { Queue } from '../../constructs/queue';
import { actions, caller, customCode, KEY_ARN, resource, statements, surroundings, usageOf, viaService } from './stateful';

const { stack, encryptionKey } = surroundings();
const store = (id: string, props: Partial<ObjectStoreProps> = {}) => new ObjectStore(stack, id, { encryptionKey, ...props });
const elsewhere = s3.Bucket.fromBucketAttributes(stack, 'Elsewhere', {
  bucketName: 'copy',
  encryptionKey: kms.Key.fromKeyArn(stack, 'KeyElsewhere', 'arn:aws:kms:eu-west-1:111111111111:key/eu'),
});
const usage = { standardGb: 1, putRequestsPerMonth: 2, getRequestsPerMonth: 3 };
const photos = store('Photos', {
  lifecycle: [
    { afterDays: 30, to: 'infrequent access' },
    { afterDays: 365, to: 'deep archive' },
    { afterDays: 3650, to: 'delete' },
  ],
  replicas: [elsewhere],
  readByCdn: true,
  requestMetrics: true,
  usage: { 'AWS::S3::Bucket': usage },
});
const ledger = store('Ledger', { lockYears: 7 });
const scratch = store('Scratch', { disposable: true });
const inbox = store('Inbox', {
  bucketName: 'inbox-1',
  versioned: false,
  accelerated: true,
  lifecycle: [
    { afterDays: 1, to: 'intelligent tiering' },
    { afterDays: 7, to: 'delete' },
  ],
});
const arrived = new Queue(stack, 'Arrived', { encryptionKey });
inbox.tell(arrived);
inbox.grantListing(new iam.Role(stack, 'Lister', { assumedBy: new iam.ServicePrincipal('emr-serverless.amazonaws.com') }));
caller(photos, 'Reader', 'reads');
caller(photos, 'Writer', 'writes');
caller(ledger, 'Bookkeeper', 'writes');
const template = Template.fromStack(stack);
const bucket = (id: string) => resource(template, 'AWS::S3::Bucket', id);
const policy = (id: string): { Sid?: string; Effect: string }[] =>
  resource(template, 'AWS::S3::BucketPolicy', id).Properties.PolicyDocument.Statement;

test('a bucket is private, versioned and encrypted with the key', () => {
  expect(bucket('Photos').Properties).toMatchObject({
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    VersioningConfiguration: { Status: 'Enabled' },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY_ARN } },
      ],
    },
  });
  expect(policy('Scratch')).toEqual([
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    expect.objectContaining({ Effect: 'Deny', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
  ]);
});

test('objects grow cold and go', () => {
  expect(bucket('Photos').Properties.LifecycleConfiguration.Rules).toContainEqual(
    expect.objectContaining({
      ExpirationInDays: 3650,
      Transitions: [
        { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
        { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 365 },
      ],
    }),
  );
  expect(JSON.stringify(bucket('Scratch').Properties.LifecycleConfiguration)).toContain('NoncurrentVersionExpiration');
});

test('a locked bucket keeps every version, and nobody may delete', () => {
  expect(bucket('Ledger').Properties).toMatchObject({
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2555 } } },
  });
  expect(JSON.stringify(bucket('Ledger').Properties.LifecycleConfiguration)).not.toContain('NoncurrentVersionExpiration');
  expect(actions(template, 'Bookkeeper')).toEqual(['s3:PutObject', 's3:AbortMultipartUpload', 'kms:Decrypt', 'kms:GenerateDataKey']);
});

test('new objects are copied, encrypted with the key over there', () => {
  expect(bucket('Photos').Properties.ReplicationConfiguration.Rules).toMatchObject([
    {
      Destination: { EncryptionConfiguration: { ReplicaKmsKeyID: 'arn:aws:kms:eu-west-1:111111111111:key/eu' } },
      SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
      Status: 'Enabled',
    },
  ]);
});

test('a bucket that the CDN reads leaves its policy to the stack that knows the distribution, and lets its key decrypt', () => {
  const policies = Object.keys(template.findResources('AWS::S3::BucketPolicy'));
  expect(policies.filter((id) => id.startsWith('Photos'))).toEqual([]);
  expect(policies).toHaveLength(3);
  expect(resource(template, 'AWS::KMS::Key', 'Key').Properties.KeyPolicy.Statement).toContainEqual(
    expect.objectContaining({
      Action: 'kms:Decrypt',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': expect.anything() } },
    }),
  );
});

test('readers get objects, writers put and delete them; neither lists', () => {
  const objects = { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^Photos/), 'Arn'] }, '/*']] };
  expect(statements(template, 'Reader')).toEqual([
    { Action: 's3:GetObject', Effect: 'Allow', Resource: objects },
    viaService('s3', 'kms:Decrypt'),
  ]);
  expect(statements(template, 'Writer')).toEqual([
    { Action: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'], Effect: 'Allow', Resource: objects },
    viaService('s3', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ]);
});

describe('a bucket that tells a queue of new objects', () => {
  const from = {
    ArnEquals: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::inbox-1']] } },
    StringEquals: { 'aws:SourceAccount': '111111111111' },
  };

  test('comes after the policy that lets S3 in for it alone', () => {
    expect(bucket('Inbox')).toMatchObject({
      Properties: {
        BucketName: 'inbox-1',
        NotificationConfiguration: {
          QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: { 'Fn::GetAtt': [expect.stringMatching(/^ArrivedQueue/), 'Arn'] } }],
        },
      },
      DependsOn: [expect.stringMatching(/^ArrivedQueuePolicy/)],
    });
    const policies = resource(template, 'AWS::SQS::QueuePolicy', 'ArrivedQueuePolicy').Properties.PolicyDocument.Statement;
    expect(policies.filter(({ Effect }: { Effect: string }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({ Action: 'sqs:SendMessage', Principal: { Service: 's3.amazonaws.com' }, Condition: from }),
    ]);
  });

  test('and the key encrypts for it', () => {
    expect(resource(template, 'AWS::KMS::Key', 'Key').Properties.KeyPolicy.Statement).toContainEqual(
      expect.objectContaining({
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Principal: { Service: 's3.amazonaws.com' },
        Condition: from,
      }),
    );
  });

  test('takes a name, and one queue', () => {
    expect(() => photos.tell(arrived)).toThrow('a bucket that tells a queue takes a bucketName');
    expect(() => inbox.tell(arrived)).toThrow('S3 tells one queue of a new object, and there is one already');
  });
});

test('what is only passed through keeps no versions, and unfinished uploads go after a week, as everywhere', () => {
  const { VersioningConfiguration, LifecycleConfiguration } = bucket('Inbox').Properties;
  expect([VersioningConfiguration, JSON.stringify(LifecycleConfiguration).includes('Noncurrent')]).toEqual([undefined, false]);
  for (const id of ['Inbox', 'Photos', 'Ledger', 'Scratch'])
    expect(bucket(id).Properties.LifecycleConfiguration.Rules).toContainEqual({
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      Status: 'Enabled',
    });
  expect(LifecycleConfiguration.Rules).toContainEqual(
    expect.objectContaining({ Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 1 }], ExpirationInDays: 7 }),
  );
});

test('clients may come through the nearest edge, where that was asked for', () => {
  expect(bucket('Inbox').Properties.AccelerateConfiguration).toEqual({ AccelerationStatus: 'Enabled' });
  expect(bucket('Photos').Properties).not.toHaveProperty('AccelerateConfiguration');
});

test('who has to see all that is there may list it, and nothing more', () => {
  expect(statements(template, 'Lister')).toEqual([
    { Action: 's3:ListBucket', Effect: 'Allow', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^InboxBucket/), 'Arn'] } },
  ]);
});

test('disposal, usage and metrics', () => {
  expect([bucket('Photos').DeletionPolicy, bucket('Scratch').DeletionPolicy]).toEqual(['Retain', 'Delete']);
  // Only what is to go away by itself needs somebody to empty it.
  expect(customCode(template).sort()).toEqual(['AWS::Lambda::Function', 'Custom::BucketEmptier']);
  expect(resource(template, 'Custom::BucketEmptier', 'Scratch').Properties.Bucket).toEqual({
    Ref: expect.stringMatching(/^ScratchBucket/),
  });
  expect(usageOf(template, 'AWS::S3::Bucket', 'Photos')).toEqual(usage);
  expect(bucket('Photos').Properties.MetricsConfigurations).toEqual([{ Id: 'EntireBucket' }]);
  expect(photos.metric('error share')).toHaveLength(1);
  expect(() => scratch.metric('error share')).toThrow('it has none');
});

test.each([
  [{ lifecycle: [{ afterDays: 29, to: 'infrequent access' }] }, 'afterDays to infrequent access is 29'],
  [{ lockYears: 0 }, 'lockYears is 0'],
  [{ lockYears: 1, disposable: true }, 'a disposable bucket takes no lock'],
  [{ lockYears: 1, versioned: false }, 'versioned is false; S3 locks and copies versions only'],
  [{ replicas: [elsewhere], versioned: false }, 'versioned is false; S3 locks and copies versions only'],
] as [Partial<ObjectStoreProps>, string][])('refuses %j', (props, message) => {
  expect(() => store(`Bad ${message}`, props)).toThrow(message);
});
