import type { RelationalPart } from '../sizing/relational';
import { technology } from '../sizing/relational';
import type { ShardStorage } from '../sizing/relational/storage';
import { gp3Volume } from '../sizing/relational/volume';
import { remembered } from '../source';
import { documented, NOTHING, one, UNUSED } from './idle';

const RDS = documented('db.t4g.micro', 'DB instance classes: db.t4g', 'AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html');
const AURORA = { size: 'db.t4g.medium', source: remembered('Aurora, its smallest class; cfn-lint knows the classes of each engine') };
/** Databases of several regions take classes for memory only. */
const GLOBAL = documented(
  'db.r7g.large',
  'Configuration requirements of an Amazon Aurora global database',
  'AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html',
);

/** One instance: no shards, readers or standby. Aurora stays Aurora, and a copy of another region's database is one. */
export function smallestDatabase(part: RelationalPart): RelationalPart {
  const topology = part.topology === 'aurora' ? 'aurora' : 'single';
  const smallest = topology === 'single' ? RDS : part.multiRegion ? GLOBAL : AURORA;
  return {
    ...one(part, smallest),
    technology: technology({ ...part, topology }, 1, part.copyOf),
    topology,
    instanceClass: smallest.size,
    shards: 1,
    readersPerShard: 0,
    storage: empty(topology),
    pitrDays: Math.min(part.pitrDays, 1),
  };
}

function empty(topology: 'single' | 'aurora'): ShardStorage {
  const use = { bytes: 0, io: { reads: NOTHING, writes: NOTHING } };
  return topology === 'single'
    ? { ...gp3Volume(0, 0), ...use }
    : { type: 'standard', reason: 'there are no I/Os to save', source: UNUSED, ...use };
}
