import { utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { docs } from '../source';
import { bytes, short } from '../units';

/** A bucket. */
export interface ObjectStoreSpec {
  holds: string;
  bytes: number;
  objectBytes: number;
  /** Days after which objects move to a colder class, or are deleted. @default objects stay in the Standard class */
  lifecycle?: readonly {
    afterDays: number;
    to: 'intelligent tiering' | 'infrequent access' | 'instant archive' | 'deep archive' | 'delete';
  }[];
  /** Share of the bytes that lies in each colder class once the lifecycle runs. @default all in Standard */
  coldShare?: Partial<Record<'infrequent access' | 'instant archive' | 'deep archive', number>>;
  /**
   * Share of the bytes that lies in each access tier of Intelligent-Tiering: `infrequent` is what nobody has read for a month, `archive` for
   * three.
   *
   * @default nothing is in Intelligent-Tiering
   */
  tieredShare?: Partial<Record<'frequent' | 'infrequent' | 'archive', number>>;
  /**
   * Whether what is overwritten or deleted can be brought back for a month. Of what is only passed through it would hold a month instead of
   * a day.
   *
   * @default true
   */
  versioned?: boolean;
  /**
   * Transfer Acceleration: share of the bytes that clients send and fetch through the nearest edge, at `<bucket>.s3-accelerate.amazonaws.com`,
   * and of those the share of edges outside of the United States, Europe and Japan, which cost twice as much.
   *
   * @default clients reach the region itself
   */
  accelerated?: { share: number; elsewhere?: number };
  /** Years for which no version may be deleted or overwritten (object lock, compliance mode). @default not locked */
  lockYears?: number;
  /** Key prefixes requests spread over. @default 16, or as many as the requests need */
  prefixes?: number;
  /** Copy to the stage's other regions. @default false */
  multiRegion?: boolean;
}

export interface ObjectStorePart extends Sized<'objectStore'> {
  spec: ObjectStoreSpec;
}

const PERFORMANCE = docs(
  'AWS docs, Best practices design patterns: optimizing Amazon S3 performance',
  '2026-11-22',
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html',
);
/** Requests a second. */
const PER_PREFIX = { writes: { value: 3500, source: PERFORMANCE }, reads: { value: 5500, source: PERFORMANCE } };
const TARGET = 0.8;

/**
 * S3 has no size to choose; requests are held against what its prefixes take.
 * @throws {Error} on a lock or copies without versions, which S3 refuses: a defect of the system file
 */
export function sizeObjectStore(id: string, spec: ObjectStoreSpec, { zones, load }: Surroundings): ObjectStorePart {
  if (spec.versioned === false && (spec.lockYears || spec.multiRegion))
    throw new Error(`object store "${id}" is not versioned; S3 locks and copies versions only`);
  const prefixes = Math.max(
    spec.prefixes ?? 16,
    Math.ceil(load.reads.peak / (PER_PREFIX.reads.value * TARGET)),
    Math.ceil(load.writes.peak / (PER_PREFIX.writes.value * TARGET)),
  );
  const dimension = (name: 'reads' | 'writes') => ({
    name,
    demand: load[name].peak,
    perUnit: PER_PREFIX[name].value * prefixes,
    unit: 'requests/s',
    source: PER_PREFIX[name].source,
  });
  const fit = utilise(1, [dimension('writes'), dimension('reads')], { zones: Math.max(zones, 2), target: TARGET, standIn: true });
  return {
    id,
    kind: 'objectStore',
    technology: 'S3',
    size: 'on demand',
    reason: `${bytes(spec.bytes)}, ${short(load.writes.peak)} writes/s and ${short(load.reads.peak)} reads/s over ${prefixes} prefixes.`,
    load,
    cellsNeeded: 1,
    spec: { ...spec, prefixes },
    ...measured({ fit, target: TARGET }),
  };
}
