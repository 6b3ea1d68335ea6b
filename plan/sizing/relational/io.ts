import type { Load } from '../../flow';
import { assumed } from '../../source';
import { type Rate, times } from '../../units';
import type { DbClass } from './classes';

/** I/Os per second. */
export interface Io {
  reads: Rate;
  writes: Rate;
}

const IOS_PER_WRITE = 2;
const COLD_READS = 0.1;
/** How I/Os follow from queries. */
export const IO_DEMAND = assumed(
  'two I/Os a write, for its log record and its page; one for each tenth read, which asks beyond the hot data, unless memory holds all of them',
);
/** Of an instance's memory; RDS sets MySQL's buffer pool to three quarters of it, PostgreSQL leaves the rest to the system's cache. */
const PAGE_CACHE = 0.75;

/**
 * I/Os of a shard. What is in memory is not read again.
 * @param bytes data of the shard, which each of its instances serves
 * @param shards how many share the load
 */
export function ioOf(load: Load, bytes: number, c: DbClass, shards: number): Io {
  const beyondMemory = bytes > 0 ? Math.max(0, 1 - (c.memoryBytes * PAGE_CACHE) / bytes) : 0;
  return { reads: times(load.reads, (COLD_READS * beyondMemory) / shards), writes: times(load.writes, IOS_PER_WRITE / shards) };
}
