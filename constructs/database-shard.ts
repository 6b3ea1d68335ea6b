import type { aws_ec2 as ec2, aws_logs as logs, aws_kms as kms } from 'aws-cdk-lib';
import type { Usage } from './managed-service';
import type { DatabaseEngine } from './database-engine';

/** One primary with its readers, in RDS or Aurora. */
export interface DatabaseShard {
  /** Host that takes writes; that of a copy in another region forwards them (Aurora) or refuses them until it takes over (RDS). */
  readonly host: string;
  /** Hosts that take reads: readers, or the primary where there are none. */
  readonly readerHosts: readonly string[];
  readonly secretArn: string;
  /** The secret as policies name it. */
  readonly secretResource: string;
  /** Identifier of the primary, or of the Aurora cluster. */
  readonly name: string;
  /** Identifiers of RDS read replicas, whose lag is watched. */
  readonly replicas: readonly string[];
}

/** What a shard takes in either service. */
export interface DatabaseShardProps {
  readonly vpc: ec2.IVpc;
  /** Subnets in two zones or more, even for a single instance: RDS asks for them. */
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly encryptionKey: kms.IKey;
  /** @default false */
  readonly disposable?: boolean;
  readonly engine: DatabaseEngine;
  /** Such as `db.m7g.large`. */
  readonly instanceClass: string;
  /** Readers besides the primary and its standby, 0 to 15. @default 0 */
  readonly readers?: number;
  /** Days the database can be taken back to any second of, 1 to 35. @default 7 */
  readonly pitrDays?: number;
  /** @default the engine's own, 3306 or 5432 */
  readonly port?: number;
  /** @default one month */
  readonly logRetention?: logs.RetentionDays;
  /** Usage of one shard; that of a `DBInstance` is the primary's. @default none */
  readonly usage?: Usage<
    'AWS::RDS::DBInstance' | 'AWS::RDS::DBCluster' | 'AWS::RDS::GlobalCluster' | 'AWS::SecretsManager::Secret' | 'AWS::Logs::LogGroup'
  >;
}
