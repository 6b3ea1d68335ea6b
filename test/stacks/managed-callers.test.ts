import { migrationsBetween } from '../../plan/migration';
import { smallest } from '../../plan/smallest';
import { MIB, MONTH } from '../../plan/units';
import { actions, customCode, resource, usageOf } from '../constructs/stateful';
import { uploadsPlan } from '../plan/tiny-uploads';
import { synthesized, templateOf } from './synthesized';

const plan = uploadsPlan('scale');
const stacks = synthesized(plan);
const [data, compute, network, operations] = ['data', 'compute', 'network', 'operations'].map((room) =>
  templateOf(stacks, `us-east-1-${room}`),
);
const bucket = (id: string) => resource(data!, 'AWS::S3::Bucket', `${id}Bucket`).Properties;

describe('a bucket that tells a queue', () => {
  test('does so by the flow, under a name known beforehand; others have none', () => {
    expect(bucket('originals').NotificationConfiguration.QueueConfigurations).toEqual([
      { Event: 's3:ObjectCreated:*', Queue: { 'Fn::GetAtt': [expect.stringMatching(/^arrivedQueue/), 'Arn'] } },
    ]);
    expect(JSON.stringify(bucket('originals').BucketName)).toContain('tiny-uploads-scale-originals-us-east-1-');
    expect([bucket('pictures').BucketName, bucket('pictures').NotificationConfiguration]).toEqual([undefined, undefined]);
  });

  test('is another bucket than one that did not, and the plan says how its objects get there', () => {
    const silent = uploadsPlan('scale', { told: 0 });
    const [move, ...others] = migrationsBetween(silent, plan);
    expect([move!.part, others]).toEqual(['originals', []]);
    expect(move!.because).toContain('S3 changes no name');
    expect(migrationsBetween(plan, silent).map(({ part }) => part)).toEqual(['originals']);
    expect(migrationsBetween(plan, plan)).toEqual([]);
  });

  test('tells what went through an edge, and where tiers hold its objects', () => {
    // 100 uploads/s of 1 MiB, half of them through an edge, a quarter of those elsewhere
    const accelerated = (100 * MONTH * 0.5) / 1024;
    expect(usageOf(data!, 'AWS::S3::Bucket', 'originalsBucket')).toMatchObject({
      acceleratedGbPerMonth: expect.closeTo(accelerated * 0.75, -1),
      acceleratedElsewhereGbPerMonth: expect.closeTo(accelerated * 0.25, -1),
    });
    expect(usageOf(data!, 'AWS::S3::Bucket', 'picturesBucket')).toMatchObject({
      standardGb: 4000,
      tieredFrequentGb: 1000,
      tieredInfrequentGb: 2000,
      tieredArchiveGb: 3000,
      tieredObjects: (6000 * 1024 * MIB) / MIB,
    });
    expect([bucket('originals').VersioningConfiguration, bucket('originals').AccelerateConfiguration]).toEqual([
      undefined,
      { AccelerationStatus: 'Enabled' },
    ]);
  });
});

describe('a function', () => {
  test('is told what it uses, and may do what its flows say', () => {
    const { Environment, MemorySize, Timeout } = resource(compute!, 'AWS::Lambda::Function', 'Functionconvert').Properties;
    expect(Object.keys(Environment.Variables).sort()).toEqual(['ARRIVED_URL', 'ORIGINALS_BUCKET', 'PICTURES_BUCKET']);
    expect([MemorySize, Timeout]).toEqual([2048, 60]);
    const allowed = new Set(actions(compute!, 'FunctionconvertRole'));
    expect(allowed).toEqual(
      new Set([
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:GetQueueAttributes',
        's3:GetObject',
        's3:PutObject',
        's3:DeleteObject',
        's3:AbortMultipartUpload',
        'kms:Decrypt',
        'kms:GenerateDataKey',
      ]),
    );
  });

  test('consumes as many at once as the peak takes, or follows the clock', () => {
    const { ScalingConfig } = resource(compute!, 'AWS::Lambda::EventSourceMapping', 'Functionconvert').Properties;
    expect(ScalingConfig.MaximumConcurrency).toBe((300 * 2) / 0.8);
    expect(resource(compute!, 'AWS::Scheduler::Schedule', 'Functionsweep').Properties.ScheduleExpression).toBe('cron(0 3 ? * MON *)');
    expect(Object.keys(compute!.findResources('AWS::Lambda::EventSourceMapping'))).toHaveLength(1);
  });

  test('pays runs and their length, its log, and five pollers at an empty queue', () => {
    expect(usageOf(compute!, 'AWS::Lambda::Function', 'Functionconvert')).toEqual({
      invocationsPerMonth: 100 * MONTH,
      averageMilliseconds: 2000,
    });
    expect(usageOf(compute!, 'AWS::Logs::LogGroup', 'Functionconvert')).toMatchObject({ ingestedGbPerMonth: expect.closeTo(244.75, 1) });
    const { requestsPerMonth } = usageOf(data!, 'AWS::SQS::Queue', 'arrivedQueue') as { requestsPerMonth: number };
    expect(requestsPerMonth).toBeCloseTo(100 * MONTH * (1 + 1 / 10 + 1 / 10) + (5 * MONTH) / 20, -4);
  });

  test('raises an alarm when its runs fail', () => {
    expect(Object.keys(operations!.findResources('AWS::CloudWatch::Alarm')).filter((id) => id.includes('converterrorshare'))).toHaveLength(
      1,
    );
  });
});

describe('a Spark job', () => {
  test('has room for its executors and a driver, and reads and lists what it reads', () => {
    expect(resource(compute!, 'AWS::EMRServerless::Application', 'Sparkrank').Properties.MaximumCapacity).toEqual({
      Cpu: '40 vCPU',
      Memory: '160 GB',
    });
    expect(actions(compute!, 'SparkrankRole').sort()).toEqual(['kms:Decrypt', 's3:GetObject', 's3:ListBucket']);
  });

  test('finds its program in its bucket, every night', () => {
    const { Target, ScheduleExpression } = resource(compute!, 'AWS::Scheduler::Schedule', 'Sparkrank').Properties;
    expect([ScheduleExpression, JSON.stringify(Target.Input).includes('/jobs/rank.py')]).toEqual(['cron(0 2 * * ? *)', true]);
    expect(usageOf(compute!, 'AWS::EMRServerless::Application', 'Sparkrank')).toEqual({
      vcpuHoursPerMonth: expect.closeTo(10 * 2 * 4 * (730 / 24), 0),
      gbHoursPerMonth: expect.closeTo(10 * 2 * 16 * (730 / 24), 0),
    });
  });
});

describe('Memcached and card keys', () => {
  test('nodes let in whoever reads them, at their port, without a password', () => {
    const rules = Object.values(network!.findResources('AWS::EC2::SecurityGroupIngress')).filter(
      ({ Properties }) => Properties.FromPort === 11211,
    );
    expect(rules).toHaveLength(1);
    expect(resource(data!, 'AWS::ElastiCache::CacheCluster', 'thumbnails').Properties.NumCacheNodes).toBe(
      plan.deployments[0]!.parts.find(({ id }) => id === 'thumbnails')!.count,
    );
    expect(
      Object.keys(data!.toJSON().Outputs)
        .filter((name) => name.startsWith('Thumbnails'))
        .sort(),
    ).toEqual(['ThumbnailsHost', 'ThumbnailsPort']);
  });

  test('requests are spread over the keys: a hundred reads and ten writes a second on two', () => {
    expect(usageOf(data!, 'AWS::PaymentCryptography::Key', 'cardkeyspan')).toEqual({
      requestsPerMonth: expect.closeTo((110 / 2) * MONTH, -3),
    });
    expect(Object.keys(data!.toJSON().Outputs)).toContain('CardKeysKeyArns');
  });

  test('a role of a service may use the keys, and has nothing about a cache without credentials', () => {
    const allowed = actions(compute!, 'ClusterIdentityapiRole');
    expect(allowed.filter((action) => action.startsWith('payment-cryptography:')).sort()).toEqual([
      'payment-cryptography:DecryptData',
      'payment-cryptography:EncryptData',
      'payment-cryptography:GenerateCardValidationData',
      'payment-cryptography:VerifyCardValidationData',
    ]);
    expect(allowed.filter((action) => action.startsWith('secretsmanager:'))).toEqual([]);
  });

  test('another engine leaves what the cache held; Memcached has nothing to leave', () => {
    const valkey = uploadsPlan('scale', { memcached: 0 });
    expect(migrationsBetween(valkey, plan).map(({ part, to }) => [part, to])).toEqual([['thumbnails', 'ElastiCache for Memcached']]);
    expect(migrationsBetween(plan, valkey)).toEqual([]);
  });
});

describe('in a sandbox', () => {
  const small = synthesized(smallest(plan), { disposable: true });
  const [smallData, smallCompute] = ['data', 'compute'].map((room) => templateOf(small, `us-east-1-${room}`));

  test('nothing starts Spark, and what is left is small', () => {
    expect(resource(smallCompute!, 'AWS::Scheduler::Schedule', 'Sparkrank').Properties.State).toBe('DISABLED');
    expect(resource(smallCompute!, 'AWS::EMRServerless::Application', 'Sparkrank').Properties.MaximumCapacity.Cpu).toBe('8 vCPU');
    expect(resource(smallCompute!, 'AWS::Lambda::Function', 'Functionconvert').Properties.MemorySize).toBe(128);
    expect(resource(smallData!, 'AWS::ElastiCache::CacheCluster', 'thumbnails').Properties).toMatchObject({
      CacheNodeType: 'cache.t4g.micro',
      NumCacheNodes: 1,
      AZMode: 'single-az',
    });
  });

  test('keys go with their stack, and no code runs but that of its functions and what empties buckets', () => {
    expect((resource(smallData!, 'AWS::PaymentCryptography::Key', 'cardkeyspan') as { DeletionPolicy?: string }).DeletionPolicy).toBe(
      'Delete',
    );
    expect(customCode(smallCompute!)).toEqual(['AWS::Lambda::Function', 'AWS::Lambda::Function']);
  });
});

test('on one machine they are the same, but for the role that all pods share', () => {
  const launch = synthesized(uploadsPlan('launch'));
  const [one, machine] = ['data', 'compute'].map((room) => templateOf(launch, `us-east-1-${room}`));
  expect(resource(one!, 'AWS::ElastiCache::CacheCluster', 'thumbnails').Properties.AZMode).toBe('single-az');
  expect(Object.keys(machine!.findResources('AWS::Lambda::Function'))).toHaveLength(2);
  expect(actions(machine!, 'BoxRole')).toContain('payment-cryptography:DecryptData');
});
