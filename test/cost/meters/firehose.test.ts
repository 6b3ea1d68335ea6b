import { firehoseMeters } from '../../../cost/meters/firehose';
import { bill } from './bill';

const stream = (DeliveryStreamType?: string, more: object = {}) => ({
  It: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { DeliveryStreamType, ExtendedS3DestinationConfiguration: more } },
});
const toParquet = { DataFormatConversionConfiguration: { Enabled: true } };
const of = (resources: ReturnType<typeof stream>, ingestedGbPerMonth = 1000) =>
  bill(firehoseMeters, 'It', resources, { ingestedGbPerMonth });

test('a topic costs twice what callers put, and Parquet comes on top', () => {
  expect(of(stream('MSKAsSource', toParquet))).toEqual([
    'data ingested, MSKAsSource: 1,000 GB = 1000 GB at 0.055 then 0.05 then 0.044 = 55',
    'format conversion: 1,000 GB = 1000 GB at 0.018 = 18',
  ]);
  expect(of(stream(undefined))).toEqual(['data ingested, DirectPut: 1,000 GB = 1000 GB at 0.029 then 0.025 then 0.02 = 29']);
});

test('from 500 TB a month on a GB costs less', () => {
  expect(of(stream('MSKAsSource'), 612_000)[0]).toMatch(/= 33160$/);
});

test('what is billed by what no figure states has no price', () => {
  expect(() => of(stream('DatabaseAsSource'))).toThrow('DatabaseAsSource is a source that the price book does not have');
  expect(() => of(stream('DirectPut', { DynamicPartitioningConfiguration: { Enabled: true } }))).toThrow('dynamic partitioning');
});
