import type { Construct } from 'constructs';
import { ENGINES } from './database-engine';
import type { DatabaseShard } from './database-shard';
import { globalSecret, type PrimaryMembership, secretName } from './global-database';
import { requireInRange } from './in-range';
import { recordGiven } from './managed-service';
import { RdsShard, type RdsShardProps } from './rds-shard';
import { ServiceSecret } from './service-secret';

export interface RdsDatabaseProps extends RdsShardProps {
  /** Whether a synchronous standby in another zone takes over. @default false */
  readonly multiAz?: boolean;
  /** @default no region copies it */
  readonly global?: PrimaryMembership;
}

/** A database in RDS: one instance, with a standby in another zone if asked for, and read replicas. */
export class RdsDatabase extends RdsShard implements DatabaseShard {
  readonly host: string;
  readonly readerHosts: readonly string[];
  readonly secretArn: string;
  readonly secretResource: string;
  readonly replicas: readonly string[];

  /** @throws {Error} on counts and sizes RDS refuses */
  constructor(scope: Construct, id: string, props: RdsDatabaseProps) {
    super(scope, id, props);
    const { engine, encryptionKey, readers = 0 } = props;
    requireInRange(this, 'readers', readers, 0, 15);
    requireInRange(this, 'pitrDays', props.pitrDays, 1, 35);
    const { rds: edition, username } = ENGINES[engine];
    const secret = this.secret(props);
    const primary = this.first('Primary', {
      engine: edition.engine,
      engineVersion: edition.version,
      multiAz: props.multiAz ?? false,
      ...this.volume,
      masterUsername: username,
      ...(secret
        ? { masterUserPassword: secret.password }
        : { manageMasterUserPassword: true, masterUserSecret: { kmsKeyId: encryptionKey.keyArn } }),
      backupRetentionPeriod: props.pitrDays ?? 7,
    });
    recordGiven(primary, 'AWS::RDS::DBInstance', props.usage);
    this.replicas = Array.from({ length: readers }, (_, i) => `${this.name}-reader${i}`);
    const replicas = this.replicas.map((dbInstanceIdentifier, i) => {
      const replica = this.instance(`Reader${i}`, { dbInstanceIdentifier, sourceDbInstanceIdentifier: primary.ref });
      if (props.usage) recordGiven(replica, 'AWS::RDS::DBInstance', { 'AWS::RDS::DBInstance': { backupGbBeyondFree: 0 } });
      return replica;
    });
    this.host = primary.attrEndpointAddress;
    this.readerHosts = (replicas.length ? replicas : [primary]).map((instance) => instance.attrEndpointAddress);
    this.secretArn = secret?.secretArn ?? primary.attrMasterUserSecretSecretArn;
    this.secretResource = this.secretArn;
  }

  /** RDS keeps and turns the password itself, except that read replicas refuse a source whose password it manages. */
  private secret(props: RdsDatabaseProps): ServiceSecret | undefined {
    const { username } = ENGINES[props.engine];
    if (props.global) return globalSecret(this, props.global, { ...props, username });
    if (!props.readers) return undefined;
    const { encryptionKey, disposable, usage } = props;
    return new ServiceSecret(this, 'Secret', {
      description: `Master user of ${this.node.path}`,
      secretName: props.identifier && secretName({ identifier: props.identifier }),
      username,
      encryptionKey,
      disposable,
      usage,
    });
  }
}
