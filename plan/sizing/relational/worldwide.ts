import type { Load } from '../../flow';
import type { Surroundings } from '../../part';
import { sum, times } from '../../units';
import type { RelationalPart, RelationalSpec } from '../relational';

/** A spec with its defaults filled in. */
export type WholeSpec = RelationalSpec & Required<Pick<RelationalSpec, 'topology' | 'sharding'>>;

/** A database as this region's instances see it. */
export interface Placed {
  spec: WholeSpec;
  load: Load;
  /** The part whose data this one copies. @default the data is this region's own */
  home?: RelationalPart;
  /** Region of `home`. */
  copyOf?: string;
}

/**
 * In several regions each holds the data of all. The home region's primaries take every region's writes; the others have copies.
 * @throws {Error} where a copy would have to take writes and cannot
 */
export function placed(id: string, given: RelationalSpec, { home: found, load, world = 1, zones }: Surroundings): Placed {
  const spec = { topology: zones > 1 ? 'multi-az' : 'single', sharding: 'never', ...given } as const;
  if (!spec.multiRegion) return { spec, load };
  const home = found?.part as RelationalPart | undefined;
  if (home && home.topology !== 'aurora' && load.writes.average > 0)
    throw new Error(`${id}: writes of a second active region need topology aurora, whose copies forward them; RDS copies refuse them`);
  return { spec: ofWorld(spec, world, home), load: withEveryWrite(load, world, home), ...(home && { home, copyOf: found!.region }) };
}

/** Copies are built like their home, without a standby. */
const ofWorld = (spec: WholeSpec, world: number, home: RelationalPart | undefined): WholeSpec => ({
  ...spec,
  ...(home && { topology: home.topology === 'aurora' ? 'aurora' : 'single' }),
  bytes: spec.bytes * world,
  ...(spec.hotBytes && { hotBytes: { ...spec.hotBytes, value: spec.hotBytes.value * world } }),
  ...(spec.largestTable && { largestTable: { ...spec.largestTable, rows: spec.largestTable.rows * world } }),
});

/** Writes of every region, and reads of this one. What reaches the home region by replication it passes on to the copies. */
function withEveryWrite(own: Load, world: number, home: RelationalPart | undefined): Load {
  const bytesWritten = home?.load.bytesWritten ?? times(own.bytesWritten, world);
  const ofReads = sum([own.bytesIn, times(own.bytesWritten, -1)]);
  return {
    ...own,
    writes: home?.load.writes ?? times(own.writes, world),
    bytesWritten,
    bytesIn: sum([ofReads, bytesWritten]),
  };
}
