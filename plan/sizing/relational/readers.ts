import { type Fit, unitsFor, utilise } from '../../fit';
import type { DbClass } from './classes';
import { readerDimensions, TARGET, type Work } from './dimensions';

/** Of a primary: AWS docs, Quotas and constraints for Amazon RDS (AmazonRDS/latest/UserGuide/CHAP_Limits.html), 2026-11-22. */
const MAX_READERS = 15;

/** The readers behind each primary. */
export class Readers {
  private readonly zones: number;
  private readonly answering: boolean;
  private readonly atLeast: number;

  constructor(
    private readonly work: Work,
    zones: number,
  ) {
    const { topology, readersAtLeast = 0 } = work.spec;
    this.zones = topology === 'single' ? 1 : zones;
    this.answering = work.readersApart && work.load.reads.peak > 0;
    // A reader is what takes over in Aurora.
    this.atLeast = Math.max(readersAtLeast, topology === 'aurora' && zones > 1 ? 1 : 0);
  }

  /** Readers of each shard. */
  count(c: DbClass, shards: number): number {
    return Math.max(this.atLeast, this.answering ? unitsFor(readerDimensions(c, this.work, shards), this.spread) : 0);
  }

  /** The most a primary may feed, or needs if it were the only one. */
  mostOf(c: DbClass): number {
    return Math.min(MAX_READERS, this.count(c, 1));
  }

  /** Shards without which a primary would need more readers than it may have. */
  shardsNeeded(c: DbClass): number {
    if (!this.answering) return 1;
    const { utilisation, utilisationZoneLost } = utilise(MAX_READERS, readerDimensions(c, this.work, 1), this.spread);
    return Math.ceil((utilisationZoneLost ?? utilisation) / TARGET - 1e-9);
  }

  /** How full the readers of a shard are; undefined where they answer nobody. */
  fit(c: DbClass, shards: number): Fit | undefined {
    return this.answering ? utilise(this.count(c, shards), readerDimensions(c, this.work, shards), this.spread) : undefined;
  }

  private get spread() {
    return { zones: this.zones, target: TARGET };
  }
}
