import { aws_athena as athena, aws_glue as glue, aws_iam as iam, Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { requireInRange } from './in-range';
import { lakeTable, type LakeTableProps } from './lake-table';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, type Usage } from './managed-service';
import { highest, metric, MILLISECONDS, shareOf } from './metric-math';
import { ObjectStore } from './object-store';

export interface LakeProps extends ManagedServiceProps {
  /** Its tables, each over the bucket that has its files. */
  readonly tables: readonly (Omit<LakeTableProps, 'bucketName'> & { readonly store: ObjectStore })[];
  /** Bytes after which a query is ended, 10,000,000 or more. */
  readonly cutoffBytes: number;
  /** Days that results of queries stay, 1 or more. @default 7 */
  readonly resultDays?: number;
  /** @default none */
  readonly usage?: Usage<'AWS::Athena::WorkGroup' | 'AWS::Glue::Database' | 'AWS::S3::Bucket'>;
}

const LEAST_CUTOFF = 10_000_000;
const MOST = Number.MAX_SAFE_INTEGER;
const QUERYING = ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults', 'StopQueryExecution', 'GetWorkGroup'];
const LOOKING_UP = ['GetDatabase', 'GetTable', 'GetTables', 'GetPartitions'];

/**
 * SQL over files where they lie: tables of Glue, and a workgroup of Athena that ends queries which look through too much and keeps results encrypted,
 * for some days. Whoever queries has the rights of a reader, but through Athena alone: past it, and its cutoff, they read no file.
 */
export class Lake extends ManagedService {
  readonly endpoints: Readonly<Record<'WORKGROUP' | 'DATABASE', string>>;
  readonly databaseName: string;
  readonly workGroup: athena.CfnWorkGroup;
  private readonly results: ObjectStore;
  private readonly tableNames: readonly string[];
  private readonly stores: ReadonlySet<ObjectStore>;

  /** @throws {Error} on a cutoff that Athena refuses */
  constructor(scope: Construct, id: string, props: LakeProps) {
    super(scope, id);
    const { tables, encryptionKey, disposable, resultDays = 7, usage } = props;
    requireInRange(this, 'cutoffBytes', props.cutoffBytes, LEAST_CUTOFF, MOST);
    this.databaseName = Names.uniqueResourceName(this, { maxLength: 100, separator: '_', allowedSpecialCharacters: '_' }).toLowerCase();
    const database = new glue.CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: { name: this.databaseName },
    });
    recordGiven(database, 'AWS::Glue::Database', usage);
    tables.forEach(({ store, ...table }) => lakeTable(this, database, { ...table, bucketName: store.bucket.bucketName }));
    this.tableNames = tables.map(({ name }) => name);
    this.stores = new Set(tables.map(({ store }) => store));
    const lifecycle = [{ afterDays: resultDays, to: 'delete' as const }];
    this.results = new ObjectStore(this, 'Results', { encryptionKey, disposable, versioned: false, lifecycle, usage });
    this.workGroup = new athena.CfnWorkGroup(this, 'WorkGroup', {
      name: Names.uniqueResourceName(this, { maxLength: 100, separator: '-' }),
      // Otherwise it keeps the queries that people saved in it, and itself.
      recursiveDeleteOption: disposable ?? false,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.cutoffBytes,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${this.results.bucket.bucketName}/`,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: encryptionKey.keyArn },
        },
      },
    });
    recordGiven(this.workGroup, 'AWS::Athena::WorkGroup', usage);
    this.endpoints = { WORKGROUP: this.workGroup.ref, DATABASE: this.databaseName };
  }

  /** @throws {Error} on anything but reading: files are written in their buckets */
  grant(grantee: iam.IGrantable, access: Access): void {
    if (access !== 'reads') throw new Error(`${this.node.path}: access is "${access}"; a lake takes "reads"`);
    const stack = Stack.of(this);
    const allow = (actions: string[], resourceArns: string[], conditions?: Record<string, Record<string, unknown>>) =>
      iam.Grant.addToPrincipal({ grantee, actions, resourceArns, conditions });
    allow(
      QUERYING.map((action) => `athena:${action}`),
      [stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: this.workGroup.ref })],
    );
    allow(
      LOOKING_UP.map((action) => `glue:${action}`),
      [
        this.glueArn('catalog'),
        this.glueArn('database', this.databaseName),
        ...this.tableNames.map((name) => this.glueArn('table', `${this.databaseName}/${name}`)),
      ],
    );
    const throughAthena = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
    const buckets = [...this.stores, this.results].map(({ bucket }) => bucket);
    const { bucket: results } = this.results;
    allow(['s3:GetBucketLocation', 's3:ListBucket'], buckets.map(({ bucketArn }) => bucketArn), throughAthena); // prettier-ignore
    allow(['s3:GetObject'], buckets.map((bucket) => bucket.arnForObjects('*')), throughAthena); // prettier-ignore
    allow(['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], [results.arnForObjects('*')], throughAthena);
    this.stores.forEach((store) => store.grantKeyTo(grantee, ['kms:Decrypt']));
    this.results.grantKeyTo(grantee);
  }

  /** Lets a service know the columns of a table. */
  grantSchema(grantee: iam.IGrantable, table: string): void {
    const resourceArns = [
      this.glueArn('catalog'),
      this.glueArn('database', this.databaseName),
      this.glueArn('table', `${this.databaseName}/${table}`),
    ];
    iam.Grant.addToPrincipal({ grantee, actions: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'], resourceArns });
  }

  private glueArn(resource: string, resourceName?: string): string {
    return Stack.of(this).formatArn({ service: 'glue', resource, resourceName });
  }

  protected metrics(): Metrics {
    const of = (name: string, statistic: string, state: string) =>
      metric('AWS/Athena', name, statistic, { QueryState: state, QueryType: 'DML', WorkGroup: this.workGroup.ref });
    const ended = (state: string) => of('TotalExecutionTime', 'SampleCount', state);
    return {
      'latency p99': highest([of('TotalExecutionTime', 'p99', 'SUCCEEDED')], 'query', MILLISECONDS),
      'error share': shareOf([[ended('FAILED'), ended('CANCELED'), ended('SUCCEEDED')]], 'failed queries'),
    };
  }
}
