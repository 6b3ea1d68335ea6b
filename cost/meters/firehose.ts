import { grouped, monthly, withoutZeros } from '../charges';
import { Unpriceable } from '../meter';
import type { Meter, PriceKey } from '../meter';
import { flagAt, textAt } from '../property';

/** What each way in is billed by, as the price book has it. */
const SOURCES: Readonly<Record<string, string>> = {
  DirectPut: 'Direct PUT and KDS source, 5 KB increments',
  KinesisStreamAsSource: 'Direct PUT and KDS source, 5 KB increments',
  MSKAsSource: 'MSK source',
};
const DESTINATION = 'ExtendedS3DestinationConfiguration';

const firehose = (dimension: string, spec?: string): PriceKey => ({ service: 'Firehose', dimension, spec });

/** Data Firehose to S3: GB taken in, and those turned into Parquet or ORC. https://aws.amazon.com/firehose/pricing/ */
export const firehoseMeters: Meter<'AWS::KinesisFirehose::DeliveryStream'>[] = [
  {
    type: 'AWS::KinesisFirehose::DeliveryStream',
    needs: ['ingestedGbPerMonth'],
    charges(stream, { ingestedGbPerMonth: gb = 0 }) {
      const type = textAt(stream, 'DeliveryStreamType', 'DirectPut');
      const source = SOURCES[type];
      if (!source) throw new Unpriceable(`${type} is a source that the price book does not have`);
      if (flagAt(stream, `${DESTINATION}.DynamicPartitioningConfiguration.Enabled`))
        throw new Unpriceable('dynamic partitioning is billed by objects too, which no usage figure states');
      const converted = flagAt(stream, `${DESTINATION}.DataFormatConversionConfiguration.Enabled`) ? gb : 0;
      return [
        monthly(`data ingested, ${type}`, gb, `${grouped(gb)} GB`, firehose('data ingested', source), 'GB'),
        ...withoutZeros([monthly('format conversion', converted, `${grouped(converted)} GB`, firehose('format conversion'), 'GB')]),
      ];
    },
  },
];
