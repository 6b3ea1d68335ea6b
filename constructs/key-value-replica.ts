import type { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { grantTable, type KeyValueTableProps, tableMetrics } from './key-value-table';
import { ManagedService, type Metrics } from './managed-service';

export interface KeyValueReplicaProps extends Pick<KeyValueTableProps, 'encryptionKey' | 'indexes'> {
  /** Name of the table, the same in every region. */
  readonly tableName: string;
}

/** This region's replica of a table that another region's stack declares: nothing to create, but callers and alarms are local. */
export class KeyValueReplica extends ManagedService {
  readonly endpoints: Readonly<Record<'TABLE', string>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: KeyValueReplicaProps,
  ) {
    super(scope, id);
    this.endpoints = { TABLE: props.tableName };
  }

  grant(grantee: iam.IGrantable, access: Access): void {
    grantTable(this, grantee, access, this.props.tableName, this.props);
  }

  protected metrics(): Metrics {
    return tableMetrics(this.props.tableName, []);
  }
}
