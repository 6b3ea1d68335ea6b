import { aws_glue as glue, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A table over the Parquet files below one prefix of a bucket. */
export interface LakeTableProps {
  /** Letters, digits and underscores. */
  readonly name: string;
  readonly bucketName: string;
  /** Below which its files are, such as `events/`. */
  readonly prefix: string;
  /** Name and type of each column, as Hive calls types. */
  readonly columns: Readonly<Record<string, string>>;
  /** A folder a day, `dt=2026-11-22/`, or also one an hour, `hour=07/` in it. */
  readonly partitions: 'daily' | 'hourly';
  /** The first year there are files of. */
  readonly sinceYear: number;
}

const PARQUET = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
};

/**
 * A table without a crawler: its partitions follow from the clock, so those of the last minute are there, and nobody adds any
 * (https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html, 2026-11-22).
 */
export function lakeTable(scope: Construct, database: glue.CfnDatabase, props: LakeTableProps): glue.CfnTable {
  const hourly = props.partitions === 'hourly';
  return new glue.CfnTable(scope, `Table-${props.name}`, {
    catalogId: Stack.of(scope).account,
    databaseName: database.ref,
    tableInput: {
      name: props.name,
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: [{ name: 'dt', type: 'string' }, ...(hourly ? [{ name: 'hour', type: 'string' }] : [])],
      parameters: {
        classification: 'parquet',
        'projection.enabled': 'true',
        'projection.dt.type': 'date',
        'projection.dt.format': 'yyyy-MM-dd',
        'projection.dt.range': `${props.sinceYear}-01-01,NOW`,
        ...(hourly && { 'projection.hour.type': 'integer', 'projection.hour.range': '0,23', 'projection.hour.digits': '2' }),
      },
      storageDescriptor: {
        ...PARQUET,
        columns: Object.entries(props.columns).map(([name, type]) => ({ name, type })),
        compressed: true,
        location: `s3://${props.bucketName}/${props.prefix}`,
      },
    },
  });
}
