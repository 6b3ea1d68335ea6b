import { aws_dynamodb as dynamodb, aws_iam as iam, type CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { grantKey } from './key-access';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, removalPolicy, type Usage } from './managed-service';
import { highest, metric, MILLISECONDS, shareOf } from './metric-math';
import { requireCapacity, type ScaledCapacity, type ScaledUnits } from './scaled-capacity';

/** Names of the attributes that make a key. They hold strings. */
export interface TableKey {
  readonly partitionKey: string;
  /** @default no sort key */
  readonly sortKey?: string;
}

export interface TableReplica {
  readonly region: string;
  /** ARN of a key in that region. */
  readonly keyArn: string;
}

export interface KeyValueTableProps extends ManagedServiceProps, TableKey {
  /** Secondary indexes, each with a copy of every item that has its key. @default none */
  readonly indexes?: readonly (TableKey & { readonly name: string })[];
  /** Attribute with the time, in seconds since 1970, after which an item goes. @default items stay */
  readonly ttlAttribute?: string;
  /** Name, for tables that other regions hold replicas of. @default CloudFormation chooses one */
  readonly tableName?: string;
  /** Provisioned capacity; each index has as much again. @default on demand */
  readonly capacity?: ScaledCapacity;
  /** Other regions with a full copy that takes reads and writes; the table's stack must know its own region. @default none */
  readonly replicas?: readonly TableReplica[];
  /** @default none */
  readonly usage?: Usage<'AWS::DynamoDB::GlobalTable'>;
}

export const TABLE_ACTIONS: Record<'reads' | 'writes', readonly string[]> = {
  reads: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
  writes: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:ConditionCheckItem'],
};

const OPERATIONS = ['GetItem', 'Query', 'PutItem', 'UpdateItem'];

/**
 * A key-value table: DynamoDB. Point-in-time recovery is on, except where the data may go: a deleted table would leave a backup for 35 days
 * (AWS docs, Point-in-time backups for DynamoDB, 2026-11-22).
 */
export class KeyValueTable extends ManagedService {
  readonly endpoints: Readonly<Record<'TABLE', string>>;
  private readonly replicaRegions: readonly string[];

  /** @throws {Error} on capacity that auto scaling refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: KeyValueTableProps,
  ) {
    super(scope, id);
    const { capacity, encryptionKey, replicas = [] } = props;
    if (capacity) requireCapacity(this, 'the table', capacity);
    const key = ({ partitionKey, sortKey }: TableKey) => ({
      partitionKey: { name: partitionKey, type: dynamodb.AttributeType.STRING },
      ...(sortKey && { sortKey: { name: sortKey, type: dynamodb.AttributeType.STRING } }),
    });
    const table = new dynamodb.TableV2(this, 'Table', {
      ...key(props),
      tableName: props.tableName,
      billing: capacity ? provisioned(capacity) : dynamodb.Billing.onDemand(),
      globalSecondaryIndexes: props.indexes?.map((index) => ({ indexName: index.name, ...key(index) })),
      timeToLiveAttribute: props.ttlAttribute,
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(
        encryptionKey,
        Object.fromEntries(replicas.map((r) => [r.region, r.keyArn])),
      ),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: !props.disposable },
      deletionProtection: !props.disposable,
      removalPolicy: removalPolicy(props.disposable),
      replicas: replicas.map(({ region }) => ({ region })),
    });
    recordGiven(table.node.defaultChild as CfnResource, 'AWS::DynamoDB::GlobalTable', props.usage);
    this.replicaRegions = replicas.map(({ region }) => region);
    this.endpoints = { TABLE: table.tableName };
  }

  /** Reading asks for items by key; nothing may scan the whole table. */
  grant(grantee: iam.IGrantable, access: Access): void {
    grantTable(this, grantee, access, this.endpoints.TABLE, this.props);
  }

  protected metrics(): Metrics {
    return tableMetrics(this.endpoints.TABLE, this.replicaRegions);
  }
}

function provisioned({ write, read }: ScaledCapacity): dynamodb.Billing {
  const scaling = ({ min, max, targetPercent }: ScaledUnits) =>
    dynamodb.Capacity.autoscaled({ minCapacity: min, maxCapacity: max, targetUtilizationPercent: targetPercent });
  return dynamodb.Billing.provisioned({ writeCapacity: scaling(write), readCapacity: scaling(read) });
}

/** Grants on a table of the construct's own region, and on its indexes where it has any. */
export function grantTable(
  scope: Construct,
  grantee: iam.IGrantable,
  access: Access,
  tableName: string,
  { encryptionKey, indexes = [] }: Pick<KeyValueTableProps, 'encryptionKey' | 'indexes'>,
): void {
  const tableArn = Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: tableName });
  const reads = access === 'reads' || access === 'consumes';
  const resourceArns = [tableArn, ...(reads ? indexes.map(({ name }) => `${tableArn}/index/${name}`) : [])];
  iam.Grant.addToPrincipal({ grantee, actions: [...TABLE_ACTIONS[reads ? 'reads' : 'writes']], resourceArns });
  grantKey(grantee, encryptionKey, 'dynamodb', ['kms:Decrypt']);
}

/** Metrics of a table; DynamoDB tells operations apart, so the worst of the common ones stands for all. */
export function tableMetrics(tableName: string, replicaRegions: readonly string[]): Metrics {
  const of = (name: string, statistic: string, dimensions: Record<string, string>) =>
    metric('AWS/DynamoDB', name, statistic, { TableName: tableName, ...dimensions });
  return {
    'latency p99': highest(
      OPERATIONS.map((Operation) => of('SuccessfulRequestLatency', 'p99', { Operation })),
      'latency',
      MILLISECONDS,
    ),
    'error share': shareOf(
      OPERATIONS.map((Operation) => [
        of('ThrottledRequests', 'Sum', { Operation }),
        of('SuccessfulRequestLatency', 'SampleCount', { Operation }),
      ]),
      'throttled',
    ),
    ...(replicaRegions.length > 0 && {
      'replication lag': highest(
        replicaRegions.map((region) => of('ReplicationLatency', 'Average', { ReceivingRegion: region })),
        'replication lag',
        MILLISECONDS,
      ),
    }),
  };
}
