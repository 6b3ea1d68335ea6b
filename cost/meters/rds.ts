import { grouped, monthly, withoutZeros } from '../charges';
import { Unpriceable } from '../meter';
import type { Meter } from '../meter';
import { flagAt, property, textAt } from '../property';
import type { Resource } from '../template';
import { auroraMember, auroraMeters } from './aurora';
import { rdsProxyMeters } from './rds-proxy';
import { instanceHours, volume } from './rds-zones';
import { masterUserSecret } from './secrets-manager';

const ENGINES: Record<string, string> = { postgres: 'PostgreSQL', mysql: 'MySQL', mariadb: 'MariaDB' };

/**
 * Amazon RDS instances: class by the hour, storage with IOPS and throughput, backups beyond the size of the storage, the secret that RDS makes.
 * An instance with a cluster is a member of Aurora; as its cluster holds the backups, they are no figure every instance needs.
 * https://aws.amazon.com/rds/pricing/
 */
const instance: Meter<'AWS::RDS::DBInstance'> = {
  type: 'AWS::RDS::DBInstance',
  needs: [],
  charges(instance, { backupGbBeyondFree = 0 }, around) {
    const backups = monthly('backup storage', backupGbBeyondFree, `${grouped(backupGbBeyondFree)} GB beyond the size of the storage`, {
      service: 'RDS',
      dimension: 'backup storage beyond 100% of provisioned',
    });
    if (property(instance, 'DBClusterIdentifier') !== undefined) return [...auroraMember(instance, around), ...withoutZeros([backups])];

    // A read replica may leave its engine and storage to its source.
    const source = around.follow(property(instance, 'SourceDBInstanceIdentifier'));
    const settings = around.follow(property(instance, 'DBParameterGroupName'));
    const settled = { ...instance, properties: { ...engineOf(settings), ...inherited(instance, source), ...instance.properties } };
    const engine = textAt(settled, 'Engine');
    if (!ENGINES[engine]) throw new Unpriceable(`Engine is ${engine}; ${Object.keys(ENGINES).join(', ')} can be priced`);
    const multiAz = flagAt(settled, 'MultiAZ');
    return [
      instanceHours(ENGINES[engine], textAt(settled, 'DBInstanceClass'), multiAz, around),
      ...volume(settled, multiAz, around),
      ...masterUserSecret(instance),
      ...withoutZeros([backups]),
    ];
  },
};

/** What a replica that does not say otherwise has of its source. Performance goes with the type of storage: a type of its own starts afresh. */
function inherited(replica: Resource, source: Resource | undefined): Record<string, unknown> {
  const names = [
    'Engine',
    'AllocatedStorage',
    ...('StorageType' in replica.properties ? [] : ['StorageType', 'Iops', 'StorageThroughput']),
  ];
  return Object.fromEntries(Object.entries(source?.properties ?? {}).filter(([name]) => names.includes(name)));
}

/** A replica whose source is in another region, known by its ARN alone, tells its engine by its parameter group: `postgres17`. */
function engineOf(settings: Resource | undefined): Record<string, unknown> {
  const engine = Object.keys(ENGINES).find((name) => settings && textAt(settings, 'Family', '').startsWith(name));
  return engine ? { Engine: engine } : {};
}

export const rdsMeters: Meter[] = [instance, ...auroraMeters, ...rdsProxyMeters];
