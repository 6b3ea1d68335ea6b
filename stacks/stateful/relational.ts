import { RelationalDatabase } from '../../constructs/relational-database';
import type { GlobalMembership } from '../../constructs/global-database';
import type { ManagedService } from '../../constructs/managed-service';
import type { RelationalPart } from '../../plan/sizing/relational';
import { databaseName } from '../data-replication';
import { secretUsage } from '../usage/callers';
import { auroraUsage, globalUsage, rdsUsage } from '../usage/relational';
import { slowLogUsage } from '../usage/service-logs';
import { type Around, inNetwork } from './around';

export function relational(part: RelationalPart, around: Around): ManagedService {
  const { replication, dataName } = around;
  const identifier = databaseName(dataName, part.id);
  const secondaries = (part.multiRegion && replication?.replicas) || [];
  const common = {
    ...inNetwork(around, part.id),
    identifier,
    global: membership(part, identifier, around),
    engine: part.engine,
    instanceClass: part.instanceClass,
    shards: part.shards,
    readers: part.readersPerShard,
    pitrDays: part.pitrDays,
  };
  const usage = {
    'AWS::SecretsManager::Secret': secretUsage(part.id, around.deployment, ...secondaries.map(({ deployment }) => deployment)),
    'AWS::Logs::LogGroup': slowLogUsage(part, part.shards),
  };
  const { storage } = part;
  if (storage.type !== 'gp3')
    return new RelationalDatabase(around.stack, part.id, {
      ...common,
      topology: 'aurora',
      storage: storage.type,
      usage: {
        ...usage,
        'AWS::RDS::DBCluster': auroraUsage(part),
        'AWS::RDS::GlobalCluster': globalUsage(part, secondaries.length),
      },
    });
  return new RelationalDatabase(around.stack, part.id, {
    ...common,
    topology: part.topology === 'multi-az' ? 'multi-az' : 'single',
    storageGib: storage.gib,
    iops: storage.iops,
    throughputMibs: storage.throughputMibs,
    usage: { ...usage, 'AWS::RDS::DBInstance': rdsUsage(part) },
  });
}

/** The part that this region plays in a database of several. A home region whose data no other region holds has one of its own. */
function membership(
  { id, multiRegion, copyOf }: RelationalPart,
  identifier: string,
  { replication }: Around,
): GlobalMembership | undefined {
  if (!multiRegion || !replication) return undefined;
  if (copyOf) return { identifier, role: 'secondary', primaryRegion: copyOf };
  const secondaries = replication.replicas?.map((r) => ({ region: r.deployment.region.name, keyArn: r.keyArnOf(id) }));
  return secondaries?.length ? { identifier, role: 'primary', secondaries } : undefined;
}
