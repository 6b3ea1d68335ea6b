import { RelationalDatabase } from '../../constructs/relational-database';
import type { ManagedService } from '../../constructs/managed-service';
import type { RelationalPart } from '../../plan/sizing/relational';
import { secretUsage } from '../usage/callers';
import { auroraUsage, paysIoOptimized, rdsUsage } from '../usage/relational';
import { slowLogUsage } from '../usage/service-logs';
import { type Around, inNetwork } from './around';

export function relational(part: RelationalPart, around: Around): ManagedService {
  const common = {
    ...inNetwork(around, part.id),
    engine: part.engine,
    instanceClass: part.instanceClass,
    shards: part.shards,
    readers: part.readersPerShard,
    pitrDays: part.pitrDays,
  };
  const usage = {
    'AWS::SecretsManager::Secret': secretUsage(part.id, around.deployment),
    'AWS::Logs::LogGroup': slowLogUsage(part, part.shards),
  };
  if (part.topology === 'aurora') {
    const storage = paysIoOptimized(part) ? 'I/O-optimized' : 'standard';
    return new RelationalDatabase(around.stack, part.id, {
      ...common,
      topology: 'aurora',
      storage,
      usage: { ...usage, 'AWS::RDS::DBCluster': auroraUsage(part) },
    });
  }
  const { topology, storageGibPerShard: storageGib } = part;
  return new RelationalDatabase(around.stack, part.id, {
    ...common,
    topology,
    storageGib,
    usage: { ...usage, 'AWS::RDS::DBInstance': rdsUsage(part) },
  });
}
