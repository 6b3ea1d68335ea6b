import { type Dimension, unitsFor, utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { type Capacity, docs, remembered } from '../source';
import { bytes, short } from '../units';

/** A Flink program that runs all the time: windows, joins and rules over messages of Kafka, with state that survives a restart. */
export interface StreamJobSpec {
  does: string;
  /** Id of the object store that holds its program, at `jobs/<id>.jar`; it reads from there, by a flow. */
  program: string;
  /** What one KPU (1 vCPU, 4 GiB) takes in. */
  perKpu: { messagesPerSecond: Capacity };
  /** What all its windows, joins and timers hold at once, bytes. */
  stateBytes: number;
  /** Seconds between checkpoints: what a failure has it read again. @default 60 */
  checkpointSeconds?: number;
  /** Snapshots that are kept, one a release, to go back to. @default 5 */
  snapshots?: number;
}

export interface StreamJobPart extends Sized<'streamJob'> {
  does: string;
  program: string;
  /** KPUs of each application, the one that AWS adds to it not among them. */
  kpus: number;
  /** Equal applications, each of which reads its share of the partitions. */
  applications: number;
  stateBytes: number;
  checkpointSeconds: number;
  /** Bytes of all snapshots that are kept. */
  snapshotBytes: number;
  /** Whether nothing starts it. @default false */
  paused?: boolean;
}

const READ = '2026-11-22';
const RESOURCES = docs(
  'AWS docs, Managed Service for Apache Flink: application resources, a KPU has a core, 4 GB of memory and 50 GB of disk',
  READ,
  'https://docs.aws.amazon.com/managed-flink/latest/java/how-resources.html',
);
/** Running storage of a KPU, bytes. */
const STORAGE = { value: 50e9, source: RESOURCES };
/** KPUs of an application before it asks for more. */
export const KPU_QUOTA = {
  value: 64,
  source: docs(
    'AWS docs, Managed Service for Apache Flink: implement application scaling',
    READ,
    'https://docs.aws.amazon.com/managed-flink/latest/java/how-scaling.html',
  ),
};
/** Parallel tasks of an application, of which we put one on each KPU: the page of {@link KPU_QUOTA}. */
const MOST_PARALLEL = 256;
/** AWS adds KPUs when their processors are at three quarters for a quarter of an hour; a usual peak should not make it restart the job. */
const TARGET = 0.7;

/** One more of its kind, which runs the job manager: AWS docs, managed-flink/latest/java/how-pricing.html, 2026-11-22. */
export const ORCHESTRATION_KPUS = 1;
export const APPLICATIONS = { value: 100, source: remembered('Managed Service for Apache Flink quotas: applications of a region') };

/**
 * KPUs from messages and state. Flink restarts from its last checkpoint in the zones that are left, with as many KPUs as before, so a lost zone
 * takes no capacity with it, but some minutes. Past what one application takes, equal ones share the partitions.
 * @throws {Error} on checkpoints further apart than a second to an hour: a defect of the system file
 */
export function sizeStreamJob(id: string, spec: StreamJobSpec, { zones, load }: Surroundings): StreamJobPart {
  const { stateBytes, checkpointSeconds = 60, snapshots = 5 } = spec;
  if (checkpointSeconds < 1 || checkpointSeconds > 3600)
    throw new Error(`stream job "${id}": checkpoints every ${checkpointSeconds} s; it takes 1 to 3600`);
  const { value: perUnit, source } = spec.perKpu.messagesPerSecond;
  const dimensions: Dimension[] = [
    { name: 'messages', demand: load.consumed.peak, perUnit, unit: 'messages/s', source },
    { name: 'state', demand: stateBytes, perUnit: STORAGE.value, unit: 'bytes', source: STORAGE.source },
  ];
  const spread = { zones: Math.max(zones, 2), target: TARGET, standIn: true };
  const applications = Math.ceil(unitsFor(dimensions, spread) / MOST_PARALLEL);
  const count = unitsFor(dimensions, { ...spread, multipleOf: applications });
  const used = measured({ fit: utilise(count, dimensions, spread), target: TARGET });
  const shared = applications > 1 ? `, in ${applications} applications` : '';
  return {
    id,
    kind: 'streamJob',
    technology: 'Managed Service for Apache Flink',
    size: 'KPU, 1 vCPU / 4 GiB',
    reason: `${short(load.consumed.peak)} messages/s and ${bytes(stateBytes)} of state on ${count} KPUs${shared}, limited by ${used.binding}.`,
    load,
    cellsNeeded: 1,
    does: spec.does,
    program: spec.program,
    kpus: count / applications,
    applications,
    stateBytes,
    checkpointSeconds,
    snapshotBytes: snapshots * stateBytes,
    ...used,
  };
}
