import { Template } from 'aws-cdk-lib/assertions';
import { Lake, type LakeProps } from '../../constructs/lake';
import { ObjectStore } from '../../constructs/object-store';
import { caller, customCode, KEY_ARN, resource, statements, surroundings, usageOf } from './stateful';

const { stack, encryptionKey } = surroundings();
const store = new ObjectStore(stack, 'Raw', { encryptionKey });
const usage = {
  'AWS::Athena::WorkGroup': { scannedTbPerMonth: 2 },
  'AWS::Glue::Database': { requestsPerMonth: 100 },
  'AWS::S3::Bucket': { standardGb: 1, putRequestsPerMonth: 2, getRequestsPerMonth: 2 },
};
const columns = { id: 'string', n: 'bigint' };
const make = (id: string, more: Partial<LakeProps> = {}) =>
  new Lake(stack, id, {
    encryptionKey,
    tables: [
      { name: 'events', store, prefix: 'events/', columns, partitions: 'hourly', sinceYear: 2026 },
      { name: 'days', store, prefix: 'days/', columns, partitions: 'daily', sinceYear: 2020 },
    ],
    cutoffBytes: 1e9,
    ...more,
  });
const lake = make('Lake', { usage });
make('Passing', { disposable: true, resultDays: 1 });
caller(lake, 'Analyst', 'reads');
const template = Template.fromStack(stack);
const table = (id: string) => resource(template, 'AWS::Glue::Table', id).Properties.TableInput;

test('partitions follow from the clock, by the hour or the day, and no crawler looks for them', () => {
  expect(table('LakeTableevents')).toMatchObject({
    PartitionKeys: [{ Name: 'dt' }, { Name: 'hour' }],
    Parameters: {
      'projection.enabled': 'true',
      'projection.dt.range': '2026-01-01,NOW',
      'projection.hour.range': '0,23',
      'projection.hour.digits': '2',
    },
    StorageDescriptor: { Columns: [{ Name: 'id', Type: 'string' }, { Name: 'n', Type: 'bigint' }] }, // prettier-ignore
  });
  expect(table('LakeTabledays').PartitionKeys).toHaveLength(1);
  expect(Object.keys(table('LakeTabledays').Parameters).filter((name) => name.includes('hour'))).toEqual([]);
  expect(Object.keys(template.findResources('AWS::Glue::Crawler'))).toEqual([]);
});

test('a query is ended past the cutoff, whoever asks, and its result is encrypted', () => {
  expect(resource(template, 'AWS::Athena::WorkGroup', 'LakeWorkGroup').Properties.WorkGroupConfiguration).toMatchObject({
    EnforceWorkGroupConfiguration: true,
    PublishCloudWatchMetricsEnabled: true,
    BytesScannedCutoffPerQuery: 1e9,
    ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: KEY_ARN } },
  });
});

test('results are gone after a week, or when it is told', () => {
  const days = (id: string) =>
    resource(template, 'AWS::S3::Bucket', id).Properties.LifecycleConfiguration.Rules.flatMap((r: any) => r.ExpirationInDays ?? []);
  expect([days('LakeResults'), days('PassingResults')]).toEqual([[7], [1]]);
});

test('whoever queries reads files through Athena alone', () => {
  const all = statements(template, 'Analyst');
  const files = all.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('s3:')));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter(({ Condition }) => !JSON.stringify(Condition ?? '').includes('"aws:CalledVia":"athena.amazonaws.com"'))).toEqual([]);
  const writing = files.filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
  expect(writing.map(({ Resource }) => JSON.stringify(Resource).includes('LakeResults'))).toEqual([true]);
  expect(JSON.stringify(all)).toContain(`table/${lake.databaseName}/events`);
  expect(() => caller(lake, 'Writer', 'writes')).toThrow('access is "writes"; a lake takes "reads"');
});

test('goes whole with a disposable stack, queries and results included', () => {
  const group = (id: string) => resource(template, 'AWS::Athena::WorkGroup', id).Properties.RecursiveDeleteOption;
  expect([group('LakeWorkGroup'), group('PassingWorkGroup')]).toEqual([false, true]);
  expect(customCode(template)).toEqual(expect.arrayContaining(['Custom::BucketEmptier']));
});

test('usage, metrics and names', () => {
  expect(usageOf(template, 'AWS::Athena::WorkGroup', 'Lake')).toEqual(usage['AWS::Athena::WorkGroup']);
  expect(usageOf(template, 'AWS::Glue::Database', 'Lake')).toEqual(usage['AWS::Glue::Database']);
  expect(usageOf(template, 'AWS::S3::Bucket', 'LakeResults')).toEqual(usage['AWS::S3::Bucket']);
  expect(lake.metric('latency p99')).toHaveLength(1);
  expect(lake.metric('error share')).toHaveLength(1);
  expect(lake.databaseName).toMatch(/^[a-z0-9_]+$/);
});

test('refuses a cutoff that Athena does', () => {
  expect(() => make('Low', { cutoffBytes: 1e6 })).toThrow('cutoffBytes is 1000000');
});
