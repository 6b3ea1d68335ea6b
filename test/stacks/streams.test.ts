import { smallest } from '../../plan/smallest';
import { MONTH } from '../../plan/units';
import { actions, resource, usageOf } from '../constructs/stateful';
import { streamPlan } from '../plan/tiny-stream';
import { synthesized, templateOf } from './synthesized';

const stacks = synthesized(streamPlan('scale'));
const [data, compute, network, operations] = ['data', 'compute', 'network', 'operations'].map((room) =>
  templateOf(stacks, `us-east-1-${room}`),
);
const GIB = 1024 ** 3;

describe('a stream job', () => {
  const application = resource(compute!, 'AWS::KinesisAnalyticsV2::Application', 'Streamrollup').Properties.ApplicationConfiguration;

  test('is told what it uses, and which share of the partitions is its own', () => {
    const [{ PropertyMap }] = application.EnvironmentProperties.PropertyGroups;
    expect(Object.keys(PropertyMap).sort()).toEqual(['COUNTS_TABLE', 'EVENTS_CLUSTER_ARN', 'RAW_BUCKET', 'SHARD', 'SHARDS']);
    expect([PropertyMap.SHARD, PropertyMap.SHARDS]).toEqual(['1', '1']);
  });

  test('may do what its flows say, and write in transactions', () => {
    const allowed = new Set(actions(compute!, 'StreamrollupRole').filter((action) => !/^(ec2|logs):/.test(action)));
    expect([...allowed].filter((action) => action.startsWith('kafka')).sort()).toEqual([
      'kafka-cluster:AlterGroup',
      'kafka-cluster:AlterTransactionalId',
      'kafka-cluster:Connect',
      'kafka-cluster:DescribeGroup',
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:DescribeTransactionalId',
      'kafka-cluster:ReadData',
      'kafka-cluster:WriteData',
      'kafka-cluster:WriteDataIdempotently',
      'kafka:GetBootstrapBrokers',
    ]);
    expect(allowed).toContain('s3:GetObject');
    expect(allowed).toContain('dynamodb:PutItem');
    expect([...allowed].filter((action) => /^(s3:Put|s3:Delete|secretsmanager:)/.test(action))).toEqual([]);
  });

  test('finds its program once somebody says that it is there', () => {
    expect(JSON.stringify(application.ApplicationCodeConfiguration)).toContain('jobs/roll-up.jar');
    expect(compute!.toJSON().Parameters.StreamPrograms).toMatchObject({ AllowedPattern: 'yes|no' });
  });

  test('has a security group of its own, which the brokers let in', () => {
    const groups = network!.findResources('AWS::EC2::SecurityGroup');
    const nameOf = (reference: any): string => groups[reference['Fn::GetAtt'][0]]!.Properties.GroupDescription;
    const into = Object.values(network!.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties: p }) => p);
    const callers = into.filter((p) => p.FromPort === 9098).map((p) => nameOf(p.SourceSecurityGroupId));
    expect(callers.sort()).toEqual(['pods of tier web', 'streamJob roll-up']);
    expect(JSON.stringify(groups)).toContain('"FromPort":14001');
  });

  test('is alarmed when it is down, when checkpoints take as long as from one to the next, and when it falls behind', () => {
    const alarms = Object.values(operations!.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties: p }) => p.AlarmDescription as string,
    );
    expect(alarms.filter((text) => text.startsWith('roll-up:')).sort()).toEqual([
      expect.stringContaining('checkpoint time at or above 60'),
      expect.stringContaining('consumer lag at or above 300000'),
      expect.stringContaining('cpu at or above 0.8'),
      expect.stringContaining('downtime at or above 60'),
    ]);
  });

  test('in several applications where one is too few', () => {
    const many = templateOf(synthesized(streamPlan('scale', { events: 1.2e6 })), 'us-east-1-compute');
    const shards = Object.values(many.findResources('AWS::KinesisAnalyticsV2::Application')).map(
      ({ Properties: p }) => p.ApplicationConfiguration.EnvironmentProperties.PropertyGroups[0].PropertyMap,
    );
    expect(shards.map(({ SHARD, SHARDS }) => `${SHARD} of ${SHARDS}`)).toEqual(['1 of 2', '2 of 2']);
  });
});

describe('a delivery', () => {
  test('takes in what it consumes, as it is', () => {
    const { ingestedGbPerMonth } = usageOf(data!, 'AWS::KinesisFirehose::DeliveryStream', 'archiveStream') as Record<string, number>;
    expect(ingestedGbPerMonth).toBeCloseTo((10_000 * 1000 * MONTH) / GIB, -1);
    expect(usageOf(data!, 'AWS::MSK::Cluster', 'events')).toMatchObject({ privateConnectivityGbPerMonth: ingestedGbPerMonth });
  });

  test('waits for private connectivity, which the stack asks about', () => {
    const asked = data!.toJSON();
    expect(asked.Parameters.KafkaPrivateConnectivity).toMatchObject({ AllowedPattern: 'yes|no' });
    expect(asked.Conditions.KafkaPrivateConnectivityIsThere).toEqual({ 'Fn::Equals': [{ Ref: 'KafkaPrivateConnectivity' }, 'yes'] });
  });

  test('put by callers, a record of 1000 bytes is billed as 5 KiB', () => {
    const launch = templateOf(synthesized(streamPlan('launch')), 'us-east-1-data');
    const { ingestedGbPerMonth } = usageOf(launch, 'AWS::KinesisFirehose::DeliveryStream', 'archiveStream') as Record<string, number>;
    expect(ingestedGbPerMonth).toBeCloseTo(((50 / 3) * 5 * 1024 * MONTH) / GIB, 1);
    expect(launch.toJSON().Conditions).toBeUndefined();
    const machine = templateOf(synthesized(streamPlan('launch')), 'us-east-1-compute');
    expect(actions(machine, 'BoxRole')).toEqual(expect.arrayContaining(['firehose:PutRecordBatch', 'athena:StartQueryExecution']));
  });
});

test('a lake is billed by what its queries look through', () => {
  expect(usageOf(data!, 'AWS::Athena::WorkGroup', 'lake')).toEqual({ scannedTbPerMonth: expect.closeTo((0.01 * MONTH) / 1024, 3) });
  expect(Object.keys(data!.toJSON().Outputs).filter((name) => name.startsWith('Lake')).sort()).toEqual(['LakeDatabase', 'LakeWorkgroup']); // prettier-ignore
});

describe('in a sandbox', () => {
  const small = synthesized(smallest(streamPlan('scale')), { disposable: true });
  const [smallData, smallCompute] = ['data', 'compute'].map((room) => templateOf(small, `us-east-1-${room}`));

  test('the job has one KPU, no program and no cost; the delivery no topic; nothing asks for a second deployment', () => {
    const { ApplicationConfiguration } = resource(smallCompute!, 'AWS::KinesisAnalyticsV2::Application', 'Streamrollup').Properties;
    expect(ApplicationConfiguration.FlinkApplicationConfiguration.ParallelismConfiguration.Parallelism).toBe(1);
    expect(ApplicationConfiguration.ApplicationCodeConfiguration).toBeUndefined();
    expect(usageOf(smallCompute!, 'AWS::KinesisAnalyticsV2::Application', 'Streamrollup')).toEqual({
      runningHoursPerMonth: 0,
      snapshotGb: 0,
    });
    expect(resource(smallData!, 'AWS::KinesisFirehose::DeliveryStream', 'archiveStream').Properties.DeliveryStreamType).toBe('DirectPut');
    expect([smallData!, smallCompute!].map((template) => template.toJSON().Conditions)).toEqual([undefined, undefined]);
  });

  test('everything goes with its stack', () => {
    const kept = [smallData!, smallCompute!].flatMap((template) =>
      Object.entries(template.toJSON().Resources as Record<string, { DeletionPolicy?: string }>).filter(
        ([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy !== 'Delete',
      ),
    );
    expect(kept).toEqual([]);
    expect(resource(smallData!, 'AWS::Athena::WorkGroup', 'lake').Properties.RecursiveDeleteOption).toBe(true);
  });
});
