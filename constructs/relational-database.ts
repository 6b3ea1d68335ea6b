import type { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { AuroraCopy } from './aurora-copy';
import { AuroraDatabase } from './aurora-database';
import type { AuroraShardProps } from './aurora-shard';
import { ENGINES } from './database-engine';
import { auroraMetrics, rdsMetrics } from './database-metrics';
import type { DatabaseShard } from './database-shard';
import type { GlobalMembership } from './global-database';
import { requireInRange } from './in-range';
import { ManagedService, type Metrics } from './managed-service';
import { RdsCopy } from './rds-copy';
import { RdsDatabase } from './rds-database';
import type { RdsShardProps } from './rds-shard';
import { grantSecrets } from './service-secret';

/** Shards of one make. */
interface Sharding {
  /** Copies with a primary each, `shard0` and up, 1 to 64; the application knows which holds a row. @default 1 */
  readonly shards?: number;
  /** Start of the identifiers of instances in RDS, which shards and readers continue. @default derived from the construct's path */
  readonly identifier?: string;
  /** Of all shards, whose identifiers continue it. Only a primary of RDS may have a standby. @default a database of one region */
  readonly global?: GlobalMembership;
}

/** Usage is that of one shard. */
export type RelationalDatabaseProps = Sharding &
  (({ readonly topology: 'single' | 'multi-az' } & RdsShardProps) | ({ readonly topology: 'aurora' } & AuroraShardProps));

/** A relational database: one instance, a pair, Aurora with readers, or several of them as shards; or a copy of another region's. */
export class RelationalDatabase extends ManagedService {
  /** Lists go by shard. Readers of RDS have a host each, so a shard has `READER_HOSTS / HOSTS` of them, one after the other. */
  readonly endpoints: Readonly<Record<'HOSTS' | 'READER_HOSTS' | 'PORT' | 'SECRET_ARNS', string>>;
  private readonly shards: readonly DatabaseShard[];

  /** @throws {Error} on counts and sizes the service refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RelationalDatabaseProps,
  ) {
    super(scope, id);
    requireInRange(this, 'shards', props.shards, 1, 64);
    this.shards = Array.from({ length: props.shards ?? 1 }, (_, i) => this.shard(`shard${i}`));
    this.endpoints = {
      HOSTS: this.shards.map((s) => s.host).join(','),
      READER_HOSTS: this.shards.flatMap((s) => s.readerHosts).join(','),
      PORT: String(props.port ?? ENGINES[props.engine].port),
      SECRET_ARNS: this.shards.map((s) => s.secretArn).join(','),
    };
  }

  /** The database itself decides who may do what: a role gets the credentials, whatever it does with them (docs/decisions/0014). */
  grant(grantee: iam.IGrantable, _access: Access): void {
    const secrets = this.shards.map((s) => s.secretResource);
    grantSecrets(grantee, secrets, this.props.encryptionKey);
  }

  protected metrics(): Metrics {
    const { props, shards } = this;
    if (props.topology !== 'aurora')
      return rdsMetrics(
        shards.map(({ name, replicas }) => ({ primary: name, replicas })),
        props.storageGib,
      );
    const names = shards.map(({ name }) => name);
    return auroraMetrics(names, props.global?.role === 'secondary' ? 'AuroraGlobalDBProgressLag' : undefined);
  }

  private shard(id: string): DatabaseShard {
    const { props } = this;
    const global = props.global && { ...props.global, identifier: `${props.global.identifier}-${id}` };
    const identifier = props.identifier && `${props.identifier}-${id}`;
    if (props.topology === 'aurora')
      return global?.role === 'secondary'
        ? new AuroraCopy(this, id, { ...props, global })
        : new AuroraDatabase(this, id, { ...props, global });
    return global?.role === 'secondary'
      ? new RdsCopy(this, id, { ...props, identifier, global })
      : new RdsDatabase(this, id, { ...props, identifier, global, multiAz: props.topology === 'multi-az' });
  }
}
