import { aws_cassandra as cassandra, aws_iam as iam, Names, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { requireInRange } from './in-range';
import { grantKey } from './key-access';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, removalPolicy, type Usage } from './managed-service';
import { highest, metric, MILLISECONDS, shareOf } from './metric-math';
import { requireCapacity, type ScaledCapacity, type ScaledUnits } from './scaled-capacity';

export interface KeyspaceColumn {
  readonly name: string;
  /** Type of CQL: `text`, `bigint`, `timestamp`, `uuid` ... */
  readonly type: string;
}

export interface KeyspaceTable {
  readonly name: string;
  /** Columns whose values together decide where a row lies. */
  readonly partitionKey: readonly KeyspaceColumn[];
  /** Columns that order the rows of a partition. @default one row a partition */
  readonly clustering?: readonly (KeyspaceColumn & { readonly order: 'ASC' | 'DESC' })[];
  /** @default only key columns */
  readonly columns?: readonly KeyspaceColumn[];
  /** Seconds after which a row goes, 1 to 630,720,000 (20 years). @default rows stay */
  readonly ttlSeconds?: number;
  /** Provisioned capacity. @default on demand */
  readonly capacity?: ScaledCapacity;
  /** @default none */
  readonly usage?: Usage<'AWS::Cassandra::Table'>;
}

export interface WideColumnKeyspaceProps extends ManagedServiceProps {
  readonly tables: readonly KeyspaceTable[];
  /** Lower case letters, digits and underscores, at most 48. @default derived from the construct's path */
  readonly keyspaceName?: string;
  /** Other regions that take reads and writes of the same rows. Those tables are encrypted by the service's own key. @default none */
  readonly replicaRegions?: readonly string[];
  /**
   * Whether this stack declares the keyspace and its tables; another region's does when it replicates to this one.
   *
   * @default true
   */
  readonly declared?: boolean;
}

const PORT = '9142';

/**
 * Tables partitioned by key and ordered inside a partition: Amazon Keyspaces. Point-in-time recovery is on, except where the data may go:
 * it would outlive its table by 35 days.
 */
export class WideColumnKeyspace extends ManagedService {
  readonly endpoints: Readonly<Record<'KEYSPACE' | 'HOST' | 'PORT', string>>;
  private readonly keyspaceName: string;
  /** Amazon Keyspaces takes no customer managed key where it replicates across regions: AWS docs, usage notes, 2026-11-22. */
  private readonly ownKey: boolean;

  /** @throws {Error} on a keyspace without tables, names or times Keyspaces refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: WideColumnKeyspaceProps,
  ) {
    super(scope, id);
    const { keyspaceName: given, replicaRegions = [], declared = true } = props;
    if (given !== undefined && !Token.isUnresolved(given) && !/^[a-z0-9][a-z0-9_]{0,47}$/.test(given)) {
      throw new Error(`${this.node.path}: keyspaceName is "${given}"; it takes up to 48 lower case letters, digits and underscores`);
    }
    if (props.tables.length === 0) throw new Error(`${this.node.path}: tables is empty; it takes at least one`);
    props.tables.forEach((t) => {
      requireInRange(this, `ttlSeconds of ${t.name}`, t.ttlSeconds, 1, 630_720_000);
      if (t.capacity) requireCapacity(this, t.name, t.capacity);
    });
    this.keyspaceName = given ?? Names.uniqueResourceName(this, { maxLength: 48, separator: '_' }).toLowerCase();
    this.ownKey = declared && replicaRegions.length === 0;
    if (declared) this.declare(replicaRegions);
    const region = Stack.of(this).region;
    this.endpoints = { KEYSPACE: this.keyspaceName, HOST: `cassandra.${region}.amazonaws.com`, PORT };
  }

  /** Drivers look the schema up in the system tables first. */
  grant(grantee: iam.IGrantable, access: Access): void {
    const arn = (path: string) => Stack.of(this).formatArn({ service: 'cassandra', resource: '', resourceName: path });
    const tables = this.props.tables.map((t) => arn(`keyspace/${this.keyspaceName}/table/${t.name}`));
    const reads = access === 'reads' || access === 'consumes';
    iam.Grant.addToPrincipal({ grantee, actions: [reads ? 'cassandra:Select' : 'cassandra:Modify'], resourceArns: tables });
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['cassandra:Select'],
      resourceArns: SYSTEM_KEYSPACES.map((name) => arn(`keyspace/${name}/table/*`)),
    });
    if (this.ownKey) grantKey(grantee, this.props.encryptionKey, 'cassandra', ['kms:Decrypt']);
  }

  protected metrics(): Metrics {
    const names = this.props.tables.map((t) => t.name);
    const of = (TableName: string, Operation: string, name: string, statistic: string) =>
      metric('AWS/Cassandra', name, statistic, { Keyspace: this.keyspaceName, TableName, Operation });
    const operations = names.flatMap((table) => ['SELECT', 'INSERT'].map((operation) => [table, operation] as const));
    return {
      'latency p99': highest(
        operations.map(([t, o]) => of(t, o, 'SuccessfulRequestLatency', 'p99')),
        'latency',
        MILLISECONDS,
      ),
      'error share': shareOf(
        operations.map(([t, o]) => [of(t, o, 'SystemErrors', 'Sum'), of(t, o, 'SuccessfulRequestCount', 'Sum')]),
        'errors',
      ),
    };
  }

  private declare(replicaRegions: readonly string[]): void {
    const regions = replicaRegions.length ? [Stack.of(this).region, ...replicaRegions] : [];
    const keyspace = new cassandra.CfnKeyspace(this, 'Keyspace', {
      keyspaceName: this.keyspaceName,
      ...(regions.length && { replicationSpecification: { replicationStrategy: 'MULTI_REGION', regionList: regions } }),
    });
    keyspace.applyRemovalPolicy(removalPolicy(this.props.disposable));
    for (const { name, partitionKey, clustering, columns, ttlSeconds, capacity, usage } of this.props.tables) {
      const column = ({ name: columnName, type: columnType }: KeyspaceColumn) => ({ columnName, columnType });
      const table = new cassandra.CfnTable(this, name, {
        keyspaceName: keyspace.ref,
        tableName: name,
        partitionKeyColumns: partitionKey.map(column),
        clusteringKeyColumns: clustering?.map((c) => ({ column: column(c), orderBy: c.order })),
        regularColumns: columns?.map(column),
        defaultTimeToLive: ttlSeconds,
        ...(capacity ? provisioned(capacity) : { billingMode: { mode: 'ON_DEMAND' } }),
        pointInTimeRecoveryEnabled: !this.props.disposable,
        encryptionSpecification: this.ownKey
          ? { encryptionType: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyIdentifier: this.props.encryptionKey.keyArn }
          : { encryptionType: 'AWS_OWNED_KMS_KEY' },
        ...(regions.length && { replicaSpecifications: regions.map((region) => ({ region })) }),
      });
      table.applyRemovalPolicy(removalPolicy(this.props.disposable));
      recordGiven(table, 'AWS::Cassandra::Table', usage);
    }
  }
}

const SYSTEM_KEYSPACES = ['system', 'system_schema', 'system_schema_mcs'];

/** Capacity that starts at its least and follows the load. */
function provisioned({ write, read }: ScaledCapacity): Pick<cassandra.CfnTableProps, 'billingMode' | 'autoScalingSpecifications'> {
  const scaling = ({ min, max, targetPercent }: ScaledUnits): cassandra.CfnTable.AutoScalingSettingProperty => ({
    minimumUnits: min,
    maximumUnits: max,
    scalingPolicy: { targetTrackingScalingPolicyConfiguration: { targetValue: targetPercent } },
  });
  return {
    billingMode: { mode: 'PROVISIONED', provisionedThroughput: { writeCapacityUnits: write.min, readCapacityUnits: read.min } },
    autoScalingSpecifications: { writeCapacityAutoScaling: scaling(write), readCapacityAutoScaling: scaling(read) },
  };
}
