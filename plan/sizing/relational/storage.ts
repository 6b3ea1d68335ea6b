import { GIB } from '../../units';
import { type AuroraBilling, auroraBilling } from './aurora-billing';
import type { DbClass } from './classes';
import { type Shards, TARGET, type Work } from './dimensions';
import { type Io, ioOf } from './io';
import { type Gp3Volume, gp3Volume } from './volume';

/** Storage of a shard. Each instance of RDS has a volume of its own; those of Aurora share one that grows by itself. */
export type ShardStorage = (Gp3Volume | AuroraBilling) & {
  /** Data with its indexes, without replicas. */
  bytes: number;
  /** What its queries ask for. Each volume of RDS does all of the writes. */
  io: Io;
};

/** Assumed: an RDS volume is allocated this far ahead of its data. */
const HEADROOM = 1.3;

/** @param home the storage of the shard this one copies, which it may have to take over from */
export function storageOf(c: DbClass, { spec, load, readersApart }: Work, shards: Shards, home?: ShardStorage): ShardStorage {
  const bytes = spec.bytes / shards.count;
  const io = ioOf(load, bytes, c, shards.count);
  if (spec.topology === 'aurora') {
    // Writes of a copy are billed as replicated ones.
    const billed = io.reads.average + (home ? 0 : io.writes.average);
    return { ...auroraBilling(billed, bytes, c, 1 + shards.readers), bytes, io };
  }
  const busiest = io.writes.peak + io.reads.peak / (readersApart ? Math.max(1, shards.readers) : 1);
  const least = home?.type === 'gp3' ? home : undefined;
  const volume = gp3Volume(least?.gib ?? (bytes / GIB) * HEADROOM, Math.max(busiest / TARGET, least?.iops ?? 0));
  return { ...volume, bytes, io };
}
