import { ArnFormat, type aws_rds as rds, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DatabaseShard } from './database-shard';
import { copiedSecret, type SecondaryMembership } from './global-database';
import { requireInRange } from './in-range';
import { recordGiven } from './managed-service';
import { RdsShard, type RdsShardProps } from './rds-shard';

export interface RdsCopyProps extends RdsShardProps {
  readonly global: SecondaryMembership;
}

/** A primary has no more than five replicas in other regions for sure: RDS docs, cross-region considerations, 2026-11-22. */
const MAX_COPIES = 5;

/**
 * A copy of an RDS primary of another region: read replicas across regions. They refuse writes until one is promoted; as that one
 * keeps its address, callers in its region need no other when it takes over.
 */
export class RdsCopy extends RdsShard implements DatabaseShard {
  readonly host: string;
  readonly readerHosts: readonly string[];
  readonly secretArn: string;
  readonly secretResource: string;
  /** All of it follows the primary. */
  readonly replicas: readonly string[];

  /** @throws {Error} on counts and sizes RDS refuses */
  constructor(scope: Construct, id: string, props: RdsCopyProps) {
    super(scope, id, props);
    const { global, readers = 0 } = props;
    requireInRange(this, 'readers', readers, 0, MAX_COPIES - 1);
    const following: rds.CfnDBInstanceProps = {
      ...this.volume,
      sourceDbInstanceIdentifier: Stack.of(this).formatArn({
        service: 'rds',
        region: global.primaryRegion,
        resource: 'db',
        resourceName: global.identifier,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      sourceRegion: global.primaryRegion,
      dbSubnetGroupName: this.subnets.ref,
    };
    const names = Array.from({ length: readers }, (_, i) => `${this.name}-reader${i}`);
    const copies = [
      this.first('Copy', following),
      ...names.map((dbInstanceIdentifier, i) => this.instance(`Reader${i}`, { ...following, dbInstanceIdentifier })),
    ];
    // A replica has no backups of its own.
    if (props.usage) copies.forEach((c) => recordGiven(c, 'AWS::RDS::DBInstance', { 'AWS::RDS::DBInstance': { backupGbBeyondFree: 0 } }));
    this.replicas = [this.name, ...names];
    this.host = copies[0]!.attrEndpointAddress;
    this.readerHosts = copies.map((copy) => copy.attrEndpointAddress);
    ({ secretArn: this.secretArn, secretResource: this.secretResource } = copiedSecret(this, global));
  }
}
